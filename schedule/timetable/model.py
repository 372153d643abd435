"""The Timetable: one immutable value between every reader, writer and comparison.

It holds the 管制項目 of a whole plan.  項次 are never stored: an item's number is its
place among the items of one unit.  Ids are the keys of the database rows, as text
("" where there is no row yet).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from .months import NO_MONTHS

# Year and month of the ROC calendar, (112, 11) for 112年11月; None where not set.
RocMonth = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one 課室 has of an item: its points (None: not given) and its owners."""

    unit: str
    points: Decimal | None = None
    owners: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """考核指標: ``weight`` is a percentage; None where none is given."""

    text: str
    weight: Decimal | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """The label of a span of months, both ends included: 3–4月 規劃設計."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Method:
    """考核方式: one row of the grid.

    ``text`` is printed as it stands (「實地（3月-10月）」), ``mark`` is the number before
    it (「2-1.」).  ``months`` has one State digit for each month (see months.py);
    unless ``confirmed`` they are only proposed from the text.  ``examines`` counts
    indicators from 1; empty means all.  ``unit`` names the one unit of a joint item
    whose sheet alone shows the row; "" means every unit of the item.
    """

    text: str = ""
    mark: str = ""
    kinds: tuple[str, ...] = ()
    months: str = NO_MONTHS
    stages: tuple[Stage, ...] = ()
    examines: tuple[int, ...] = ()
    unit: str = ""
    confirmed: bool = True
    id: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """管制項目: what a unit, or several together, are controlled on.

    ``scored_from`` and ``scored_until`` are the first and last month of the interval
    that counts for the score, where it is not the plan's year.
    """

    name: str
    shares: tuple[Share, ...]
    points: Decimal | None = None
    indicators: tuple[Indicator, ...] = ()
    methods: tuple[Method, ...] = ()
    scored_from: RocMonth = None
    scored_until: RocMonth = None
    note: str = ""
    id: str = ""

    @property
    def is_joint(self) -> bool:
        return len(self.shares) > 1

    def share_of(self, unit: str) -> Share:
        """Raises KeyError for a unit that has no part in the item."""
        for share in self.shares:
            if share.unit == unit:
                return share
        raise KeyError(unit)

    def methods_of(self, unit: str) -> tuple[Method, ...]:
        """The rows that the unit's sheet shows."""
        return tuple(method for method in self.methods if method.unit in {"", unit})


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """The items of one unit, in the order of its 項次; a joint item stands in each."""

    unit: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """The whole control table of a plan.

    ``label`` and ``title`` are those of the annex; ``total`` is what the points of
    all items should come to (None: not set); ``year`` the ROC year.
    """

    year: int
    sheets: tuple[UnitSheet, ...] = ()
    title: str = ""
    label: str = ""
    total: Decimal | None = None

    def items(self) -> Iterator[Item]:
        """Every item once, joint ones with their first unit."""
        met: set[int] = set()
        for sheet in self.sheets:
            for item in sheet.items:
                if id(item) not in met:
                    met.add(id(item))
                    yield item

    def mapped(self, change: Callable[[Item], Item]) -> Timetable:
        """The same sheets with every item changed; joint items are changed once."""
        changed = {id(item): change(item) for item in self.items()}
        sheets = (
            replace(one, items=tuple(changed[id(item)] for item in one.items))
            for one in self.sheets
        )
        return replace(self, sheets=tuple(sheets))
