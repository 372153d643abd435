"""「本期填報」: the person's own rows of one period, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from offices.models import User
from plans.models import Plan

from ...models import Period
from ..periods import current_period
from ..permissions import my_shares
from ..settings import thresholds_of
from .rows import ReportRow, rows_of


@dataclass(frozen=True, slots=True)
class MyReport:
    """``period`` is None for a plan without any; ``days_left`` counts to its due day."""

    plan: Plan
    periods: tuple[Period, ...]
    period: Period | None
    rows: tuple[ReportRow, ...]
    day: date

    @property
    def reported(self) -> int:
        return sum(row.is_reported for row in self.rows)

    @property
    def percent(self) -> int:
        """Rows reported among all, which is not how far the items are."""
        return 100 * self.reported // len(self.rows) if self.rows else 0

    @property
    def is_open(self) -> bool:
        return self.period is not None and self.period.is_open(self.day)

    @property
    def is_past(self) -> bool:
        return self.period is not None and self.period.is_past(self.day)

    @property
    def is_late(self) -> bool:
        return self.period is not None and self.period.is_late(self.day)

    @property
    def days_left(self) -> int:
        return (self.period.due_on - self.day).days if self.period else 0

    @property
    def is_writable(self) -> bool:
        """Whether any row takes words now."""
        return any(row.is_writable for row in self.rows)


def my_report(
    user: User, plan: Plan, periods: Sequence[Period], day: date, pk: int | None = None
) -> MyReport:
    """Of the period ``pk``, which must be one of ``periods``, or of the current one."""
    chosen = next((period for period in periods if period.pk == pk), None)
    period = chosen or current_period(periods, day)
    rows: list[ReportRow] = []
    if period:
        period.plan = plan
        shares = my_shares(user, plan, day)
        rows = rows_of(shares, period, thresholds_of(plan.office), day)
    return MyReport(plan, tuple(periods), period, tuple(rows), day)
