"""What may be done with the columns of a settled grid (see slots.py)."""

from __future__ import annotations

from dataclasses import replace

from .slots import EMPTY, JOINED, Area, Grid, GridRow, Slot, areas, settle


def add_column(grid: Grid, at: int) -> Grid:
    """An empty column at index ``at``; cells that span across the place grow."""
    return tuple(
        _with_column(row, at, parts)
        for row, parts in zip(grid, areas(grid), strict=True)
    )


def _with_column(row: GridRow, at: int, parts: tuple[Area, ...]) -> GridRow:
    cells, new = list(row), EMPTY
    for area in parts:
        whole_row = area.width == len(row) > 1
        if area.start < at < area.start + area.width or (whole_row and at == len(row)):
            holder = cells[area.start]
            new = JOINED if holder.joined else EMPTY
            if not holder.joined:
                cells[area.start] = replace(holder, span=area.width + 1)
    return (*cells[:at], new, *cells[at:])


def swap_columns(grid: Grid, left: int) -> Grid:
    """Columns ``left`` and ``left + 1`` with places changed.

    A cell that spans over both stays; one that spans over only one is cut to it.
    """
    return settle(
        _swapped(row, left, parts) for row, parts in zip(grid, areas(grid), strict=True)
    )


def _swapped(row: GridRow, left: int, parts: tuple[Area, ...]) -> list[Slot]:
    cells = list(row)
    for area in parts:
        if left in area.columns and left + 1 in area.columns:
            return cells
        if left in area.columns or left + 1 in area.columns:
            cells[area.start] = replace(cells[area.start], span=1)
    cells[left], cells[left + 1] = cells[left + 1], cells[left]
    return cells


def drop_column(grid: Grid, column: int) -> Grid:
    """The grid without one column; cells that spanned over it become narrower."""
    rows = []
    for row in grid:
        cells = list(row)
        for index, slot in enumerate(cells):
            if index < column < index + slot.span:
                cells[index] = replace(slot, span=slot.span - 1)
        spanning = cells[column].span > 1
        if spanning and column + 1 < len(cells):
            cells[column + 1] = replace(cells[column], span=cells[column].span - 1)
        rows.append([*cells[:column], *cells[column + 1 :]])
    return settle(rows)
