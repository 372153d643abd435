"""考核: the rounds of a plan, who scores in them, the scores, and an office's grades."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from offices.models import Member, Office, Unit, User, offices_visible_to
from plans.models import Plan

from ..assessment.grades import Scale, Step


class GradeScale(models.Model):
    """等第標準 of an office: 優等 from 90, 甲等 from 80 …"""

    office = models.ForeignKey(Office, models.CASCADE, related_name="grade_scales")
    name = models.CharField("標準名稱", max_length=40)

    class Meta:
        verbose_name = "等第標準"
        verbose_name_plural = "等第標準"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="grade_scale_once")
        ]

    def __str__(self) -> str:
        return self.name

    def scale(self) -> Scale:
        """One query."""
        return Scale(tuple(Step(one.name, one.at_least) for one in self.grades.all()))


class Grade(models.Model):
    """A grade of a scale; ``at_least`` is the lowest score, of 100, that earns it."""

    scale = models.ForeignKey(GradeScale, models.CASCADE, related_name="grades")
    name = models.CharField("等第", max_length=12)
    at_least = models.DecimalField(
        "最低分數",
        max_digits=6,
        decimal_places=3,
        validators=[MinValueValidator(0), MaxValueValidator(200)],
    )

    class Meta:
        verbose_name = "等第"
        verbose_name_plural = "等第"
        ordering = ["scale", "-at_least"]
        constraints = [
            models.UniqueConstraint(
                fields=["scale", "at_least"], name="grade_bound_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: User) -> RoundQuerySet:
        """Rounds of the plans that the user may read."""
        return self.filter(plan__office__in=offices_visible_to(user))

    def closed(self) -> RoundQuerySet:
        return self.exclude(closed_at=None)


class Round(models.Model):
    """考核輪次 of a plan: how it scores, from when until when, and against which round.

    ``settings`` hold assessment.rules.Rules as JSON; ``frozen`` what it was scored on,
    kept when it closes, so that later changes of the plan change no result: the sheet
    and the grades (see scoring.freezing).
    """

    class Stage(models.TextChoices):
        SELF = "self", "自評"
        FIRST = "first", "初評"
        SECOND = "second", "複評"

    class Occasion(models.TextChoices):
        REGULAR = "regular", "定期"
        IRREGULAR = "irregular", "不定期"
        EVERYDAY = "everyday", "平時"

    class Scheme(models.TextChoices):
        POINTS = "points", "配分 × 權重"
        SELF = "self", "自評分數 × 權重"
        PARTS = "parts", "分項加權（各項滿分 100）"
        RANKS = "ranks", "名次總和"
        FACETS = "facets", "構面配分"
        KPI = "kpi", "關鍵績效指標"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rounds")
    name = models.CharField("輪次名稱", max_length=60)
    stage = models.CharField("階段", max_length=10, choices=Stage)
    occasion = models.CharField("時機", max_length=10, choices=Occasion)
    scheme = models.CharField("評分方式", max_length=10, choices=Scheme)
    settings: models.JSONField[Any, Any] = models.JSONField(default=dict)
    scale = models.ForeignKey(
        GradeScale, models.SET_NULL, null=True, blank=True, related_name="rounds"
    )
    opens_on = models.DateField("開始日期")
    closes_on = models.DateField("截止日期")
    is_blind = models.BooleanField("結束前互不公開分數", default=True)
    earlier = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="later"
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    frozen: models.JSONField[Any, Any] = models.JSONField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RoundQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["frozen"])

    class Meta:
        verbose_name = "考核輪次"
        verbose_name_plural = "考核輪次"
        ordering = ["opens_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="round_name_once"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")),
                name="round_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("schedule:round", args=[self.plan_id, self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def takes_scores_on(self, day: date) -> bool:
        """Whether a score may be given that day."""
        return not self.is_closed and self.opens_on <= day <= self.closes_on


class Assessor(models.Model):
    """評分人 of a round; ``units`` count where ``is_limited``, else all units are theirs."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="assessors")
    member = models.ForeignKey(Member, models.PROTECT, related_name="assessments")
    is_limited = models.BooleanField("只評指定的課室", default=False)
    units = models.ManyToManyField(Unit, related_name="+", blank=True)

    class Meta:
        verbose_name = "評分人"
        verbose_name_plural = "評分人"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], name="assessor_once")
        ]

    def __str__(self) -> str:
        return str(self.member.user)


class Score(models.Model):
    """One assessor's score of one cell of the round's sheet.

    ``cell`` is the key of assessment.sheet.Cell (i5n12: the indicator 12 of item 5),
    as text: an indicator that is deleted and read in again takes no score along.
    ``value`` is None where it was taken back, or only a comment was written.
    """

    assessor = models.ForeignKey(Assessor, models.CASCADE, related_name="scores")
    cell = models.CharField(max_length=60)
    value = models.DecimalField(
        "評分",
        max_digits=12,
        decimal_places=3,
        null=True,
        validators=[MinValueValidator(0)],
    )
    comment = models.CharField("評語", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "評分"
        verbose_name_plural = "評分"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessor", "cell"], name="score_once")
        ]

    def __str__(self) -> str:
        return f"{self.cell} {self.value}"
