"""Pasting several cells from a spreadsheet: a preview first, then the cells."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from offices.http import SignedInRequest

from ..editing import Stale
from ..forms.pasting import PasteForm
from ..tables.paste import PastedRow, paste_cells, preview_paste
from ..tables.rows import save_row
from ..tree import Refused
from .row_conflicts import row_stale
from .table_page import TablePage, editable_table

MOST_PREVIEWED = 50
CHANGED = "剛才有人修改了計畫，請再看一次預覽後確定。"


@require_http_methods(["GET", "HEAD", "POST"])
def table_paste(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """The paste box (GET); its preview, or with ``confirm`` the pasting (POST)."""
    page = editable_table(request, pk, block_pk)
    if request.method != "POST":
        initial = {"row": request.GET.get("row"), "column": request.GET.get("column")}
        return _page(request, page, PasteForm(page.table, initial=initial))
    form = PasteForm(page.table, request.POST)
    if not form.is_valid():
        return _page(request, page, form, status=422)
    try:
        _save_open_row(request, page, form)
        if "confirm" in request.POST:
            return _confirmed(request, page, form)
        return _preview(request, page, form)
    except Stale as stale:
        return row_stale(request, page, stale.current)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, page, form, status=422)


def _save_open_row(request: SignedInRequest, page: TablePage, form: PasteForm) -> None:
    """What was typed in the row that was pasted into, sent along by the script."""
    row = form.cleaned_data["row"]
    if row is None or "version" not in request.POST:
        return
    typed = page.row_form(row, request)
    if not typed.is_valid():
        raise Refused("這一列輸入的文字有誤，請先儲存這一列再貼上。")
    version = typed.cleaned_data["version"]
    save_row(row, version=version, cells=typed.cells(), by=request.user)


def _preview(
    request: SignedInRequest, page: TablePage, form: PasteForm, notice: str = ""
) -> HttpResponse:
    rows = preview_paste(page.table, by=request.user, **_target(form))
    page.plan.refresh_from_db(fields=["edition"])
    data = dict(form.data.items())
    again = PasteForm(page.table, {**data, "edition": str(page.plan.edition)})
    again.is_valid()
    return _page(request, page, again, rows=rows, notice=notice)


def _confirmed(
    request: SignedInRequest, page: TablePage, form: PasteForm
) -> HttpResponse:
    if form.cleaned_data["edition"] != page.plan.edition:
        return _preview(request, page, form, CHANGED)
    cells = form.cleaned_data["text"]
    added = paste_cells(page.table, by=request.user, **_target(form))
    messages.success(request, f"已貼上 {len(cells)} 列，其中 {added} 列是新加的。")
    return redirect("plans:table", page.plan.pk, page.table.pk)


def _target(form: PasteForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {"cells": data["text"], "column": data["column"], "row": data["row"]}


def _page(
    request: SignedInRequest,
    page: TablePage,
    form: PasteForm,
    *,
    rows: list[PastedRow] | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = rows or []
    context = {
        "page": page,
        "plan": page.plan,
        "office": page.plan.office,
        "table": page.table,
        "form": form,
        "columns": page.columns,
        "rows": rows[:MOST_PREVIEWED],
        "count": len(rows),
        "hidden": max(len(rows) - MOST_PREVIEWED, 0),
        "notice": notice,
    }
    return render(request, "plans/table_paste.html", context, status=status)
