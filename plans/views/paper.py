"""The paper: preview in the browser, the PDF and other files, and the job that makes it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from offices.http import SignedInRequest

from ..compose import compose
from ..documents.canonical import to_json
from ..documents.html import body_html, paper_html
from ..documents.missing import places
from ..documents.model import Document
from ..documents.part import part_of, parts
from ..exports import current_export, finished_exports, request_export
from ..forms.typed_text import printable
from ..models import Export
from .outline import readable_plan

CACHE_CONTROL = "private, no-cache"


def _page(document: Document) -> bytes:
    return paper_html(document).encode()


FILES: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "html": ("text/html; charset=utf-8", _page),
    "json": ("application/json", to_json),
}


@require_safe
def plan_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper as it will be printed, for reading."""
    plan = readable_plan(request, pk)
    # Every text in it was escaped by the paper's own templates.
    paper = mark_safe(body_html(compose(plan)))  # noqa: S308
    context = {"plan": plan, "office": plan.office, "paper": paper}
    return render(request, "plans/preview.html", context)


@require_safe
@vary_on_headers("HX-Request")
def plan_export(request: SignedInRequest, pk: int) -> HttpResponse:
    """What can be downloaded, how far the PDF is, and what would not be printed."""
    plan = readable_plan(request, pk)
    part = request.GET.get("part", "")
    document = compose(plan)
    if part_of(document, part) is None:
        raise Http404
    export = current_export(plan, part)
    missing = export.missing if export else ""
    context = {
        "plan": plan,
        "office": plan.office,
        "export": export,
        "part": part,
        "parts": parts(document),
        "places": places(document, set(missing)) if missing else [],
    }
    template = "plans/export.html#state" if request.htmx else "plans/export.html"
    return render(request, template, context)


@require_POST
def plan_export_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the PDF made; pressing twice is one job."""
    plan = readable_plan(request, pk)
    part = request.POST.get("part", "")
    if part_of(compose(plan), part) is None:
        raise Http404
    request_export(plan, part)
    return redirect(_export_url(pk, part))


def _export_url(pk: int, part: str) -> str:
    return reverse("plans:export", args=[pk], query={"part": part} if part else None)


@require_safe
def plan_pdf(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The finished PDF, 304 for a browser that has it; else the way to have it made."""
    part = printable(request.GET.get("part", ""))
    exports = finished_exports().visible_to(request.user).select_related("plan")
    export = exports.filter(plan__pk=pk, part=part).first()
    if export is None:
        return redirect(_export_url(readable_plan(request, pk).pk, part))
    etag = f'"{pk}-{export.edition}-{export.digest[:16]}-{export.layout}"'
    response = get_conditional_response(request, etag=etag) or _attached(export)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def _attached(export: Export) -> HttpResponseBase:
    """The file itself; where it was lost, the way to have it made again."""
    try:
        file = export.file.open()
    except FileNotFoundError:
        return redirect(_export_url(export.plan_id, export.part))
    name = f"{export.plan}-附件.pdf" if export.part else f"{export.plan}.pdf"
    return FileResponse(file, as_attachment=True, filename=name)


@require_safe
def plan_file(request: SignedInRequest, pk: int, extension: str) -> HttpResponse:
    """The plan as a web page that stands alone, or as data."""
    plan = readable_plan(request, pk)
    if extension not in FILES:
        raise Http404
    content_type, write = FILES[extension]
    disposition = content_disposition_header(True, f"{plan}.{extension}")
    return HttpResponse(
        write(compose(plan)),
        content_type=content_type,
        headers={
            "Content-Disposition": disposition or "attachment",
            "Cache-Control": CACHE_CONTROL,
        },
    )
