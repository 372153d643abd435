"""What a table layout is, and the few words in which one is written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..documents.model import Cell, Column, ColumnKind, Line, Row, RowKind, Table

EMPTY = Cell()
JOINED = Cell(joined=True)


@dataclass(frozen=True, slots=True)
class Layout:
    """A table to start from: what it is called, when it is used, how it looks.

    {y} in its words stands for the plan's year, {y1} for the year after, and so on.
    ``ready`` ones are offered first.
    """

    key: str
    name: str
    purpose: str
    table: Table
    ready: bool = False

    def for_year(self, year: int) -> Table:
        """The table with the years of a plan of ROC year ``year``."""
        years = {"y": year, "y1": year + 1, "y2": year + 2, "y3": year + 3}
        columns = tuple(
            replace(c, name=c.name.format(**years), group=c.group.format(**years))
            for c in self.table.columns
        )
        return replace(self.table, columns=columns)


def column(
    name: str,
    width: float = 1.0,
    kind: ColumnKind = ColumnKind.TEXT,
    *,
    group: str = "",
    down: bool = False,
    on: bool = False,
) -> Column:
    """``down``: joins downwards; ``on``: lists count on from row to row."""
    return Column(name, group, kind, width, down, on)


def months(group: str) -> Iterator[Column]:
    for month in range(1, 13):
        yield column(f"{month}月", 0.35, ColumnKind.MONTH, group=group)


def _cells(*texts: str | None) -> tuple[Cell, ...]:
    return tuple(
        JOINED if text is None else Cell((Line(text),)) if text else EMPTY
        for text in texts
    )


def data(width: int, *texts: str | None) -> Row:
    """A row of ``width`` cells, filled from the left; None joins with the row above."""
    return Row((*_cells(*texts), *[EMPTY] * (width - len(texts))))


def over_all(width: int, text: str) -> Row:
    """A group row: one cell over the whole width."""
    return Row(_spanning(width, text, width), RowKind.GROUP)


def total(width: int, text: str, span: int = 1) -> Row:
    """A total row, its word over the first ``span`` columns."""
    return Row(_spanning(width, text, span), RowKind.TOTAL)


def _spanning(width: int, text: str, span: int) -> tuple[Cell, ...]:
    return Cell((Line(text),), span=span), *[EMPTY] * (width - 1)


def layout(
    key: str,
    name: str,
    purpose: str,
    columns: list[Column],
    *rows: Row,
    title: str = "",
    note: str = "",
) -> Layout:
    """A layout with ``rows``, or else with two empty ones."""
    table = Table(
        tuple(columns), rows or (data(len(columns)),) * 2, title=title, note=note
    )
    return Layout(key, name, purpose, table)
