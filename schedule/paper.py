"""The control table as an annex of the plan's paper; registered when the app is ready."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from offices.models import Office, Unit
from plans.annexes import PlacedAnnex
from plans.models import Plan

from .compose import schedule_of, timetable_of
from .timetable.annex import ANNEX_ID, METHOD_KEY, annex


class ScheduleAnnex:
    """Keeps the annex 作業時程管制表 of every plan that has items."""

    def annexes(self, plan: Plan) -> Sequence[PlacedAnnex]:
        timetable = timetable_of(plan)
        if not timetable.sheets:
            return ()
        printed = annex(timetable, labels_by_unit(plan.office))
        return (PlacedAnnex(printed, schedule_of(plan).place),)

    def edit_url(self, plan: Plan, key: str) -> str | None:
        if key.startswith(ANNEX_ID):
            return reverse("schedule:grid", args=[plan.pk])
        found = METHOD_KEY.fullmatch(key)
        if found:
            return reverse("schedule:method", args=[plan.pk, int(found[1])])
        return None


def renew_papers(instance: Unit, **_signal: object) -> None:
    """A unit was named or ordered anew: so are its sheets, and what was printed is old.

    A receiver of Unit's post_save, as offices know nothing of plans.
    """
    plans = Plan.objects.filter(items__shares__unit=instance).distinct()
    for plan in plans.only("pk", "state"):
        plan.renew()


def labels_by_unit(office: Office) -> dict[str, str]:
    """民政課 → 民, as joint items print it."""
    return dict(office.units.values_list("name", "label"))
