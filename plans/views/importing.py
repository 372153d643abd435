"""Reading a plan in: paste or upload, confirm what was found, import or throw away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from offices.http import SignedInRequest

from ..apply import UnfitDocumentError
from ..confirmation import Confirmation
from ..forms.importing import DecisionForm, DraftForm, ImportForm
from ..importing import apply_draft, change_draft, decide, keys_with_below, start_draft
from ..models import Draft
from ..permissions import can_create_plan, offices_to_write_for
from ..readers.text import read


@require_http_methods(["GET", "HEAD", "POST"])
def plan_import(request: SignedInRequest) -> HttpResponse:
    """Take the text of a plan; it becomes a draft to be confirmed."""
    if not offices_to_write_for(request.user).exists():
        raise PermissionDenied
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(request.user, *posted)
    if form.is_valid():
        draft = start_draft(form.reading, by=request.user, **form.draft_fields)
        return redirect(draft)
    drafts = Draft.objects.visible_to(request.user).open().select_related("office")
    context = {"form": form, "drafts": drafts.defer("source", "choices")}
    return render(
        request, "plans/import.html", context, status=422 if form.errors else 200
    )


@require_safe
def draft_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Source and found tree side by side; a draft already imported leads to its plan."""
    draft = _find_draft(request, pk)
    if draft.plan:
        return redirect(draft.plan)
    return _answer(request, draft)


@require_POST
def draft_settings(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change title, year, office and numbering style."""
    draft = _find_open_draft(request, pk)
    form = DraftForm(request.user, request.POST, instance=draft)
    if form.is_valid():
        change_draft(draft, values=form.cleaned_data)
        messages.success(request, "已更新計畫名稱、年度、機關與編號樣式。")
        return redirect(draft)
    return _answer(request, _find_open_draft(request, pk), form=form, status=422)


@require_POST
def draft_piece(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Decide how one found piece is to be read."""
    draft = _find_open_draft(request, pk)
    reading = read(draft.source)
    piece = next((piece for piece in reading.pieces if piece.key == key), None)
    if piece is None:
        raise Http404
    form = DecisionForm(piece, request.POST)
    if not form.is_valid():
        return _answer(request, draft, error="請從清單選擇這一項的讀法。", status=422)
    keys = keys_with_below(reading, key) if form.with_below else [key]
    try:
        decide(draft, keys, choice=form.decision)
    except Draft.DoesNotExist:
        raise Http404 from None
    if request.htmx:
        confirmation = Confirmation(draft, reading)
        return render(request, "plans/draft.html#found", {"confirmation": confirmation})
    return redirect(f"{draft.get_absolute_url()}#piece-{key}")


@require_POST
def draft_apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Import everything, or nothing; a second click finds the plan of the first."""
    draft = _find_draft(request, pk)
    try:
        plan = apply_draft(draft, by=request.user)
    except Draft.DoesNotExist:
        raise Http404 from None
    except UnfitDocumentError as error:
        return _answer(request, draft, error=str(error), status=422)
    messages.success(request, f"已匯入「{plan}」。")
    return redirect(plan)


@require_POST
def draft_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw the draft away; nothing was imported."""
    draft = _find_open_draft(request, pk)
    draft.delete()
    messages.success(request, f"已放棄「{draft}」的匯入，沒有存入任何資料。")
    return redirect("plans:import")


def _find_draft(request: SignedInRequest, pk: int) -> Draft:
    """The person's own draft (404), in an office they may write for (403)."""
    drafts = Draft.objects.visible_to(request.user).select_related("office", "plan")
    draft = get_object_or_404(drafts, pk=pk)
    if not can_create_plan(request.user, draft.office):
        raise PermissionDenied
    return draft


def _find_open_draft(request: SignedInRequest, pk: int) -> Draft:
    draft = _find_draft(request, pk)
    if draft.plan:
        raise Http404
    return draft


def _answer(
    request: SignedInRequest,
    draft: Draft,
    *,
    form: DraftForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "confirmation": Confirmation(
            draft, read(draft.source), request.GET.get("piece", "")
        ),
        "form": form or DraftForm(request.user, instance=draft),
        "error": error,
    }
    return render(request, "plans/draft.html", context, status=status)
