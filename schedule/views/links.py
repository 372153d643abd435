"""What an item carries out: ticked on the item's page, or on that of a point or row."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from offices.http import SignedInRequest
from plans.compose import compose
from plans.models import Plan

from ..compose import timetable_of
from ..editing import Refused
from ..forms.overviews import ticked_items, ticked_keys
from ..linking import keys_of, links_in, save_carriers, save_links
from ..models import Item
from ..pages.link_pages import chapter_boxes, unit_boxes
from ..permissions import Desk, desk_at
from ..strategies import Line, chapters_of, lines_by_key
from .finding import editable_item, readable_plan


@require_http_methods(["GET", "HEAD", "POST"])
def links_edit(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """Every point and row of the plan as a box; works without JavaScript."""
    item = editable_item(request, pk, item_pk)
    if request.method == "POST":
        seen, wanted = ticked_keys(request.POST)
        try:
            save_links(item, seen=seen, wanted=wanted)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("schedule:grid", pk)
        messages.success(request, "已儲存對應的計畫內容。")
        return redirect(_way_back(request, item))
    ticked = keys_of(item)
    context = {
        "plan": item.plan,
        "office": item.plan.office,
        "section": "grid",
        "item": item,
        "chapters": chapter_boxes(chapters_of(compose(item.plan)), ticked),
        "ticked": sorted(ticked),
        "back": _way_back(request, item),
    }
    return render(request, "schedule/links.html", context)


def _way_back(request: SignedInRequest, item: Item) -> str:
    """The item's page; the coverage for who came from there."""
    if request.GET.get("from") == "coverage":
        return reverse("schedule:coverage", args=[item.plan_id])
    return item.get_absolute_url()


@require_http_methods(["GET", "HEAD", "POST"])
def carriers_edit(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Every item of the plan as a box, for one point (b12) or row (r5)."""
    plan = readable_plan(request, pk)
    desk = desk_at(request.user, plan)
    if not desk.may_write:
        raise PermissionDenied
    line = _line(plan, key)
    editable = _editable(plan, desk)
    if request.method == "POST":
        seen, wanted = ticked_items(request.POST)
        save_carriers(plan, key, seen=seen & editable, wanted=wanted & editable)
        messages.success(request, f"已儲存「{line.name}」的項目。")
        return redirect(_list_around(request, plan, line))
    ticked = {item for item, keys in links_in(plan).items() if key in keys}
    timetable = timetable_of(plan, timezone.localdate(), with_indicators=False)
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "coverage",
        "desk": desk,
        "line": line,
        "units": unit_boxes(timetable, ticked, editable),
        "ticked": sorted(ticked & editable),
        "back": _list_around(request, plan, line),
    }
    return render(request, "schedule/carriers.html", context)


def _list_around(request: SignedInRequest, plan: Plan, line: Line) -> str:
    """The coverage with the filter it had, where the line stands or has stood."""
    address = reverse("schedule:coverage", args=[plan.pk])
    if request.GET.get("open") == "on":
        return f"{address}?open=on#{(*line.within, line.key)[0]}"
    return f"{address}#at-{line.key}"


def _line(plan: Plan, key: str) -> Line:
    """The point or row, or 404 where the plan has none of that key."""
    lines = lines_by_key(chapters_of(compose(plan)))
    if key not in lines:
        raise Http404
    return lines[key]


def _editable(plan: Plan, desk: Desk) -> set[int]:
    """The standing items that the person may change, by primary key."""
    items = Item.objects.standing().filter(plan=plan)
    return {
        item.pk
        for item in items.prefetch_related("shares__ownerships")
        if desk.may_edit(*_units_and_members(item))
    }


def _units_and_members(item: Item) -> tuple[set[int], set[int]]:
    shares = item.shares.all()
    owners = [owner.member_id for share in shares for owner in share.ownerships.all()]
    return {share.unit_id for share in shares}, {m for m in owners if m}
