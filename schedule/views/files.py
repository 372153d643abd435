"""Taking the control table along: the page that offers the files, and the quick ones."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from offices.http import SignedInRequest

from ..compose import timetable_of
from ..files import QUICK_FILES
from ..recording import record_export
from .finding import readable_plan


@require_safe
def export_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole annex and each unit's sheet as PDF, and the other formats."""
    plan = readable_plan(request, pk)
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "export",
        "sheets": timetable_of(plan, with_indicators=False).sheets,
    }
    return render(request, "schedule/export.html", context)


@require_safe
def sheet_file(request: SignedInRequest, pk: int, extension: str) -> HttpResponse:
    """The control table as XLSX, JSON or ICS."""
    plan = readable_plan(request, pk)
    if extension not in QUICK_FILES:
        raise Http404
    content_type, write = QUICK_FILES[extension]
    record_export(plan, extension, by=request.user)
    name = f"{plan.office}{plan.year}年作業時程管制表.{extension}"
    return HttpResponse(
        write(plan),
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "",
            "Cache-Control": "private, no-cache",
        },
    )
