"""Which column of a table holds what of a control table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from plans.documents.model import Column, ColumnKind, RowKind, Table
from plans.readers.heads import month_of, squeezed
from plans.readers.reading import Flag

# A table with fewer month columns is some other table.
FEWEST_MONTHS = 6
_COUNT = re.compile(r"^(?:項次|序號|編號|次序|序)$")
_NAME = re.compile(r"專案|項目|名稱|業務|工作|計畫")
_INDICATOR = re.compile(r"指標|標準|重點")
_METHOD = re.compile(r"方式|方法")
_TIME = re.compile(r"期程|時程|時間|期限|月份|日期")
_OWNER = re.compile(r"承辦人|負責人|主辦人")


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the columns, -1 for one that the table lacks; months by number.

    ``unread`` are those that hold none of these.
    """

    name: int
    unit: int = -1
    number: int = -1
    indicators: int = -1
    weight: int = -1
    method: int = -1
    points: int = -1
    owners: int = -1
    note: int = -1
    months: Mapping[int, int] = field(default_factory=dict)
    unread: tuple[int, ...] = ()


def control_columns(table: Table) -> Columns | None:
    """The columns of a control table; None where the table is another."""
    months = {
        month: place
        for place, column in enumerate(table.columns)
        if (month := month_of(column.name)) and 1 <= month <= 12
    }
    others = [i for i in range(len(table.columns)) if i not in months.values()]
    if len(months) < FEWEST_MONTHS or not others:
        return None
    found = _Finder(table.columns, others)
    places = {
        "number": found.kind(ColumnKind.NUMBER),
        "points": found.kind(ColumnKind.POINTS, but=_NAME),
        "owners": found.named(_OWNER, but=_NAME),
        "unit": found.kind(ColumnKind.UNIT, but=_NAME),
        "weight": found.kind(ColumnKind.WEIGHT),
        "indicators": found.named(_INDICATOR, but=_NAME),
        "method": found.named(_METHOD, _TIME),
        "note": found.kind(ColumnKind.NOTE),
        "name": found.named(_NAME),
    }
    if places["number"] < 0:  # numbers with gaps are text to the reader of tables
        places["number"] = found.named(_COUNT)
    if places["indicators"] < 0:  # 「工作重點」 beside 「工作項目」
        places["indicators"] = found.named(_INDICATOR)
    if places["name"] < 0:
        places["name"] = found.rest()
    if places["name"] < 0:
        return None
    return Columns(months=months, unread=tuple(found.left), **places)


def unread_flags(table: Table, columns: Columns) -> Iterator[Flag]:
    """Columns that a control table has no place for, where they hold anything."""
    for place in columns.unread:
        cells = (row.cells[place] for row in table.rows if row.kind is RowKind.DATA)
        texts = [line.text for cell in cells for line in cell.lines]
        if texts:
            column = table.columns[place]
            name = column.name or column.group or f"第 {place + 1} 欄"
            words = "、".join(texts)[:60]
            yield Flag("unread-column", f"「{name}」不是管制表的欄位，未讀入：{words}")


class _Finder:
    """Gives each column away once, in the order in which they are asked for."""

    def __init__(self, columns: Sequence[Column], places: list[int]) -> None:
        self._columns, self.left = columns, list(places)

    def kind(self, kind: ColumnKind, but: re.Pattern[str] | None = None) -> int:
        return self._first(lambda c: c.kind is kind and not _says(but, c))

    def named(self, *words: re.Pattern[str], but: re.Pattern[str] | None = None) -> int:
        """The first column with the first of ``words`` that any has."""
        places = (self._first(partial(_is_named, word, but)) for word in words)
        return next((place for place in places if place >= 0), -1)

    def rest(self) -> int:
        """The first text column that nothing else has taken."""
        return self._first(lambda c: c.kind is ColumnKind.TEXT)

    def _first(self, fits: Callable[[Column], bool]) -> int:
        for place in self.left:
            if fits(self._columns[place]):
                self.left.remove(place)
                return place
        return -1


def _is_named(
    words: re.Pattern[str], but: re.Pattern[str] | None, column: Column
) -> bool:
    return _says(words, column) and not _says(but, column)


def _says(words: re.Pattern[str] | None, column: Column) -> bool:
    return bool(words and words.search(squeezed(column.group + column.name)))
