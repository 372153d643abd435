"""Lists in cells that count on from row to row, found by counting them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plans.documents.cells import marked_rows, read_lines
from plans.documents.model import NumberingStyle, Table
from plans.documents.numbering import read_mark

from .table_rows import Drawn


def with_counted_lists(table: Table, rows: Sequence[Drawn]) -> Table:
    """Columns whose lists count on from row to row get ``continues``."""
    columns = [replace(column, continues=True) for column in table.columns]
    trial = tuple(
        replace(
            row,
            cells=tuple(
                cell
                if cell.joined
                else replace(cell, lines=read_lines(text, continues=True))
                for cell, text in zip(row.cells, drawn.texts, strict=True)
            ),
        )
        for row, drawn in zip(table.rows, rows, strict=True)
    )
    marked = marked_rows(Table(tuple(columns), trial), NumberingStyle())
    on = [
        _starts_late(rows, c)
        and all(
            _numbers(line for line, _ in marks[c]) == _numbers(row.texts[c].split("\n"))
            for marks, row in zip(marked, rows, strict=True)
        )
        for c in range(len(columns))
    ]
    return replace(
        table,
        columns=tuple(
            replace(c, continues=o) for c, o in zip(table.columns, on, strict=True)
        ),
        rows=tuple(
            replace(
                row,
                cells=tuple(
                    t if o else c
                    for c, t, o in zip(row.cells, new.cells, on, strict=True)
                ),
            )
            for row, new in zip(table.rows, trial, strict=True)
        ),
    )


def _starts_late(rows: Sequence[Drawn], column: int) -> bool:
    """Whether some cell's list begins with another number than 1."""
    firsts = (read_mark(row.texts[column]) for row in rows)
    return any(mark is not None and mark.number > 1 for mark in firsts)


def _numbers(texts: Iterator[str] | Sequence[str]) -> list[tuple[int, int]]:
    return [(m.level, m.number) for m in map(read_mark, texts) if m]
