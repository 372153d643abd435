"""查核缺失: what a check found, the units that mend it, and their rounds."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from offices.audit.models import AppendOnly
from offices.models import Member, Unit, User, offices_visible_to
from plans.models import Plan

from ..defects.rounds import (
    ENTRY_WORDS,
    STATE_SIGNS,
    STATE_WORDS,
    EntryKind,
    State,
    Tracked,
)
from .item import Item


class DefectKind(models.TextChoices):
    """How grave it is; all three are followed alike."""

    FAULT = "fault", "缺失"
    OBSERVATION = "observation", "觀察"
    ADVICE = "advice", "建議"


class DefectQuerySet(models.QuerySet["Defect"]):
    def visible_to(self, user: User) -> DefectQuerySet:
        """Defects of the plans that the user may read."""
        return self.filter(plan__office__in=offices_visible_to(user))


class Defect(models.Model):
    """One finding of a check or a score; ``number`` counts within the plan from 1.

    It is no part of the plan's paper: no edition counts it, no state shuts it.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="defects")
    number = models.PositiveIntegerField("編號", editable=False)
    item = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="defects"
    )
    kind = models.CharField("類別", max_length=12, choices=DefectKind)
    title = models.CharField("缺失名稱", max_length=120)
    text = models.TextField("缺失內容", blank=True)
    source = models.CharField("查核來源", max_length=120)
    found_on = models.DateField("查核日期")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DefectQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "查核缺失"
        verbose_name_plural = "查核缺失"
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="defect_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 案 {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("schedule:defect", args=[self.plan_id, self.pk])


class DefectTargetQuerySet(models.QuerySet["DefectTarget"]):
    def visible_to(self, user: User) -> DefectTargetQuerySet:
        """Those of the plans that the user may read."""
        return self.filter(defect__plan__office__in=offices_visible_to(user))

    def overdue_on(self, day: date) -> DefectTargetQuerySet:
        """Not released, though the due day is over."""
        return self.exclude(state=State.RELEASED).filter(due_on__lt=day)


class DefectTarget(models.Model):
    """列管對象: one unit that answers for the defect, and where it stands.

    ``state`` and ``due_on`` repeat where the entries lead (defects.rounds.tracked), so
    that they can be asked for.  ``version`` counts the entries: whoever acts says
    which one was seen.
    """

    defect = models.ForeignKey(Defect, models.CASCADE, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="defect_targets")
    owner = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="defect_targets"
    )
    due_on = models.DateField("改善期限")
    state = models.CharField(
        "狀態",
        max_length=10,
        choices=[(state.value, word) for state, word in STATE_WORDS.items()],
        default=State.TODO.value,
    )
    version = models.PositiveIntegerField(default=0)

    objects = DefectTargetQuerySet.as_manager()

    class Meta:
        verbose_name = "列管對象"
        verbose_name_plural = "列管對象"
        ordering = ["unit__position", "unit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["defect", "unit"], name="defect_target_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.defect}（{self.unit}）"

    def get_absolute_url(self) -> str:
        return f"{self.defect.get_absolute_url()}#t{self.pk}"

    @property
    def is_released(self) -> bool:
        return self.state == State.RELEASED

    @property
    def is_asked(self) -> bool:
        return self.state == State.ASKED

    @property
    def sign(self) -> str:
        """Stands before the word of the state."""
        return STATE_SIGNS[State(self.state)]

    def is_overdue(self, day: date) -> bool:
        return Tracked(State(self.state), self.due_on).is_overdue(day)


class DefectEntryQuerySet(models.QuerySet["DefectEntry"]):
    """Reads and adds; what was said stays said."""

    def update(self, **_values: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class DefectEntry(models.Model):
    """One entry of the rounds between a unit and 研考; never changed.

    ``due_on`` is the new due day where the entry sets one.
    """

    target = models.ForeignKey(DefectTarget, models.CASCADE, related_name="entries")
    kind = models.CharField(
        "種類",
        max_length=10,
        choices=[(kind.value, word) for kind, word in ENTRY_WORDS.items()],
    )
    text = models.TextField("內容", blank=True)
    percent = models.PositiveSmallIntegerField(
        "完成％", null=True, validators=[MaxValueValidator(100)]
    )
    wants_release = models.BooleanField("請求解列", default=False)
    due_on = models.DateField("改善期限", null=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    acting_for = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DefectEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "辦理與審查紀錄"
        verbose_name_plural = "辦理與審查紀錄"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(wants_release=False) | Q(kind=EntryKind.ANSWER.value),
                name="only_answers_ask_release",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100),
                name="defect_percent_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text[:20]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnly
