"""修正對照表: choosing what is compared, the table, its 說明, and its data."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from offices.audit.models import Act as Told
from offices.http import SignedInRequest

from ..amending import (
    Amendment,
    Asked,
    StaleNote,
    amendment_of,
    save_note,
    side_words,
    sides_of,
)
from ..cycle import Actor, tell
from ..documents.canonical import to_json
from ..forms.versions import CompareForm, NoteForm
from ..freezing import Altered
from ..models import Plan
from ..permissions import Act, may
from ..versions import Pair
from .amendment_page import (
    NoteCell,
    conflict_cell,
    heads,
    options,
    row_of,
    rows_of,
    saved_cell,
    text_of,
)
from .outline import at_this_minute, readable_plan


@require_safe
def compare_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Two versions are chosen; how much differs between them is told at once."""
    plan = readable_plan(request, pk)
    sides = sides_of(plan)
    form = CompareForm(sides, request.GET if "old" in request.GET else None)
    chosen = form.cleaned_data if form.is_valid() else form.initial
    asked = None
    if chosen and not form.errors:
        asked = Asked(Pair(chosen["old"], chosen["new"]))
    amendment, problem = _looked_at(plan, asked) if asked else (None, "")
    context = {
        "plan": plan,
        "office": plan.office,
        "form": form,
        "sides": sides,
        "asked": asked,
        "counts": amendment.difference.counts if amendment else None,
        "is_same": bool(amendment and not amendment.difference.changes),
        "problem": problem,
        "may_submit": may(request.user, plan, Act.SUBMIT),
    }
    status = 422 if form.errors else 200
    return render(request, "plans/versions/compare.html", context, status=status)


def _looked_at(plan: Plan, asked: Asked) -> tuple[Amendment | None, str]:
    """The comparison, or why there is none; 404 for a side that the plan has not."""
    try:
        amendment = amendment_of(plan, asked)
    except Altered as altered:
        return None, str(altered)
    if amendment is None:
        raise Http404
    return amendment, ""


def _asked(pair: str) -> Asked:
    asked = Asked.parse(pair)
    if asked is None:
        raise Http404
    return asked


@require_safe
def amendment_table(request: SignedInRequest, pk: int, pair: str) -> HttpResponse:
    """修正規定, 現行規定 and 說明 side by side."""
    plan = readable_plan(request, pk)
    asked = _asked(pair)
    amendment, problem = _looked_at(plan, asked)
    return _page(request, plan, asked, amendment, problem=problem)


def _page(
    request: SignedInRequest,
    plan: Plan,
    asked: Asked,
    amendment: Amendment | None,
    *,
    problem: str = "",
    typed: NoteCell | None = None,
    status: int = 200,
) -> HttpResponse:
    old, new = side_words(plan, asked.pair)
    rows = []
    if amendment:
        rows = list(rows_of(request.user, plan, amendment, typed))
    context = {
        "plan": plan,
        "office": plan.office,
        "asked": asked,
        "sides": (old, new),
        "problem": problem,
        "rows": rows,
        "heads": heads(amendment),
        "title": amendment.document.annexes[0].title if amendment else "",
        "counts": amendment.difference.counts if amendment else None,
        "options": options(asked),
        "may_restore": any(row.restore_url for row in rows),
    }
    return render(request, "plans/versions/amendment.html", context, status=status)


@require_POST
def amendment_note(request: SignedInRequest, pk: int, pair: str) -> HttpResponse:
    """Save the 說明 of one row; a later save never overwrites an earlier one unseen."""
    plan = readable_plan(request, pk)
    asked = _asked(pair)
    if not may(request.user, plan, Act.EXPLAIN):
        raise PermissionDenied
    amendment, problem = _looked_at(plan, asked)
    if amendment is None:
        return _page(request, plan, asked, None, problem=problem, status=409)
    key = request.POST.get("key", "")
    plain = row_of(amendment, key)
    if plain is None:
        raise Http404
    form = NoteForm(request.POST, auto_id=f"note-{key}-%s")
    if not form.is_valid():
        cell = NoteCell(key, text_of(plain.cells[2]), form, editable=True)
        return _answer(request, plan, asked, amendment, cell, status=422)
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    if text == text_of(plain.cells[2]):
        text = ""  # what follows from the change is not typed
    try:
        note = save_note(
            plan, asked.pair, key, text=text, version=version, by=request.user
        )
    except StaleNote as stale:
        cell = conflict_cell(key, text, plain, stale.current)
        return _answer(request, plan, asked, amendment, cell, status=409)
    if not request.htmx:
        messages.success(request, at_this_minute("說明已儲存"))
        return redirect(_address(plan, asked) + f"#at-{key}")
    return _answer(request, plan, asked, amendment, saved_cell(plain, note))


def _answer(
    request: SignedInRequest,
    plan: Plan,
    asked: Asked,
    amendment: Amendment,
    cell: NoteCell,
    *,
    status: int = 200,
) -> HttpResponse:
    """For htmx the cell alone, else the whole page with it."""
    if not request.htmx:
        return _page(request, plan, asked, amendment, typed=cell, status=status)
    context = {"plan": plan, "asked": asked, "note": cell}
    return render(request, "plans/versions/_note.html", context, status=status)


def _address(plan: Plan, asked: Asked) -> str:
    return reverse("plans:amendments", args=[plan.pk, asked.name])


@require_safe
def amendment_file(request: SignedInRequest, pk: int, pair: str) -> HttpResponse:
    """The table as data."""
    plan = readable_plan(request, pk)
    asked = _asked(pair)
    amendment, problem = _looked_at(plan, asked)
    if amendment is None:
        return _page(request, plan, asked, None, problem=problem, status=409)
    tell(Told.PLAN_EXPORTED, plan, Actor(request.user), 格式="JSON", 範圍="修正對照表")
    disposition = content_disposition_header(True, f"{plan}-修正對照表.json")
    return HttpResponse(
        to_json(amendment.document),
        content_type="application/json",
        headers={
            "Content-Disposition": disposition or "attachment",
            "Cache-Control": "private, no-cache",
        },
    )
