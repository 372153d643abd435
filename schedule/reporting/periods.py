"""The periods of a plan's year: made in one go, changed, closed and opened again."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from offices.audit.models import Act
from offices.roc import OFFSET, numeric
from plans.cycle import Actor, NotNow, tell
from plans.models import Plan

from ..models import Period


class Rhythm(StrEnum):
    """How often a plan is reported on."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"

    @property
    def months(self) -> int:
        return 1 if self is Rhythm.MONTHLY else 3


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the month after a period on which reports are due, and closed."""

    due: int
    closing: int


def current_period(periods: Sequence[Period], day: date) -> Period | None:
    """The one to report on: open and closing first; else the last one that opened."""
    running = [period for period in periods if period.is_open(day)]
    if running:
        return min(running, key=lambda period: (period.closes_on, period.first))
    begun = [period for period in periods if period.opens_on <= day]
    return begun[-1] if begun else next(iter(periods), None)


@transaction.atomic
def make_year(
    plan: Plan, *, rhythm: Rhythm, days: Days, instructions: str, by: Actor
) -> int:
    """Make the periods of the plan's year that are not there yet; how many that were.

    Raises NotNow where others stand in the way, as quarters among months.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    standing = {(p.first, p.last) for p in plan.periods.all()}
    wanted = [
        (first, first + rhythm.months - 1) for first in range(1, 13, rhythm.months)
    ]
    if standing - set(wanted):
        raise NotNow("已經有別種期別，月報和季報不能並用；請先刪除還沒有填報的期別。")
    missing = [months for months in wanted if months not in standing]
    Period.objects.bulk_create(
        _period(plan, *months, days, instructions) for months in missing
    )
    if missing:
        tell(Act.PERIOD_OPENED, plan, by, 期數=f"{len(missing)} 期")
    return len(missing)


def _period(plan: Plan, first: int, last: int, days: Days, instructions: str) -> Period:
    """Opens with its last month; due and closed in the month that follows."""
    year = plan.year + OFFSET
    after = (year, last + 1) if last < 12 else (year + 1, 1)
    return Period(
        plan=plan,
        first=first,
        last=last,
        opens_on=date(year, last, 1),
        due_on=_day_in(*after, days.due),
        closes_on=_day_in(*after, days.closing),
        instructions=instructions,
    )


def _day_in(year: int, month: int, day: int) -> date:
    """The day, or the month's last one where it has fewer."""
    return date(year, month, min(day, monthrange(year, month)[1]))


@transaction.atomic
def change_period(
    period: Period, *, opens: date, due: date, closes: date, words: str
) -> Period:
    """Store the dates, which must stand in order, and the instructions."""
    current = locked_period(period)
    current.opens_on, current.due_on, current.closes_on = opens, due, closes
    current.instructions = words
    current.save(update_fields=["opens_on", "due_on", "closes_on", "instructions"])
    return current


@transaction.atomic
def close_period(period: Period, *, by: Actor) -> Period:
    """Take no more reports.  Raises NotNow where it is closed already."""
    current = locked_period(period)
    if current.closed_at:
        raise NotNow(f"{current}剛才已經關閉。")
    current.closed_at = timezone.now()
    current.save(update_fields=["closed_at"])
    tell(Act.PERIOD_CLOSED, current.plan, by, 期別=str(current))
    return current


@transaction.atomic
def reopen_period(period: Period, *, until: date, reason: str, by: Actor) -> Period:
    """Take reports again through ``until``.  Raises NotNow where it is open."""
    current = locked_period(period)
    if not current.is_past(timezone.localdate()):
        raise NotNow(f"{current}沒有關閉，不用重新開啟。")
    current.closed_at, current.reopened_reason = None, reason
    current.closes_on = max(until, current.due_on)
    current.save(update_fields=["closed_at", "closes_on", "reopened_reason"])
    tell(
        Act.PERIOD_REOPENED,
        current.plan,
        by,
        期別=str(current),
        原因=reason,
        關閉日=numeric(current.closes_on),
    )
    return current


@transaction.atomic
def delete_periods(periods: Iterable[Period], *, by: Actor) -> int:
    """Delete those that nothing was reported in; how many that were."""
    count = 0
    for period in periods:
        current = locked_period(period)
        if not current.reports.exists() and not current.supplements.exists():
            current.delete()
            tell(Act.PERIOD_DELETED, current.plan, by, 期別=str(period))
            count += 1
    return count


def locked_period(period: Period) -> Period:
    """The period as it is now, its row held until the transaction ends."""
    rows = Period.objects.select_for_update(of=("self",))
    return rows.select_related("plan__office").get(pk=period.pk)
