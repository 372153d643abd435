"""Where tables stand in the lines of a text, and the raw rows of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from plans.documents.numbering import FORMAL, read_mark

from .broken_rows import SHORT_HEAD, GridRow, goes_on_until, is_group, widest_row
from .lines import SourceLine

MOST_HEADS = 14


@dataclass(slots=True)
class Grid:
    """The typed rows of neighbouring tables, heads among them."""

    rows: list[GridRow] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)


def _padded(cells: list[str], size: int) -> list[str]:
    return cells + [""] * (size - len(cells))


def split_regions(lines: Sequence[SourceLine]) -> Iterator[SourceLine | Grid]:
    """Plain lines as they are, and a Grid for each stretch of table rows."""
    index = 0
    while index < len(lines):
        if "\t" not in lines[index].text:
            yield lines[index]
            index += 1
            continue
        heads = _stacked_heads(lines, index)
        grid, end = (
            _cell_by_cell(lines, index, heads) if heads else _row_by_row(lines, index)
        )
        if len(grid.rows) >= 2:
            yield grid
        else:
            yield from _untabbed(lines[index:end])
        index = end


def _untabbed(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    for line in lines:
        text = re.sub(r"[ \t]*\t[ \t]*", " ", line.text).strip()
        if text:
            yield replace(line, text=text)


def is_table_line(text: str) -> bool:
    """Whether a line with tabs is a row; 「壹、⇥依據」 and indented text are not."""
    if "\t" not in text:
        return False
    cells = [cell.strip() for cell in text.split("\t")]
    filled = [cell for cell in cells if cell]
    if text.rstrip().count("\t") == len(text) - len(text.lstrip("\t")):
        return len(filled) == 0 or len(cells) > 2
    first = read_mark(filled[0]) if filled else None
    bare_mark = first is not None and first.length == len(filled[0])
    return not (bare_mark and len(filled) == 2 and first is not None and cells[0] != "")


def _row_by_row(lines: Sequence[SourceLine], start: int) -> tuple[Grid, int]:
    grid = Grid()
    index, size = start, 0
    widest = widest_row(lines, start)
    while index < len(lines):
        line = lines[index]
        group = is_group(lines, index, grid.rows)
        end = goes_on_until(lines, index, grid.rows, max(size, widest))
        if end and not group:
            for other in lines[index:end]:
                _append(grid.rows[-1], other)
            index = end
            continue
        if not (group or is_table_line(line.text) or _is_row_below(line, grid, size)):
            break
        cells = _padded([line.bare], size) if group else line.text.split("\t")
        size = max(size, len(cells)) if len(grid.rows) < 2 else size
        row = GridRow(cells, line.number, line.number, line.page, line.gap > 0)
        grid.rows.append(row)
        index += 1
    return grid, max(index, start + 1)


def _is_row_below(line: SourceLine, grid: Grid, size: int) -> bool:
    """Inside a table, a tab at the line's start leaves its first cell empty."""
    if not grid.rows or line.gap or "\t" not in line.text:
        return False
    found = read_mark(line.bare)
    chapter = found is not None and found.level == FORMAL
    return line.text.count("\t") < size and not chapter


def _append(row: GridRow, line: SourceLine) -> None:
    first, *others = line.text.split("\t")
    row.cells[-1] += "\n" + first
    row.cells.extend(others)
    row.last_line = line.number


def _stacked_heads(lines: Sequence[SourceLine], start: int) -> int:
    """How many heads stand one below the other, each after a tab; 0: none."""
    count = 0
    for line in lines[start : start + MOST_HEADS + 1]:
        text = line.text.strip(" ")
        cell = text[1:].strip()
        single = text.startswith("\t") and "\t" not in text[1:] and cell
        if (
            not single
            or (count and line.gap)
            or len(cell) > SHORT_HEAD
            or read_mark(cell)
        ):
            break
        count += 1
    return count if 2 <= count <= MOST_HEADS else 0


def _cell_by_cell(
    lines: Sequence[SourceLine], start: int, size: int
) -> tuple[Grid, int]:
    """A table copied from a word processor: each cell begins with a tab."""
    grid = Grid()
    cells: list[str] = []
    first = lines[start].number
    ends: set[str] = set()
    index = start
    while index < len(lines):
        line = lines[index]
        if "\t" in line.text:
            for cell in _cells_of(line.text):
                if len(cells) == size or _is_end(cells, ends, size):
                    _close(grid, cells, size, first, lines[index - 1].number, ends)
                    cells, first = [], line.number
                cells.append(cell)
        elif len(cells) == size and (line.gap or read_mark(line.bare)):
            break
        elif cells:
            cells[-1] += "\n" + line.text
        index += 1
    if any(cell.strip() for cell in cells):
        _close(grid, cells, size, first, lines[index - 1].number, ends)
    return grid, index


def _cells_of(text: str) -> list[str]:
    parts = text.split("\t")
    return parts[1:] if parts[0] == "" else parts


def _is_end(cells: list[str], ends: set[str], size: int) -> bool:
    """A row that is short by one ends where a usual last cell stands."""
    return len(cells) == size - 1 and cells[-1].strip() in ends


def _close(
    grid: Grid, cells: list[str], size: int, first: int, last: int, ends: set[str]
) -> None:
    if len(cells) < size:
        grid.missing.append(first)
        if cells[-1].strip() in ends:
            cells = [*cells[:-1], *[""] * (size - len(cells)), cells[-1]]
    cells = _padded(cells, size)
    if grid.rows and 0 < len(cells[-1].strip()) <= SHORT_HEAD:
        ends.add(cells[-1].strip())
    grid.rows.append(GridRow(cells, first, last))
