"""Where the units stand: the results of a sheet's entries and units, ranks, grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from .grades import Scale
from .ranking import ranked
from .result import Result, together
from .rules import Rules, Scheme
from .schemes import (
    Bonus,
    FacetPoints,
    KpiTarget,
    PointsTimesWeights,
    RankSum,
    Reported,
    Score,
    SelfTimesWeight,
    WeightedParts,
)
from .sheet import Entry, Sheet

Marks = Mapping[str, Decimal | Fraction]


@dataclass(frozen=True, slots=True)
class EntryStanding:
    """An entry with its result."""

    entry: Entry
    result: Result
    grade: str = ""


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit with its result; ``rank`` is None while anything is missing.

    ``is_excluded``: a part is under the floor, so that the unit is not ranked.
    """

    unit: str
    entries: tuple[EntryStanding, ...]
    result: Result
    grade: str = ""
    rank: int | None = None
    is_excluded: bool = False


def standings(
    rules: Rules, sheet: Sheet, marks: Marks, scale: Scale | None = None
) -> tuple[UnitStanding, ...]:
    """Every unit of the sheet, in its order."""
    if rules.scheme is Scheme.RANKS:
        return _by_ranks(rules, sheet, marks)
    found = [
        _of_unit(rules, unit, entries, marks, scale)
        for unit, entries in by_unit(sheet).items()
    ]
    return _with_ranks(found)


def by_unit(sheet: Sheet) -> dict[str, list[Entry]]:
    """The entries of each unit."""
    found: dict[str, list[Entry]] = {}
    for entry in sheet:
        found.setdefault(entry.unit, []).append(entry)
    return found


def entry_result(rules: Rules, entry: Entry, marks: Marks) -> Result:
    """One entry's result; of nothing for an item without points.

    Ranks need all units: for RANKS it tells how many scores are missing.
    """
    scores = [marks.get(cell.key) for cell in entry.cells]
    if entry.is_bonus:
        return Bonus().result(scores)
    if rules.scheme is Scheme.KPI:
        return _kpi_result(rules, entry, scores)
    if rules.scheme is Scheme.FACETS:
        return FacetPoints(rules.total or Decimal(0)).result(scores)
    if rules.scheme in {Scheme.PARTS, Scheme.RANKS}:
        weights = tuple(cell.weight or Decimal(0) for cell in entry.cells)
        return WeightedParts(weights).result(scores)
    if not entry.cells:
        return together(())
    points = entry.points or Decimal(0)
    if rules.scheme is Scheme.SELF:
        return SelfTimesWeight(points).result(scores)
    weights_given = tuple(cell.weight for cell in entry.cells)
    return PointsTimesWeights(points, weights_given).result(scores)


def kpi_value(rules: Rules, entry: Entry, marks: Marks) -> Fraction | None:
    """What a KPI's reported months come to in percent."""
    scheme, months = _kpi(rules, entry, [marks.get(c.key) for c in entry.cells])
    return scheme.value(months)


def _kpi_result(rules: Rules, entry: Entry, scores: Sequence[Score]) -> Result:
    scheme, months = _kpi(rules, entry, scores)
    return scheme.result(months)


def _kpi(
    rules: Rules, entry: Entry, scores: Sequence[Score]
) -> tuple[KpiTarget, list[Reported]]:
    kpi = next(one for one in rules.kpis if one.name == entry.name)
    scheme = KpiTarget(kpi.direction, kpi.target, kpi.weight, rules.is_partial)
    if kpi.below:
        pairs = list(zip(scores[::2], scores[1::2], strict=True))
    else:  # percentages: their mean
        pairs = [(score, Decimal(100)) for score in scores]
    return scheme, [_reported(above, below) for above, below in pairs]


def _reported(above: Score, below: Score) -> Reported:
    if above is None or below is None:
        return None
    return above, below


def _of_unit(
    rules: Rules, unit: str, entries: list[Entry], marks: Marks, scale: Scale | None
) -> UnitStanding:
    parts = []
    for entry in entries:
        result = entry_result(rules, entry, marks)
        grade = scale.grade(result.percent) if scale and not entry.is_bonus else ""
        parts.append(EntryStanding(entry, result, grade))
    whole = together(part.result for part in parts)
    grade = scale.grade(whole.percent) if scale else ""
    return UnitStanding(unit, tuple(parts), whole, grade)


def _with_ranks(found: Sequence[UnitStanding]) -> tuple[UnitStanding, ...]:
    ranks = ranked({one.unit: one.result.percent for one in found})
    return tuple(replace(one, rank=ranks.get(one.unit)) for one in found)


def _by_ranks(rules: Rules, sheet: Sheet, marks: Marks) -> tuple[UnitStanding, ...]:
    scheme = RankSum(rules.floor)
    entries = {entry.unit: entry for entry in sheet if not entry.is_bonus}
    table = {
        unit: [marks.get(cell.key) for cell in entry.cells]
        for unit, entry in entries.items()
    }
    results = scheme.results(table)
    out = {unit for unit, row in table.items() if scheme.excludes(row)}
    sums = {unit: one.score for unit, one in results.items() if unit not in out}
    ranks = ranked(sums, lowest_first=True)
    return tuple(
        UnitStanding(
            unit,
            (EntryStanding(entry, results[unit]),),
            results[unit],
            rank=ranks.get(unit),
            is_excluded=unit in out,
        )
        for unit, entry in entries.items()
    )
