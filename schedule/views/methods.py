"""The method rows of an item, one page each; in the grid's drawer all but months."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from offices.http import SignedInRequest
from plans.views.outline import at_this_minute

from ..drawer import save_words
from ..editing import Refused
from ..forms.methods import MethodForm
from ..models import Item, Method, kinds_of
from ..months import MethodStale, add_method, delete_method, fingerprint, save_method
from ..timetable.months import say_months
from .finding import editable_item, editable_method
from .leaving import sent_on


@require_http_methods(["GET", "HEAD", "POST"])
def method_create(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    item = editable_item(request, pk, item_pk)
    form = _form(request, item)
    if _is_save(request) and form.is_valid():
        try:
            add_method(
                item,
                method=form.method(),
                unit=form.cleaned_data.get("unit"),
                by=request.user,
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("schedule:grid", pk)
        messages.success(request, "已新增考核方式。")
        return redirect(item)
    return _page(request, item, form)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def method_edit(request: SignedInRequest, pk: int, method_pk: int) -> HttpResponse:
    """The whole row; in the drawer (htmx) without its months, which stay as they are."""
    row = editable_method(request, pk, method_pk)
    form = _form(request, row.item, row)
    if _is_save(request) and form.is_valid():
        store = save_words if request.htmx else save_method
        try:
            saved = store(
                row,
                seen=request.POST.get("seen", ""),
                method=form.method(),
                unit=form.cleaned_data.get("unit"),
                by=request.user,
            )
        except MethodStale as stale:
            return _page(request, row.item, form, row, theirs=stale.current)
        except Method.DoesNotExist:
            messages.error(request, "這一列剛才已由別人刪除，您的修改沒有存入。")
            return sent_on(request, row.item)
        return _saved(request, saved)
    return _page(request, row.item, form, row)


def _saved(request: SignedInRequest, row: Method) -> HttpResponse:
    if not request.htmx:
        messages.success(request, "已儲存考核方式。")
        return redirect(row.item)
    kinds = kinds_of(row.item.plan.office)
    form = MethodForm(item=row.item, kinds=kinds, row=row, in_drawer=True)
    return _page(request, row.item, form, row, note=at_this_minute("已儲存"))


@require_POST
def method_delete(request: SignedInRequest, pk: int, method_pk: int) -> HttpResponse:
    row = editable_method(request, pk, method_pk)
    try:
        delete_method(row, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已刪除這一列考核方式。")
    return redirect(row.item)


def _is_save(request: SignedInRequest) -> bool:
    """Saving, not asking for the months that the text names."""
    return request.method == "POST" and "propose" not in request.POST


def _form(
    request: SignedInRequest, item: Item, row: Method | None = None
) -> MethodForm:
    kinds = kinds_of(item.plan.office)
    data = request.POST if request.method == "POST" else None
    in_drawer = bool(request.htmx and row)
    form = MethodForm(data, item=item, kinds=kinds, row=row, in_drawer=in_drawer)
    if request.method == "POST" and "propose" in request.POST:
        form.data = form.with_proposed_months(item.plan.year)
    return form


def _page(
    request: SignedInRequest,
    item: Item,
    form: MethodForm,
    row: Method | None = None,
    theirs: Method | None = None,
    note: str = "",
) -> HttpResponse:
    """The form; with what somebody else saved meanwhile (409) or mistakes (422)."""
    proposed = "propose" in request.POST
    in_drawer = bool(request.htmx and row)
    context = {
        "plan": item.plan,
        "office": item.plan.office,
        "section": "grid",
        "item": item,
        "row": row,
        "form": form,
        "seen": fingerprint(theirs or row) if row else "",
        "theirs": theirs,
        "their_months": say_months(theirs.months) if theirs else "",
        "proposed": proposed,
        "in_drawer": in_drawer,
        "note": note,
    }
    status = 200 if proposed or not form.is_bound else 409 if theirs else 422
    name = "_method_form" if in_drawer else "method"
    return render(request, f"schedule/{name}.html", context, status=status)
