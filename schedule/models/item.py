"""管制項目: what units are controlled on, what each has of it, and who does it."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from offices.models import Member, Unit, User, offices_visible_to
from plans.models import Plan


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, user: User) -> ItemQuerySet:
        """Items of the plans that the user may read."""
        return self.filter(plan__office__in=offices_visible_to(user))

    def standing(self) -> ItemQuerySet:
        """Items that were not deleted."""
        return self.filter(removed_at=None)


class Item(models.Model):
    """管制項目.  Its 項次 is computed from its place among the items of a unit.

    ``scored_from`` and ``scored_until`` are year * 100 + month of the ROC calendar
    (11211), 0 where the plan's own year counts.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    name = models.CharField("專案名稱", max_length=200)
    scored_from = models.PositiveIntegerField("成績統計起月", default=0)
    scored_until = models.PositiveIntegerField("成績統計迄月", default=0)
    note = models.TextField("備註", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = ItemQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "管制項目"
        verbose_name_plural = "管制項目"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("schedule:item", args=[self.plan_id, self.pk])


class Share(models.Model):
    """What one unit has of an item; ``position`` orders the unit's sheet."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="shares")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shares")
    points = models.DecimalField(
        "配分",
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1000)],
    )
    position = models.PositiveIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "課室配分"
        verbose_name_plural = "課室配分"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "unit"], name="share_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.points}"


class OwnershipQuerySet(models.QuerySet["Ownership"]):
    def on(self, day: Any) -> OwnershipQuerySet:
        """Who is 承辦人 on ``day``."""
        begun = Q(starts_on=None) | Q(starts_on__lte=day)
        return self.filter(begun, Q(ends_on=None) | Q(ends_on__gte=day))


class Ownership(models.Model):
    """承辦人 of a unit's share, for dates: None is open at that end.

    ``member`` is None for a name that was read from paper and is no member.
    """

    share = models.ForeignKey(Share, models.CASCADE, related_name="ownerships")
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="ownerships"
    )
    name = models.CharField("承辦人", max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    objects = OwnershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "承辦人"
        verbose_name_plural = "承辦人"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
