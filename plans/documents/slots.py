"""The cells of a table as a grid, and what may be done with its rows.

A grid is settled when its first row joins nothing, every span ends inside the
table, covered cells are empty, and a row joins a wide cell as a whole or not at all.
What a row says in a column is the text of the cell its own cell is joined to;
moving a row or deleting another never changes what a row says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell: typed text, list marks included; see model.Cell for the rest."""

    text: str = ""
    joined: bool = False
    span: int = 1
    shaded: bool = False

    def stored(self) -> dict[str, Any]:
        """Only what differs from an empty cell."""
        if self.joined:
            return {"joined": True}
        stored: dict[str, Any] = {"text": self.text} if self.text else {}
        if self.span > 1:
            stored["span"] = self.span
        return stored | ({"shaded": True} if self.shaded else {})


GridRow = tuple[Slot, ...]
Grid = tuple[GridRow, ...]
EMPTY = Slot()
JOINED = Slot(joined=True)
NEW = -1


@dataclass(frozen=True, slots=True)
class Area:
    """The columns that one printed cell of a row stands in."""

    start: int
    width: int

    @property
    def columns(self) -> range:
        return range(self.start, self.start + self.width)

    def joined_by(self, row: Sequence[Slot]) -> bool:
        """Whether ``row``, standing below, joins this cell as a whole."""
        return all(row[column].joined for column in self.columns)


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says: per column the cell, and the row in which that cell begins.

    ``place`` is the row's index before the change, None for a new row.
    """

    place: int | None
    cells: GridRow
    begins: tuple[int, ...]


def read_slot(stored: Mapping[str, Any]) -> Slot:
    """The cell as the database keeps it."""
    if stored.get("joined"):
        return Slot(stored.get("text", ""), joined=True)
    span = stored.get("span", 1)
    return Slot(
        stored.get("text", ""),
        span=span if isinstance(span, int) and span > 0 else 1,
        shaded=bool(stored.get("shaded")),
    )


def covered(row: Sequence[Slot]) -> frozenset[int]:
    """The columns that lie under a cell spanning from further left."""
    hidden: set[int] = set()
    for index, slot in enumerate(row):
        if index not in hidden:
            hidden.update(range(index + 1, min(index + slot.span, len(row))))
    return frozenset(hidden)


def add_text(text: str, more: str) -> str:
    """Both texts, line below line; the same text is not said twice."""
    if not more.strip() or more.strip() == text.strip():
        return text
    return f"{text}\n{more}" if text.strip() else more


def settle(rows: Iterable[Sequence[Slot]]) -> Grid:
    """Mend whatever cannot be printed, losing no text."""
    settled: list[list[Slot]] = []
    above: tuple[Area, ...] = ()
    for row in rows:
        settled.append(_without_overlaps(row))
        _settle_joins(settled, above)
        above = _areas(settled[-1], above)
    return tuple(tuple(row) for row in settled)


def areas(grid: Iterable[Sequence[Slot]]) -> list[tuple[Area, ...]]:
    """How each row is divided into cells, those joined from above included."""
    result: list[tuple[Area, ...]] = []
    for row in grid:
        result.append(_areas(row, result[-1] if result else ()))
    return result


def _areas(row: Sequence[Slot], above: Iterable[Area]) -> tuple[Area, ...]:
    joined = {area.start: area for area in above if area.joined_by(row)}
    result: list[Area] = []
    column = 0
    while column < len(row):
        area = joined.get(column) or Area(column, row[column].span)
        result.append(area)
        column += area.width
    return tuple(result)


def _without_overlaps(row: Sequence[Slot]) -> list[Slot]:
    cells = [replace(slot, span=1) if slot.joined else slot for slot in row]
    hidden = covered(cells)
    holder = 0
    for index, slot in enumerate(cells):
        if index in hidden:
            text = add_text(cells[holder].text, slot.text)
            cells[holder] = replace(cells[holder], text=text)
            cells[index] = EMPTY
        else:
            holder = index
            cells[index] = replace(slot, span=min(slot.span, len(cells) - index))
    return cells


def _settle_joins(rows: list[list[Slot]], above: tuple[Area, ...]) -> None:
    """Make every join of the last row possible, or undo it."""
    row = rows[-1]
    starts = {
        column: area.start
        for area in above
        if area.joined_by(row)
        for column in area.columns
    }
    for index, slot in enumerate(row):
        if not slot.joined:
            continue
        if index not in starts:
            row[index] = replace(slot, joined=False)
            continue
        start = starts[index]
        begin = _begin(rows, len(rows) - 1, start)
        upper = rows[begin][start]
        rows[begin][start] = replace(upper, text=add_text(upper.text, slot.text))
        row[index] = JOINED


def _begin(rows: Sequence[Sequence[Slot]], row: int, column: int) -> int:
    while row and rows[row][column].joined:
        row -= 1
    return row


def said(grid: Grid) -> list[Said]:
    """What every row says, whether in its own cell or in one joined from above."""
    result: list[Said] = []
    for place, row in enumerate(grid):
        begins = tuple(
            result[-1].begins[column] if slot.joined else place
            for column, slot in enumerate(row)
        )
        cells = tuple(grid[begin][column] for column, begin in enumerate(begins))
        result.append(Said(place, cells, begins))
    return result


def arrange(rows: Sequence[Said], joins_down: Sequence[bool]) -> Grid:
    """Write ``rows`` in this order: neighbours that say one thing share its cell.

    In columns that join downwards, rows that have just met and say the same are
    joined too, so that a group torn apart by a move heals when it is moved back.
    """
    return settle(
        _under(rows[index - 1] if index else None, row, joins_down)
        for index, row in enumerate(rows)
    )


def _under(above: Said | None, row: Said, joins_down: Sequence[bool]) -> GridRow:
    cells = tuple(
        JOINED if above and _shares(above, row, column, joins) else cell
        for column, (cell, joins) in enumerate(zip(row.cells, joins_down, strict=True))
    )
    met_now = above is not None and row.place != (above.place or 0) + 1
    if met_now and cells == (JOINED,) * len(cells):
        # A row that joins nothing but others' cells would vanish from the paper.
        last = areas([row.cells])[0][-1].start
        return (*cells[:last], *row.cells[last:])
    return cells


def _shares(above: Said, row: Said, column: int, joins_down: bool) -> bool:
    if above.begins[column] == row.begins[column]:
        return True
    neighbours = above.place is not None and row.place == above.place + 1
    upper, cell = above.cells[column], row.cells[column]
    says = bool(cell.text) and cell.span == 1 and upper == cell
    return joins_down and not neighbours and says


def reorder(grid: Grid, order: Sequence[int], joins_down: Sequence[bool]) -> Grid:
    """Only the rows in ``order``, in that order; each says what it said."""
    rows = said(grid)
    return arrange([rows[index] for index in order], joins_down)


def insert(
    grid: Grid, at: int, joins_down: Sequence[bool], *, follow: Collection[int] = ()
) -> Grid:
    """An empty row before row ``at``, inside every cell that crosses this place.

    In the columns ``follow`` it is joined with the row above.
    """
    rows = said(grid)
    above = rows[at - 1] if at else None
    below = rows[at] if at < len(rows) else None
    single = _single_columns(grid[:at]) & set(follow)
    begins = [
        above.begins[column]
        if above and (column in single or _crosses(above, below, column))
        else NEW
        for column in range(len(joins_down))
    ]
    if NEW not in begins:
        for column in areas(grid[:at])[-1][-1].columns:
            begins[column] = NEW
    cells = tuple(
        EMPTY if begin == NEW else grid[begin][column]
        for column, begin in enumerate(begins)
    )
    return arrange(
        [*rows[:at], Said(None, cells, tuple(begins)), *rows[at:]], joins_down
    )


def _single_columns(grid: Grid) -> set[int]:
    """The columns in which the last row's cell is one column wide."""
    return (
        {area.start for area in areas(grid)[-1] if area.width == 1} if grid else set()
    )


