"""What: plans and their blocks (points, paragraphs, tables, annexes)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from offices.models import Office, User

from .documents.model import Brackets, ColumnKind, DigitMark, RowKind, Tens

BRACKET_CHOICES = [
    (Brackets.FULL.value, "全形（一）"),
    (Brackets.HALF.value, "半形(一)"),
]
TENS_CHOICES = [(Tens.SHORT.value, "拾、拾壹"), (Tens.LONG.value, "壹拾、壹拾壹")]
DIGIT_MARK_CHOICES = [(DigitMark.COMMA.value, "1、"), (DigitMark.DOT.value, "1.")]


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> PlanQuerySet:
        """Plans of the offices that the user may read."""
        # The subquery drops the code ordering that DISTINCT would drag along.
        offices = Office.objects.visible_to(user).order_by().values("pk")
        return self.filter(office__in=offices)


class Plan(models.Model):
    """One office's annual plan: the settings of the paper, and its edition.

    ``edition`` counts every change of anything printed; whoever changes a block,
    row or setting raises it in the same transaction (touch()).
    """

    office = models.ForeignKey(
        Office, models.PROTECT, related_name="plans", verbose_name="機關"
    )
    year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(1), MaxValueValidator(999)]
    )
    title = models.CharField("計畫名稱", max_length=200)
    brackets = models.CharField(
        "括號",
        max_length=8,
        choices=BRACKET_CHOICES,
        default=Brackets.FULL.value,
    )
    tens = models.CharField(
        "十以上的大寫",
        max_length=8,
        choices=TENS_CHOICES,
        default=Tens.SHORT.value,
    )
    digit_mark = models.CharField(
        "數字項次",
        max_length=8,
        choices=DIGIT_MARK_CHOICES,
        default=DigitMark.COMMA.value,
    )
    has_cover = models.BooleanField("印封面", default=False)
    cover_date = models.CharField("封面日期", max_length=40, blank=True)
    running_head = models.CharField("頁首文字", max_length=80, blank=True)
    body_size = models.DecimalField(
        "內文字級（點）",
        max_digits=3,
        decimal_places=1,
        default=16,
        validators=[MinValueValidator(10), MaxValueValidator(24)],
    )
    edition = models.PositiveIntegerField(default=1, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "計畫"
        verbose_name_plural = "計畫"
        ordering = ["-year", "office__code", "pk"]

    def __str__(self) -> str:
        return self.title.replace("\n", "")

    def get_absolute_url(self) -> str:
        return reverse("plans:detail", args=[self.pk])

    def touch(self) -> None:
        """Count one more edition: whatever was printed before is out of date."""
        Plan.objects.filter(pk=self.pk).update(
            edition=F("edition") + 1, changed_at=timezone.now()
        )


class Revision(models.Model):
    """One line of the history block; any part of its date may be missing (0)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="revisions")
    position = models.PositiveSmallIntegerField(default=0)
    year = models.PositiveSmallIntegerField("年", default=0)
    month = models.PositiveSmallIntegerField(
        "月", default=0, validators=[MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        "日", default=0, validators=[MaxValueValidator(31)]
    )
    ordinal = models.PositiveSmallIntegerField("次別", default=0)
    verb = models.CharField("動作", max_length=20, default="修訂")
    number = models.CharField("文號", max_length=120, blank=True)
    approval = models.CharField("核定用語", max_length=20, blank=True)
    dotted = models.BooleanField("日期用點號", default=False)

    class Meta:
        verbose_name = "修訂紀錄"
        verbose_name_plural = "修訂紀錄"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.year}.{self.month} {self.verb}"


class BlockKind(models.TextChoices):
    POINT = "point", "點"
    PARAGRAPH = "paragraph", "文字"
    TABLE = "table", "表格"
    ANNEX = "annex", "附件"


