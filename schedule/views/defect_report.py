"""The quarterly report of a plan's defects, on the screen and on its way to paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from offices.http import SignedInRequest
from plans.documents.html import body_html

from ..defects.papers import Asked, report_of
from ..defects.quarters import Quarter, quarters_of
from .finding import readable_plan


@require_safe
def defect_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Quarter and edition stand in the address; the latest quarter where none does."""
    plan = readable_plan(request, pk)
    quarters = quarters_of(plan.year, timezone.localdate())
    wanted = Quarter.parse(request.GET.get("quarter", ""))
    quarter = wanted if wanted in quarters else quarters[0]
    asked = Asked(quarter, request.GET.get("edition") == "open")
    # Every text in it was escaped by the paper's own templates.
    paper = mark_safe(body_html(report_of(plan, asked)))  # noqa: S308
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "defects",
        "quarters": quarters,
        "asked": asked,
        "paper": paper,
    }
    return render(request, "schedule/defects/report.html", context)
