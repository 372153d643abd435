"""One line of reporting: a unit's share of an item with this report and the last one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from ...models import Indicator, Method, Period, Report, Share, SupplementRequest
from ...timetable.months import MONTHS, State, state_in
from ..lights import LATE, Light, Thresholds, light_of
from ..planned import joined, planned_percent
from ..reports import is_writable


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of the strip; ``is_now`` where the period reports on it."""

    month: int
    state: State
    is_now: bool


@dataclass(frozen=True, slots=True)
class ReportRow:
    """``last`` is the latest report of an earlier period; ``report`` may be missing."""

    share: Share
    period: Period
    indicators: tuple[str, ...]
    cells: tuple[Cell, ...]
    planned: Decimal | None
    report: Report | None
    last: Report | None
    light: Light
    evidence: int
    is_writable: bool

    @property
    def is_reported(self) -> bool:
        return self.report is not None and self.report.is_reported

    @property
    def is_done(self) -> bool:
        return self.report is not None and self.report.is_done

    @property
    def is_late(self) -> bool:
        return self.light in LATE

    @property
    def version(self) -> int:
        return self.report.version if self.report else 0

    @property
    def last_words(self) -> str:
        return self.last.words if self.last else ""


def rows_of(
    shares: QuerySet[Share],
    period: Period,
    thresholds: Thresholds,
    day: date,
    *,
    with_indicators: bool = True,
) -> list[ReportRow]:
    """A row for each share, in its order; five queries at most, whatever their number."""
    found = list(_with_last(shares, period).select_related("item", "unit"))
    items = {share.item_id for share in found}
    methods = _methods(items)
    indicators = _indicators(items) if with_indicators else {}
    reports = _reports(found, period)
    granted = _granted(period, day)
    rows = []
    for share in found:
        report = reports.get(share.pk)
        patterns = _patterns(methods[share.item_id], share.unit_id)
        planned = planned_percent(patterns, period.last)
        rows.append(
            ReportRow(
                share,
                period,
                tuple(indicators.get(share.item_id, ())),
                _cells(joined(patterns), period),
                planned,
                report,
                reports.get(-share.pk),
                light(report, planned, thresholds),
                getattr(report, "evidence_count", 0),
                is_writable(period, granted.get(share.pk), day),
            )
        )
    return rows


def light(
    report: Report | None, planned: Decimal | None, thresholds: Thresholds
) -> Light:
    """The light of a report that may be missing."""
    if report is None or not report.is_reported:
        return light_of("", None, planned, thresholds)
    return light_of(report.standing, report.percent, planned, thresholds)


def _with_last(shares: QuerySet[Share], period: Period) -> QuerySet[Share]:
    """Each share with the key of its latest report before the period."""
    earlier = Report.objects.filter(
        share=OuterRef("pk"), period__last__lt=period.last, reported_at__isnull=False
    ).order_by("-period__last")
    return shares.annotate(last_report=Subquery(earlier.values("pk")[:1]))


def _reports(shares: Sequence[Share], period: Period) -> dict[int, Report]:
    """By share the report of the period, by minus the share the latest one before."""
    lasts = [key for share in shares if (key := getattr(share, "last_report", None))]
    rows = Report.objects.filter(
        Q(period=period, share__in=[share.pk for share in shares]) | Q(pk__in=lasts)
    ).select_related("reported_by", "confirmed_by", "period")
    counted = rows.annotate(evidence_count=Count("evidence"))
    return {
        report.share_id if report.period_id == period.pk else -report.share_id: report
        for report in counted
    }


def _methods(items: Collection[int]) -> dict[int, list[tuple[int | None, str]]]:
    found: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    rows = Method.objects.filter(item__in=items).order_by()
    for item, unit, months in rows.values_list("item_id", "unit_id", "months"):
        found[item].append((unit, months))
    return found


def _patterns(methods: Iterable[tuple[int | None, str]], unit: int) -> list[str]:
    """The rows that the unit's sheet shows."""
    return [months for owner, months in methods if owner in {None, unit}]


def _indicators(items: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Indicator.objects.filter(item__in=items)
    for item, text in rows.values_list("item_id", "text"):
        found[item].append(text)
    return found


def _cells(pattern: str, period: Period) -> tuple[Cell, ...]:
    return tuple(
        Cell(month, state_in(pattern, month), period.first <= month <= period.last)
        for month in MONTHS
    )


def _granted(period: Period, day: date) -> dict[int, SupplementRequest]:
    """By share; no query while the period is open for all."""
    if not period.is_past(day):
        return {}
    rows = SupplementRequest.objects.filter(
        period=period, is_granted=True, open_until__gte=day
    )
    return {one.share_id: one for one in rows}
