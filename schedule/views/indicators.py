"""The indicators of an item and their weights, edited together."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from offices.http import SignedInRequest

from ..editing import Refused, Stale, save_indicators
from ..forms.items import BaseIndicatorFormSet, IndicatorFormSet, VersionForm
from ..models import Item
from .finding import editable_item


@require_http_methods(["GET", "HEAD", "POST"])
def indicators_edit(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """All indicators as one form; ``close`` gives the last weight what is missing."""
    item = editable_item(request, pk, item_pk)
    form, rows = _forms(request, item)
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
            return redirect("schedule:grid", pk)
        messages.success(request, "已儲存考核指標。")
        return redirect(item)
    return _page(request, item, form, rows)


def _forms(
    request: SignedInRequest, item: Item
) -> tuple[VersionForm, BaseIndicatorFormSet]:
    data = request.POST if request.method == "POST" else None
    standing = [{"text": i.text, "weight": i.weight} for i in item.indicators.all()]
    rows = IndicatorFormSet(data, prefix="rows", initial=standing)
    return VersionForm(data, initial={"version": item.version}), rows


def _page(
    request: SignedInRequest,
    item: Item,
    form: VersionForm,
    rows: BaseIndicatorFormSet,
    theirs: Item | None = None,
) -> HttpResponse:
    context = {
        "plan": item.plan,
        "office": item.plan.office,
        "section": "grid",
        "item": item,
        "form": form,
        "rows": rows,
        "theirs": theirs,
    }
    status = 409 if theirs else 422 if form.is_bound else 200
    return render(request, "schedule/indicators.html", context, status=status)


def _stale(
    request: SignedInRequest,
    current: Item,
    form: VersionForm,
    rows: BaseIndicatorFormSet,
) -> HttpResponse:
    """What was typed stays; theirs stands above it, and saving again is on purpose."""
    form.data = {**request.POST.dict(), "version": str(current.version)}
    return _page(request, current, form, rows, theirs=current)
