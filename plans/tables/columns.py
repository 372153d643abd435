"""The verbs for a table's columns."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from offices.models import User

from ..documents import slot_columns
from ..documents.slots import Slot, read_slot, settle
from ..editing import Stale
from ..models import Block, Column, Removed
from ..tree import Refused
from .sheet import MOST_COLUMNS, Sheet

# What a person sets on a column; its place is changed by moving it.
SETTINGS = ("name", "group", "kind", "width", "joins_down", "continues", "vertical")


@transaction.atomic
def add_column(
    table: Block, *, by: User, after: Column | None = None, **settings: Any
) -> Column:
    """A new column right of ``after``, or else the last; SETTINGS by keyword."""
    sheet = Sheet(table, by)
    if len(sheet.columns) >= MOST_COLUMNS:
        raise Refused(f"一個表格最多 {MOST_COLUMNS} 欄。")
    at = sheet.column_place(after) + 1 if after else len(sheet.columns)
    column = Column(table=sheet.table, position=at)
    _set(column, settings)
    grid = slot_columns.add_column(sheet.grid, at)
    _save(column, by)
    sheet.columns.insert(at, column)
    _store_order(sheet)
    sheet.store(grid)
    return column


@transaction.atomic
def save_column(column: Column, *, version: int, by: User, **settings: Any) -> Column:
    """Store these SETTINGS if the column still is at ``version``; else raises Stale."""
    sheet = Sheet(column.table, by)
    current = sheet.columns[sheet.column_place(column)]
    if all(getattr(current, name) == value for name, value in settings.items()):
        return current
    if current.version != version:
        raise Stale(current)
    _set(current, settings)
    current.version += 1
    _save(current, by)
    sheet.plan.touch()
    return current


@transaction.atomic
def move_column_left(column: Column, *, by: User) -> None:
    """Change places with the column to the left, cells included."""
    sheet = Sheet(column.table, by)
    _swap(sheet, sheet.column_place(column) - 1)


@transaction.atomic
def move_column_right(column: Column, *, by: User) -> None:
    """Change places with the column to the right, cells included."""
    sheet = Sheet(column.table, by)
    _swap(sheet, sheet.column_place(column))


@transaction.atomic
def delete_column(column: Column, *, by: User) -> Removed:
    """Delete the column with its cells; refused for a table's only column."""
    sheet = Sheet(column.table, by)
    at = sheet.column_place(column)
    if len(sheet.columns) == 1:
        raise Refused("表格至少要有一欄；不要這個表格時請刪除整個表格。")
    gone = sheet.columns[at]
    before = {str(row.pk): row.cells for row in sheet.rows}
    grid = slot_columns.drop_column(sheet.grid, at)
    del sheet.columns[at]
    settings = {name: getattr(gone, name) for name in SETTINGS}
    payload = {
        "pk": gone.pk,
        "table": sheet.table.pk,
        "position": at,
        "settings": settings | {"width": str(gone.width)},
        "before": before,
    }
    _delete(gone, by)
    _store_order(sheet)
    sheet.store(grid)
    payload["after"] = {str(row.pk): row.cells for row in sheet.rows}
    return Removed.objects.create(
        plan=sheet.plan,
        label=f"表格的欄　{gone}"[:80],
        payload={"column": payload},
        removed_by=by,
    )


@transaction.atomic
def restore_column(removed: Removed, *, by: User) -> Column:
    """Put a deleted column back with its id, place and cells.

    Rows changed meanwhile get only their cell of this column.  Raises Refused where
    the table is gone, or the column was restored already.
    """
    kept = removed.payload["column"]
    table = Block.objects.filter(pk=kept["table"], plan=removed.plan).first()
    if table is None:
        raise Refused("它的表格已經刪除，請先復原表格。")
    sheet = Sheet(table, by)
    if not Removed.objects.filter(pk=removed.pk).delete()[0]:
        raise Refused("這一欄已經復原。")
    at = min(kept["position"], len(sheet.columns))
    column = Column(pk=kept["pk"], table=table, position=at, **kept["settings"])
    bulk_create_with_history([column], Column, default_user=by)
    rows = [dict(row.cells) for row in sheet.rows]
    sheet.columns.insert(at, column)
    _store_order(sheet)
    sheet.store(settle(_slots_again(sheet, kept, rows)))
    return column


def holds_text(column: Column) -> bool:
    """Whether any row has words in this column."""
    key = str(column.pk)
    cells = column.table.rows.values_list("cells", flat=True)
    return any(row.get(key, {}).get("text") for row in cells)


def _slots_again(
    sheet: Sheet, kept: dict[str, Any], rows: list[dict[str, Any]]
) -> list[list[Slot]]:
    restored = []
    for row, cells in zip(sheet.rows, rows, strict=True):
        before = kept["before"].get(str(row.pk), {})
        if cells == kept["after"].get(str(row.pk)):
            cells = before
        else:
            own = before.get(str(kept["pk"]), {})
            cells = cells | {str(kept["pk"]): own | {"span": 1}}
        restored.append(
            [read_slot(cells.get(str(column.pk), {})) for column in sheet.columns]
        )
    return restored


def _swap(sheet: Sheet, left: int) -> None:
    if not 0 <= left < len(sheet.columns) - 1:
        raise Refused("已經是最左欄。" if left < 0 else "已經是最右欄。")
    grid = slot_columns.swap_columns(sheet.grid, left)
    columns = sheet.columns
    columns[left], columns[left + 1] = columns[left + 1], columns[left]
    _store_order(sheet)
    sheet.store(grid)


def _set(column: Column, settings: dict[str, Any]) -> None:
    for name, value in settings.items():
        if name not in SETTINGS:
            raise TypeError(f"not a setting of a column: {name}")
        setattr(column, name, value)


def _save(column: Column, by: User) -> None:
    column._history_user = by  # type: ignore[attr-defined]  # read by simple-history
    column.save()


def _delete(column: Column, by: User) -> None:
    column._history_user = by  # type: ignore[attr-defined]  # read by simple-history
    column.delete()


def _store_order(sheet: Sheet) -> None:
    for position, column in enumerate(sheet.columns):
        column.position = position
    Column.objects.bulk_update(sheet.columns, ["position"])
