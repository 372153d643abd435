"""One table on the screen, whole or as the part of a page that htmx swaps."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString, mark_safe

from offices.http import SignedInRequest, page_behind

from ..compose import compose
from ..documents import model as paper
from ..documents.cells import marked_rows, write_lines
from ..documents.html import Screen, block_html
from ..documents.slots import GridRow, read_slot
from ..documents.totals import suggested_totals
from ..forms.rows import RowForm
from ..forms.tables import ColumnForm, TableTextsForm, column_forms
from ..models import Block, BlockKind, Column, Plan, Row
from .outline import editable_plan
from .screen import edit_urls


@dataclass
class TablePage:
    """A table of a plan that is composed once for its paper and its forms.

    ``own`` is the table's own page; there the table itself has no 「編輯」 link.
    """

    plan: Plan
    table: Block
    own: bool = True
    opened: Row | None = None
    open_form: str = ""

    @cached_property
    def document(self) -> paper.Document:
        return compose(self.plan)

    @cached_property
    def composed(self) -> paper.Table:
        key = f"b{self.table.pk}"
        return next(t for t in paper.tables(self.document) if t.id == key)

    @cached_property
    def columns(self) -> list[Column]:
        return list(self.table.columns.all())

    @property
    def html(self) -> SafeString:
        opened = f"r{self.opened.pk}" if self.opened else ""
        screen = Screen(self._edit_url(), opened, self.open_form)
        html = block_html(self.document, f"b{self.table.pk}", screen)
        return mark_safe(html)  # noqa: S308 - rendered with autoescape by our own writer

    @property
    def is_open(self) -> bool:
        """Whether rows, columns and the table's place may change, not only texts."""
        return not self.plan.returned_parts

    @property
    def has_open_texts(self) -> bool:
        """Whether the table's title and note may change."""
        return self.is_open or f"b{self.table.pk}" in self.plan.returned_parts

    def place(self, row: Row) -> int:
        """The row's index in the table as it was composed."""
        ids = [composed.id for composed in self.composed.rows]
        return ids.index(f"r{row.pk}")

    def shown(self, row: Row) -> list[str]:
        """The texts of a row with their list marks renewed."""
        marked = marked_rows(self.composed, self.document.style)[self.place(row)]
        return [
            held.text if column.kind is paper.ColumnKind.NUMBER else write_lines(lines)
            for column, held, lines in zip(
                self.composed.columns, self.held(row), marked, strict=True
            )
        ]

    def held(self, row: Row) -> GridRow:
        return tuple(
            read_slot(row.cells.get(str(column.pk), {})) for column in self.columns
        )

    def row_form(self, row: Row, request: SignedInRequest | None = None) -> RowForm:
        """The row's form, with what ``request`` sends if it is given."""
        return RowForm(
            self.columns,
            request.POST if request else None,
            held=self.held(row),
            shown=self.shown(row),
            version=row.version,
            key=f"r{row.pk}",
            is_first=self.place(row) == 0,
        )

    def totals(self, row: Row) -> Sequence[tuple[str, Decimal]]:
        """Column heads with the sum that a total row should show."""
        if row.kind != paper.RowKind.TOTAL:
            return []
        sums = suggested_totals(self.composed, self.place(row))
        return [(self.composed.columns[i].name, total) for i, total in sums.items()]

    def _edit_url(self) -> Callable[[str], str]:
        urls = edit_urls(self.plan, self.document)
        if not self.own:
            return urls
        return lambda key: "" if key == f"b{self.table.pk}" else urls(key)


def editable_table(request: SignedInRequest, pk: int, block_pk: int) -> TablePage:
    """The table's page; 404 for strangers and other blocks, 403 for readers."""
    plan = editable_plan(request, pk)
    table = get_object_or_404(plan.blocks, pk=block_pk, kind=BlockKind.TABLE)
    return table_page(request, plan, table)


def table_page(request: SignedInRequest, plan: Plan, table: Block) -> TablePage:
    here = page_behind(request.htmx) if request.htmx else "/tables/"
    return TablePage(plan, table, own="/tables/" in here or "/rows/" in here)


def whole_page(
    request: SignedInRequest,
    page: TablePage,
    *,
    texts: TableTextsForm | None = None,
    columns: list[ColumnForm] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The table's own page for a browser that asked for a page."""
    table = page.table
    initial = {"heading": table.heading, "body": table.body, "version": table.version}
    context = {
        "page": page,
        "plan": page.plan,
        "office": page.plan.office,
        "table": table,
        "texts": texts or TableTextsForm(initial=initial),
        "columns": columns or column_forms(page.columns),
        "error": error,
    }
    return render(request, "plans/table.html", context, status=status)


def swapped_table(
    request: SignedInRequest,
    page: TablePage,
    *,
    note: str = "",
    focus: str = "",
    undo: int = 0,
    status: int = 200,
) -> HttpResponse:
    """For htmx: the table anew, with a note; the cursor then goes to ``focus``."""
    context = {"page": page, "plan": page.plan, "note": note, "undo": undo}
    response = render(request, "plans/_table_renewed.html", context, status=status)
    response["HX-Retarget"] = f"#b{page.table.pk}"
    response["HX-Reswap"] = "outerHTML show:none"
    if focus:
        response["HX-Trigger-After-Settle"] = json.dumps({"plan:focus": {"id": focus}})
    return response
