"""Results as they are shown: by unit, item and indicator, and one round beside another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..assessment.paper import in_words, on_paper
from ..assessment.result import Result
from ..assessment.rules import Scheme
from ..assessment.standing import EntryStanding, Marks, UnitStanding, kpi_value
from ..scoring.book import Book
from ..timetable.wording import plain_number
from .charts import Bar


@dataclass(frozen=True, slots=True)
class Item:
    """An entry's score and grade, and its indicators as (name, weight, score)."""

    name: str
    score: str
    grade: str
    indicators: tuple[tuple[str, str, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's line; ``rank`` is "" where it has none."""

    unit: str
    score: str
    percent: str
    grade: str
    rank: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything a results page shows; the chart's bars are of units with a score."""

    rows: tuple[UnitRow, ...]
    bars: tuple[Bar, ...]
    value_word: str
    has_grades: bool


def results_page(book: Book) -> ResultsPage:
    """Of a closed round."""
    found = book.standings()
    marks = book.common_marks()
    rows = tuple(
        UnitRow(
            one.unit,
            _score(one.result),
            _percent(one.result.percent),
            one.grade,
            _rank(one),
            tuple(_item(book, part, marks) for part in one.entries),
        )
        for one in found
    )
    is_ranks = book.rules.scheme is Scheme.RANKS
    word = "名次總和" if is_ranks else "得分率"
    bars = _bars(found, is_ranks=is_ranks)
    return ResultsPage(rows, bars, word, book.scale is not None and not is_ranks)


def _bars(found: Iterable[UnitStanding], *, is_ranks: bool) -> tuple[Bar, ...]:
    values = [
        (one.unit, one.result.score if is_ranks else one.result.percent)
        for one in found
        if not one.is_excluded
    ]
    sign = "" if is_ranks else "%"
    return tuple(
        Bar(unit, on_paper(value), f"{in_words(value)}{sign}")
        for unit, value in values
        if value is not None
    )


def _score(result: Result) -> str:
    if result.missing:
        return f"尚缺 {result.missing} 項"
    of = f"／{in_words(result.of)}" if result.of else ""
    return f"{in_words(result.so_far)}{of}"


def _percent(percent: Fraction | None) -> str:
    return "" if percent is None else f"{in_words(percent)}%"


def _rank(one: UnitStanding) -> str:
    if one.is_excluded:
        return "不列名次"
    return "" if one.rank is None else f"第 {one.rank} 名"


def _item(book: Book, part: EntryStanding, marks: Marks) -> Item:
    entry = part.entry
    cells = tuple(
        (
            cell.name,
            "" if cell.weight is None else f"{plain_number(cell.weight)}%",
            in_words(marks.get(cell.key)),
        )
        for cell in entry.cells
    )
    note = ""
    if not entry.cells:
        note = "沒有配分，不計入"
    elif book.rules.scheme is Scheme.KPI and not entry.is_bonus:
        value = kpi_value(book.rules, entry, marks)
        note = "沒有案件，不計入" if value is None else f"達成值 {in_words(value)}%"
    return Item(entry.name, _score(part.result), part.grade, cells, note)


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit or an item in both rounds; ``change`` with its sign, "" where open."""

    name: str
    before: str
    now: str
    change: str


@dataclass(frozen=True, slots=True)
class UnitCompared:
    """A unit with its items."""

    whole: Compared
    items: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds side by side, by the percentage of what could be reached."""

    units: tuple[UnitCompared, ...]
    bars: tuple[Bar, ...]


def comparison(before: Book, now: Book) -> Comparison:
    """Units and items are paired by name; what only one round has stands alone."""
    old = {one.unit: one for one in before.standings()}
    new = {one.unit: one for one in now.standings()}
    units = tuple(
        _unit_compared(name, old.get(name), new.get(name))
        for name in dict.fromkeys([*new, *old])
    )
    bars = [
        Bar(f"{name} {which}", on_paper(percent), f"{in_words(percent)}%")
        for name in dict.fromkeys([*new, *old])
        for which, side in (("對照", old), ("本輪", new))
        if name in side and (percent := side[name].result.percent) is not None
    ]
    return Comparison(units, tuple(bars))


def _unit_compared(
    name: str, before: UnitStanding | None, now: UnitStanding | None
) -> UnitCompared:
    old = _items(before.entries) if before else {}
    new = _items(now.entries) if now else {}
    items = tuple(
        _compared(item, old.get(item), new.get(item))
        for item in dict.fromkeys([*new, *old])
    )
    results = [one.result if one else None for one in (before, now)]
    return UnitCompared(_compared(name, *results), items)


def _items(entries: Sequence[EntryStanding]) -> dict[str, Result]:
    return {part.entry.name: part.result for part in entries}


def _compared(name: str, before: Result | None, now: Result | None) -> Compared:
    old = before.percent if before else None
    new = now.percent if now else None
    return Compared(name, _told(before), _told(now), _change(old, new))


def _told(result: Result | None) -> str:
    if result is None:
        return "沒有這一項"
    return _percent(result.percent) or _score(result)


def _change(before: Fraction | None, now: Fraction | None) -> str:
    if before is None or now is None:
        return ""
    change = now - before
    if not change:
        return "持平"
    return f"{'▲ 增加' if change > 0 else '▼ 減少'} {in_words(abs(change))}"
