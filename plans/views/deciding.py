"""What a step of the chain decides about a whole submission, and its withdrawal."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from offices.http import SignedInRequest
from offices.models import WRITERS, Role

from ..approving import approve
from ..cycle import NotNow
from ..forms.reviewing import (
    NoteForm,
    OpinionForm,
    ReasonForm,
    SignedForm,
    WithdrawForm,
)
from ..models import Submission, SubmissionStep
from ..reviews.acting import actor_as, actor_at, held_in, is_coordinator
from ..reviews.page import Refused, ReviewPage
from ..reviews.signing import VERBS, WORDS_AFTER, line_preview, proposed
from ..workflow import agree, comment, send_back, skip, withdraw
from .reviewing import posted, readable_submission, review_page, step_of

Answer = Callable[[forms.Form], None]
ONCE = "剛才已經送出，沒有再做一次。"


@posted
def step_agree(request: SignedInRequest, pk: int, submission_pk: int) -> HttpResponse:
    """同意: on to the next step."""
    submission = readable_submission(request, pk, submission_pk)
    step = step_of(request, submission)

    def act(form: forms.Form) -> None:
        by = actor_at(request.user, step)
        agree(submission, step=step, by=by, **form.cleaned_data)

    return _decided(request, submission, NoteForm(request.POST), act, "已同意。")


@posted
def step_comment(request: SignedInRequest, pk: int, submission_pk: int) -> HttpResponse:
    """會辦: an opinion beside the steps that decide."""
    submission = readable_submission(request, pk, submission_pk)
    step = step_of(request, submission)

    def act(form: forms.Form) -> None:
        by = actor_at(request.user, step)
        comment(submission, step=step, by=by, **form.cleaned_data)

    form = OpinionForm(request.POST)
    return _decided(request, submission, form, act, "會辦意見已送出。")


@posted
def step_send_back(
    request: SignedInRequest, pk: int, submission_pk: int
) -> HttpResponse:
    """退回修正, with the reason that its writers see first."""
    submission = readable_submission(request, pk, submission_pk)
    step = step_of(request, submission)
    if step.only_comments:
        raise PermissionDenied

    def act(form: forms.Form) -> None:
        by = actor_at(request.user, step)
        send_back(submission, step=step, by=by, **form.cleaned_data)

    # One box serves both buttons, so that nothing is typed twice.
    typed = request.POST.get("reason") or request.POST.get("note", "")
    form = ReasonForm({"reason": typed})
    return _decided(request, submission, form, act, "已退回修正，並通知送核的人。")


@posted
def step_skip(request: SignedInRequest, pk: int, submission_pk: int) -> HttpResponse:
    """研考 passes over a step that nobody can take."""
    submission = readable_submission(request, pk, submission_pk)
    if not is_coordinator(request.user, submission.plan):
        raise PermissionDenied
    wanted = request.POST.get("step", "")
    step = next((s for s in submission.steps.all() if str(s.pk) == wanted), None)

    def act(form: forms.Form) -> None:
        if step is None:
            raise NotNow("找不到要略過的步驟，請重新整理頁面。")
        by = actor_as(request.user, submission.plan, {Role.COORDINATOR})
        skip(submission, step=step, by=by, **form.cleaned_data)

    return _decided(
        request, submission, ReasonForm(request.POST), act, "已略過這一步。"
    )


@posted
def submission_withdraw(
    request: SignedInRequest, pk: int, submission_pk: int
) -> HttpResponse:
    """撤回送核: the submitter, whoever writes with their role, and 研考."""
    submission = readable_submission(request, pk, submission_pk)
    user, plan = request.user, submission.plan
    mine = submission.submitted_by_id == user.pk and held_in(user, plan, WRITERS)
    if not (mine or is_coordinator(user, plan)):
        raise PermissionDenied

    def act(form: forms.Form) -> None:
        withdraw(submission, by=actor_as(user, plan, WRITERS), **form.cleaned_data)

    form = WithdrawForm(request.POST)
    return _decided(request, submission, form, act, "已撤回送核，計畫可以修改了。")


@require_http_methods(["GET", "HEAD", "POST"])
def submission_approve(
    request: SignedInRequest, pk: int, submission_pk: int
) -> HttpResponse:
    """核定: date, 文號 and the line of the history as it will print."""
    submission = readable_submission(request, pk, submission_pk)
    page = ReviewPage(submission, request.user)
    step = (
        step_of(request, submission)
        if request.method == "POST"
        else page.turns.deciding
    )
    if request.method != "POST" and not page.turns.approves:
        return _not_my_turn(request, page)
    data = request.POST if request.method == "POST" else None
    form = SignedForm(data, initial=proposed(submission.plan, timezone.localdate()))
    problem = ""
    if step and form.is_valid() and "preview" not in request.POST:
        try:
            by = actor_at(request.user, step)
            approve(submission, step=step, by=by, signed=form.signed())
        except NotNow as late:
            if _was_me(request, submission):
                return _once(request, submission)
            problem = str(late)
        else:
            messages.success(request, "已核定，這一版已經凍結留存。")
            return redirect(submission)
    return _approve_page(request, page, form, step, problem)


def _not_my_turn(request: SignedInRequest, page: ReviewPage) -> HttpResponse:
    """Those who approve, but not now, are told so; for others it is forbidden."""
    last = page.turns.last
    if (
        last is None
        or held_in(request.user, page.submission.plan, {Role(last.role)}) is None
    ):
        raise PermissionDenied
    messages.info(request, "現在不是核定的步驟。")
    return redirect(page.submission)


def _approve_page(
    request: SignedInRequest,
    page: ReviewPage,
    form: SignedForm,
    step: SubmissionStep | None,
    problem: str,
) -> HttpResponse:
    """The form with the line as it will print; 409 where somebody was faster."""
    plan = page.submission.plan
    shown = form
    if not form.is_bound:
        shown = SignedForm(dict(form.initial))
    line = line_preview(plan, shown.signed()) if shown.is_valid() else ""
    context = {
        "page": page,
        "submission": page.submission,
        "plan": plan,
        "office": plan.office,
        "form": form,
        "step": step,
        "line": line,
        "problem": problem,
        "verbs": VERBS,
        "words_after": WORDS_AFTER,
    }
    if request.htmx:
        return render(request, "plans/review/_line.html", context)
    refused = form.is_bound and not form.is_valid()
    status = 409 if problem else 422 if refused else 200
    return render(request, "plans/review/approve.html", context, status=status)


def _decided(
    request: SignedInRequest,
    submission: Submission,
    form: forms.Form,
    act: Answer,
    done: str,
) -> HttpResponse:
    """Act once; else the page as it is now, with what was typed."""
    problem, status = "", 409
    if not form.is_valid():
        problem, status = str(next(iter(form.errors.values()))[0]), 422
    else:
        try:
            act(form)
        except NotNow as late:
            if _was_me(request, submission):
                return _once(request, submission)
            problem = str(late)
    if not problem:
        messages.success(request, done)
        return redirect(submission)
    current = readable_submission(request, submission.plan_id, submission.pk)
    typed = request.POST.get("note", "") or request.POST.get("reason", "")
    refused = Refused(problem, typed, request.POST.get("field", "note"))
    page = ReviewPage(current, request.user, refused=refused)
    return review_page(request, page, status=status)


def _was_me(request: SignedInRequest, submission: Submission) -> bool:
    """Whether the step of this form was taken by the same person: a double click."""
    wanted = request.POST.get("step", "")
    taken = submission.steps.filter(by=request.user, at__isnull=False)
    return wanted in {str(pk) for pk in taken.values_list("pk", flat=True)}


def _once(request: SignedInRequest, submission: Submission) -> HttpResponse:
    messages.info(request, ONCE)
    return redirect(submission)
