"""An item: its page, making, changing, ordering, deleting and restoring it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from offices.http import SignedInRequest
from offices.models import Unit
from plans.models import Plan

from ..apply import People
from ..editing import (
    Refused,
    Stale,
    add_item,
    delete_item,
    move_item,
    restore_item,
    save_item,
)
from ..forms.items import BasePartFormSet, ItemForm, PartFormSet
from ..models import Item
from ..pages.history import sittings
from ..pages.item_page import item_sheet
from ..permissions import Desk, can_edit_item, desk_at, is_open, require_open
from .finding import editable_item, readable_item, readable_plan

DIRECTIONS = {"up": True, "down": False}


@require_safe
@vary_on_headers("HX-Request")
def item_page(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """Everything about the item; for htmx only the panel that the grid's drawer shows."""
    item = readable_item(request, pk, item_pk)
    context = {
        "plan": item.plan,
        "office": item.plan.office,
        "section": "grid",
        "item": item,
        "sheet": item_sheet(item, timezone.localdate()),
        "editable": can_edit_item(request.user, item) and is_open(item.plan, item.pk),
        "sittings": [] if request.htmx else sittings(item),
    }
    template = "schedule/_item.html" if request.htmx else "schedule/item.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def item_create(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = readable_plan(request, pk)
    desk = desk_at(request.user, plan)
    if not (desk.is_coordinator or desk.units):
        raise PermissionDenied
    form, parts = _forms(request, plan, desk)
    if request.method == "POST" and form.is_valid() and parts.is_valid():
        item = add_item(plan, head=form.head(), parts=parts.parts(), by=request.user)
        messages.success(request, f"已新增「{item}」，請接著填考核指標和考核方式。")
        return redirect(item)
    return _form_page(request, plan, form, parts)


@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    item = editable_item(request, pk, item_pk)
    desk = desk_at(request.user, item.plan)
    form, parts = _forms(request, item.plan, desk, item)
    if request.method == "POST" and form.is_valid() and parts.is_valid():
        try:
            save_item(
                item,
                version=form.cleaned_data["version"],
                head=form.head(),
                parts=parts.parts(),
                by=request.user,
            )
        except Stale as stale:
            return _stale(request, stale.current, form, parts)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("schedule:grid", pk)
        messages.success(request, f"已儲存「{form.cleaned_data['name']}」。")
        return redirect(item)
    return _form_page(request, item.plan, form, parts, item)


def _forms(
    request: SignedInRequest, plan: Plan, desk: Desk, item: Item | None = None
) -> tuple[ItemForm, BasePartFormSet]:
    """Both forms, with what was sent or what stands there."""
    data = request.POST if request.method == "POST" else None
    shares = (
        list(item.shares.select_related("unit").order_by("unit__position"))
        if item
        else []
    )
    owners = {s: [o.name for o in s.ownerships.filter(ends_on=None)] for s in shares}
    units = plan.office.units.all()
    if not desk.is_coordinator:
        units = units.filter(pk__in={*desk.units, *(s.unit_id for s in shares)})
    known = {name for names in owners.values() for name in names}
    parts = PartFormSet(
        data,
        prefix="parts",
        initial=[
            {"unit": s.unit_id, "points": s.points, "owners": "、".join(owners[s])}
            for s in shares
        ],
        form_kwargs={"units": units, "people": People(plan.office), "known": known},
    )
    return ItemForm(data, item=item), parts


def _form_page(
    request: SignedInRequest,
    plan: Plan,
    form: ItemForm,
    parts: BasePartFormSet,
    item: Item | None = None,
    theirs: Item | None = None,
) -> HttpResponse:
    """The form; with what somebody else saved meanwhile (409) or mistakes (422)."""
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "grid",
        "form": form,
        "parts": parts,
        "item": item,
        "theirs": item_sheet(theirs, timezone.localdate()) if theirs else None,
        "people": People(plan.office).names(),
    }
    status = 409 if theirs else 422 if form.is_bound else 200
    return render(request, "schedule/item_form.html", context, status=status)


def _stale(
    request: SignedInRequest, current: Item, form: ItemForm, parts: BasePartFormSet
) -> HttpResponse:
    """What was typed stays in the form; saving it again is then on purpose."""
    form.data = {**request.POST.dict(), "version": str(current.version)}
    return _form_page(request, current.plan, form, parts, current, theirs=current)


@require_POST
def item_move(
    request: SignedInRequest, pk: int, item_pk: int, direction: str
) -> HttpResponse:
    """Up or down in the sheet of the unit that is sent as ``unit``."""
    item = editable_item(request, pk, item_pk)
    if direction not in DIRECTIONS:
        raise Http404
    key = request.POST.get("unit", "")
    known = key.isascii() and key.isdigit() and len(key) < 19
    units = Unit.objects.filter(shares__item=item)
    unit = get_object_or_404(units, pk=int(key)) if known else units.first()
    try:
        if unit:
            move_item(item, unit, up=DIRECTIONS[direction], by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已調整「{item}」的項次。")
    return redirect(item)


@require_POST
def item_delete(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    item = editable_item(request, pk, item_pk)
    try:
        delete_item(item, by=request.user)
    except Refused:
        raise Http404 from None
    messages.success(request, f"已刪除「{item}」，可在「最近刪除」復原。")
    return redirect("schedule:grid", pk)


@require_POST
def item_restore(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    plan = readable_plan(request, pk)
    items = Item.objects.visible_to(request.user).filter(plan=plan)
    item = get_object_or_404(items.exclude(removed_at=None), pk=item_pk)
    if not can_edit_item(request.user, item):
        raise PermissionDenied
    require_open(plan)
    restore_item(item, by=request.user)
    messages.success(request, f"已復原「{item}」。")
    return redirect(item)


@require_safe
def removed_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Deleted items, latest first; those one may edit can be put back."""
    plan = readable_plan(request, pk)
    desk = desk_at(request.user, plan)
    if not desk.may_write:
        raise PermissionDenied
    items = plan.items.exclude(removed_at=None).order_by("-removed_at")
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "grid",
        "items": items.prefetch_related("shares__unit"),
    }
    return render(request, "schedule/removed.html", context)
