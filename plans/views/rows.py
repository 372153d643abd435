"""Table rows edited in place, on the plan page or on the table's own page.

Whatever button is pressed, the cells typed in the open form go along and are
saved first, in the same transaction: no act can lose a word.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from offices.http import SignedInRequest

from ..editing import Stale
from ..forms.rows import RowForm, RowKindForm
from ..models import Plan, Row
from ..permissions import require_edit
from ..tables.rows import (
    add_row,
    delete_row,
    join_row_up,
    move_row_down,
    move_row_up,
    save_row,
    set_row_kind,
    split_row,
)
from ..tree import Refused
from .outline import at_this_minute, editable_plan, readable_plan
from .row_conflicts import row_gone, row_stale
from .table_page import (
    TablePage,
    editable_table,
    swapped_table,
    table_page,
    whole_page,
)

MOVES = {"up": (move_row_up, "已上移"), "down": (move_row_down, "已下移")}

# An act on the saved row; what it returns is the row to open afterwards, if any.
Act = Callable[[Row], Row | None]


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def row_edit(request: SignedInRequest, pk: int, row_pk: int) -> HttpResponse:
    """The open row (GET; ``?closed`` shuts it again), or saving it (POST)."""
    plan = readable_plan(request, pk)
    require_edit(request.user, plan, *_keys_of(plan, row_pk))
    if request.method == "POST":
        goes_on = request.POST.get("then") == "next" and not plan.returned_parts
        act = _next_row if goes_on else _close
        return _save_and(request, plan, row_pk, act, at_this_minute("已儲存"))
    row = _row_or_404(plan, row_pk)
    page = table_page(request, plan, row.table)
    if request.htmx and "closed" in request.GET:
        return swapped_table(request, page, focus=f"r{row.pk}")
    return _opened(request, page, row)


def _keys_of(plan: Plan, row_pk: int) -> list[str]:
    """The row's key and that of its table, where only parts of the plan are open."""
    if not plan.returned_parts:
        return []
    tables = Row.objects.filter(pk=row_pk).values_list("table", flat=True)
    return [f"r{row_pk}", *(f"b{table}" for table in tables)]


