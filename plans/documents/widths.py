"""How wide things are: item marks in ems, table columns in percent."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from .model import ColumnKind, RowKind, Table

# Widths of a Times-like face in ems; everything else is a full-width character.
_NARROW = {"(": 0.34, ")": 0.34, ".": 0.25, ",": 0.25, " ": 0.25}
# The least ems of text that a hanging mark leaves beside it.
LEAST_BESIDE = 4.5

# What the wider columns give up at most of what they have to spare, in a table of at
# most so many; one of months shares it out among all.
MOST_GIVEN_UP, MOST_ROOMY = 0.3, 5

# Left and right padding of a cell, and what short kinds need with it, in ems.
_PADDING = 1.1
_KIND_EMS = {
    ColumnKind.NUMBER: 2.9,
    ColumnKind.MONTH: 1.7,
    ColumnKind.UNIT: 4.8,
    ColumnKind.PERSON: 4.0,
    ColumnKind.POINTS: 3.8,
    ColumnKind.WEIGHT: 3.8,
    ColumnKind.STATUS: 3.8,
    ColumnKind.DATE: 5.0,
}
# What such a column holds should not break, nor a date or a sum in any other, up
# to so many ems.
_LONGEST_WHOLE = 6.0
_WORD = re.compile(r"[!-~]+")
# The measure of a portrait page at 14 pt and at 12 pt; a landscape one has more.
_ROOMY_PAGE, _WIDE_PAGE, _LANDSCAPE = 32.0, 37.0, 1.58


def ems(text: str) -> float:
    """The printed width of ``text`` in ems of its own size."""
    return sum(map(_character_ems, text))


@cache
def _character_ems(character: str) -> float:
    if character in _NARROW:
        return _NARROW[character]
    wide = unicodedata.east_asian_width(character) in {"W", "F", "A"}
    return 1.0 if wide else 0.52


def hang(mark: str) -> int:
    """Quarter ems that ``mark`` takes, with a little air after a Latin one."""
    if not mark:
        return 0
    air = 0.2 if mark[-1] in ".)" else 0.0
    return round((ems(mark) + air) * 4)


def room_beside(mark: str, width: float) -> float:
    """The ems left for text beside ``mark``; a mark without room does not hang."""
    beside = width - hang(mark) / 4
    return beside if beside >= LEAST_BESIDE else width


def column_percents(table: Table, *, landscape: bool = False) -> tuple[float, ...]:
    """The width of each column; equal ones (never set) follow the content.

    A width that was set is kept, but never less than the column can do with.
    """
    given = [column.width for column in table.columns]
    page = _page_ems(table, landscape)
    if len(set(given)) == 1:
        widths = _natural_widths(table, page)
    else:
        share = page / sum(given)
        least = [_floor(table, index) for index in range(len(given))]
        widths = _raised([width * share for width in given], least)
    whole = sum(widths)
    return tuple(round(100 * width / whole, 2) for width in widths)


def _raised(widths: list[float], least: list[float]) -> list[float]:
    """No width under its least; what that takes comes from the wider columns."""
    missing = sum(
        max(0.0, low - width) for width, low in zip(widths, least, strict=True)
    )
    spare = [max(0.0, width - low) for width, low in zip(widths, least, strict=True)]
    few = len(widths) <= MOST_ROOMY and any(spare)
    given_up = min(MOST_GIVEN_UP, missing / sum(spare)) if few else 0.0
    return [
        max(width, low) - over * given_up
        for width, low, over in zip(widths, least, spare, strict=True)
    ]


def column_ems(table: Table, *, landscape: bool = False) -> tuple[float, ...]:
    """The room for text in each column, in ems of the table's own size."""
    page = _page_ems(table, landscape)
    percents = column_percents(table, landscape=landscape)
    return tuple(percent * page / 100 - _PADDING for percent in percents)


def _page_ems(table: Table, landscape: bool = False) -> float:
    page = _WIDE_PAGE if len(table.columns) > 4 else _ROOMY_PAGE
    return page * _LANDSCAPE if landscape else page


def _natural_widths(table: Table, page: float) -> list[float]:
    """Every column gets what its head and kind need, the rest goes by content."""
    least = [_least(table, index) for index in range(len(table.columns))]
    wanted = [_wanted(table, index) for index in range(len(table.columns))]
    rest = max(0.0, page - sum(least))
    asked = sum(wanted)
    if not asked:
        return least
    return [low + rest * want / asked for low, want in zip(least, wanted, strict=True)]


def _floor(table: Table, index: int) -> float:
    column = table.columns[index]
    if column.vertical or column.kind is ColumnKind.MONTH:
        return 1.7
    return max(min(_KIND_EMS.get(column.kind, 3.3), 4.0), _whole(table, index))


def _whole(table: Table, index: int) -> float:
    """The room for the longest text of the column that should not be broken."""
    texts = [
        line.text
        for row in table.rows
        if row.cells[index].span == 1
        for line in row.cells[index].lines
    ]
    if table.columns[index].kind in _KIND_EMS:
        wholes = [text for text in texts if ems(text) <= _LONGEST_WHOLE]
    else:
        wholes = [word for text in texts for word in _WORD.findall(text)]
    longest = max(map(ems, wholes), default=0.0)
    return min(longest, _LONGEST_WHOLE) + _PADDING


def _least(table: Table, index: int) -> float:
    """A head of up to four characters stays on one line where there is room."""
    column = table.columns[index]
    if column.vertical:
        return 1.0 + _PADDING
    if column.kind is ColumnKind.MONTH:
        return _KIND_EMS[column.kind]
    if column.kind in _KIND_EMS:
        return max(_KIND_EMS[column.kind], _whole(table, index))
    longest = 4.2 if len(table.columns) <= 5 else 2.2
    head = min(max(ems(column.name), 3.0), longest) + _PADDING
    return max(head, _whole(table, index))


def _wanted(table: Table, index: int) -> float:
    """How much a column asks of the width that is left over."""
    column = table.columns[index]
    if column.vertical or column.kind is ColumnKind.MONTH:
        return 0.0
    amounts = [
        sum(ems(line.text) for line in row.cells[index].lines)
        for row in table.rows
        if row.kind is RowKind.DATA and row.cells[index].span == 1
    ]
    filled = [amount for amount in amounts if amount]
    if not filled:
        return 0.0
    fits = max(filled) <= _least(table, index) - _PADDING
    return 0.0 if fits else (sum(filled) / len(filled)) ** 0.7
