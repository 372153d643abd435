"""The control table of a plan as a whole, and the office's own words for it."""

from __future__ import annotations

from typing import Any

from django.db import models

from offices.models import Office
from plans.models import Plan

from ..timetable.wording import USUAL_KINDS


class Schedule(models.Model):
    """The control table of one plan: how its annex is called, and what must close.

    ``place`` counts the annexes of the plan that stand before it.
    """

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="schedule")
    label = models.CharField("附件編號", max_length=20, blank=True, default="附件1")
    title = models.CharField("附件名稱", max_length=200, blank=True)
    total = models.DecimalField(
        "配分總計", max_digits=6, decimal_places=2, null=True, blank=True
    )
    place = models.PositiveSmallIntegerField("前面的附件數", default=0)
    # Items without a name, as plain data; see fragments.py.
    fragments: models.JSONField[Any, Any] = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "作業時程管制表"
        verbose_name_plural = "作業時程管制表"

    def __str__(self) -> str:
        return self.title or f"{self.plan}作業時程管制表"


class MethodKind(models.Model):
    """考核方式種類 of an office: 實地、書面、網頁、系統查核、其他 and its own."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="method_kinds")
    name = models.CharField("種類名稱", max_length=12)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "考核方式種類"
        verbose_name_plural = "考核方式種類"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "name"], name="method_kind_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


def kinds_of(office: Office) -> list[str]:
    """The office's kinds in its order; the usual ones until it names its own."""
    names = office.method_kinds.values_list("name", flat=True)
    return list(names) or list(USUAL_KINDS)
