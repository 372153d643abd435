"""年度概覽: the year of all units on one page, and what is still open."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from offices.http import SignedInRequest
from offices.roc import roc_year

from ..compose import timetable_of
from ..named_permissions import editor_of
from ..pages.open_ends import open_ends
from ..pages.year import year_of
from ..permissions import desk_at
from ..timetable.months import MONTHS
from .finding import readable_plan


@require_safe
def year_page(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = readable_plan(request, pk)
    today = timezone.localdate()
    desk = desk_at(request.user, plan)
    timetable = timetable_of(plan, today)
    year = year_of(timetable)
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "year",
        "desk": desk,
        "year": year,
        "bars": year.bars(),
        "months": MONTHS,
        "this_month": today.month if roc_year(today) == plan.year else 0,
        "open_ends": open_ends(timetable, plan.pk, editor_of(desk, plan)),
    }
    return render(request, "schedule/year.html", context)
