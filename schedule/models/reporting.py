"""What units report in each period of the year, with evidence, and how it is judged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from offices.models import Member, Office, User, offices_visible_to
from plans.models import Plan

from .item import Share
from .method import Indicator


class Period(models.Model):
    """A month or a quarter of the plan's year; ``first`` and ``last`` are its months.

    Reports are taken from ``opens_on`` to ``closes_on``, both days included, unless 研考
    closed the period before (``closed_at``).
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="periods")
    first = models.PositiveSmallIntegerField("起月")
    last = models.PositiveSmallIntegerField("迄月")
    opens_on = models.DateField("開放日")
    due_on = models.DateField("截止日")
    closes_on = models.DateField("關閉日")
    instructions = models.TextField("填報說明", blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    reopened_reason = models.CharField(max_length=200, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "填報期別"
        verbose_name_plural = "填報期別"
        ordering = ["first", "last", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "first", "last"], name="period_once"
            ),
            models.CheckConstraint(
                condition=Q(first__gte=1, last__lte=12, last__gte=F("first")),
                name="period_of_months",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on"), closes_on__gte=F("due_on")),
                name="period_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        if self.last == self.first:
            return f"{self.first}月"
        if self.last - self.first == 2 and self.last % 3 == 0:
            return f"第{self.last // 3}季"
        return f"{self.first}–{self.last}月"

    def get_absolute_url(self) -> str:
        return reverse("schedule:report_period", args=[self.plan_id, self.pk])

    def is_open(self, day: date) -> bool:
        """Whether reports are taken on ``day``."""
        return self.closed_at is None and self.opens_on <= day <= self.closes_on

    def is_past(self, day: date) -> bool:
        """Whether reports were taken once, and are no more."""
        return self.closed_at is not None or self.closes_on < day

    def is_late(self, day: date) -> bool:
        """Whether the due day is over while reports are still taken."""
        return self.is_open(day) and self.due_on < day


class Standing(models.TextChoices):
    """What a status means, whatever word the office has for it."""

    NOT_STARTED = "not_started", "未開始"
    RUNNING = "running", "進行中"
    DONE = "done", "完成"
    BEHIND = "behind", "落後"


class ReportStatus(models.Model):
    """狀態 that an office chooses from when it reports; the usual four until it has own."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="report_statuses")
    name = models.CharField("狀態名稱", max_length=12)
    standing = models.CharField("意義", max_length=12, choices=Standing)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "填報狀態"
        verbose_name_plural = "填報狀態"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "name"], name="report_status_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class LightSettings(models.Model):
    """From how many percentage points on an office's lights change.

    ``ahead`` counts above the planned percentage, the others below it.
    """

    office = models.OneToOneField(Office, models.CASCADE, related_name="light_settings")
    ahead = models.DecimalField(
        "超前", max_digits=5, decimal_places=2, default=Decimal(0)
    )
    behind = models.DecimalField(
        "落後", max_digits=5, decimal_places=2, default=Decimal(5)
    )
    serious = models.DecimalField(
        "嚴重落後", max_digits=5, decimal_places=2, default=Decimal(10)
    )

    class Meta:
        verbose_name = "燈號門檻"
        verbose_name_plural = "燈號門檻"
        constraints = [
            models.CheckConstraint(
                condition=Q(ahead__gte=0, behind__gte=0, serious__gte=F("behind")),
                name="lights_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.office}燈號門檻"


class Report(models.Model):
    """What a unit tells of its share of an item in one period.

    ``status`` is the office's word at that time and ``standing`` what it means.  One
    without ``reported_at`` holds evidence only and counts as missing.  ``is_done`` is
    the reporter's own mark that the row needs no more this period.
    """

    period = models.ForeignKey(Period, models.CASCADE, related_name="reports")
    share = models.ForeignKey(Share, models.CASCADE, related_name="reports")
    status = models.CharField("狀態", max_length=12, blank=True)
    standing = models.CharField(max_length=12, choices=Standing, blank=True)
    percent = models.DecimalField(
        "累計％",
        max_digits=5,
        decimal_places=2,
        null=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    words = models.TextField("辦理情形", blank=True)
    cause = models.TextField("落後原因", blank=True)
    remedy = models.TextField("改善措施", blank=True)
    is_carried_over = models.BooleanField("沿用上期文字", default=False)
    is_done = models.BooleanField("本項填報完成", default=False)
    version = models.PositiveIntegerField(default=0)
    reported_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reported_at = models.DateTimeField(null=True)
    acting_for = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    returned_reason = models.CharField("退回原因", max_length=500, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "填報"
        verbose_name_plural = "填報"
        ordering = ["period", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["period", "share"], name="report_once")
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.share.item}（{self.share.unit}）"

    @property
    def is_reported(self) -> bool:
        return self.reported_at is not None


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> EvidenceQuerySet:
        """Evidence in the plans that the user may read; see may_read_evidence()."""
        offices = offices_visible_to(user)
        return self.filter(
            Q(report__share__item__plan__office__in=offices)
            | Q(indicator__item__plan__office__in=offices)
        )


class Evidence(models.Model):
    """佐證: a file that belongs to a report or to an indicator, one of the two.

    ``kind`` is told by what the file holds; ``digest`` is its SHA-256.
    """

    report = models.ForeignKey(
        Report, models.CASCADE, null=True, related_name="evidence"
    )
    indicator = models.ForeignKey(
        Indicator, models.CASCADE, null=True, related_name="evidence"
    )
    file = models.FileField("檔案", upload_to="evidence/", max_length=200)
    name = models.CharField("檔名", max_length=200)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "佐證"
        verbose_name_plural = "佐證"
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(report=None, indicator__isnull=False)
                | Q(indicator=None, report__isnull=False),
                name="evidence_of_one",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SupplementRequest(models.Model):
    """請求補報: to report on a share after its period closed.

    Once granted the row is open through ``open_until``.
    """

    period = models.ForeignKey(Period, models.CASCADE, related_name="supplements")
    share = models.ForeignKey(Share, models.CASCADE, related_name="supplements")
    reason = models.CharField("補報原因", max_length=500)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    is_granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    open_until = models.DateField("補報期限", null=True)

    class Meta:
        verbose_name = "補報請求"
        verbose_name_plural = "補報請求"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "share"],
                condition=Q(is_granted=None),
                name="one_supplement_waits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.share}"

    def is_open(self, day: date) -> bool:
        """Whether it lets the row be written on ``day``."""
        return bool(self.is_granted and self.open_until and day <= self.open_until)
