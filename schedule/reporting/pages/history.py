"""All periods of one share in a line: how it went through the year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from plans.models import Plan

from ...models import Method, Period, Report, Share
from ..lights import Light, Thresholds
from ..planned import planned_percent
from .rows import light


@dataclass(frozen=True, slots=True)
class Past:
    """One period of the share; ``report`` may be missing."""

    period: Period
    planned: Decimal | None
    report: Report | None
    light: Light


def share_history(share: Share, plan: Plan, thresholds: Thresholds) -> tuple[Past, ...]:
    """The plan's periods in order; three queries."""
    reports = {report.period_id: report for report in share.reports.all()}
    rows = Method.objects.filter(item=share.item_id).values_list("unit_id", "months")
    patterns = [months for unit, months in rows if unit in {None, share.unit_id}]
    past = []
    for period in plan.periods.all():
        planned = planned_percent(patterns, period.last)
        report = reports.get(period.pk)
        shown = light(report, planned, thresholds)
        past.append(Past(period, planned, report, shown))
    return tuple(past)
