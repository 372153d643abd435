"""A control table on its way into a plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from offices.models import User, offices_visible_to
from plans.models import DRAFT_DAYS, Plan


class SheetImportQuerySet(models.QuerySet["SheetImport"]):
    def visible_to(self, user: User) -> SheetImportQuerySet:
        """An import is its creator's alone, while they may read the plan."""
        return self.filter(created_by=user, plan__office__in=offices_visible_to(user))

    def outdated(self) -> SheetImportQuerySet:
        """Those that nobody came back to for as long as drafts of plans are kept."""
        oldest = timezone.now() - timedelta(days=DRAFT_DAYS)
        return self.filter(created_at__lt=oldest)


class SheetImport(models.Model):
    """A control table being read in: what a file says, until somebody decides.

    ``payload`` is a Timetable with its flags; ``edition`` is that of the plan when the
    differences were shown.  Done once.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sheet_imports")
    created_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    source_name = models.CharField("來源", max_length=200, blank=True)
    payload: models.JSONField[Any, Any] = models.JSONField()
    edition = models.PositiveIntegerField()
    is_done = models.BooleanField(default=False)

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.source_name

    def get_absolute_url(self) -> str:
        return reverse("schedule:import_confirm", args=[self.plan_id, self.pk])
