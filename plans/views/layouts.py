"""Choosing a layout: for a new table, or for one that is already filled."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods

from offices.http import SignedInRequest

from ..compose import numbering_style
from ..documents import model as paper
from ..documents.html import Screen, block_html
from ..forms.tables import PlaceForm
from ..models import Plan
from ..tables.creation import create_table
from ..tables.layouts import LAYOUTS
from ..tables.relayout import change_layout, with_layout
from ..tree import Refused
from .outline import editable_plan
from .table_page import TablePage, editable_table

NONE_CHOSEN = "請先選擇一種版型。"


@require_http_methods(["GET", "HEAD", "POST"])
def table_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose a layout (GET), and make the table where ?after= or ?parent= says."""
    plan = editable_plan(request, pk)
    place = PlaceForm(plan, request.GET).place()
    if request.method != "POST":
        return _choice(request, plan)
    layout = LAYOUTS.get(request.POST.get("layout", ""))
    if layout is None:
        return _choice(request, plan, NONE_CHOSEN)
    try:
        table = create_table(
            plan, layout=layout.for_year(plan.year), by=request.user, **place
        )
    except Refused as refused:
        return _choice(request, plan, str(refused))
    messages.success(request, f"已新增「{layout.name}」，點一列就可以開始輸入。")
    return redirect("plans:table", plan.pk, table.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def table_layout(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """See the table in another layout (GET ?layout=), or change to it (POST)."""
    page = editable_table(request, pk, block_pk)
    if request.method != "POST":
        return _change(request, page, request.GET.get("layout", ""))
    layout = LAYOUTS.get(request.POST.get("layout", ""))
    if layout is None:
        return _change(request, page, "", NONE_CHOSEN)
    wanted = layout.for_year(page.plan.year)
    try:
        change_layout(page.table, layout=wanted, by=request.user)
    except Refused as refused:
        return _change(request, page, layout.key, str(refused))
    messages.success(request, f"已換成「{layout.name}」。")
    return redirect("plans:table", page.plan.pk, page.table.pk)


def _choice(request: SignedInRequest, plan: Plan, error: str = "") -> HttpResponse:
    previews = [
        (layout, _preview(plan, layout.for_year(plan.year)))
        for layout in LAYOUTS.values()
    ]
    context = {
        "plan": plan,
        "office": plan.office,
        "ready": [pair for pair in previews if pair[0].ready],
        "more": [pair for pair in previews if not pair[0].ready],
        "error": error,
    }
    status = 422 if error else 200
    return render(request, "plans/table_create.html", context, status=status)


def _change(
    request: SignedInRequest, page: TablePage, key: str, error: str = ""
) -> HttpResponse:
    chosen = LAYOUTS.get(key)
    preview = ""
    if chosen:
        wanted = chosen.for_year(page.plan.year)
        preview = _preview(page.plan, with_layout(page.composed, wanted))
    context = {
        "plan": page.plan,
        "office": page.plan.office,
        "table": page.table,
        "layouts": LAYOUTS.values(),
        "chosen": chosen,
        "preview": preview,
        "error": error,
    }
    status = 422 if error else 200
    return render(request, "plans/table_layout.html", context, status=status)


def _preview(plan: Plan, table: paper.Table) -> SafeString:
    """The table as it will be printed."""
    document = paper.Document(
        office="",
        year=plan.year,
        title="",
        children=(replace(table, id="preview"),),
        style=numbering_style(plan),
    )
    html = block_html(document, "preview", Screen(_no_link))
    return mark_safe(html)  # noqa: S308 - rendered with autoescape by our own writer


def _no_link(_key: str) -> str:
    return ""
