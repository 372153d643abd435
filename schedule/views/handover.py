"""移交: everything one person owns goes to another, shown first and then done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from offices import roc
from offices.http import SignedInRequest
from plans.models import Plan

from ..forms.handover import HandoverForm
from ..handover import hand_over, moves
from .finding import kept_plan


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whom; with all three in the address show what will move; POST does it."""
    plan = kept_plan(request, pk)
    sent = request.POST if request.method == "POST" else request.GET
    form = HandoverForm(
        sent if "giver" in sent or sent is request.POST else None, plan=plan
    )
    if form.is_valid() and request.method == "POST" and request.POST.get("confirmed"):
        return _done(request, plan, form)
    preview = moves(plan, **form.cleaned_data) if form.is_valid() else None
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "handover",
        "form": form,
        "moves": preview,
        "items": len({move.row.share.item_id for move in preview or ()}),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "schedule/handover.html", context, status=status)


def _done(request: SignedInRequest, plan: Plan, form: HandoverForm) -> HttpResponse:
    """Done once: sent again there is nothing left to move, which is told."""
    chosen = form.cleaned_data
    giver, taker, day = chosen["giver"], chosen["taker"], roc.numeric(chosen["day"])
    count = hand_over(plan, **chosen, by=request.user)
    if count:
        words = (
            f"已把「{giver.user}」的 {count} 個項目從 {day} 起移交給「{taker.user}」。"
        )
        messages.success(request, words)
    else:
        words = f"「{giver.user}」從 {day} 起沒有承辦的項目，不需要移交。"
        messages.info(request, words)
    return redirect("schedule:grid", plan.pk)