class Block(models.Model):
    """A node of the plan's tree.

    POINT uses level, heading and body; PARAGRAPH body; TABLE heading (caption)
    and body (note below), its cells being columns and rows; ANNEX stands at the
    root after all others and uses label, heading and landscape.
    ``position`` counts from 0 among the children of one parent.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="blocks")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(
        max_length=10, choices=BlockKind.choices, default=BlockKind.POINT
    )
    level = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(8)]
    )
    label = models.CharField("附件編號", max_length=20, blank=True)
    heading = models.TextField("標題或條文", blank=True)
    body = models.TextField("內文", blank=True)
    landscape = models.BooleanField("橫印", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "段落"
        verbose_name_plural = "段落"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["plan", "parent", "position"])]

    def __str__(self) -> str:
        return self.heading[:30] or self.body[:30]


class Column(models.Model):
    """A column of a table block; see documents.model.Column."""

    table = models.ForeignKey(Block, models.CASCADE, related_name="columns")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField("欄名", max_length=80, blank=True)
    group = models.CharField("上層欄名", max_length=80, blank=True)
    kind = models.CharField(
        "內容",
        max_length=10,
        choices=[
            (ColumnKind.TEXT.value, "文字"),
            (ColumnKind.NUMBER.value, "項次"),
            (ColumnKind.UNIT.value, "課室"),
            (ColumnKind.PERSON.value, "人員"),
            (ColumnKind.POINTS.value, "配分"),
            (ColumnKind.WEIGHT.value, "權重％"),
            (ColumnKind.MONTH.value, "月份"),
            (ColumnKind.DATE.value, "日期或期間"),
            (ColumnKind.TARGET.value, "目標值"),
            (ColumnKind.MONEY.value, "金額"),
            (ColumnKind.STATUS.value, "狀態"),
            (ColumnKind.NOTE.value, "備註"),
        ],
        default=ColumnKind.TEXT.value,
    )
    width = models.DecimalField(
        "欄寬比例",
        max_digits=5,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(0.1), MaxValueValidator(100)],
    )
    joins_down = models.BooleanField("向下合併", default=False)
    continues = models.BooleanField("項次跨列接續", default=False)
    vertical = models.BooleanField("直書", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "欄"
        verbose_name_plural = "欄"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name or self.group


class Row(models.Model):
    """A row of a table block.

    ``cells`` maps a column's pk (as text) to {"text", "joined", "span", "shaded"};
    only keys that differ from "", false, 1, false are stored.  ``text`` holds one
    line per paragraph, list marks included; they are renumbered when composed.
    """

    table = models.ForeignKey(Block, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(
        "列的種類",
        max_length=10,
        choices=[
            (RowKind.DATA.value, "一般列"),
            (RowKind.LEAD.value, "前導列"),
            (RowKind.GROUP.value, "分組列"),
            (RowKind.TOTAL.value, "合計列"),
        ],
        default=RowKind.DATA.value,
    )
    cells: models.JSONField[Any, Any] = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "列"
        verbose_name_plural = "列"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["table", "position"])]

    def __str__(self) -> str:
        return f"第 {self.position + 1} 列"


class Removed(models.Model):
    """What was deleted, kept so that it can be put back as it was."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="removals")
    label = models.CharField(max_length=80)
    payload: models.JSONField[Any, Any] = models.JSONField()
    removed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-removed_at", "-pk"]

    def __str__(self) -> str:
        return self.label


# A draft nobody came back to is thrown away after so many days.
DRAFT_DAYS = 30


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, user: User) -> DraftQuerySet:
        """A draft is its creator's alone, as long as they belong to the office."""
        offices = Office.objects.visible_to(user).order_by().values("pk")
        return self.filter(
            created_by=user, office__in=offices, created_at__gte=oldest_draft()
        )

    def open(self) -> DraftQuerySet:
        """Drafts that wait for a decision."""
        return self.filter(plan=None)

    def outdated(self) -> DraftQuerySet:
        return self.filter(created_at__lt=oldest_draft())


def oldest_draft() -> datetime:
    """Drafts made before this moment are thrown away."""
    return timezone.now() - timedelta(days=DRAFT_DAYS)


class Draft(models.Model):
    """A text being read in: kept until it is thrown away.

    ``choices`` maps a piece's key to {"drop": true} or {"level": n} / {"kind": k}.
    ``plan`` is what it became; a draft is imported only once.
    """

    office = models.ForeignKey(
        Office, models.CASCADE, related_name="drafts", verbose_name="機關"
    )
    created_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("計畫名稱", max_length=200, blank=True)
    brackets = models.CharField(
        "括號", max_length=8, choices=BRACKET_CHOICES, default=Brackets.FULL.value
    )
    tens = models.CharField(
        "十以上的大寫", max_length=8, choices=TENS_CHOICES, default=Tens.SHORT.value
    )
    digit_mark = models.CharField(
        "數字項次",
        max_length=8,
        choices=DIGIT_MARK_CHOICES,
        default=DigitMark.COMMA.value,
    )
    source = models.TextField("來源文字")
    source_name = models.CharField("來源檔名", max_length=200, blank=True)
    choices: models.JSONField[Any, Any] = models.JSONField(default=dict)
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, related_name="+")

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title.replace("\n", "") or self.source_name

    def get_absolute_url(self) -> str:
        return reverse("plans:draft", args=[self.pk])


# A job that nobody takes up, or that does not end, after so many seconds is told.
UNATTENDED_SECONDS = 8
STUCK_SECONDS = 600


class Export(models.Model):
    """A finished or running PDF of one edition of a plan.

    ``layout`` names the style and renderer it was made with: a file of another
    layout is not handed out any more.  ``digest`` is that of the Document.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待中"
        RUNNING = "running", "產生中"
        DONE = "done", "完成"
        FAILED = "failed", "失敗"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="exports")
    edition = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    layout = models.CharField(max_length=16, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    file = models.FileField(upload_to="exports/", blank=True)
    pages = models.PositiveIntegerField(default=0)
    missing = models.CharField(max_length=200, blank=True)
    message = models.TextField(blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "edition"], name="export_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} 第 {self.edition} 版"

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def seconds_waited(self) -> int:
        since = self.started_at or self.requested_at
        return int((timezone.now() - since).total_seconds())

    @property
    def is_unattended(self) -> bool:
        """Nobody took the job up: most likely no worker runs."""
        waiting = self.state == self.State.WAITING
        return waiting and self.seconds_waited >= UNATTENDED_SECONDS

    @property
    def is_stuck(self) -> bool:
        """The job was taken up and never ended, as when its worker was killed."""
        running = self.state == self.State.RUNNING
        return running and self.seconds_waited >= STUCK_SECONDS
