"""A text on its way to becoming a plan."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from offices.models import Office, User

from ..documents.model import Brackets, DigitMark, Tens
from .plan import BRACKET_CHOICES, DIGIT_MARK_CHOICES, TENS_CHOICES, Plan

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
