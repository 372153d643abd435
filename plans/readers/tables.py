"""Typed rows → Tables: heads, columns, joined cells, lists, months and doubts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from plans.documents.cells import read_lines
from plans.documents.model import (
    Cell,
    Column,
    ColumnKind,
    Row,
    RowKind,
    Table,
)
from plans.documents.numbering import read_mark

from .broken_rows import GridRow
from .cell_text import clean_cell, has_markup
from .counted_lists import with_counted_lists
from .heads import (
    Head,
    columns_of,
    comparable,
    is_second_row,
    looks_like_head,
)
from .months import with_months
from .reading import Flag, Severity
from .regions import Grid
from .row_kinds import row_kind
from .row_notes import row_notes
from .settled_columns import settled_columns
from .table_flags import table_flags
from .table_rows import CutRows, Drawn, align, join_grouped_columns

MOST_COLUMNS = 40


@dataclass(slots=True)
class FoundTable:
    """A table, the source lines it stands on, and what is to be said of it."""

    table: Table
    first_line: int
    last_line: int
    flags: list[Flag] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    """The rows of one table: its heads, and its body with page breaks marked."""

    head: Head
    rows: list[GridRow]
    title: str = ""
    repeats: int = 0
    blank: list[GridRow] = field(default_factory=list)
    first_line: int = 0


def read_tables(grid: Grid) -> list[FoundTable]:
    """The tables of neighbouring typed rows, each head beginning one."""
    return [_found(part, grid) for part in _parts(grid.rows)]


def _parts(rows: Sequence[GridRow]) -> Iterator[_Part]:
    gap_is_break = sum(row.gap for row in rows) <= 0.5 * len(rows)
    start = next((i for i, row in enumerate(rows) if not _is_blank(row)), None)
    if start is None:
        return
    part, index = _opened(rows, start)
    while index < len(rows):
        row = rows[index]
        index += 1
        if _is_blank(row):
            part.blank.append(row)
        elif part.head.upper and comparable(row.cells) == part.head.upper:
            index += _repeats_lower(rows, index, part.head)
            if index < len(rows) and _begins_anew(part, rows[index]):
                yield part
                part = _Part(part.head, [], first_line=row.line)
            else:
                part.repeats += 1
            for below in rows[index : index + 1]:
                below.page = True
        else:
            part.rows.append(replace(row, page=row.page or (row.gap and gap_is_break)))
    yield part


def _is_blank(row: GridRow) -> bool:
    return not any(cell.strip() for cell in row.cells)


def _begins_anew(part: _Part, row: GridRow) -> bool:
    """Below a repeated head, items counted from 1 again are another table's."""
    firsts = [other.cells[0].strip() for other in part.rows]
    return row.cells[0].strip() == "1" and any(first.isdecimal() for first in firsts)


def _opened(rows: Sequence[GridRow], index: int) -> tuple[_Part, int]:
    """A part with its title and its one or two head rows taken."""
    first = rows[index]
    title = ""
    filled = [cell.strip() for cell in first.cells if cell.strip()]
    if (
        len(filled) == 1
        and index + 1 < len(rows)
        and looks_like_head(rows[index + 1].cells)
    ):
        title, index = clean_cell(filled[0]), index + 1
    if not looks_like_head(rows[index].cells):
        return _Part(Head(()), [], title, first_line=first.line), index
    upper = comparable(rows[index].cells)
    lower: tuple[str, ...] = ()
    if index + 1 < len(rows) and is_second_row(
        upper, comparable(rows[index + 1].cells)
    ):
        lower = comparable(rows[index + 1].cells)
    names = rows[index].cells, rows[index + 1].cells if lower else ()
    head = Head(upper, lower, tuple(names[0]), tuple(names[1]))
    return _Part(head, [], title, first_line=first.line), index + 1 + bool(lower)


def _repeats_lower(rows: Sequence[GridRow], index: int, head: Head) -> int:
    return int(
        bool(head.lower)
        and index < len(rows)
        and comparable(rows[index].cells) == head.lower
    )


