"""How an item is examined: its indicators, and the rows of the month grid."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from offices.models import Unit, User, offices_visible_to

from ..timetable.months import NO_MONTHS
from .item import Item


class Indicator(models.Model):
    """考核指標 of an item; ``weight`` is a percentage, None where none is given."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField("考核指標")
    weight = models.DecimalField(
        "權重％",
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "考核指標"
        verbose_name_plural = "考核指標"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:30]


class MethodQuerySet(models.QuerySet["Method"]):
    def visible_to(self, user: User) -> MethodQuerySet:
        """Rows of standing items in the plans that the user may read."""
        offices = offices_visible_to(user)
        return self.standing().filter(item__plan__office__in=offices)

    def standing(self) -> MethodQuerySet:
        """Rows of items that were not deleted."""
        return self.filter(item__removed_at=None)


class Method(models.Model):
    """考核方式: one row of the month grid; see timetable.model.Method.

    ``stages`` holds [first, last, label] of each labelled span, ``kinds`` names,
    ``examines`` places of indicators counted from 1.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="methods")
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)
    mark = models.CharField("編號", max_length=8, blank=True)
    kinds: models.JSONField[Any, Any] = models.JSONField(default=list)
    examines: models.JSONField[Any, Any] = models.JSONField(default=list)
    text = models.TextField("考核方式（月份）", blank=True)
    months = models.CharField(max_length=12, default=NO_MONTHS)
    stages: models.JSONField[Any, Any] = models.JSONField(default=list)
    is_confirmed = models.BooleanField("月份已確認", default=True)

    objects = MethodQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "考核方式"
        verbose_name_plural = "考核方式"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:30]
