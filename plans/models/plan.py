"""A plan: the settings of its paper, and the lines of its history."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from offices.models import Office, User

from ..documents.model import Brackets, DigitMark, Tens

BRACKET_CHOICES = [
    (Brackets.FULL.value, "全形（一）"),
    (Brackets.HALF.value, "半形(一)"),
]
TENS_CHOICES = [(Tens.SHORT.value, "拾、拾壹"), (Tens.LONG.value, "壹拾、壹拾壹")]
DIGIT_MARK_CHOICES = [(DigitMark.COMMA.value, "1、"), (DigitMark.DOT.value, "1.")]


class State(models.TextChoices):
    """Where a plan stands in its year."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "送核中"
    RETURNED = "returned", "退回修正"
    APPROVED = "approved", "已核定"
    AMENDING = "amending", "修正中"
    CLOSED = "closed", "已結案"


# What is written in these states would not be what was submitted or closed.
FROZEN = frozenset({State.SUBMITTED, State.CLOSED})

# An approval is not inherited: whatever is changed after it is an amendment.
RENEW = """
UPDATE "plans_plan" SET "edition" = "edition" + 1, "changed_at" = %s,
  "state_since" = CASE "state" WHEN 'approved' THEN %s ELSE "state_since" END,
  "state" = CASE "state" WHEN 'approved' THEN 'amending' ELSE "state" END
WHERE "id" = %s
"""
TOUCH = RENEW + """ AND "state" NOT IN ('submitted', 'closed')"""


class Frozen(PermissionDenied):
    """The plan is submitted or closed: nothing of it is written now."""

    def __init__(self) -> None:
        super().__init__(
            "計畫正在送核或已經結案，內容暫時不能修改；送核的人或研考可以撤回送核。"
        )


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> PlanQuerySet:
        """Plans of the offices that the user may read."""
        # The subquery drops the code ordering that DISTINCT would drag along.
        offices = Office.objects.visible_to(user).order_by().values("pk")
        return self.filter(office__in=offices)


class Plan(models.Model):
    """One office's annual plan: the settings of the paper, and its edition.

    ``edition`` counts every change of anything printed; whoever changes a block,
    row or setting raises it in the same transaction (touch()).  ``returned_parts``
    are the keys (b1, r2, item3) that alone are open while the plan is RETURNED; none
    means that all of it is.
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
    state = models.CharField(
        "狀態", max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    returned_parts: models.JSONField[Any, Any] = models.JSONField(
        default=list, editable=False
    )
    edition = models.PositiveIntegerField(default=1, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Last year's plan, that this one was carried over from.
    source = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_to",
        editable=False,
    )
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
        """Count one more edition: whatever was printed before is out of date.

        An approved plan is being amended from now on.  Raises Frozen, which undoes
        the caller's transaction, so that nothing slips in behind a submission.
        Written in SQL: every change runs it, and it costs a third of an update().
        """
        if not self._count_edition(TOUCH):
            raise Frozen

    def renew(self) -> None:
        """What is printed from elsewhere changed, as the name of a unit; never refused.

        A submission is approved only as it was submitted, whatever changed since.
        """
        self._count_edition(RENEW)

    def _count_edition(self, statement: str) -> int:
        """How many rows that was."""
        moment = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(statement, [moment, moment, self.pk])
            return int(cursor.rowcount)

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN

    @property
    def was_approved(self) -> bool:
        """Whether a version was approved once and is being amended now."""
        return self.state in {State.AMENDING, State.APPROVED, State.CLOSED}


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
