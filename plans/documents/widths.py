"""How wide things are: item marks in ems, table columns in percent."""

from __future__ import annotations

import math
import unicodedata

from .model import Cell, Column, ColumnKind, RowKind, Table

# Widths of a Times-like face in ems; everything else is a full-width character.
_NARROW = {"(": 0.34, ")": 0.34, ".": 0.25, ",": 0.25, " ": 0.25}
_KIND_EMS = {
    ColumnKind.NUMBER: (2.6, 3.2),
    ColumnKind.MONTH: (1.9, 2.2),
    ColumnKind.UNIT: (3.2, 5.0),
    ColumnKind.PERSON: (3.4, 5.0),
    ColumnKind.POINTS: (3.0, 4.5),
    ColumnKind.WEIGHT: (3.0, 4.5),
    ColumnKind.STATUS: (3.2, 5.0),
}
_PAGE_EMS = 36.0


def ems(text: str) -> float:
    """The printed width of ``text`` in ems of its own size."""
    return sum(_character_ems(character) for character in text)


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
    return math.ceil((ems(mark) + air) * 4 - 0.01)


def column_percents(table: Table) -> tuple[float, ...]:
    """The width of each column; equal ones (never set) follow the content."""
    given = [column.width for column in table.columns]
    if len(set(given)) == 1:
        given = [_natural(table, index) for index in range(len(given))]
    whole = sum(given)
    return tuple(round(100 * width / whole, 2) for width in given)


def _natural(table: Table, index: int) -> float:
    column = table.columns[index]
    if column.vertical:
        return 2.0
    texts = [
        "".join(line.text for line in row.cells[index].lines)
        for row in table.rows
        if row.kind is RowKind.DATA and row.cells[index].span == 1
    ]
    least, most = _KIND_EMS.get(column.kind, (_least(column, table, index), 18.0))
    longest = max(map(ems, texts), default=0.0)
    amount = sum(map(ems, texts)) / max(1, sum(map(bool, texts)))
    wanted = longest if longest < least + 2 else math.sqrt(amount) * 2.2
    return min(max(wanted, least), most)


def _least(column: Column, table: Table, index: int) -> float:
    """A head of up to four characters stays on one line where there is room."""
    cells: list[Cell] = [row.cells[index] for row in table.rows]
    crowded = len(table.columns) * 5 > _PAGE_EMS
    head = min(ems(column.name), 2.0 if crowded else 4.0)
    listed = any(line.level for cell in cells for line in cell.lines)
    return head + (3.0 if listed else 1.0)
