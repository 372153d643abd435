"""A plan: the settings of its paper, and the lines of its history."""

from __future__ import annotations

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

TOUCH = (
    'UPDATE "plans_plan" SET "edition" = "edition" + 1, "changed_at" = %s '
    'WHERE "id" = %s'
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
        """Count one more edition: whatever was printed before is out of date.

        Written in SQL: every change runs it, and it costs a third of an update().
        """
        moment = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(TOUCH, [moment, self.pk])


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
