"""The score sheet as it is shown: entries of one unit, or one item, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from ..assessment.paper import in_words
from ..assessment.result import Result, together
from ..assessment.sheet import Cell, Entry
from ..assessment.standing import Marks, entry_result
from ..forms.scores import Said
from ..scoring.book import NOTHING, Book, Given, Judge
from ..timetable.wording import plain_number

ALL_UNITS = "all"


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the sheet is shown: a unit by name, ALL_UNITS, or an item by name."""

    unit: str = ""
    item: str = ""

    def has(self, entry: Entry) -> bool:
        if self.item:
            return entry.name == self.item
        return self.unit == ALL_UNITS or entry.unit == self.unit


@dataclass(frozen=True, slots=True)
class Line:
    """A cell with the person's own score, the others', and that of an earlier round.

    ``may_score``: it is the person's to score; ``is_repeat``: the same cell stands
    above already, as that of a joint item.
    """

    cell: Cell
    given: Given
    others: tuple[tuple[str, str], ...]
    earlier: str
    may_score: bool
    is_repeat: bool = False
    said: Said | None = None

    @property
    def value(self) -> str:
        """What stands in the field."""
        if self.said:
            return self.said.typed
        return "" if self.given.value is None else plain_number(self.given.value)

    @property
    def comment(self) -> str:
        return self.said.comment if self.said else self.given.comment

    @property
    def version(self) -> int:
        return self.said.version if self.said else self.given.version

    @property
    def most(self) -> str:
        return plain_number(self.cell.most)


@dataclass(frozen=True, slots=True)
class Sum:
    """A running total in words: 「17.2／20 分，尚缺 2 項」."""

    key: str
    words: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Group:
    """An entry with its lines and what they come to so far."""

    entry: Entry
    lines: tuple[Line, ...]
    total: Sum
    weights: str = ""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """What the page shows; ``units`` and ``items`` are what can be chosen."""

    groups: tuple[Group, ...]
    total: Sum
    units: tuple[str, ...]
    items: tuple[str, ...]
    shown: Shown
    has_others: bool = False
    has_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: the seat they score from, if any, and whether they see the others'."""

    seat: Judge | None = None
    sees_others: bool = False
    may_score: bool = False


def chosen(book: Book, reader: Reader, unit: str, item: str) -> Shown:
    """What was asked for where there is such a thing, else the first of one's units."""
    if item and any(entry.name == item for entry in book.sheet):
        return Shown(item=item)
    units = units_in(book.sheet)
    if unit == ALL_UNITS or unit in units:
        return Shown(unit)
    limit = reader.seat.units if reader.seat else None
    mine = [name for name in units if limit is None or name in limit]
    return Shown(next(iter(mine or units), ""))


def units_in(sheet: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.unit for entry in sheet))


def sheet_page(
    book: Book,
    reader: Reader,
    shown: Shown,
    earlier: Mapping[str, Fraction],
    said: Mapping[str, Said],
) -> SheetPage:
    """``earlier`` holds the earlier round's marks by the cells of this one."""
    writer = _Writer(book, reader, earlier, said)
    entries = [entry for entry in book.sheet if shown.has(entry)]
    return SheetPage(
        tuple(writer.group(entry) for entry in entries),
        _sum(
            "all", "合計", [entry_result(book.rules, e, writer.marks) for e in entries]
        ),
        units_in(book.sheet),
        tuple(dict.fromkeys(entry.name for entry in book.sheet)),
        shown,
        reader.sees_others,
        bool(earlier),
    )


def sums_of(book: Book, marks: Marks, shown: Shown, cells: Iterable[str]) -> list[Sum]:
    """The running totals on the page that these cells are part of."""
    touched = set(cells)
    entries = [entry for entry in book.sheet if shown.has(entry)]
    found = [
        _sum(entry.key, "小計", [entry_result(book.rules, entry, marks)])
        for entry in entries
        if any(cell.key in touched for cell in entry.cells)
    ]
    every = [entry_result(book.rules, entry, marks) for entry in entries]
    return [*found, _sum("all", "合計", every)]


@dataclass
class _Writer:
    book: Book
    reader: Reader
    earlier: Mapping[str, Fraction]
    said: Mapping[str, Said]
    met: set[str] = field(default_factory=set)

    @property
    def marks(self) -> Marks:
        """One's own while scoring; what all came to for those who only read."""
        if self.reader.seat and not self.book.round.is_closed:
            return self.book.marks_of(self.reader.seat)
        return self.book.common_marks() if self.book.round.is_closed else {}

    def group(self, entry: Entry) -> Group:
        lines = tuple(self._line(entry, cell) for cell in entry.cells)
        total = _sum(
            entry.key, "小計", [entry_result(self.book.rules, entry, self.marks)]
        )
        return Group(entry, lines, total, _open_weights(entry))

    def _line(self, entry: Entry, cell: Cell) -> Line:
        seat = self.reader.seat
        own = self.book.given.get((seat.pk, cell.key), NOTHING) if seat else NOTHING
        is_mine = seat is not None and seat.scores(entry)
        is_repeat = cell.key in self.met
        self.met.add(cell.key)
        return Line(
            cell,
            own,
            tuple(self._others(cell.key)) if self.reader.sees_others else (),
            in_words(self.earlier.get(cell.key)),
            self.reader.may_score and is_mine,
            is_repeat,
            self.said.get(cell.key),
        )

    def _others(self, cell: str) -> Iterable[tuple[str, str]]:
        for judge in self.book.judges:
            one = self.book.given.get((judge.pk, cell))
            if (
                one
                and judge != self.reader.seat
                and (one.value is not None or one.comment)
            ):
                score = "" if one.value is None else plain_number(one.value)
                yield judge.name, " ".join(filter(None, (score, one.comment)))


def _sum(key: str, word: str, results: Sequence[Result]) -> Sum:
    whole = together(results)
    words = f"{word} {in_words(whole.so_far)}"
    if whole.of:
        words += f"／{in_words(whole.of)}"
    words += " 分"
    if whole.missing:
        words += f"，尚缺 {whole.missing} 項"
    return Sum(key, words, bool(whole.missing))


def _open_weights(entry: Entry) -> str:
    """What is wrong with the weights of an item, in words."""
    weights = [cell.weight for cell in entry.cells if cell.weight is not None]
    total = sum(weights, Decimal(0))
    if not weights or total == 100:
        return ""
    return f"權重合計 {plain_number(total)}%，不是 100%"
