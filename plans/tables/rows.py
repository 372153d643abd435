"""The verbs for a table's rows; none loses text but deleting, which can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from offices.models import User

from ..documents import slots as cells_of
from ..documents.model import RowKind
from ..documents.slots import EMPTY, NEW, Grid, Said, Slot
from ..editing import Stale
from ..models import Block, Column, Removed, Row
from ..tree import Refused
from .sheet import Sheet


@transaction.atomic
def save_row(row: Row, *, version: int, cells: Mapping[int, Slot], by: User) -> Row:
    """Store the typed cells, by column pk, if the row still is at ``version``.

    A cell that is joined hands its text to the cell above.  Columns that are not
    named keep what they hold.  Raises Stale; Refused for a foreign column, and for a
    row that would vanish into the one above.
    """
    sheet = Sheet(row.table, by)
    at = sheet.place(row)
    current = sheet.rows[at]
    if set(cells) - {column.pk for column in sheet.columns}:
        raise Refused("表格的欄剛才已有變動，請重新開啟這一列。")
    before = sheet.read(current)
    typed = tuple(
        cells.get(column.pk, held)
        for column, held in zip(sheet.columns, before, strict=True)
    )
    if typed == before:
        return current
    if current.version != version:
        raise Stale(current)
    if all(slot.joined for slot in typed):
        raise Refused("不能每一格都與上列合併；要併成一列時請按「併入上一列」。")
    sheet.store(cells_of.rewrite(sheet.grid, at, typed))
    return current


@transaction.atomic
def add_row(
    table: Block, *, by: User, above: Row | None = None, below: Row | None = None
) -> Row:
    """An empty row under ``above`` or over ``below``, or else at the table's end.

    Under a row it belongs to the same group in the columns that join downwards.
    """
    sheet = Sheet(table, by)
    if below is not None:
        at, follow = sheet.place(below), set()
    else:
        at = sheet.place(above) + 1 if above else len(sheet.rows)
        follow = _columns_to_follow(sheet, at)
    grid = cells_of.insert(sheet.grid, at, sheet.joins_down, follow=follow)
    row = sheet.add_row(at)
    sheet.store(grid)
    return row


@transaction.atomic
def move_row_up(row: Row, *, by: User) -> None:
    """Change places with the row above; each row says what it said."""
    _swap(row, -1, by)


@transaction.atomic
def move_row_down(row: Row, *, by: User) -> None:
    """Change places with the row below; each row says what it said."""
    _swap(row, +1, by)


@transaction.atomic
def split_row(
    row: Row, *, by: User, column: Column | None = None, line: int = 0
) -> Row:
    """Make two rows of one and return the lower one.

    With ``column``, its text from ``line`` on (counted from 0) stands in the lower
    row and all other cells cover both.  Raises Refused where a half would be empty.
    """
    sheet = Sheet(row.table, by)
    at = sheet.place(row)
    chosen = sheet.column_place(column) if column else None
    try:
        grid = cells_of.split(sheet.grid, at, sheet.joins_down, chosen, line)
    except ValueError as error:
        raise Refused("這一格的文字只能在兩行之間分開。") from error
    lower = sheet.add_row(at + 1, kind=row.kind)
    sheet.store(grid)
    return lower


@transaction.atomic
def join_row_up(row: Row, *, by: User) -> Row:
    """Add the row to the one above, cell by cell, and return that one."""
    sheet = Sheet(row.table, by)
    at = sheet.place(row)
    if at == 0:
        raise Refused("第一列的上面沒有列可以合併。")
    grid = cells_of.join_up(sheet.grid, at)
    gone = sheet.rows.pop(at)
    _delete(gone, by)
    sheet.store(grid)
    return sheet.rows[at - 1]


@transaction.atomic
def set_row_kind(row: Row, *, kind: RowKind, by: User) -> Row:
    """Make the row a data, lead, group or total row.

    A group row with words in its first column only is one cell over all columns.
    """
    sheet = Sheet(row.table, by)
    at = sheet.place(row)
    current, grid = sheet.rows[at], sheet.grid
    current.kind = kind.value
    cells = grid[at]
    if kind is RowKind.GROUP and all(cell == EMPTY for cell in cells[1:]):
        heading = Slot(cells[0].text, span=len(cells))
        grid = cells_of.rewrite(grid, at, (heading, *cells[1:]))
    sheet.store(grid)
    return current


@transaction.atomic
def delete_row(row: Row, *, by: User) -> Removed:
    """Delete the row; rows that were joined to it go on saying what they said."""
    sheet = Sheet(row.table, by)
    at = sheet.place(row)
    grid = sheet.grid
    order = [index for index in range(len(grid)) if index != at]
    removed = Removed.objects.create(
        plan=sheet.plan,
        label=f"表格第 {at + 1} 列　{_words(grid, at)}"[:80].rstrip(),
        payload={"row": _kept(sheet, grid, at)},
        removed_by=by,
    )
    _delete(sheet.rows.pop(at), by)
    sheet.store(cells_of.reorder(grid, order, sheet.joins_down))
    return removed


@transaction.atomic
def restore_row(removed: Removed, *, by: User) -> Row:
    """Put a deleted row back with its id, at its place and into its joined cells.

    Raises Refused where its table is gone, or it was restored already.
    """
    kept = removed.payload["row"]
    table = Block.objects.filter(pk=kept["table"], plan=removed.plan).first()
    if table is None:
        raise Refused("它的表格已經刪除，請先復原表格。")
    sheet = Sheet(table, by)
    if not Removed.objects.filter(pk=removed.pk).delete()[0]:
        raise Refused("這一列已經復原。")
    at = min(kept["position"], len(sheet.rows))
    rows = cells_of.said(sheet.grid)
    row = _said_again(sheet, rows, at, kept)
    restored = sheet.add_row(
        at, pk=kept["pk"], kind=kept["kind"], version=kept["version"] + 1
    )
    nothing_heals = [False] * len(sheet.columns)
    sheet.store(cells_of.arrange([*rows[:at], row, *rows[at:]], nothing_heals))
    return restored


def _swap(row: Row, step: int, by: User) -> None:
    sheet = Sheet(row.table, by)
    at = sheet.place(row)
    if not 0 <= at + step < len(sheet.rows):
        raise Refused("已經是第一列。" if step < 0 else "已經是最後一列。")
    order = list(range(len(sheet.rows)))
    order[at], order[at + step] = order[at + step], order[at]
    grid = cells_of.reorder(sheet.grid, order, sheet.joins_down)
    sheet.rows = [sheet.rows[index] for index in order]
    sheet.store(grid)


def _columns_to_follow(sheet: Sheet, at: int) -> set[int]:
    """The joined columns of a row that is added before ``at``; the last stays free."""
    if not at or sheet.rows[at - 1].kind != RowKind.DATA:
        return set()
    follow = {index for index, joins in enumerate(sheet.joins_down) if joins}
    return (
        follow - {len(sheet.columns) - 1}
        if len(follow) == len(sheet.columns)
        else follow
    )


def _delete(row: Row, by: User) -> None:
    row._history_user = by  # type: ignore[attr-defined]  # read by simple-history
    row.delete()


def _words(grid: Grid, at: int) -> str:
    return " ".join(" ".join(slot.text for slot in grid[at]).split())


def _kept(sheet: Sheet, grid: Grid, at: int) -> dict[str, Any]:
    """What brings row ``at`` back: its words and the columns joined on either side."""
    row = sheet.rows[at]
    keys = [column.pk for column in sheet.columns]
    below = grid[at + 1] if at + 1 < len(grid) else ()
    says = cells_of.said(grid)[at].cells
    return {
        "pk": row.pk,
        "table": sheet.table.pk,
        "position": at,
        "kind": row.kind,
        "version": row.version,
        "says": {str(key): slot.stored() for key, slot in zip(keys, says, strict=True)},
        "joined_above": [k for k, s in zip(keys, grid[at], strict=True) if s.joined],
        "joined_below": [k for k, s in zip(keys, below, strict=False) if s.joined],
    }


def _said_again(sheet: Sheet, rows: list[Said], at: int, kept: dict[str, Any]) -> Said:
    cells = tuple(
        cells_of.read_slot(kept["says"].get(str(column.pk), {}))
        for column in sheet.columns
    )
    above = rows[at - 1] if at else None
    below = rows[at] if at < len(rows) else None
    begins = []
    for index, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
        begin = NEW
        if below and column.pk in kept["joined_below"] and below.cells[index] == cell:
            begin = below.begins[index]
        if above and column.pk in kept["joined_above"] and above.cells[index] == cell:
            begin = above.begins[index]
        begins.append(begin)
    return Said(None, cells, tuple(begins))
