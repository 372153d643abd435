"""Sums that a total row may show: points, weights and money, read from typed text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from .model import Cell, ColumnKind, Row, RowKind, Table

SUMMED = frozenset({ColumnKind.POINTS, ColumnKind.WEIGHT, ColumnKind.MONEY})
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")


def amount(text: str) -> Decimal:
    """The first number in a typed text such as 10.5分, 40% or 1,234千元; else 0."""
    found = _NUMBER.search(text.translate(_HALF_WIDTH))
    return Decimal(found[0].replace(",", "")) if found else Decimal(0)


def suggested_totals(table: Table, at: int) -> dict[int, Decimal]:
    """What row ``at`` should say, by column index, for columns that can be summed.

    Summed are the data rows since the last group or total row; where there are
    none, as for the grand total below subtotals, all data rows above.
    """
    above = table.rows[:at]
    own = list(_since_last_break(above)) or [r for r in above if _is_data(r)]
    return {
        index: _sum(row.cells[index] for row in own)
        for index, column in enumerate(table.columns)
        if column.kind in SUMMED
    }


def _since_last_break(rows: tuple[Row, ...]) -> Iterable[Row]:
    for row in reversed(rows):
        if row.kind in {RowKind.GROUP, RowKind.TOTAL}:
            return
        if _is_data(row):
            yield row


def _is_data(row: Row) -> bool:
    return row.kind is RowKind.DATA


def _sum(cells: Iterable[Cell]) -> Decimal:
    return sum((amount(line.text) for c in cells for line in c.lines[:1]), Decimal(0))