def _found(part: _Part, grid: Grid) -> FoundTable:
    rows, columns = _meant(part)
    kinds = [row_kind(rows, index, len(columns)) for index in range(len(rows))]
    columns = settled_columns(columns, rows)
    table = Table(tuple(columns), _rows(rows, kinds, columns), part.title)
    table, months = with_months(table)
    return FoundTable(
        with_counted_lists(table, rows),
        part.first_line,
        _last_line(part),
        flags=[
            *_notes(part, grid, months),
            *row_notes(rows),
            *table_flags(columns, rows, kinds),
        ],
        marks=list(_typed_marks(rows)),
    )


def _meant(part: _Part) -> tuple[list[Drawn], list[Column]]:
    """The rows aligned, joined over page breaks and downwards; and the columns."""
    used = max((_used(row.cells) for row in part.rows), default=1)
    size = min(max(part.head.size, used), MOST_COLUMNS)
    rows = [_drawn(row, size) for row in part.rows]
    align(rows, size)
    rows = CutRows(rows, size).joined()
    if not rows:  # a form to be filled in by hand: its empty rows are its content
        rows = [_drawn(row, size) for row in part.blank]
    columns = columns_of(part.head, size)
    join_grouped_columns(
        rows, [i for i, c in enumerate(columns) if c.kind is not ColumnKind.MONTH]
    )
    return rows, columns


def _last_line(part: _Part) -> int:
    lines = (row.last_line for row in (*part.rows, *part.blank))
    return max(lines, default=part.first_line)


def _typed_marks(rows: Sequence[Drawn]) -> Iterator[str]:
    for row in rows:
        for text in "\n".join(row.texts).split("\n"):
            if found := read_mark(text):
                yield text[: found.length]


def _used(cells: Sequence[str]) -> int:
    return max((i for i, cell in enumerate(cells, 1) if cell.strip()), default=1)


def _drawn(row: GridRow, size: int) -> Drawn:
    cells = [clean_cell(cell) for cell in row.cells[:size]]
    if len(row.cells) > size:
        rest = [clean_cell(cell) for cell in row.cells[size:]]
        cells[-1] = "\n".join(filter(None, [cells[-1], *rest]))
    return Drawn(cells + [""] * (size - len(cells)), row.line, row.page)


def _rows(
    rows: Sequence[Drawn], kinds: Sequence[RowKind], columns: Sequence[Column]
) -> tuple[Row, ...]:
    return tuple(
        Row(
            tuple(_cell(row, index, kind, columns) for index in range(len(columns))),
            kind,
        )
        for row, kind in zip(rows, kinds, strict=True)
    )


def _cell(row: Drawn, index: int, kind: RowKind, columns: Sequence[Column]) -> Cell:
    if index in row.joined:
        return Cell(joined=True)
    span = len(columns) if kind is RowKind.GROUP and index == 0 else 1
    text = row.texts[index]
    shaded = columns[index].kind is ColumnKind.MONTH and bool(text)
    return Cell(read_lines(text), span=span, shaded=shaded)


def _notes(part: _Part, grid: Grid, months: bool) -> Iterator[Flag]:
    line = part.first_line
    if part.repeats:
        message = f"已略去每頁重複的表頭（{part.repeats} 次）。"
        yield Flag("repeated-heads", message, line, severity=Severity.INFO)
    if any(has_markup(cell) for row in part.rows for cell in row.cells):
        message = "表格內含網頁標記（如 <ol>、<p>），已去除。"
        yield Flag("markup", message, line, severity=Severity.INFO)
    if months:
        message = "月份格依考核方式的文字填色，請核對。"
        yield Flag("shaded-months", message, line, severity=Severity.INFO)
    if not part.head.size:
        yield Flag("no-head", "表格沒有表頭列，請補上各欄名稱。", line)
    for number in grid.missing:
        yield Flag("missing-cell", "這一列缺少一格，請核對各欄內容。", number)
