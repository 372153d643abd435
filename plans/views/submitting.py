"""送核, 結案 and 重新開啟: what is done with a plan as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from offices.http import SignedInRequest
from offices.models import Role

from ..approving import close, reopen
from ..cycle import NotNow
from ..documents.proofs.finding import Grade
from ..forms.reviewing import ReasonForm, SubmitForm
from ..models import Plan, State
from ..permissions import Act, can_edit_plan
from ..reviews.acting import actor_as, may_ever
from ..reviews.sending import SubmitPage
from ..workflow import OPEN, submit
from .deciding import ONCE
from .outline import readable_plan
from .proof_page import Line, ProofPage


@require_http_methods(["GET", "HEAD", "POST"])
def plan_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """What will be sent, to whom, and what must be mended before."""
    plan = _plan_for(request, pk, Act.SUBMIT)
    page = SubmitPage(plan, request.user)
    if plan.state not in OPEN:
        return _not_open(request, plan)
    form = SubmitForm(request.POST if request.method == "POST" else None)
    blocking = _blocking(request, plan)
    problem = ""
    if form.is_valid() and not blocking:
        note = form.cleaned_data["note"]
        try:
            submission = submit(plan, by=page.actor, unit=page.unit, note=note)
        except NotNow as late:
            problem = str(late)
        else:
            messages.success(request, "已送核，並通知審核的人。")
            return redirect(submission)
    context = {
        "page": page,
        "plan": plan,
        "office": plan.office,
        "form": form,
        "blocking": blocking,
        "problem": problem,
    }
    refused = form.is_bound and (blocking or not form.is_valid())
    status = 409 if problem else 422 if refused else 200
    return render(request, "plans/review/submit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """結案, after a page that says what it means."""
    plan = _plan_for(request, pk, Act.CLOSE)
    problem = ""
    if request.method == "POST":
        try:
            close(plan, by=actor_as(request.user, plan, {Role.COORDINATOR}))
        except NotNow as late:
            problem = str(late)
        else:
            messages.success(request, "計畫已結案。")
            return redirect(plan)
    context = {
        "plan": plan,
        "office": plan.office,
        "problem": problem,
        "is_possible": plan.state == State.APPROVED,
    }
    status = 409 if problem else 200
    return render(request, "plans/review/close.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """重新開啟, with a reason for the trail."""
    plan = _plan_for(request, pk, Act.REOPEN)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    problem = ""
    if form.is_valid():
        by = actor_as(request.user, plan, {Role.COORDINATOR})
        try:
            reopen(plan, by=by, **form.cleaned_data)
        except NotNow as late:
            problem = str(late)
        else:
            messages.success(request, "計畫已重新開啟。")
            return redirect(plan)
    context = {
        "plan": plan,
        "office": plan.office,
        "form": form,
        "problem": problem,
        "is_possible": plan.state == State.CLOSED,
    }
    status = 409 if problem else 422 if form.is_bound else 200
    return render(request, "plans/review/reopen.html", context, status=status)


def _plan_for(request: SignedInRequest, pk: int, act: Act) -> Plan:
    """The plan; 403 for those who may not do this in any state of it."""
    plan = readable_plan(request, pk)
    if not may_ever(request.user, plan, act):
        raise PermissionDenied
    return plan


def _blocking(request: SignedInRequest, plan: Plan) -> list[Line]:
    """The errors that stop 送核, each with the address of the field that mends it."""
    proof = ProofPage(plan, request.user, editable=can_edit_plan(request.user, plan))
    return [
        line
        for section in proof.sections
        for kind in section.kinds
        for line in kind.lines
        if line.finding.grade is Grade.ERROR
    ]


def _not_open(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """To the review that is under way; a second click has sent nothing twice."""
    pending = plan.submissions.pending().filter(submitted_by=request.user).first()
    if request.method == "POST" and pending is not None:
        messages.info(request, ONCE)
        return redirect(pending)
    words = f"計畫現在是「{plan.get_state_display()}」，不能送核。"
    if request.method == "POST":
        context = {"plan": plan, "office": plan.office, "problem": words}
        context["note"] = request.POST.get("note", "")
        return render(request, "plans/review/late.html", context, status=409)
    messages.warning(request, words)
    return redirect(plan)
