"""Lists inside table cells: typed text ↔ Lines, and their computed marks."""

from __future__ import annotations

from collections.abc import Iterable

from .model import Cell, ColumnKind, Line, NumberingStyle, RowKind, Table
from .numbering import BULLET, mark, read_mark

# What a cell prints, line by line: the computed mark ("" for none) and the line.
MarkedLines = tuple[tuple[str, Line], ...]


def read_lines(text: str, *, continues: bool = False) -> tuple[Line, ...]:
    """Turn typed text, one line a paragraph, into Lines without their marks.

    A number typed as 1 below a longer list starts it anew.  In a column that does
    not continue from row to row, the first number of a list is kept as its start.
    """
    lines: list[Line] = []
    met: set[int] = set()
    for typed in text.splitlines():
        stripped = typed.strip()
        found = read_mark(stripped)
        if found is None:
            if stripped:
                lines.append(Line(stripped))
            continue
        met = {level for level in met if level <= found.level}
        first = found.level not in met
        met.add(found.level)
        starts = (not continues) if first else found.number == 1
        start = found.number if starts and found.level != BULLET else 0
        lines.append(Line(stripped[found.length :], found.level, start))
    return tuple(lines)


class Counters:
    """Running numbers of one column, per level."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def next(self, line: Line) -> int:
        """The number of ``line``; deeper levels begin anew below it."""
        number = line.start or self._counts.get(line.level, 0) + 1
        self._counts = {k: v for k, v in self._counts.items() if k < line.level}
        self._counts[line.level] = number
        return number


def mark_lines(
    lines: Iterable[Line], style: NumberingStyle, counters: Counters | None = None
) -> MarkedLines:
    """Pair each line with the mark that is printed before it."""
    running = counters or Counters()
    return tuple(
        (mark(line.level, running.next(line), style) if line.level else "", line)
        for line in lines
    )


def marked_rows(
    table: Table, style: NumberingStyle
) -> tuple[tuple[MarkedLines, ...], ...]:
    """The printed lines of every cell, row by row, with lists counted on downwards."""
    counters = [Counters() for _ in table.columns]
    running = 0
    result = []
    for row in table.rows:
        fresh = False
        marked: list[MarkedLines] = []
        for index, (column, cell) in enumerate(
            zip(table.columns, row.cells, strict=True)
        ):
            if fresh or not column.continues:
                counters[index] = Counters()
            if column.kind is ColumnKind.NUMBER and row.kind is RowKind.DATA:
                running += not cell.joined
                marked.append(_number_cell(cell, running))
            else:
                marked.append(mark_lines(cell.lines, style, counters[index]))
            fresh = fresh or not cell.joined
        result.append(tuple(marked))
    return tuple(result)


def _number_cell(cell: Cell, number: int) -> MarkedLines:
    """項次 are computed: digits or nothing give the running number, words stay."""
    typed = "".join(line.text for line in cell.lines).strip().rstrip(".、")
    if cell.joined or (typed and not typed.isdigit()):
        return tuple(("", line) for line in cell.lines)
    return (("", Line(str(number))),)


def write_lines(marked: MarkedLines) -> str:
    """The text of a cell as a person types it; read_lines gives the lines back."""
    return "\n".join(
        sign + _apart(sign, line.text) + line.text for sign, line in marked
    )


def _apart(sign: str, text: str) -> str:
    """A blank where sign and text would run together: 1. and 65歲 is not 1.65歲."""
    if not sign:
        return ""
    found = read_mark(sign + text)
    return "" if found and found.length >= len(sign) else " "
