"""Another layout for a table that is already filled."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db import transaction

from offices.models import User

from ..documents.model import Cell, Column, Row, Table
from ..models import Block
from .columns import add_column, delete_column, holds_text, save_column
from .sheet import Sheet


@transaction.atomic
def change_layout(table: Block, *, layout: Table, by: User) -> None:
    """Give the table the columns of ``layout``, from left to right; cells stay.

    Columns beyond those of the layout are deleted if no row has words in them.
    """
    columns = Sheet(table, by).columns
    width = len(layout.columns)
    for column, wanted in zip(columns, layout.columns, strict=False):
        save_column(column, version=column.version, by=by, **_settings(wanted))
    for wanted in layout.columns[len(columns) :]:
        add_column(table, by=by, **_settings(wanted))
    for column in columns[width:]:
        if not holds_text(column):
            delete_column(column, by=by)


def with_layout(table: Table, layout: Table) -> Table:
    """The table as change_layout would make it, to be looked at first."""
    width = len(layout.columns)
    kept = [i for i in range(width, len(table.columns)) if _has_words(table, i)]
    missing = (Cell(),) * (width - len(table.columns))
    rows = tuple(
        replace(row, cells=_kept(row, width, kept, missing)) for row in table.rows
    )
    columns = (*layout.columns, *(table.columns[index] for index in kept))
    return replace(table, columns=columns, rows=rows)


def _kept(
    row: Row, width: int, kept: list[int], missing: tuple[Cell, ...]
) -> tuple[Cell, ...]:
    return (*row.cells[:width], *missing, *(row.cells[index] for index in kept))


def _has_words(table: Table, column: int) -> bool:
    return any(line.text for row in table.rows for line in row.cells[column].lines)


def _settings(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "group": column.group,
        "kind": column.kind.value,
        "width": Decimal(str(column.width)),
        "joins_down": column.joins_down,
        "continues": column.continues,
        "vertical": column.vertical,
    }
