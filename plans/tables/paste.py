"""Several cells from a spreadsheet, written into a table."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from offices.models import User

from ..documents.pasted import Cells
from ..documents.slots import Grid, fill
from ..models import Block, Column, Row
from ..tree import Refused
from .sheet import MOST_ROWS, Sheet


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row as it would be: its number, and per column the new and the old text."""

    number: int
    is_new: bool
    cells: tuple[tuple[str, str], ...]


@transaction.atomic
def paste_cells(
    table: Block, *, cells: Cells, column: Column, by: User, row: Row | None = None
) -> int:
    """Write ``cells`` rightward and downward from ``row`` (None: new rows at the end).

    Returns the number of rows that were added.  Raises Refused.
    """
    sheet = Sheet(table, by)
    _, grid = _filled(sheet, cells, column, row)
    added = len(grid) - len(sheet.rows)
    for _ in range(added):
        sheet.add_row(len(sheet.rows))
    sheet.store(grid)
    return added


@transaction.atomic
def preview_paste(
    table: Block, *, cells: Cells, column: Column, by: User, row: Row | None = None
) -> list[PastedRow]:
    """The rows that paste_cells would write, nothing being stored.  Raises Refused."""
    sheet = Sheet(table, by)
    at, grid = _filled(sheet, cells, column, row)
    before = sheet.grid
    empty = ("",) * len(sheet.columns)
    return [
        PastedRow(
            index + 1,
            index >= len(before),
            tuple(
                (slot.text, old)
                for slot, old in zip(
                    grid[index],
                    (s.text for s in before[index]) if index < len(before) else empty,
                    strict=True,
                )
            ),
        )
        for index in range(at, at + len(cells))
    ]


def _filled(
    sheet: Sheet, cells: Cells, column: Column, row: Row | None
) -> tuple[int, Grid]:
    at = sheet.place(row) if row else len(sheet.rows)
    start = sheet.column_place(column)
    room, width = len(sheet.columns) - start, len(cells[0])
    if width > room:
        raise Refused(
            f"貼上的內容有 {width} 欄，但從「{column}」起只剩 {room} 欄；"
            "請改從左邊的欄開始，或先加欄。"
        )
    if at + len(cells) > MOST_ROWS:
        raise Refused(f"貼上之後會超過 {MOST_ROWS} 列，請另立表格。")
    return at, fill(sheet.grid, at, start, cells, sheet.joins_down)