@require_POST
def row_append(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """A row at the end of the table, opened at once, with the texts sent along if any."""
    page = editable_table(request, pk, block_pk)
    last = page.table.rows.last()
    try:
        with transaction.atomic():
            row = add_row(page.table, by=request.user, above=last)
            _save_sent_along(request, row)
    except Refused as refused:
        return _refused(request, page, str(refused))
    return _left_open(request, page, row, at_this_minute("已新增一列"))


@require_POST
def row_add(request: SignedInRequest, pk: int, row_pk: int, side: str) -> HttpResponse:
    """An empty row ``above`` or ``below`` this one, opened at once."""
    plan = editable_plan(request, pk)
    if side not in {"above", "below"}:
        raise Http404

    def act(row: Row) -> Row:
        if side == "above":
            return add_row(row.table, below=row, by=request.user)
        return add_row(row.table, above=row, by=request.user)

    return _save_and(request, plan, row_pk, act, at_this_minute("已新增一列"))


@require_POST
def row_move(
    request: SignedInRequest, pk: int, row_pk: int, direction: str
) -> HttpResponse:
    plan = editable_plan(request, pk)
    if direction not in MOVES:
        raise Http404
    move, note = MOVES[direction]

    def act(row: Row) -> Row:
        move(row, by=request.user)
        return row

    return _save_and(request, plan, row_pk, act, at_this_minute(note))


@require_POST
def row_split(request: SignedInRequest, pk: int, row_pk: int) -> HttpResponse:
    """Two rows of one, at the place chosen as ``at``: "<column pk>:<line>" or ""."""
    plan = editable_plan(request, pk)
    column_pk, _, line = request.POST.get("at", "").partition(":")

    def act(row: Row) -> Row:
        if not (_is_number(column_pk) and _is_number(line)):
            return split_row(row, by=request.user)
        column = row.table.columns.filter(pk=int(column_pk)).first()
        if column is None:
            raise Refused("要分開的那一欄已經被刪除。")
        return split_row(row, column=column, line=int(line), by=request.user)

    return _save_and(request, plan, row_pk, act, at_this_minute("已分成兩列"))


@require_POST
def row_join(request: SignedInRequest, pk: int, row_pk: int) -> HttpResponse:
    plan = editable_plan(request, pk)

    def act(row: Row) -> Row:
        return join_row_up(row, by=request.user)

    return _save_and(request, plan, row_pk, act, at_this_minute("已併入上一列"))


@require_POST
def row_kind(request: SignedInRequest, pk: int, row_pk: int) -> HttpResponse:
    """Make it a data, lead, group or total row."""
    plan = editable_plan(request, pk)
    form = RowKindForm(request.POST)

    def act(row: Row) -> Row:
        if not form.is_valid():
            raise Refused("請選擇列的種類。")
        return set_row_kind(row, kind=form.cleaned_data["kind"], by=request.user)

    return _save_and(request, plan, row_pk, act, at_this_minute("已更改列的種類"))


@require_POST
def row_delete(request: SignedInRequest, pk: int, row_pk: int) -> HttpResponse:
    """Delete the row as it was saved last; the note offers to put it back."""
    plan = readable_plan(request, pk)
    require_edit(request.user, plan, *_keys_of(plan, row_pk))
    row = _row_or_404(plan, row_pk)
    try:
        removed = delete_row(row, by=request.user)
    except Refused:
        raise Http404 from None
    page = table_page(request, plan, row.table)
    note = f"已刪除「{removed.label}」。"
    if request.htmx:
        return swapped_table(request, page, note=note, undo=removed.pk)
    messages.success(request, note + "可在「最近刪除」復原。")
    return redirect("plans:table", plan.pk, row.table_id)


def _save_and(
    request: SignedInRequest, plan: Plan, row_pk: int, act: Act, note: str
) -> HttpResponse:
    """Save what was typed and do the act, both or neither; then the answer."""
    row = Row.objects.filter(pk=row_pk, table__plan=plan).first()
    if row is None:
        return row_gone(request, plan, row_pk)
    page = table_page(request, plan, row.table)
    form = page.row_form(row, request) if "version" in request.POST else None
    if form and not form.is_valid():
        return _opened(request, page, row, form=form, status=422)
    try:
        with transaction.atomic():
            saved = _save_typed(request, row, form)
            opened = act(saved)
    except Stale as stale:
        return row_stale(request, page, stale.current)
    except Refused as refused:
        return _opened(request, page, row, form=form, error=str(refused))
    fresh = table_page(request, plan, row.table)
    if opened is None:
        return _closed(request, fresh, row, note)
    return _left_open(request, fresh, opened, note)


def _save_typed(request: SignedInRequest, row: Row, form: RowForm | None) -> Row:
    if form is None:
        return row
    version = form.cleaned_data["version"]
    return save_row(row, version=version, cells=form.cells(), by=request.user)


def _save_sent_along(request: SignedInRequest, row: Row) -> None:
    """The texts of a row that was deleted while they were typed; see row_gone."""
    if "version" not in request.POST:
        return
    page = table_page(request, row.table.plan, row.table)
    form = page.row_form(row, request)
    if not form.is_valid():
        raise Refused("文字裡有無法存入的內容，請新增一列後再貼上。")
    save_row(row, version=row.version, cells=form.cells(), by=request.user)


def _next_row(row: Row) -> Row | None:
    return row.table.rows.filter(position__gt=row.position).first()


def _close(_row: Row) -> None:
    return None


def _opened(
    request: SignedInRequest,
    page: TablePage,
    row: Row,
    *,
    form: RowForm | None = None,
    error: str = "",
    status: int = 200,
    note: str = "",
) -> HttpResponse:
    """The table with the row's form in place, in the page or alone for htmx."""
    context = {
        "page": page,
        "plan": page.plan,
        "table": page.table,
        "row": row,
        "form": form or page.row_form(row),
        "place": page.place(row),
        "count": len(page.composed.rows),
        "totals": page.totals(row),
        "cuts": _cuts(page, row),
        "error": error,
        "kinds": RowKindForm().fields["kind"].choices,  # type: ignore[attr-defined]
    }
    page.opened = row
    page.open_form = render_to_string("plans/_row_form.html", context, request)
    code = 422 if error else status
    if request.htmx:
        return swapped_table(request, page, note=note, focus="", status=code)
    return whole_page(request, page, status=code)


def _left_open(
    request: SignedInRequest, page: TablePage, row: Row, note: str
) -> HttpResponse:
    """After an act, the form stays open on the row, ready for the next."""
    if not request.htmx:
        messages.success(request, note)
        url = reverse("plans:row", args=[page.plan.pk, row.pk])
        return redirect(f"{url}#r{row.pk}")
    row.refresh_from_db()
    return _opened(request, page, row, note=note)


def _closed(
    request: SignedInRequest, page: TablePage, row: Row, note: str
) -> HttpResponse:
    if request.htmx:
        return swapped_table(request, page, note=note, focus=f"r{row.pk}")
    messages.success(request, note)
    url = reverse("plans:table", args=[page.plan.pk, page.table.pk])
    return redirect(f"{url}#r{row.pk}")


def _refused(request: SignedInRequest, page: TablePage, error: str) -> HttpResponse:
    if request.htmx:
        return swapped_table(request, page, note=error, status=422)
    return whole_page(request, page, error=error, status=422)


def _cuts(page: TablePage, row: Row) -> list[tuple[str, str]]:
    """The places where the row can be split: value and words for the list."""
    return [
        (f"{column.pk}:{line}", f"「{head.name or head.group}」自「{text[:12]}」起")
        for column, head, shown in zip(
            page.columns, page.composed.columns, page.shown(row), strict=True
        )
        for line, text in enumerate(shown.split("\n"))
        if line
    ]


def _row_or_404(plan: Plan, row_pk: int) -> Row:
    return get_object_or_404(Row, pk=row_pk, table__plan=plan)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
