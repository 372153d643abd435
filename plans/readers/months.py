"""Months that a text names: 「實地(5-6月)」「4月、7月」「5月31日-6月14日」「整年」."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from plans.documents.model import ColumnKind, Row, Table

from .heads import month_of

_WITH_YEAR = re.compile(r"\d{2,3}\s*(?:年度?|[./])\s*\d{1,2}\s*月")
_SPAN = re.compile(
    r"(\d{1,2})\s*(?:月份?)?\s*(?:\d{1,2}\s*日)?\s*[-~至到–—－]\s*[隔次翌]?年?\s*(\d{1,2})\s*月"
)
_ONE = re.compile(r"(?<![\d.])(\d{1,2})\s*月")
# At most twelve are listed: without an end, a long list would be tried from each place.
_LISTED = re.compile(r"((?:\d{1,2}\s?[、,]\s?){1,12})(\d{1,2})\s*月")
_WHOLE_YEAR = re.compile(r"整年|全年(?!度)")


_MONTH_SOURCE = re.compile(r"月份|方式|期程|時程|期限|時間")


def months_in(text: str) -> frozenset[int]:
    """The months 1–12 a text names; a span with years (112年11月至…) is none."""
    plain = _WITH_YEAR.sub(" ", unicodedata.normalize("NFKC", text))
    if _WHOLE_YEAR.search(plain):
        return frozenset(range(1, 13))
    found: set[int] = set()
    for first, last in _SPAN.findall(plain):
        found |= _between(int(first), int(last))
    for several, last in _LISTED.findall(plain):
        found |= {int(number) for number in re.findall(r"\d+", several)} | {int(last)}
    found |= {int(number) for number in _ONE.findall(plain)}
    return frozenset(month for month in found if 1 <= month <= 12)


def _between(first: int, last: int) -> set[int]:
    if first <= last:
        return set(range(first, last + 1))
    return {*range(first, 13), *range(1, last + 1)}


def with_months(table: Table) -> tuple[Table, bool]:
    """Shade the months that a row's own text names, where the grid is empty."""
    months = [
        month_of(column.name) if column.kind is ColumnKind.MONTH else 0
        for column in table.columns
    ]
    source = next(
        (
            i
            for i, c in enumerate(table.columns)
            if not months[i] and _MONTH_SOURCE.search(c.name)
        ),
        None,
    )
    if not any(months) or source is None:
        return table, False
    rows = tuple(_shaded(row, months, source) for row in table.rows)
    return replace(table, rows=rows), rows != table.rows


def _shaded(row: Row, months: Sequence[int], source: int) -> Row:
    if any(cell.lines for cell, month in zip(row.cells, months, strict=True) if month):
        return row
    named = months_in("\n".join(line.text for line in row.cells[source].lines))
    return replace(
        row,
        cells=tuple(
            replace(cell, shaded=True) if month in named else cell
            for cell, month in zip(row.cells, months, strict=True)
        ),
    )
