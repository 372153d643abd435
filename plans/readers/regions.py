"""Where tables stand in the lines of a text, and the raw rows of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from plans.documents.numbering import FORMAL, read_mark

from .cell_text import HARD_BREAK
from .lines import SourceLine

_BAR = re.compile(r"[│┃║｜|]")
_BORDER = re.compile(
    r"(?=.*[-─━═]{2})[\s+|｜│┃║:\-─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╭╮╰╯┏┳┓┣╋┫┗┻┛]+"
)
_PART_BORDER = re.compile(r"[├┣╠+][-─━═]{2,}")
_COLUMNS = re.compile(r"(?:[ ]{2,}|　{2,}|[ 　]{3,})")
SHORT_HEAD = 14
MOST_HEADS = 14
LONGEST_CELL = 80


@dataclass(slots=True)
class GridRow:
    """A row as typed: ``cells`` hold their lines apart by line feeds."""

    cells: list[str]
    line: int
    last_line: int
    page: bool = False
    gap: bool = False


@dataclass(slots=True)
class Grid:
    """The typed rows of neighbouring tables, heads among them."""

    rows: list[GridRow] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)


def with_tabs(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Tables drawn with bars, boxes or blanks, rewritten with tabs."""
    result: list[SourceLine] = []
    index = 0
    while index < len(lines):
        end = _drawn_end(lines, index)
        if end > index + 1:
            result.extend(_drawn_rows(lines[index:end]))
        elif (end := _spaced_end(lines, index)) > index:
            result.extend(
                replace(line, text="\t".join(_COLUMNS.split(line.bare)))
                for line in lines[index:end]
            )
        else:
            end = index + 1
            result.append(lines[index])
        index = end
    return result


def _drawn_end(lines: Sequence[SourceLine], start: int) -> int:
    end = start
    while end < len(lines) and _is_drawn(lines[end].text):
        end += 1
    return end


def _is_drawn(text: str) -> bool:
    if "\t" in text:
        return False
    bare = text.strip()
    return bool(_BORDER.fullmatch(bare)) or (
        bool(_BAR.match(bare)) and len(_BAR.findall(bare)) >= 2
    )


def _drawn_rows(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    borders = [bool(_BORDER.fullmatch(line.bare)) for line in lines]
    boxed = sum(borders) >= 3
    open_row: SourceLine | None = None
    for line, border in zip(lines, borders, strict=True):
        if border or (boxed and _PART_BORDER.search(line.bare)):
            if open_row:
                yield open_row
            open_row = None
            continue
        inner = line.bare[1:-1] if _BAR.match(line.bare[-1]) else line.bare[1:]
        row = replace(line, text=_BAR.sub("\t", inner))
        if boxed and open_row:
            open_row = replace(open_row, text=_stacked(open_row.text, row.text))
        elif boxed:
            open_row = row
        else:
            yield row
    if open_row:
        yield open_row


def _stacked(above: str, below: str) -> str:
    """Two printed lines of one drawn row: cell below cell."""
    upper, lower = above.split("\t"), below.split("\t")
    size = max(len(upper), len(lower))
    pairs = zip(_padded(upper, size), _padded(lower, size), strict=True)
    return "\t".join(_stack(a.strip(), b.strip()) for a, b in pairs)


def _stack(above: str, below: str) -> str:
    if not (above and below):
        return above or below
    return above + (HARD_BREAK if read_mark(below) else "") + below


def _padded(cells: list[str], size: int) -> list[str]:
    return cells + [""] * (size - len(cells))


def _spaced_end(lines: Sequence[SourceLine], start: int) -> int:
    """The end of lines that all stand in the same three or more columns of blanks."""
    count = _spaced_cells(lines[start])
    end = start
    while end < len(lines) and count >= 3 and _spaced_cells(lines[end]) == count:
        end += 1
    return end if end >= start + 3 else start


def _spaced_cells(line: SourceLine) -> int:
    if "\t" in line.text or len(line.bare) > LONGEST_CELL * 3:
        return 0
    cells = _COLUMNS.split(line.bare)
    return len(cells) if len(line.bare) >= 3 * len(cells) else 0


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
    while index < len(lines):
        line = lines[index]
        if not (is_table_line(line.text) or _is_row_below(line, grid, size)):
            end = _goes_on_until(lines, index, grid, size)
            if not end:
                break
            for other in lines[index:end]:
                _append(grid.rows[-1], other)
            index = end
            continue
        cells = line.text.split("\t")
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


def _goes_on_until(
    lines: Sequence[SourceLine], index: int, grid: Grid, size: int
) -> int:
    """Where the cells of the open row end that were typed on several lines; 0: no."""
    if not grid.rows or len(grid.rows[-1].cells) >= size:
        return 0
    missing = size - len(grid.rows[-1].cells)
    for end in range(index, min(index + 40, len(lines))):
        if lines[end].gap > 0:
            return 0
        tabs = lines[end].text.count("\t")
        if tabs:
            starts_cell = lines[end].text.startswith("\t")
            return end + 1 if tabs <= missing and not starts_cell else 0
    return 0


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
