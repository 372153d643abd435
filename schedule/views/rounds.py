"""研考's side of 考核: rounds, who scores in them, closing and reopening."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from offices.http import SignedInRequest
from plans.forms.typed_text import printable
from plans.models import Plan

from ..forms.rounds import AssessorForm, RoundForm
from ..models import Round
from ..scoring.book import read_book
from ..scoring.roles import can_keep_rounds
from ..scoring.rounds import (
    RefusedRound,
    StaleRound,
    close_round,
    delete_round,
    make_round,
    name_assessor,
    remove_assessor,
    reopen_round,
    save_round,
)
from .finding import readable_plan
from .finding_rounds import kept_round, plan_to_score

LONGEST_REASON = 300


@require_safe
def round_list(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = readable_plan(request, pk)
    context = {
        **_context(plan),
        "rounds": plan.rounds.select_related("closed_by"),
        "keeps_rounds": can_keep_rounds(request.user, plan),
    }
    return render(request, "schedule/scoring/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = plan_to_score(request, pk)
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, plan=plan, instance=Round(plan=plan))
    if form.is_valid():
        made = make_round(plan, form.values(), by=request.user)
        messages.success(request, f"已建立「{made}」，請接著指定評分人。")
        return redirect("schedule:assessors", pk, made.pk)
    return _round_page(request, plan, form)


@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: SignedInRequest, pk: int, round_pk: int) -> HttpResponse:
    found = kept_round(request, pk, round_pk)
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, plan=found.plan, instance=found)
    current: Round | None = None
    if form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            save_round(found, version=version, values=form.values(), by=request.user)
        except StaleRound as stale:
            current = stale.current
            form.data = {**request.POST.dict(), "version": str(current.version)}
        except RefusedRound as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"「{found}」的設定已儲存。")
            return redirect("schedule:round", pk, round_pk)
    return _round_page(request, found.plan, form, found, current)


def _round_page(
    request: SignedInRequest,
    plan: Plan,
    form: RoundForm,
    round_: Round | None = None,
    current: Round | None = None,
) -> HttpResponse:
    """The form; where someone saved in between, what stands there now (409)."""
    context = {**_context(plan), "form": form, "round": round_, "current": current}
    status = 409 if current else 422 if form.is_bound else 200
    return render(request, "schedule/scoring/round_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def assessors(request: SignedInRequest, pk: int, round_pk: int) -> HttpResponse:
    """Who scores what, how far they are, and one more."""
    found = kept_round(request, pk, round_pk)
    data = request.POST if request.method == "POST" else None
    form = AssessorForm(data, plan=found.plan)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            named = name_assessor(found, chosen["member"], units=chosen["units"])
        except RefusedRound as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"「{named}」已是這一輪的評分人。")
        return redirect("schedule:assessors", pk, round_pk)
    book = read_book(found)
    context = {
        **_context(found.plan),
        "round": found,
        "form": form,
        "judges": [(judge, *book.progress(judge)) for judge in book.judges],
    }
    status = 422 if form.is_bound else 200
    return render(request, "schedule/scoring/assessors.html", context, status=status)


@require_POST
def assessor_remove(
    request: SignedInRequest, pk: int, round_pk: int, assessor_pk: int
) -> HttpResponse:
    found = kept_round(request, pk, round_pk)
    assessor = get_object_or_404(found.assessors, pk=assessor_pk)
    try:
        remove_assessor(assessor)
    except RefusedRound as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"「{assessor}」不再是這一輪的評分人。")
    return redirect("schedule:assessors", pk, round_pk)


@require_POST
def round_close(request: SignedInRequest, pk: int, round_pk: int) -> HttpResponse:
    found = kept_round(request, pk, round_pk)
    try:
        close_round(found, by=request.user)
    except RefusedRound as refused:
        messages.error(request, str(refused))
        return redirect("schedule:round", pk, round_pk)
    messages.success(request, f"「{found}」已結束，成績公布在這一頁。")
    return redirect("schedule:results", pk, round_pk)


@require_POST
def round_reopen(request: SignedInRequest, pk: int, round_pk: int) -> HttpResponse:
    found = kept_round(request, pk, round_pk)
    reason = " ".join(printable(request.POST.get("reason", "")).split())
    try:
        reopen_round(found, reason=reason[:LONGEST_REASON], by=request.user)
    except RefusedRound as refused:
        messages.error(request, str(refused))
        return redirect("schedule:results", pk, round_pk)
    messages.success(request, f"「{found}」已重新開放評分。")
    return redirect("schedule:round", pk, round_pk)


@require_POST
def round_delete(request: SignedInRequest, pk: int, round_pk: int) -> HttpResponse:
    found = kept_round(request, pk, round_pk)
    try:
        delete_round(found)
    except RefusedRound as refused:
        messages.error(request, str(refused))
        return redirect("schedule:round_edit", pk, round_pk)
    messages.success(request, f"「{found}」已刪除。")
    return redirect("schedule:rounds", pk)


def _context(plan: Plan) -> dict[str, Any]:
    return {"plan": plan, "office": plan.office, "section": "rounds"}
