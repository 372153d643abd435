"""Tables: rows and cells left empty, totals and weights that do not close."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ..model import Cell, Column, ColumnKind, Row, RowKind, Table
from ..slots import Slot, covered
from ..totals import amount, suggested_totals
from .finding import Finding
from .galley import Galley, Placed, row_words

_HUNDRED = Decimal(100)
_MAY_BE_EMPTY = frozenset(
    {ColumnKind.NOTE, ColumnKind.STATUS, ColumnKind.MONTH, ColumnKind.NUMBER}
)
_FREE_NAMES = re.compile(r"備\s?[註考]|附註|說明|意見|自評|得分|成績|核章|簽名|實際")
# So much of a column must be filled before its empty cells are told.
MOSTLY = 0.75
_WEIGHT = re.compile(r"[（(]\s?(\d{1,3}(?:\.\d{1,3})?)\s?[%％]\s?[）)][。；]?$")
_HAS_NUMBER = re.compile(r"\d")


def empty_cells(galley: Galley) -> Iterator[Finding]:
    """Rows with nothing in them, and holes in columns that are filled otherwise."""
    for placed, table in _tables(galley):
        columns = [i for i, column in enumerate(table.columns) if _is_due(column)]
        holes = [_holes(row, columns) for row in table.rows]
        data = [row.kind is RowKind.DATA for row in table.rows]
        rows = max(sum(data), 1)
        missing = {i: sum(i in hole for hole in holes) for i in columns}
        for number, (row, hole) in enumerate(zip(table.rows, holes, strict=True), 1):
            if row.kind is not RowKind.DATA:
                continue
            if _is_blank(row, table.columns):
                yield _of_row(placed, row, number, "empty-row", "這一列完全空白。")
                continue
            for index in sorted(hole):
                if missing[index] <= rows * (1 - MOSTLY):
                    yield _hole(placed, row, number, table.columns[index])


def _is_due(column: Column) -> bool:
    free = _FREE_NAMES.search(f"{column.group}{column.name}")
    return column.kind not in _MAY_BE_EMPTY and not free


def _holes(row: Row, columns: Sequence[int]) -> frozenset[int]:
    if row.kind is not RowKind.DATA:
        return frozenset()
    hidden = covered([Slot(span=cell.span) for cell in row.cells])
    return frozenset(i for i in columns if i not in hidden and _is_empty(row.cells[i]))


def _is_empty(cell: Cell) -> bool:
    return not (cell.joined or cell.shaded or any(line.text for line in cell.lines))


def _is_blank(row: Row, columns: Sequence[Column]) -> bool:
    """Nothing of its own: cells joined from above, and 項次, say nothing of this row."""
    return all(
        cell.joined or column.kind is ColumnKind.NUMBER or _is_empty(cell)
        for column, cell in zip(columns, row.cells, strict=True)
    )


def _hole(placed: Placed, row: Row, number: int, column: Column) -> Finding:
    name = column.name or column.group
    found = _of_row(placed, row, number, "empty-cell", f"「{name}」沒有填。", name)
    return replace(found, field=column.id)


def total_rows(galley: Galley) -> Iterator[Finding]:
    """A total that is not the sum of the rows above it."""
    for placed, table in _tables(galley):
        for at, row in enumerate(table.rows):
            if row.kind is not RowKind.TOTAL:
                continue
            for index, total in suggested_totals(table, at).items():
                said = _words(row.cells[index])
                if not _HAS_NUMBER.search(said) or amount(said) == total:
                    continue
                name = table.columns[index].name
                message = f"「{name}」合計寫 {said}，各列相加是 {_plain(total)}。"
                yield replace(
                    _of_row(placed, row, at + 1, "total-row", message, said),
                    field=table.columns[index].id,
                )


def weights(galley: Galley) -> Iterator[Finding]:
    """Weights of a column, or of the lines of a cell, that do not come to 100."""
    for placed, table in _tables(galley):
        has_total = any(row.kind is RowKind.TOTAL for row in table.rows)
        for index, column in enumerate(table.columns):
            if column.kind is ColumnKind.WEIGHT and not has_total:
                yield from _column_weights(placed, table, index)
        for number, row in enumerate(table.rows, 1):
            for column, cell in zip(table.columns, row.cells, strict=True):
                total = _cell_weights(cell)
                if total is not None and total != _HUNDRED:
                    message = f"各項權重合計 {_plain(total)}%，應為 100%。"
                    words = f"{_plain(total)}%"
                    yield replace(
                        _of_row(placed, row, number, "weights", message, words),
                        field=column.id,
                    )


def _column_weights(placed: Placed, table: Table, index: int) -> Iterator[Finding]:
    """Neither the whole column nor each group of its rows comes to 100."""
    groups = [_total(rows, index) for rows in _groups(table, index)]
    whole = sum(groups, Decimal(0))
    filled = [total for total in groups if total]
    if not filled or whole == _HUNDRED or all(t == _HUNDRED for t in filled):
        return
    message = f"「{table.columns[index].name}」合計 {_plain(whole)}%，應為 100%。"
    yield placed.finding("weights", message, f"{_plain(whole)}%")


def _groups(table: Table, index: int) -> Iterator[list[Row]]:
    """The data rows by the joined cells left of the column, and by group rows."""
    rows: list[Row] = []
    for row in table.rows:
        left = row.cells[:index]
        begins = row.kind is RowKind.GROUP or not any(cell.joined for cell in left)
        if begins and rows:
            yield rows
            rows = []
        if row.kind is RowKind.DATA:
            rows.append(row)
    if rows:
        yield rows


def _total(rows: Sequence[Row], index: int) -> Decimal:
    return sum((amount(_words(row.cells[index])) for row in rows), Decimal(0))


def _cell_weights(cell: Cell) -> Decimal | None:
    """The sum of （40%） at the ends of a list; None where a line has none."""
    lines = [line for line in cell.lines if line.level]
    found = [_WEIGHT.search(line.text.strip()) for line in lines]
    if len(found) < 2 or not all(found) or len(lines) != len(cell.lines):
        return None
    return sum((Decimal(met[1]) for met in found if met), Decimal(0))


def _tables(galley: Galley) -> Iterator[tuple[Placed, Table]]:
    for placed in galley.blocks:
        if isinstance(placed.block, Table):
            yield placed, placed.block


def _of_row(
    placed: Placed, row: Row, number: int, check: str, message: str, found: str = ""
) -> Finding:
    finding = placed.finding(check, message, found)
    where = row_words(f"{placed.where}的表格", number)
    return replace(finding, place=row.id, where=where)


def _words(cell: Cell) -> str:
    return cell.lines[0].text if cell.lines else ""


def _plain(number: Decimal) -> str:
    """12.50 as 12.5, 100 as 100."""
    return f"{number.normalize():f}"
