"""The points of an item's shares: saved in the grid's drawer as one leaves a field."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from offices.http import SignedInRequest
from plans.views.outline import at_this_minute

from ..drawer import save_points
from ..editing import Refused, Stale
from ..forms.points import PointsForm
from ..models import Item
from .finding import editable_item
from .leaving import sent_on


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def points_edit(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """The points of all units; in the drawer (htmx) the form comes back after saving."""
    item = editable_item(request, pk, item_pk)
    form = _form(item, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_points(
                item,
                version=form.cleaned_data["version"],
                points=form.points(),
                by=request.user,
            )
        except Stale as stale:
            return _stale(request, stale.current, form)
        except Refused as refused:
            messages.error(request, str(refused))
            return sent_on(request, "schedule:grid", pk)
        return _saved(request, saved)
    return _page(request, item, form)


def _form(item: Item, data: QueryDict | None = None) -> PointsForm:
    shares = item.shares.select_related("unit").order_by("unit__position", "unit__pk")
    return PointsForm(data, item=item, shares=shares)


def _saved(request: SignedInRequest, item: Item) -> HttpResponse:
    if not request.htmx:
        messages.success(request, "已儲存配分。")
        return redirect(item)
    return _page(request, item, _form(item), note=at_this_minute("已儲存"))


def _stale(request: SignedInRequest, current: Item, form: PointsForm) -> HttpResponse:
    """What was typed stays; theirs stands above it, and saving again is on purpose."""
    form.data = {**request.POST.dict(), "version": str(current.version)}
    theirs = list(current.shares.select_related("unit"))
    return _page(request, current, form, theirs=theirs)


def _page(
    request: SignedInRequest,
    item: Item,
    form: PointsForm,
    theirs: object = None,
    note: str = "",
) -> HttpResponse:
    context = {
        "plan": item.plan,
        "office": item.plan.office,
        "section": "grid",
        "item": item,
        "form": form,
        "theirs": theirs,
        "in_drawer": bool(request.htmx),
        "note": note,
    }
    status = 409 if theirs else 422 if form.is_bound else 200
    name = "_points_form" if request.htmx else "points"
    return render(request, f"schedule/{name}.html", context, status=status)
