"""Weights and points of a hand-made table that are no numbers: told, and kept as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plans.documents.model import Cell, Line, Row, RowKind
from plans.readers.reading import Flag

from ..columns import Columns
from .foreign_tables import SheetTable
from .weights import bad_weight, is_weight, weight_flags

_POINTS = re.compile(r"\s*(?:配分[:：]?)?\s*\d{1,4}(?:\.\d{1,3})?(?!\d).*", re.DOTALL)


def check_numbers(one: SheetTable, columns: Columns) -> None:
    """Put doubts into the table's flags; impossible numbers leave their columns."""
    rows = []
    for number, row in enumerate(one.table.rows):
        if row.kind is RowKind.DATA:
            one.flags += _indicator_flags(one, columns.indicators, number)
            row = _without_bad_weights(one, columns, number, row)
            row = _without_bad_points(one, columns.points, number, row)
        rows.append(row)
    one.table = replace(one.table, rows=tuple(rows))


def _indicator_flags(one: SheetTable, column: int, number: int) -> Iterator[Flag]:
    if column >= 0:
        row = one.rows[number]
        text = one.grid.own(row, one.columns[column]).text
        yield from weight_flags(text, one.address(number, column), row)


def _without_bad_weights(
    one: SheetTable, columns: Columns, number: int, row: Row
) -> Row:
    """A weight column's bad lines go behind the indicators that they stand beside."""
    if columns.weight < 0 or columns.indicators < 0:
        return row
    weights = row.cells[columns.weight].lines
    bad = [i for i, line in enumerate(weights) if not is_weight(line.text)]
    address = one.address(number, columns.weight)
    one.flags += [bad_weight(weights[i].text, address, one.rows[number]) for i in bad]
    texts = list(row.cells[columns.indicators].lines)
    for index in bad:
        place = min(index, len(texts) - 1)
        if place >= 0:
            line = texts[place]
            words = f"{line.text}（權重：{weights[index].text}）"
            texts[place] = replace(line, text=words)
    kept = [Line("") if i in bad else line for i, line in enumerate(weights)]
    row = with_lines(row, columns.weight, kept)
    return with_lines(row, columns.indicators, texts)


def _without_bad_points(one: SheetTable, column: int, number: int, row: Row) -> Row:
    lines = row.cells[column].lines if column >= 0 else ()
    text = unicodedata.normalize("NFKC", "\n".join(line.text for line in lines))
    if not text or _POINTS.fullmatch(text):
        return row
    message = f"{one.address(number, column)}的配分「{text[:20]}」看不懂，請更正。"
    one.flags.append(Flag("bad-points", message, one.rows[number]))
    return with_lines(row, column, ())


def with_lines(row: Row, column: int, lines: Sequence[Line]) -> Row:
    """The row with other lines in one of its cells."""
    cells: list[Cell] = list(row.cells)
    cells[column] = replace(cells[column], lines=tuple(lines))
    return replace(row, cells=tuple(cells))
