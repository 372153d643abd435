"""策略對照: which parts of the plan are whose, and which are nobody's."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from offices.http import SignedInRequest
from plans.compose import compose

from ..compose import timetable_of
from ..linking import links_in
from ..named_permissions import editor_of
from ..pages.coverage import coverage_of
from ..permissions import desk_at
from ..strategies import chapters_of
from .finding import readable_plan


@require_safe
def coverage_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """``?open=on`` shows only what nobody carries out."""
    plan = readable_plan(request, pk)
    desk = desk_at(request.user, plan)
    timetable = timetable_of(plan, timezone.localdate(), with_indicators=False)
    may_edit = editor_of(desk, plan)
    only_open = request.GET.get("open") == "on"
    coverage = coverage_of(
        chapters_of(compose(plan)), timetable, links_in(plan), only_open=only_open
    )
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "coverage",
        "desk": desk,
        "timetable": timetable,
        "coverage": coverage,
        "only_open": only_open,
        "editable": {one.pk for one in coverage.idle if may_edit(one.item)},
    }
    return render(request, "schedule/coverage.html", context)
