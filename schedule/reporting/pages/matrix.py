"""研考's view of a period: every unit's items, reported or missing, and how they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from plans.models import Plan

from ...models import Ownership, Period, Share, SupplementRequest
from ..lights import LIGHTS, Light
from ..settings import thresholds_of
from .rows import ReportRow, rows_of


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the names of its 承辦人 on the day."""

    row: ReportRow
    owners: str


@dataclass(frozen=True, slots=True)
class UnitPart:
    """The lines of one unit; ``lights`` counts each light in the order of LIGHTS."""

    unit: str
    unit_pk: int
    lines: tuple[Line, ...]

    @property
    def reported(self) -> int:
        return sum(line.row.is_reported for line in self.lines)

    @property
    def confirmed(self) -> int:
        reports = [line.row.report for line in self.lines]
        return sum(bool(report and report.confirmed_at) for report in reports)

    @property
    def missing(self) -> int:
        return len(self.lines) - self.reported

    @property
    def late(self) -> int:
        return sum(line.row.is_late for line in self.lines)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All units, or one; ``waiting`` are requests to report after the period closed."""

    period: Period
    parts: tuple[UnitPart, ...]
    waiting: tuple[SupplementRequest, ...]

    @property
    def total(self) -> int:
        return sum(len(part.lines) for part in self.parts)

    @property
    def reported(self) -> int:
        return sum(part.reported for part in self.parts)

    @property
    def percent(self) -> int:
        return 100 * self.reported // self.total if self.total else 0

    def lights(self) -> list[tuple[Light, int]]:
        counted = Counter(line.row.light for part in self.parts for line in part.lines)
        return [(light, counted[light]) for light in LIGHTS]


def matrix_of(plan: Plan, period: Period, day: date) -> Matrix:
    """Every share of a standing item, units in the office's order."""
    period.plan = plan
    shares = Share.objects.filter(item__plan=plan, item__removed_at=None).order_by(
        "unit__position", "unit", "position", "pk"
    )
    rows = rows_of(
        shares, period, thresholds_of(plan.office), day, with_indicators=False
    )
    owners = _owners(plan, day)
    waiting = SupplementRequest.objects.filter(period=period, is_granted=None)
    return Matrix(
        period,
        tuple(_parts(rows, owners)),
        tuple(waiting.select_related("share__item", "share__unit", "asked_by")),
    )


def _owners(plan: Plan, day: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Ownership.objects.on(day).filter(share__item__plan=plan)
    for share, name in rows.values_list("share_id", "name"):
        found[share].append(name)
    return found


def _parts(
    rows: Iterable[ReportRow], owners: dict[int, list[str]]
) -> Iterable[UnitPart]:
    lines: dict[int, list[Line]] = defaultdict(list)
    names: dict[int, str] = {}
    for row in rows:
        names[row.share.unit_id] = row.share.unit.name
        names_of_row: Sequence[str] = owners.get(row.share.pk, ())
        lines[row.share.unit_id].append(Line(row, "、".join(names_of_row)))
    for unit, found in lines.items():
        yield UnitPart(names[unit], unit, tuple(found))
