"""What was deleted from a plan, and putting it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from offices.http import SignedInRequest

from ..models import BlockKind
from ..permissions import require_edit
from ..removal import restore_removed
from ..tree import Refused
from .outline import PlanPage, at_this_minute, changed, readable_plan

SHOWN = 50


@require_safe
def removal_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The pieces deleted last, newest first."""
    plan = readable_plan(request, pk)
    require_edit(request.user, plan, *plan.returned_parts)
    removals = plan.removals.select_related("removed_by").defer("payload")[:SHOWN]
    context = {"plan": plan, "office": plan.office, "removals": removals}
    return render(request, "plans/removals.html", context)


@require_POST
def removal_restore(request: SignedInRequest, pk: int, removed_pk: int) -> HttpResponse:
    """Put it back; after a return only what was deleted since."""
    plan = readable_plan(request, pk)
    since = plan.removals.filter(pk=removed_pk, removed_at__gte=plan.state_since)
    is_open = plan.returned_parts and since.exists()
    require_edit(request.user, plan, *(plan.returned_parts if is_open else ()))
    removed = get_object_or_404(plan.removals, pk=removed_pk)
    try:
        block = restore_removed(removed, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("plans:removals", plan.pk)
    note = at_this_minute("已復原")
    if block.kind == BlockKind.TABLE and not request.htmx:
        messages.success(request, note)
        return redirect("plans:table", plan.pk, block.pk)
    page = PlanPage(plan, editable=True)
    return changed(request, page, note=note, focus=f"b{block.pk}")
