"""The paper: preview in the browser, the PDF and other files, and the job that makes it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from offices.audit.models import Act
from offices.audit.recording import record
from offices.http import SignedInRequest

from ..compose import compose
from ..documents.canonical import to_json
from ..documents.html import body_html, paper_html
from ..documents.missing import places
from ..documents.model import Document
from ..documents.part import parts
from ..exports import current_export, finished_export, finished_exports, request_export
from ..forms.typed_text import printable
from ..freezing import Altered
from ..models import Export, Plan
from ..paper_sources import PaperSource, is_of_plan, paper_source_of
from .outline import readable_plan

CACHE_CONTROL = "private, no-cache"


def _page(document: Document) -> bytes:
    return paper_html(document).encode()


FILES: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "html": ("text/html; charset=utf-8", _page),
    "json": ("application/json", to_json),
}


def _record(
    request: SignedInRequest, act: Act, plan: Plan, form: str = "PDF", part: str = ""
) -> None:
    """Tell who took the plan along, and whether its tables may name people."""
    source = paper_source_of(plan, part)
    names = source is None or source.names_people
    details = {
        "格式": form,
        "範圍": (source.words if source else "") or "全部",
        "個人資料": "承辦人等姓名" if names else "不印姓名",
    }
    record(act, by=request.user, office=plan.office, target=plan, details=details)


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
    source = _source(plan, request.GET.get("part", ""))
    document, problem = _document(source)
    export = None if problem else current_export(plan, source.part)
    missing = export.missing if export else ""
    context = {
        "plan": plan,
        "office": plan.office,
        "export": export,
        "part": source.part,
        "source": source,
        "problem": problem,
        "parts": parts(document) if document else [],
        "places": places(document, set(missing)) if document and missing else [],
    }
    of_plan = is_of_plan(source.part)
    page = "plans/export.html" if of_plan else "plans/versions/print.html"
    return render(request, f"{page}#state" if request.htmx else page, context)


def _source(plan: Plan, part: str) -> PaperSource:
    """What is to be printed; 404 for a version that the plan has not."""
    source = paper_source_of(plan, part)
    if source is None:
        raise Http404
    return source


def _document(source: PaperSource) -> tuple[Document | None, str]:
    """What would be printed, or why it never is; 404 for a part that is gone."""
    try:
        document = source.document()
    except Altered as altered:
        return None, str(altered)
    if document is None:
        raise Http404
    return document, ""


@require_POST
def plan_export_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the PDF made; pressing twice is one job."""
    plan = readable_plan(request, pk)
    part = request.POST.get("part", "")
    _document(_source(plan, part))
    request_export(plan, part)
    _record(request, Act.PDF_REQUESTED, plan, part=part)
    return redirect(_export_url(pk, part))


def _export_url(pk: int, part: str) -> str:
    return reverse("plans:export", args=[pk], query={"part": part} if part else None)


@require_safe
def plan_pdf(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The finished PDF, 304 for a browser that has it; else the way to have it made."""
    part = printable(request.GET.get("part", ""))
    export = _finished(request, pk, part)
    if export is None:
        return redirect(_export_url(readable_plan(request, pk).pk, part))
    etag = f'"{pk}-{export.edition}-{export.digest[:16]}-{export.layout}"'
    response = get_conditional_response(request, etag=etag) or _attached(export)
    if response.status_code == HTTPStatus.OK:
        _record(request, Act.PLAN_EXPORTED, export.plan, "PDF", part)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def _finished(request: SignedInRequest, pk: int, part: str) -> Export | None:
    """One query for the plan's own paper; a version is proven first."""
    if is_of_plan(part):
        exports = finished_exports().visible_to(request.user)
        exports = exports.select_related("plan__office")
        return exports.filter(plan__pk=pk, part=part).first()
    plan = readable_plan(request, pk)
    _, problem = _document(_source(plan, part))
    return None if problem else finished_export(plan, part)


def _attached(export: Export) -> HttpResponseBase:
    """The file itself; where it was lost, the way to have it made again."""
    try:
        file = export.file.open()
    except FileNotFoundError:
        return redirect(_export_url(export.plan_id, export.part))
    source = paper_source_of(export.plan, export.part)
    words = f"-{source.words}" if source and source.words else ""
    return FileResponse(file, as_attachment=True, filename=f"{export.plan}{words}.pdf")


@require_safe
def plan_file(request: SignedInRequest, pk: int, extension: str) -> HttpResponse:
    """The plan as a web page that stands alone, or as data."""
    plan = readable_plan(request, pk)
    if extension not in FILES:
        raise Http404
    content_type, write = FILES[extension]
    _record(request, Act.PLAN_EXPORTED, plan, extension.upper())
    disposition = content_disposition_header(True, f"{plan}.{extension}")
    return HttpResponse(
        write(compose(plan)),
        content_type=content_type,
        headers={
            "Content-Disposition": disposition or "attachment",
            "Cache-Control": CACHE_CONTROL,
        },
    )
