"""The indicators of an item and their weights, edited together."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from offices.http import SignedInRequest
from plans.views.outline import at_this_minute

from ..editing import Refused, Stale, save_indicators
from ..forms.items import BaseIndicatorFormSet, IndicatorFormSet, VersionForm
from ..models import Item
from .finding import editable_item
from .leaving import sent_on


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def indicators_edit(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """All indicators as one form; ``close`` gives the last weight what is missing.

    In the grid's drawer (htmx) each change is saved, and the form comes back.
    """
    item = editable_item(request, pk, item_pk)
    posted = request.POST if request.method == "POST" else None
    form, rows = _forms(item, posted)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            save_indicators(
                item,
                version=form.cleaned_data["version"],
                indicators=rows.indicators(close="close" in request.POST),
                by=request.user,
            )
        except Stale as stale:
            return _stale(request, stale.current, form, rows)
        except Refused as refused:
            messages.error(request, str(refused))
            return sent_on(request, "schedule:grid", pk)
        return _saved(request, item)
    return _page(request, item, form, rows)


def _saved(request: SignedInRequest, item: Item) -> HttpResponse:
    if not request.htmx:
        messages.success(request, "已儲存考核指標。")
        return redirect(item)
    item.refresh_from_db()
    form, rows = _forms(item, None)
    return _page(request, item, form, rows, note=at_this_minute("已儲存"))


def _forms(
    item: Item, data: QueryDict | None
) -> tuple[VersionForm, BaseIndicatorFormSet]:
    standing = [{"text": i.text, "weight": i.weight} for i in item.indicators.all()]
    rows = IndicatorFormSet(data, prefix="rows", initial=standing)
    return VersionForm(data, initial={"version": item.version}), rows


def _page(
    request: SignedInRequest,
    item: Item,
    form: VersionForm,
    rows: BaseIndicatorFormSet,
    theirs: Item | None = None,
    note: str = "",
) -> HttpResponse:
    context = {
        "plan": item.plan,
        "office": item.plan.office,
        "section": "grid",
        "item": item,
        "form": form,
        "rows": rows,
        "theirs": theirs,
        "in_drawer": bool(request.htmx),
        "note": note,
    }
    status = 409 if theirs else 422 if form.is_bound else 200
    name = "_indicators_form" if request.htmx else "indicators"
    return render(request, f"schedule/{name}.html", context, status=status)


def _stale(
    request: SignedInRequest,
    current: Item,
    form: VersionForm,
    rows: BaseIndicatorFormSet,
) -> HttpResponse:
    """What was typed stays; theirs stands above it, and saving again is on purpose."""
    form.data = {**request.POST.dict(), "version": str(current.version)}
    return _page(request, current, form, rows, theirs=current)
