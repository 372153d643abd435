"""One table in memory while a verb changes it: what every verb on tables works on."""

from __future__ import annotations

from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from offices.models import User

from ..documents.slots import Grid, GridRow, read_slot
from ..editing import lock_plan
from ..models import Block, BlockKind, Column, Row
from ..tree import Refused

MOST_COLUMNS = 40
MOST_ROWS = 2000


class Sheet:
    """One table with its columns and rows, while a verb changes them.

    Locks the plan; must be used inside a transaction.
    """

    def __init__(self, table: Block, by: User) -> None:
        self.plan = lock_plan(table.plan)
        self.by = by
        self.table = _existing(table)
        self.columns = list(self.table.columns.all())
        self.rows = list(self.table.rows.all())
        self._loaded = {row.pk: _state(row) for row in self.rows}

    @property
    def grid(self) -> Grid:
        return tuple(self.read(row) for row in self.rows)

    @property
    def joins_down(self) -> list[bool]:
        return [column.joins_down for column in self.columns]

    def read(self, row: Row) -> GridRow:
        return tuple(
            read_slot(row.cells.get(str(column.pk), {})) for column in self.columns
        )

    def place(self, row: Row) -> int:
        """The row's index; raises Refused where it was deleted meanwhile."""
        for index, known in enumerate(self.rows):
            if known.pk == row.pk:
                return index
        raise Refused("這一列已經被刪除。")

    def column_place(self, column: Column) -> int:
        """The column's index; raises Refused where it was deleted meanwhile."""
        for index, known in enumerate(self.columns):
            if known.pk == column.pk:
                return index
        raise Refused("這一欄已經被刪除。")

    def add_row(self, at: int, **fields: Any) -> Row:
        """A new row before index ``at``, stored by store(); raises Refused."""
        if len(self.rows) >= MOST_ROWS:
            raise Refused(f"一個表格最多 {MOST_ROWS} 列，請另立表格。")
        row = Row(table=self.table, **fields)
        self.rows.insert(at, row)
        return row

    def store(self, grid: Grid) -> None:
        """Write ``grid`` into the rows, one line each, and count a new edition."""
        for position, (row, slots) in enumerate(zip(self.rows, grid, strict=True)):
            row.position = position
            row.cells = {
                str(column.pk): stored
                for column, slot in zip(self.columns, slots, strict=True)
                if (stored := slot.stored())
            }
        self._store_rows()
        self.plan.touch()

    def _store_rows(self) -> None:
        new = [row for row in self.rows if row.pk not in self._loaded]
        changed, slid = [], []
        for row in self.rows:
            before = self._loaded.get(row.pk)
            if before is None:
                continue
            if before[1:] != _state(row)[1:]:
                row.version += 1
                changed.append(row)
            elif before != _state(row):
                slid.append(row)
        if new:
            bulk_create_with_history(new, Row, 200, default_user=self.by)
        if changed:
            fields = ["cells", "kind", "position", "version"]
            bulk_update_with_history(changed, Row, fields, 200, default_user=self.by)
        Row.objects.bulk_update(slid, ["position"], batch_size=200)


def _existing(table: Block) -> Block:
    found = Block.objects.filter(pk=table.pk, kind=BlockKind.TABLE).first()
    if found is None:
        raise Refused("這個表格已經被刪除。")
    return found


def _state(row: Row) -> tuple[int, str, dict[str, Any]]:
    return row.position, row.kind, row.cells
