"""What a column is, seen from its content: kind, width, joined or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from plans.documents.model import Column, ColumnKind

from .lines import width
from .table_rows import Drawn

NARROWEST_COLUMN, WIDEST_COLUMN = 1.0, 8.0


def settled_columns(columns: Sequence[Column], rows: Sequence[Drawn]) -> list[Column]:
    """Columns with the kinds, widths and joins that their content shows."""
    settled = []
    for index, column in enumerate(columns):
        texts = [row.texts[index] for row in rows if row.texts[index]]
        kind = column.kind
        if kind is ColumnKind.NUMBER and not _counts(texts):
            kind = ColumnKind.TEXT
        settled.append(
            replace(
                column,
                kind=kind,
                width=_width(column, texts),
                joins_down=any(index in row.joined for row in rows),
            )
        )
    return settled


def _counts(texts: Sequence[str]) -> bool:
    """Whether a column numbers its rows: digits that mostly go up by one."""
    numbers = [int(t.rstrip(".、")) for t in texts if t.rstrip(".、").isdecimal()]
    if len(numbers) < len(texts) or not numbers:
        return False
    steps = sum(
        n == before + 1 for before, n in zip([0, *numbers], numbers, strict=False)
    )
    return 2 * steps >= len(numbers)


def _width(column: Column, texts: Sequence[str]) -> float:
    """Relative to the square root of the text, so that rows come out about square."""
    if column.kind is ColumnKind.MONTH:
        return NARROWEST_COLUMN / 2
    amount = sum(width(text) for text in texts) / max(1, len(texts))
    widest = max(sqrt(amount), sqrt(width(column.name))) / 2
    return round(min(max(widest, NARROWEST_COLUMN), WIDEST_COLUMN), 1)
