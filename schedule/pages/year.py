"""The year at a glance: how much each unit has to do in each month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from ..timetable.annex import unit_points
from ..timetable.model import Item, Timetable, UnitSheet
from ..timetable.months import MONTHS, months_of
from ..timetable.wording import plain_number
from .charts import Bar

LEVELS = 5


@dataclass(frozen=True, slots=True)
class Load:
    """What a unit, or all, have in a month or in the year.

    ``points`` are None where none are given; ``level`` counts from 1, a light tint,
    to 5, 0 for none; ``query`` filters the grid to these items.
    """

    items: int
    points: Decimal | None
    query: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A line of the table; ``whole`` counts every item, with months or without."""

    unit: str
    months: tuple[Load, ...]
    whole: Load


@dataclass(frozen=True, slots=True)
class Year:
    """The table with its sums; a joint item is counted once in them.

    ``wanted`` is what the points should come to, None where that was never said.
    """

    units: tuple[UnitYear, ...]
    months: tuple[Load, ...]
    whole: Load
    wanted: Decimal | None
    has_joint: bool

    @property
    def missing(self) -> Decimal | None:
        """What the points lack; below zero what they exceed; None with nothing wanted."""
        if self.wanted is None:
            return None
        return self.wanted - (self.whole.points or Decimal(0))

    @property
    def excess(self) -> Decimal | None:
        return None if self.missing is None else -self.missing

    def bars(self) -> list[Bar]:
        """The points of each unit that has any."""
        return [
            Bar(one.unit, points, f"{plain_number(points)}分")
            for one in self.units
            if (points := one.whole.points) is not None
        ]


def year_of(timetable: Timetable) -> Year:
    """The year of everything in the timetable."""
    busiest = max(
        (len(_busy(one, month)) for one in timetable.sheets for month in MONTHS),
        default=0,
    )
    return Year(
        tuple(_unit_year(one, busiest) for one in timetable.sheets),
        tuple(_all_in(timetable, month) for month in MONTHS),
        _all(timetable),
        timetable.total,
        any(item.is_joint for item in timetable.items()),
    )


def _unit_year(one: UnitSheet, busiest: int) -> UnitYear:
    whole = Load(len(one.items), unit_points(one), urlencode({"unit": one.unit}))
    months = tuple(_load(one, month, busiest) for month in MONTHS)
    return UnitYear(one.unit, months, whole)


def _load(one: UnitSheet, month: int, busiest: int) -> Load:
    busy = _busy(one, month)
    level = -(-LEVELS * len(busy) // busiest) if busiest else 0
    query = urlencode({"unit": one.unit, "month": month})
    return Load(len(busy), unit_points(UnitSheet(one.unit, busy)), query, level)


def _busy(one: UnitSheet, month: int) -> tuple[Item, ...]:
    """The unit's items with something in the month, in rows that its sheet shows."""
    return tuple(
        item
        for item in one.items
        if any(month in months_of(row.months) for row in item.methods_of(one.unit))
    )


def _all_in(timetable: Timetable, month: int) -> Load:
    busy = [UnitSheet(one.unit, _busy(one, month)) for one in timetable.sheets]
    return _sum(busy, urlencode({"month": month}))


def _all(timetable: Timetable) -> Load:
    return _sum(timetable.sheets, "")


def _sum(sheets: Iterable[UnitSheet], query: str) -> Load:
    """Every item once, and the points of all units in them."""
    sheets = list(sheets)
    items = {item.id for one in sheets for item in one.items}
    points = [given for one in sheets if (given := unit_points(one)) is not None]
    return Load(len(items), sum(points, Decimal(0)) if points else None, query)
