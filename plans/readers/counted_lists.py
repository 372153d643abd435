"""Lists in cells that count on from row to row, found by counting them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import starmap
from typing import TypeVar

from plans.documents.cells import marked_rows, read_lines
from plans.documents.model import Cell, NumberingStyle, Table
from plans.documents.numbering import read_mark

from .table_rows import Drawn

T = TypeVar("T")


def with_counted_lists(table: Table, rows: Sequence[Drawn]) -> Table:
    """Columns whose lists count on from row to row get ``continues``."""
    trial = _counted_on(table, rows)
    marked = marked_rows(trial, NumberingStyle())
    on = [
        _starts_late(rows, column)
        and all(
            _numbers(line for line, _ in marks[column])
            == _numbers(row.texts[column].split("\n"))
            for marks, row in zip(marked, rows, strict=True)
        )
        for column in range(len(table.columns))
    ]
    return _mixed(table, trial, on)


def _counted_on(table: Table, rows: Sequence[Drawn]) -> Table:
    """The table as it would be if every column's lists counted on."""
    cells = (
        zip(row.cells, drawn.texts, strict=True)
        for row, drawn in zip(table.rows, rows, strict=True)
    )
    return replace(
        table,
        columns=tuple(replace(column, continues=True) for column in table.columns),
        rows=tuple(
            replace(row, cells=tuple(starmap(_cell_counted_on, pairs)))
            for row, pairs in zip(table.rows, cells, strict=True)
        ),
    )


def _cell_counted_on(cell: Cell, text: str) -> Cell:
    if cell.joined:
        return cell
    return replace(cell, lines=read_lines(text, continues=True))


def _mixed(table: Table, trial: Table, on: Sequence[bool]) -> Table:
    """``table`` with those columns of ``trial`` that are ``on``."""

    def chosen(own: tuple[T, ...], tried: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(
            new if is_on else old
            for old, new, is_on in zip(own, tried, on, strict=True)
        )

    return replace(
        table,
        columns=chosen(table.columns, trial.columns),
        rows=tuple(
            replace(row, cells=chosen(row.cells, new.cells))
            for row, new in zip(table.rows, trial.rows, strict=True)
        ),
    )


def _starts_late(rows: Sequence[Drawn], column: int) -> bool:
    """Whether some cell's list begins with another number than 1."""
    firsts = (read_mark(row.texts[column]) for row in rows)
    return any(mark is not None and mark.number > 1 for mark in firsts)


def _numbers(texts: Iterator[str] | Sequence[str]) -> list[tuple[int, int]]:
    return [(m.level, m.number) for m in map(read_mark, texts) if m]
