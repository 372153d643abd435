"""What people decided about findings: dismissed ones, and an office's own grades."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from offices.models import Office, User

from ..documents.proofs.finding import Grade
from .plan import Plan

OFF = "off"


class Dismissal(models.Model):
    """不予處理: a finding that somebody looked at and left, with the reason.

    ``code`` is the check, ``place`` and ``digest`` are those of the Finding: the
    dismissal holds only while the same words stand there.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="dismissals")
    code = models.CharField("檢查", max_length=40)
    place = models.CharField(max_length=80)
    digest = models.CharField(max_length=24)
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "不予處理"
        verbose_name_plural = "不予處理"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code", "place", "digest"], name="dismissal_once"
            )
        ]

    def __str__(self) -> str:
        return self.reason


class GradeSetting(models.Model):
    """How grave an office takes a check, where that differs from the catalogue."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="proof_grades")
    code = models.CharField("檢查", max_length=40)
    grade = models.CharField(
        "等級",
        max_length=10,
        choices=[*((one.value, one.word) for one in Grade), (OFF, "不檢查")],
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "檢查等級"
        verbose_name_plural = "檢查等級"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], name="grade_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}：{self.get_grade_display()}"
