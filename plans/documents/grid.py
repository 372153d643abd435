"""Which printed cell covers which places of a table: joins, spans, heads and cuts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from .model import Cell, Column, ColumnKind, Row, Table


@dataclass(frozen=True, slots=True)
class Area:
    """A printed cell: where it stands, what it covers, and whose text it shows.

    ``origin`` is the row that holds the text; it lies above ``row`` where the cell
    was cut and is opened again, which is then said by 「（續）」.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    origin: int

    @property
    def continued(self) -> bool:
        return self.origin < self.row


@dataclass(frozen=True, slots=True)
class Head:
    """A printed column head; ``column`` is the first that it stands over."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    group: bool = False
    vertical: bool = False
    column: int = 0
    kind: ColumnKind = ColumnKind.TEXT


def spans(table: Table, cuts: Collection[int] = ()) -> tuple[tuple[Area, ...], ...]:
    """The printed cells of every row, left to right.

    ``cuts`` are indexes of rows that begin a page or follow an open edit row: no
    cell reaches over them.  Text is never lost: a span ends before a cell that
    holds text, and a cell that holds text is never joined.
    """
    printed: list[list[Area]] = []
    above: list[Area] = []
    for index, row in enumerate(table.rows):
        areas = list(_areas(index, row, above))
        fresh: list[Area] = []
        for place, area in enumerate(areas):
            if index in cuts or area.origin == index:
                fresh.append(area)
            else:
                areas[place] = _stretch(printed, area)
        printed.append(fresh)
        above = areas
    return tuple(tuple(row) for row in printed)


def _areas(index: int, row: Row, above: list[Area]) -> Iterator[Area]:
    """Divide one row into areas of height one that know where their text stands."""
    standing = {area.column: area for area in above} if _any_own(row) else {}
    column = 0
    while column < len(row.cells):
        over = standing.get(column)
        if over and all(map(_joins, row.cells[column : column + over.colspan])):
            yield Area(index, column, 1, over.colspan, over.origin)
            column += over.colspan
            continue
        width = _width(row.cells, column)
        yield Area(index, column, 1, width, index)
        column += width


def _any_own(row: Row) -> bool:
    """A row whose cells all join the row above would vanish: it stands by itself."""
    return not all(map(_joins, row.cells))


def _joins(cell: Cell) -> bool:
    return cell.joined and not cell.lines


def _width(cells: tuple[Cell, ...], column: int) -> int:
    covered = 1
    for cell in cells[column + 1 : column + cells[column].span]:
        if cell.lines:
            break
        covered += 1
    return covered


def _stretch(printed: list[list[Area]], area: Area) -> Area:
    """Let the printed cell above reach down over ``area``."""
    for row in reversed(printed):
        for place, over in enumerate(row):
            if over.column == area.column and over.colspan == area.colspan:
                row[place] = Area(
                    over.row, over.column, over.rowspan + 1, over.colspan, over.origin
                )
                return row[place]
    raise AssertionError("a joined cell always has a printed cell above")


def heads(columns: tuple[Column, ...]) -> tuple[tuple[Head, ...], ...]:
    """One row of column heads, or two where columns share a group.

    A group whose names are all empty is one head over its columns.
    """
    singles = [
        Head(c.name, vertical=c.vertical, column=index, kind=c.kind)
        for index, c in enumerate(columns)
    ]
    if not any(column.group for column in columns):
        return (tuple(singles),)
    upper: list[Head] = []
    lower: list[Head] = []
    for group, run in groupby(singles, key=lambda head: columns[head.column].group):
        members = list(run)
        first, width = members[0].column, len(members)
        if not group:
            upper += [replace(head, rowspan=2) for head in members]
        elif any(head.text for head in members):
            upper.append(Head(group, colspan=width, group=True, column=first))
            lower += members
        else:
            upper.append(Head(group, 2, width, group=True, column=first))
    if not lower:
        return (tuple(replace(head, rowspan=1) for head in upper),)
    return (tuple(upper), tuple(lower))
