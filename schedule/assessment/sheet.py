"""The score sheet of a round: what is scored, unit by unit, cell by cell.

A cell is known by its key; joint items share their cells unless units are scored
apart.  What a round was scored on is kept as JSON when it closes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .rules import OF_ITEMS, Rules, Scheme

HUNDRED = Decimal(100)
# The most that a count in the formula of a KPI can be.
MOST_COUNT = Decimal(99_999_999)


@dataclass(frozen=True, slots=True)
class Subject:
    """A unit's share of an item; ``indicators`` are (key, text, weight)."""

    item: str
    share: str
    name: str
    unit: str
    points: Decimal | None
    indicators: tuple[tuple[str, str, Decimal | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One score: from 0 to ``most``."""

    key: str
    name: str
    most: Decimal = HUNDRED
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What is scored together: an item of a unit, a unit's parts, a KPI, a bonus.

    ``points`` are the item's, or the weight of a KPI; None where none are given.
    """

    key: str
    name: str
    unit: str
    points: Decimal | None
    cells: tuple[Cell, ...]
    is_bonus: bool = False


Sheet = tuple[Entry, ...]


def sheet_of(
    rules: Rules, units: Sequence[tuple[str, str]], subjects: Iterable[Subject]
) -> Sheet:
    """``units`` are (key, name) in the office's order, those that are scored at all."""
    items = list(subjects)
    return tuple(
        entry for key, name in units for entry in _of_unit(rules, key, name, items)
    )


def _of_unit(
    rules: Rules, key: str, unit: str, subjects: Sequence[Subject]
) -> Iterator[Entry]:
    if rules.scheme in OF_ITEMS:
        for subject in subjects:
            if subject.unit == unit:
                yield _item(rules, subject)
    elif rules.scheme is Scheme.KPI:
        yield from _kpis(rules, key, unit)
    else:
        yield _parts(rules, key, unit)
    if rules.bonus:
        cells = tuple(
            Cell(f"{key}b{number}", part.name, part.number)
            for number, part in enumerate(rules.bonus, start=1)
        )
        yield Entry(f"{key}b", "加分", unit, None, cells, is_bonus=True)


def _item(rules: Rules, subject: Subject) -> Entry:
    owner = subject.share if rules.units_apart else subject.item
    if subject.points is None:
        cells: tuple[Cell, ...] = ()
    elif rules.scheme is Scheme.SELF:
        cells = tuple(
            Cell(f"{owner}c{number}", part.name, part.number)
            for number, part in enumerate(rules.parts, start=1)
        )
    else:
        cells = _indicators(owner, subject)
    return Entry(subject.share, subject.name, subject.unit, subject.points, cells)


def _indicators(owner: str, subject: Subject) -> tuple[Cell, ...]:
    """Weighted ones; where none has a weight, one score for the whole item."""
    weighted = tuple(
        Cell(f"{owner}{key}", text, HUNDRED, weight)
        for key, text, weight in subject.indicators
        if weight is not None
    )
    return weighted or (Cell(owner, "整項評分"),)


def _parts(rules: Rules, key: str, unit: str) -> Entry:
    is_facet = rules.scheme is Scheme.FACETS
    cells = tuple(
        Cell(
            f"{key}p{number}",
            part.name,
            part.number if is_facet else HUNDRED,
            part.number if rules.scheme is Scheme.PARTS else None,
        )
        for number, part in enumerate(rules.parts, start=1)
    )
    names = {Scheme.FACETS: "構面", Scheme.RANKS: "名次總和", Scheme.PARTS: "分項成績"}
    return Entry(f"{key}p", names[rules.scheme], unit, rules.total, cells)


def _kpis(rules: Rules, key: str, unit: str) -> Iterator[Entry]:
    for number, kpi in enumerate(rules.kpis, start=1):
        cells: list[Cell] = []
        for place, month in enumerate(rules.months, start=1):
            own = f"{key}k{number}m{place}"
            if kpi.below:
                cells.append(Cell(f"{own}a", f"{month} {kpi.above}", MOST_COUNT))
                cells.append(Cell(f"{own}z", f"{month} {kpi.below}", MOST_COUNT))
            else:
                cells.append(Cell(f"{own}a", f"{month} 數值（％）"))
        yield Entry(f"{key}k{number}", kpi.name, unit, kpi.weight, tuple(cells))


def to_json(sheet: Sheet) -> list[Any]:
    """Plain data; numbers as text."""
    return [
        [
            entry.key,
            entry.name,
            entry.unit,
            _text(entry.points),
            [[c.key, c.name, str(c.most), _text(c.weight)] for c in entry.cells],
            entry.is_bonus,
        ]
        for entry in sheet
    ]


def from_json(rows: Iterable[Sequence[Any]]) -> Sheet:
    """What to_json() wrote."""
    return tuple(
        Entry(
            key,
            name,
            unit,
            _number(points),
            tuple(Cell(k, n, Decimal(most), _number(w)) for k, n, most, w in cells),
            bool(is_bonus),
        )
        for key, name, unit, points, cells, is_bonus in rows
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
