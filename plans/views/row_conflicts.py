"""When two people edit one row: mine, theirs and merged, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from offices.http import SignedInRequest

from ..documents.cells import mark_lines, read_lines, write_lines
from ..documents.slots import GridRow
from ..forms.rows import column_label
from ..merging import Merged, merge_text
from ..models import Block, BlockKind, Column, Plan, Row
from .table_page import TablePage, swapped_table, whole_page


@dataclass(frozen=True, slots=True)
class CellDifference:
    """One cell that both hold differently."""

    column: Column
    label: str
    mine: str
    theirs: str
    merged: Merged


def row_stale(request: SignedInRequest, page: TablePage, current: Row) -> HttpResponse:
    """409: what I typed, what stands there now, and both merged, to choose from."""
    mine = page.row_form(current, request).typed()
    theirs = page.held(current)
    differences = _differences(page, _base(request, page, current), mine, theirs)
    merged = {d.column.pk: d.merged.text for d in differences}
    context = {
        "page": page,
        "plan": page.plan,
        "row": current,
        "differences": differences,
        "has_clash": any(d.merged.clashes for d in differences),
        "saved": current.history.select_related("history_user").first(),
        "mine": _fields(page, mine, {}),
        "merged": _fields(page, mine, merged),
    }
    page.opened = current
    page.open_form = render_to_string("plans/_row_conflict.html", context, request)
    if request.htmx:
        return swapped_table(request, page, status=409)
    return whole_page(request, page, status=409)


def row_gone(request: SignedInRequest, plan: Plan, row_pk: int) -> HttpResponse:
    """409 for a row deleted meanwhile, with my texts; 404 for one that never was."""
    last = Row.history.filter(id=row_pk).first()
    tables_of_plan = Block.history.filter(plan_id=plan.pk)
    if last is None or not tables_of_plan.filter(id=last.table_id).exists():
        raise Http404
    table = Block.objects.filter(pk=last.table_id, kind=BlockKind.TABLE).first()
    # The columns may be gone as well: their history still knows the names.
    known = Column.history.filter(table_id=last.table_id).order_by("history_id")
    labels = {f"c{column.id}-text": column_label(column) for column in known}
    texts = [
        (name, label, text)
        for name, label in labels.items()
        if (text := request.POST.get(name, "").strip())
    ]
    removal = plan.removals.filter(payload__row__pk=row_pk).first()
    context = {
        "plan": plan,
        "office": plan.office,
        "table": table,
        "texts": texts,
        "removal": removal,
    }
    response = render(request, "plans/row_gone.html", context, status=409)
    response["HX-Retarget"] = f"#b{last.table_id}"
    response["HX-Reswap"] = "beforebegin show:#row-gone:top"
    response["HX-Reselect"] = "#row-gone"
    return response


def _base(request: SignedInRequest, page: TablePage, row: Row) -> dict[str, Any] | None:
    """The cells both began with, or None where the history does not know them."""
    version = request.POST.get("version", "")
    if not version.isascii() or not version.isdigit() or len(version) > 9:
        return None
    known = row.history.filter(version=int(version)).first()
    return known.cells if known else None


def _differences(
    page: TablePage, base: dict[str, Any] | None, mine: GridRow, theirs: GridRow
) -> list[CellDifference]:
    differences = []
    for column, my_slot, their_slot in zip(page.columns, mine, theirs, strict=True):
        began = base and base.get(str(column.pk), {}).get("text", "")
        my_text, their_text = (
            _renewed(page, column, slot.text) for slot in (my_slot, their_slot)
        )
        if my_text != their_text:
            common = None if began is None else _renewed(page, column, began or "")
            merged = merge_text(common, my_text, their_text)
            label = column_label(column)
            differences.append(
                CellDifference(column, label, my_text, their_text, merged)
            )
    return differences


def _renewed(page: TablePage, column: Column, text: str) -> str:
    """The text with its marks counted anew, so that only words are compared."""
    lines = read_lines(text, continues=column.continues)
    return write_lines(mark_lines(lines, page.document.style))


def _fields(
    page: TablePage, slots: GridRow, texts: dict[int, str]
) -> list[tuple[str, str, str]]:
    """Name, value and label of what a form of this row sends; ``texts`` by column."""
    fields = []
    for column, slot in zip(page.columns, slots, strict=True):
        name, label = f"c{column.pk}", column_label(column)
        fields.append((f"{name}-text", texts.get(column.pk, slot.text), label))
        fields += [
            (f"{name}-{part}", "on", "")
            for part in ("joined", "shaded")
            if getattr(slot, part)
        ]
        if slot.span > 1:
            fields.append((f"{name}-span", str(slot.span), ""))
    return fields
