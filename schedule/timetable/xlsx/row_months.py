"""The months of a row of a worksheet: which cells are planned, and which only coloured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..months import State
from .grid import Grid, GridCell
from .heads import TableHead
from .layout import KEY_FILL
from .months import MonthCell


class MonthReader:
    """Reads the month cells below one head; ``background`` is a colour without meaning."""

    def __init__(self, grid: Grid, head: TableHead, background: str = "") -> None:
        self.grid, self.head, self.background = grid, head, background
        self.columns = sorted(head.months)

    def cells(self, row: int) -> list[MonthCell]:
        """Twelve cells from January on; a month that the table lacks is empty."""
        by_month = {self.head.months[c]: self.cell(row, c) for c in self.columns}
        return [by_month.get(month, MonthCell()) for month in range(1, 13)]

    def cell(self, row: int, column: int) -> MonthCell:
        """One cell; of merged ones the first month holds what is written in them."""
        merge = self.grid.merges.get((row, column))
        if merge and merge.left < self.columns[0]:
            return MonthCell(self.grid.own(row, column).text.strip())
        if merge and not self.grid.own(row, column).text:
            covered = [c for c in self.columns if merge.left <= c <= merge.right]
            if column != covered[0]:
                return MonthCell("", self._state(row, self.grid.seen(row, column)), 0)
            return self._read(row, self.grid.seen(row, column), len(covered))
        span = 1
        if merge and (merge.top, merge.left) == (row, column):
            span = sum(merge.left <= c <= merge.right for c in self.columns)
        return self._read(row, self.grid.own(row, column), span)

    def _read(self, row: int, cell: GridCell, span: int) -> MonthCell:
        return MonthCell(cell.text.strip(), self._state(row, cell), span)

    def _state(self, row: int, cell: GridCell) -> State:
        """What a colour says: nothing where the whole row or table has it."""
        beside = self.grid.seen(row, self.head.first_month - 1).colour
        if not cell.colour or cell.colour in {beside, self.background}:
            return State.EMPTY
        return State.KEY if cell.colour == KEY_FILL else State.PLANNED


def background_of(grid: Grid, head: TableHead, rows: Iterable[int]) -> str:
    """The one colour that most month cells of these rows have; "" for none."""
    places = [(row, column) for row in rows for column in head.months]
    colours = Counter(grid.seen(*place).colour for place in places)
    colour, count = colours.most_common(1)[0] if colours else ("", 0)
    return colour if 2 * count > len(places) else ""