def _crosses(above: Said, below: Said | None, column: int) -> bool:
    return below is not None and below.begins[column] == above.begins[column]


def rewrite(grid: Grid, at: int, cells: Sequence[Slot]) -> Grid:
    """Row ``at`` with new cells; rows that can no longer join it keep what they said."""
    rows = [list(row) for row in grid]
    rows[at] = _without_overlaps(cells)
    if at + 1 < len(rows):
        below = rows[at + 1]
        here = areas(settle(rows[: at + 1]))[at]
        kept = {c for area in here if area.joined_by(below) for c in area.columns}
        for column, cell in enumerate(said(grid)[at + 1].cells):
            if below[column].joined and column not in kept:
                below[column] = cell
    return settle(rows)


def join_up(grid: Grid, at: int) -> Grid:
    """Row ``at`` added to the row above it, column by column, line below line.

    Raises ValueError for the first row.
    """
    if at < 1:
        raise ValueError("the first row has no row above")
    rows = [list(row) for row in grid]
    lower = rows.pop(at)
    for column, slot in enumerate(lower):
        begin = _begin(rows, at - 1, column)
        upper = rows[begin][column]
        rows[begin][column] = replace(
            upper,
            text=add_text(upper.text, slot.text),
            shaded=upper.shaded or slot.shaded,
        )
    return settle(rows)


def split(
    grid: Grid, at: int, joins_down: Sequence[bool], column: int | None, line: int
) -> Grid:
    """Row ``at`` made into two; all cells are joined except those that differ.

    With ``column``, its text from ``line`` on (counted from 0, blank ones apart, which
    do not print) moves to the new row.
    Without, the columns that do not join downwards are empty in the new row.
    Raises ValueError where either half would hold no line.
    """
    if column is None:
        follow = {index for index, joins in enumerate(joins_down) if joins}
        if len(follow) == len(joins_down):
            follow.discard(len(joins_down) - 1)
        return insert(grid, at + 1, joins_down, follow=follow)
    begin = _begin(grid, at, column)
    lines = [text for text in grid[begin][column].text.split("\n") if text.strip()]
    if not 0 < line < len(lines):
        raise ValueError("a cell is split between two of its lines")
    rows = [list(row) for row in grid]
    below = [JOINED] * len(joins_down)
    below[column] = replace(rows[begin][column], text="\n".join(lines[line:]))
    rows[begin][column] = replace(rows[begin][column], text="\n".join(lines[:line]))
    return settle([*rows[: at + 1], below, *rows[at + 1 :]])


def fill(
    grid: Grid,
    at: int,
    column: int,
    texts: Sequence[Sequence[str]],
    joins_down: Sequence[bool],
) -> Grid:
    """The grid with ``texts`` written rightward and downward from a cell.

    Rows are added where the grid ends; their empty cells are joined in columns that
    join downwards.  A joined cell that gets no text stays joined.
    """
    rows = [list(row) for row in grid]
    for offset, line in enumerate(texts):
        if at + offset == len(rows):
            rows.append(
                [JOINED if joins and rows else EMPTY for joins in joins_down]
                if any(not joins for joins in joins_down)
                else [EMPTY] * len(joins_down)
            )
        row = rows[at + offset]
        for index, text in enumerate(line, start=column):
            if text or not row[index].joined:
                row[index] = replace(row[index], text=text, joined=False)
    return settle(rows)
