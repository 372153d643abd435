"""A table's own page: its title and note, and its columns."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from offices.http import SignedInRequest

from ..editing import Stale, save_block
from ..forms.tables import ColumnForm, TableTextsForm, column_forms
from ..models import BlockKind, Column, Plan, Row
from ..permissions import require_edit
from ..tables.columns import (
    add_column,
    delete_column,
    move_column_left,
    move_column_right,
    save_column,
)
from ..tree import Refused
from .outline import editable_plan, readable_plan
from .table_page import TablePage, editable_table, table_page, whole_page

DIRECTIONS = {"left": move_column_left, "right": move_column_right}
COLUMN_STALE = (
    "有一欄剛才已由別人修改，頁面上您輸入的設定還沒有儲存；請重新整理後再改。"
)


@require_http_methods(["GET", "HEAD", "POST"])
def table_edit(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """The table with all that can be changed (GET), or saving its title and note."""
    plan = readable_plan(request, pk)
    require_edit(request.user, plan, *_returned_in(request, plan, block_pk))
    table = get_object_or_404(plan.blocks, pk=block_pk, kind=BlockKind.TABLE)
    page = table_page(request, plan, table)
    if request.method != "POST":
        return whole_page(request, page)
    form = TableTextsForm(request.POST)
    if not form.is_valid():
        return whole_page(request, page, texts=form, status=422)
    try:
        save_block(page.table, by=request.user, **form.cleaned_data)
    except Stale as stale:
        return _texts_stale(request, page, form, stale)
    messages.success(request, "表名和附註已儲存。")
    return _back(page)


def _returned_in(request: SignedInRequest, plan: Plan, block_pk: int) -> list[str]:
    """The table's key; to look at the page, one of its rows may be open as well."""
    keys = [f"b{block_pk}"]
    if plan.returned_parts and request.method != "POST":
        rows = Row.objects.filter(table=block_pk).values_list("pk", flat=True)
        keys += [f"r{row}" for row in rows]
    return keys


@require_POST
def table_columns(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """Save the settings of all columns."""
    page = editable_table(request, pk, block_pk)
    return _save_columns_and(request, page, None, "欄位設定已儲存。")


@require_POST
def column_add(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """A new column at the right end."""
    page = editable_table(request, pk, block_pk)

    def act() -> None:
        add_column(page.table, name="新欄位", by=request.user)

    return _save_columns_and(request, page, act, "已新增一欄。")


@require_POST
def column_move(
    request: SignedInRequest, pk: int, column_pk: int, direction: str
) -> HttpResponse:
    page, column = _column_page(request, pk, column_pk)
    if direction not in DIRECTIONS:
        raise Http404

    def act() -> None:
        DIRECTIONS[direction](column, by=request.user)

    return _save_columns_and(request, page, act, f"已移動「{column}」。")


@require_POST
def column_delete(request: SignedInRequest, pk: int, column_pk: int) -> HttpResponse:
    """Delete a column with its cells; 「最近刪除」 puts it back."""
    page, column = _column_page(request, pk, column_pk)

    def act() -> None:
        delete_column(column, by=request.user)

    note = f"已刪除「{column}」這一欄和其中的文字，可在「最近刪除」復原。"
    return _save_columns_and(request, page, act, note)


def _column_page(
    request: SignedInRequest, pk: int, column_pk: int
) -> tuple[TablePage, Column]:
    plan = editable_plan(request, pk)
    columns = Column.objects.select_related("table")
    column = get_object_or_404(columns, pk=column_pk, table__plan=plan)
    return TablePage(plan, column.table), column


def _save_columns_and(
    request: SignedInRequest, page: TablePage, act: Callable[[], None] | None, note: str
) -> HttpResponse:
    """Save the typed settings and do the act, both or neither."""
    forms = column_forms(page.columns, request.POST)
    sent = [form for form in forms if f"{form.prefix}-version" in request.POST]
    invalid = [form for form in sent if not form.is_valid()]
    if invalid:
        return whole_page(request, page, columns=forms, status=422)
    try:
        with transaction.atomic():
            _save_columns(request, sent)
            if act:
                act()
    except Stale:
        return whole_page(request, page, columns=forms, error=COLUMN_STALE, status=409)
    except Refused as refused:
        return whole_page(request, page, columns=forms, error=str(refused), status=422)
    messages.success(request, note)
    return _back(page, "#columns")


def _save_columns(request: SignedInRequest, forms: list[ColumnForm]) -> None:
    for form in forms:
        if form.has_changed():
            save_column(
                form.column,
                version=form.cleaned_data["version"],
                by=request.user,
                **form.settings(),
            )


def _texts_stale(
    request: SignedInRequest, page: TablePage, form: TableTextsForm, stale: Stale
) -> HttpResponse:
    """409: my texts stay in the form, the others are shown; saving again replaces them."""
    current = stale.current
    mine = form.cleaned_data | {"version": current.version}
    error = (
        f"剛才有人把表名改為「{current.heading or '（空白）'}」、"
        f"附註改為「{current.body or '（空白）'}」。下面是您的文字，還沒有存入；"
        "再按一次儲存就用您的。"
    )
    texts = TableTextsForm(initial=mine)
    return whole_page(request, page, texts=texts, error=error, status=409)


def _back(page: TablePage, fragment: str = "") -> HttpResponse:
    url = reverse("plans:table", args=[page.plan.pk, page.table.pk])
    return redirect(url + fragment)
