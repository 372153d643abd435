"""The month grid as a page shows it: rows by unit, filtered, with counts of months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from .timetable.annex import share_words, unit_points
from .timetable.model import Item, Method, Timetable, UnitSheet
from .timetable.months import State, months_of

# Whether the person who looks may change an item.
MayEdit = Callable[[Item], bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show; "" and 0 leave out nothing."""

    unit: str = ""
    person: str = ""
    words: str = ""
    month: int = 0
    unconfirmed: bool = False
    indicator: str = ""

    def __bool__(self) -> bool:
        return self != Filter()

    def wants(self, item: Item, unit: str) -> bool:
        """Whether the sheet of ``unit`` has any row of the item that is wanted."""
        if self.person and all(self.person not in s.owners for s in item.shares):
            return False
        if not (self._says(item) and self._examines(item)):
            return False
        return any(map(self.wants_method, item.methods_of(unit) or (Method(),)))

    def wants_method(self, method: Method) -> bool:
        if self.unconfirmed and method.confirmed:
            return False
        return not self.month or self.month in months_of(method.months)

    def _says(self, item: Item) -> bool:
        texts = (item.name, item.note, *(m.text for m in item.methods))
        return all(any(word in t for t in texts) for word in self.words.split())

    def _examines(self, item: Item) -> bool:
        """Whether one 考核指標 of the item says all the words that are asked for."""
        words = self.indicator.split()
        return not words or any(
            all(word in one.text for word in words) for one in item.indicators
        )


@dataclass(frozen=True, slots=True)
class GridItem:
    """An item in the sheet of one unit: its 項次 and the rows it is shown in."""

    number: int
    item: Item
    who: str
    methods: tuple[Method, ...]
    is_editable: bool

    @property
    def key(self) -> str:
        return self.item.id[1:]


@dataclass(frozen=True, slots=True)
class GridUnit:
    """One unit's part of the grid; count and points are those of its whole sheet."""

    name: str
    count: int
    points: Decimal | None
    items: tuple[GridItem, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows hold something in each month, and in each state."""

    months: tuple[int, ...]
    states: dict[State, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grid:
    """All that the page shows of one Timetable.

    ``unconfirmed`` counts the rows of the whole plan with proposed months that the
    person may confirm, shown or not.
    """

    units: tuple[GridUnit, ...]
    counts: Counts
    unconfirmed: int

    @property
    def planned(self) -> int:
        return self.counts.states.get(State.PLANNED, 0)

    @property
    def key(self) -> int:
        return self.counts.states.get(State.KEY, 0)

    @property
    def rows(self) -> int:
        return sum(len(item.methods) for unit in self.units for item in unit.items)

    @property
    def is_editable(self) -> bool:
        """Whether any row is shown whose months the person may change."""
        return any(
            item.is_editable and any(method.id for method in item.methods)
            for unit in self.units
            for item in unit.items
        )


def grid_of(timetable: Timetable, wanted: Filter, may_edit: MayEdit) -> Grid:
    """The rows that are wanted; a filter by indicator needs a Timetable with them."""
    units = tuple(
        unit
        for one in timetable.sheets
        if wanted.unit in {"", one.unit}
        and (unit := _unit(one, wanted, may_edit)).items
    )
    shown = {
        method.id: method
        for unit in units
        for item in unit.items
        for method in item.methods
    }
    unconfirmed = {
        m.id
        for i in timetable.items()
        for m in i.methods
        if not m.confirmed and may_edit(i)
    }
    return Grid(units, _counts(shown.values()), len(unconfirmed))


def _unit(one: UnitSheet, wanted: Filter, may_edit: MayEdit) -> GridUnit:
    items = []
    for number, item in enumerate(one.items, start=1):
        if not wanted.wants(item, one.unit):
            continue
        methods = tuple(
            m for m in item.methods_of(one.unit) if wanted.wants_method(m)
        ) or (Method(),)
        who = _who(item, one.unit)
        items.append(GridItem(number, item, who, methods, may_edit(item)))
    return GridUnit(one.unit, len(one.items), unit_points(one), tuple(items))


def _who(item: Item, unit: str) -> str:
    """The unit's own share first; what others have of a joint item after it."""
    own = share_words(item.share_of(unit))
    others = [f"{s.unit}{share_words(s)}" for s in item.shares if s.unit != unit]
    return f"{own}（與{'、'.join(others)}）" if others else own


def _counts(methods: Iterable[Method]) -> Counts:
    patterns = [method.months for method in methods]
    together = Counter("".join(patterns))
    return Counts(
        tuple(
            len(patterns) - column.count("0") for column in zip(*patterns, strict=True)
        )
        or (0,) * 12,
        {state: together[str(int(state))] for state in State},
    )


def people_in(timetable: Timetable) -> list[str]:
    """Everyone who owns anything, once, in the order of the sheets."""
    return list(
        dict.fromkeys(
            name
            for item in timetable.items()
            for share in item.shares
            for name in share.owners
        )
    )
