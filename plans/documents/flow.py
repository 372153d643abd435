"""Rows that a page can break: high rows come in slices, long joined cells flow.

A page break never tears a row, so that borders stay closed and nothing hangs out of
its cell.  What is too high to be kept in one piece is therefore cut into slices
beforehand, between two paragraphs, with no rule between them.  Once it is known
where pages begin, the slices of one page are put together again.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, count, pairwise

from .cells import MarkedLines, marked_rows
from .grid import Area, spans
from .model import Cell, Line, NumberingStyle, Row, Table
from .widths import column_ems, ems, room_beside

# In lines of the table.  A cell up to LABEL is repeated on the next page, a longer one
# goes on there: its row comes in slices of SLICE to DEEP lines.  A slice of more than
# DEEP is one long paragraph and may be torn after all.
LABEL, SLICE, DEEP = 6, 3, 12
# A label so many lines higher than its first row may be closed beside it, where to
# keep rows together would leave more than so many lines of them below it.
GROWS = 4
LABEL_WORDS = 24
# A column of less than so many ems holds one character a line: always a label.
VERTICAL = 1.5


@dataclass(frozen=True, slots=True)
class Slice:
    """One printed row: a whole row of the table, or a part of a high one.

    ``flows`` are the columns whose text goes on from row to row, ``follows`` those
    that no rule parts from the slice above; ``part`` counts the later slices of a
    row, from 2; ``keeps`` says that no page may begin here, ``loose`` that one may inside.
    """

    row: Row
    marked: tuple[MarkedLines, ...]
    flows: frozenset[int] = frozenset()
    follows: frozenset[int] = frozenset()
    part: int = 0
    keeps: bool = False
    loose: bool = False


def whole_rows(table: Table, style: NumberingStyle) -> tuple[Slice, ...]:
    """Every row as it stands, for a screen without pages."""
    marked = marked_rows(table, style)
    return tuple(map(Slice, table.rows, marked))


def flow(
    table: Table, style: NumberingStyle, *, landscape: bool = False
) -> tuple[Slice, ...]:
    """The rows of ``table`` in pieces that a page can hold.

    Slices after the first of a row carry its id with "-2", "-3" and so on.
    """
    widths = column_ems(table, landscape=landscape)
    slices = list(whole_rows(table, style))
    for area in _joined(slices, table):
        _spread_long(slices, area, widths)
    pieces = [piece for one in slices for piece in _cut_down(one, widths)]
    for area in _joined(pieces, table):
        _keep_label(pieces, area, widths)
    return tuple(pieces)


def settle(slices: Sequence[Slice], begins: Collection[str]) -> tuple[Slice, ...]:
    """Put together what stands on one page; ``begins`` are ids that begin a page.

    Slices leave gaps where texts run side by side, and mix the reading order.
    """
    pieces: list[Slice] = []
    for one in slices:
        if one.follows and one.row.id not in begins:
            for column in one.follows:
                _append(pieces, column, one.marked[column])
            if not one.part:
                pieces.append(_joined_up(one))
        else:
            pieces.append(one)
    return tuple(pieces)


def _append(pieces: list[Slice], column: int, marked: MarkedLines) -> None:
    """Add text to the cell that stands lowest in ``column``."""
    index = max(n for n, one in enumerate(pieces) if not one.row.cells[column].joined)
    cell = pieces[index].marked[column] + marked
    follows = column in pieces[index].follows
    pieces[index] = _with_cell(pieces[index], column, cell, follows)


def _joined_up(one: Slice) -> Slice:
    """``one`` without the texts that have gone to the row above."""
    cells = tuple(
        Cell(joined=True, span=cell.span) if column in one.follows else cell
        for column, cell in enumerate(one.row.cells)
    )
    marked = tuple(
        () if column in one.follows else lines
        for column, lines in enumerate(one.marked)
    )
    row = replace(one.row, cells=cells)
    return replace(one, row=row, marked=marked, follows=frozenset())


def sliced(table: Table, slices: Sequence[Slice]) -> Table:
    """``table`` with a row for each slice."""
    return replace(table, rows=tuple(one.row for one in slices))


def _joined(slices: Sequence[Slice], table: Table) -> list[Area]:
    rows = spans(sliced(table, slices))
    return [area for row in rows for area in row if area.rowspan > 1]


def cell_height(marked: MarkedLines, width: float) -> int:
    """How many lines a cell of ``width`` ems takes, about."""
    return sum(_line_height(mark, line, width) for mark, line in marked)


def _line_height(mark: str, line: Line, width: float) -> int:
    return max(1, math.ceil(ems(line.text) / max(1.0, room_beside(mark, width))))


def _heights(one: Slice, widths: Sequence[float]) -> list[int]:
    """The height of each cell of a row; a joined cell has none of its own."""
    return [
        cell_height(marked, _width(one, column, widths))
        for column, marked in enumerate(one.marked)
    ]


def _width(one: Slice, column: int, widths: Sequence[float]) -> float:
    return sum(widths[column : column + one.row.cells[column].span])


def _height_beside(one: Slice, column: int, widths: Sequence[float]) -> int:
    heights = _heights(one, widths)
    heights[column] = 1
    return max(heights)


def _spread_long(slices: list[Slice], area: Area, widths: Sequence[float]) -> None:
    """Share a long joined text out among its rows, by their heights."""
    width = _width(slices[area.row], area.column, widths)
    rest = list(slices[area.row].marked[area.column])
    height = cell_height(tuple(rest), width)
    if height <= LABEL or _is_label(tuple(rest), width):
        return
    rows = range(area.row, area.row + area.rowspan)
    beside = [_height_beside(slices[row], area.column, widths) for row in rows]
    stretch = max(1.0, height / sum(beside))
    for row, tall in zip(rows, beside, strict=True):
        budget = math.inf if row == rows[-1] else tall * stretch
        first = _line_height(*rest[0], width) if rest else 0
        part = _take(rest, width, max(first, budget))
        slices[row] = _with_cell(slices[row], area.column, part, row > area.row)


def _is_label(marked: MarkedLines, width: float) -> bool:
    """A few words, however narrow their column, are repeated and never cut."""
    words = sum(len(line.text) for _, line in marked)
    return width <= VERTICAL or (len(marked) == 1 and words <= LABEL_WORDS)


def _take(rest: list[tuple[str, Line]], width: float, budget: float) -> MarkedLines:
    """Move the paragraphs that fit ``budget`` lines out of ``rest``."""
    taken: list[tuple[str, Line]] = []
    height = 0
    while rest:
        height += _line_height(*rest[0], width)
        if height > budget:
            break
        taken.append(rest.pop(0))
    return tuple(taken)


def _with_cell(one: Slice, column: int, marked: MarkedLines, follows: bool) -> Slice:
    lines = tuple(line for _, line in marked)
    cell = replace(one.row.cells[column], lines=lines, joined=False)
    cells = (*one.row.cells[:column], cell, *one.row.cells[column + 1 :])
    return replace(
        one,
        row=replace(one.row, cells=cells),
        marked=(*one.marked[:column], marked, *one.marked[column + 1 :]),
        flows=one.flows | {column},
        follows=one.follows | {column} if follows else one.follows,
    )


def _cut_down(one: Slice, widths: Sequence[float]) -> Iterator[Slice]:
    """A high row in slices that hold about as much of each of its long cells."""
    rests = {
        column: list(one.marked[column])
        for column, height in enumerate(_heights(one, widths))
        if height > (0 if column in one.flows else LABEL)
        and not _is_label(one.marked[column], widths[column])
    }
    if not rests:
        yield one
        return
    for number in count(1):
        taken = _next_slice(one, rests, widths)
        yield _part(one, taken, number, widths)
        if not any(rests.values()):
            return


def _next_slice(
    one: Slice, rests: dict[int, list[tuple[str, Line]]], widths: Sequence[float]
) -> dict[int, MarkedLines]:
    """The next paragraphs of every long cell, down to about the same depth."""
    wide = {column: _width(one, column, widths) for column in rests}
    depths = [_ends(rest, wide[c]) for c, rest in rests.items()]
    depth = _best_depth(depths)
    return {
        c: _take(rest, wide[c], max((e for e in ends if e <= depth), default=0))
        for (c, rest), ends in zip(rests.items(), depths, strict=True)
    }


def _ends(rest: Sequence[tuple[str, Line]], width: float) -> list[int]:
    """How deep each paragraph ends that does not lead over to a list below it."""
    depths = accumulate(_line_height(mark, line, width) for mark, line in rest)
    leads = [one.level < below.level for (_, one), (_, below) in pairwise(rest)]
    ends = list(zip(depths, [*leads, False], strict=False))
    free = [end for end, leading in ends if not leading]
    return free if free and free[0] <= DEEP else [end for end, _ in ends]


def _best_depth(depths: Sequence[Sequence[int]]) -> int:
    """Where to cut texts side by side, their paragraphs ending at ``depths``.

    The gaps that the cut leaves above the rule are to be small, then the slice.
    """

    def gaps(depth: int) -> int:
        return sum(
            depth - max((end for end in ends if end <= depth), default=0)
            for ends in depths
            if ends and ends[-1] > depth
        )

    every = {end for ends in depths for end in ends}
    fitting = [end for end in every if SLICE <= end <= DEEP]
    return min(fitting or [min(every)], key=lambda depth: (gaps(depth), depth))


def _part(
    one: Slice, taken: dict[int, MarkedLines], number: int, widths: Sequence[float]
) -> Slice:
    """Slice ``number`` of a row; short cells reach down over the later ones."""
    part = one if number == 1 else _emptied(one, number)
    for column, marked in taken.items():
        part = _with_cell(part, column, marked, number > 1)
    highest = max(cell_height(m, _width(one, c, widths)) for c, m in taken.items())
    return replace(part, loose=highest > DEEP)


def _emptied(one: Slice, number: int) -> Slice:
    cells = tuple(Cell(joined=True, span=cell.span) for cell in one.row.cells)
    key = f"{one.row.id}-{number}" if one.row.id else ""
    row = replace(one.row, cells=cells, id=key)
    return Slice(row, ((),) * len(cells), part=number)


def _keep_label(pieces: list[Slice], area: Area, widths: Sequence[float]) -> None:
    """Keep rows enough beside a joined cell, so that its text ends on their page.

    Where that would keep much more together, the first row grows instead.
    """
    origin = pieces[area.row]
    label = origin.marked[area.column]
    height = cell_height(label, _width(origin, area.column, widths))
    rows = range(area.row, area.row + area.rowspan)
    beside = [_height_beside(pieces[row], area.column, widths) for row in rows]
    ends = list(accumulate(beside))
    enough = next((n for n, end in enumerate(ends) if end >= height), len(ends) - 1)
    if enough and height - beside[0] <= GROWS < ends[enough] - height:
        _grow(pieces, rows, area.column)
        return
    for row in rows[1 : enough + 1]:
        pieces[row] = replace(pieces[row], keeps=True)


def _grow(pieces: list[Slice], rows: range, column: int) -> None:
    """Let the joined cell end with its first row, should a page end there."""
    first, *others = rows
    pieces[first] = _with_cell(
        pieces[first], column, pieces[first].marked[column], follows=False
    )
    for row in others:
        pieces[row] = _with_cell(pieces[row], column, (), follows=True)
