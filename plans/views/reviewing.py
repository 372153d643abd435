"""The page of review, and what is said there: judgements and remarks on changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from offices.http import SignedInRequest

from ..cycle import NotNow
from ..forms.reviewing import JudgeForm, RemarkForm
from ..freezing import ALTERED
from ..models import Submission, SubmissionStep
from ..permissions import held_for_step
from ..reviews.acting import actor_at, may_remark, remarker
from ..reviews.entries import Show
from ..reviews.html import panel_html, text_html
from ..reviews.page import Asked, Refused, ReviewPage, for_review
from ..reviews.panels import OPENABLE
from ..reviews.presence import arrive, others_here
from ..workflow import accept_rest, judge, remark

SubmissionView = Callable[[SignedInRequest, int, int], HttpResponse]


def readable_submission(
    request: SignedInRequest, pk: int, submission_pk: int
) -> Submission:
    """The submission of this plan, or 404 for people of other offices."""
    submissions = for_review(Submission.objects.visible_to(request.user))
    return _of_plan(pk, get_object_or_404(submissions, pk=submission_pk))


def posted(view: SubmissionView) -> SubmissionView:
    """For forms of the page: the sign-in page leads back to them by GET, then here."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: SignedInRequest, pk: int, submission_pk: int) -> HttpResponse:
        if request.method != "POST":
            return redirect(readable_submission(request, pk, submission_pk))
        return view(request, pk, submission_pk)

    return answer


def step_of(request: SignedInRequest, submission: Submission) -> SubmissionStep:
    """The step that a form was made for: 404 where it is none of this submission, 403
    for those whose step it is not.  Whether it still is open the verbs ask."""
    wanted = request.POST.get("step", "")
    step = next((s for s in submission.steps.all() if str(s.pk) == wanted), None)
    if step is None:
        raise Http404
    if held_for_step(request.user, step) is None:
        raise PermissionDenied
    return step


@require_safe
@vary_on_headers("HX-Request")
def submission_page(
    request: SignedInRequest, pk: int, submission_pk: int
) -> HttpResponse:
    """THE page of review; htmx asks for what stands beside one change (``at``)."""
    submission = readable_submission(request, pk, submission_pk)
    asked = _asked(request, request.GET.get("at", ""), request.GET.get("do", ""))
    page = ReviewPage(submission, request.user, asked)
    if request.htmx and asked.at:
        return _panel(request, page)
    return review_page(request, page)


@posted
def change_judge(request: SignedInRequest, pk: int, submission_pk: int) -> HttpResponse:
    """同意 or 退回 one change."""
    submission = readable_submission(request, pk, submission_pk)
    step = step_of(request, submission)
    form = JudgeForm(request.POST)
    number = _number(request, submission)
    if not form.is_valid() or step.only_comments:
        return _refused(request, submission, number, "return", _first_error(form))
    try:
        require_open(step)
        require_change(form.cleaned_data["key"], number)
        by = actor_at(request.user, step)
        judge(submission, by=by, **form.cleaned_data)
    except NotNow as late:
        return _refused(request, submission, number, "return", str(late), status=409)
    return _taken(request, submission, number)


@posted
def rest_accept(request: SignedInRequest, pk: int, submission_pk: int) -> HttpResponse:
    """同意 for every change that nobody has judged yet."""
    submission = readable_submission(request, pk, submission_pk)
    step = step_of(request, submission)
    if step.only_comments:
        raise PermissionDenied
    page = ReviewPage(submission, request.user, _asked(request, "", ""))
    try:
        require_open(step)
        by = actor_at(request.user, step)
        count = accept_rest(submission, keys=[c.key for c in page.changes], by=by)
    except NotNow as late:
        return _refused(request, submission, 0, "", str(late), status=409)
    if count:
        messages.success(request, f"其餘 {count} 處都已同意。")
    return redirect(f"{submission.get_absolute_url()}{_query(page.asked)}")


@posted
def change_remark(
    request: SignedInRequest, pk: int, submission_pk: int
) -> HttpResponse:
    """A remark on one change, or on the whole."""
    submission = readable_submission(request, pk, submission_pk)
    if not may_remark(request.user, submission):
        raise PermissionDenied
    form = RemarkForm(request.POST)
    number = _number(request, submission)
    if not form.is_valid():
        return _refused(request, submission, number, "remark", _first_error(form))
    try:
        require_change(form.cleaned_data["key"], number)
        by = remarker(request.user, submission)
        remark(submission, by=by, **form.cleaned_data)
    except NotNow as late:
        return _refused(request, submission, number, "remark", str(late), status=409)
    return _taken(request, submission, number)


@require_POST
def presence(request: SignedInRequest, pk: int, submission_pk: int) -> HttpResponse:
    """The page is open: remembers that, and answers who else is here."""
    light = Submission.objects.visible_to(request.user).only("plan")
    submission = _of_plan(pk, get_object_or_404(light, pk=submission_pk))
    arrive(submission, request.user)
    others = others_here(submission, request.user)
    return render(request, "plans/review/_present.html", {"others": others})


def review_page(
    request: SignedInRequest, page: ReviewPage, *, status: int = 200
) -> HttpResponse:
    """The whole page, as it is now."""
    plan = page.submission.plan
    context = {
        "page": page,
        "submission": page.submission,
        "plan": plan,
        "office": plan.office,
        "text": text_html(page, get_token(request)),
    }
    return render(request, "plans/review/submission.html", context, status=status)


def require_open(step: SubmissionStep) -> None:
    """Raises NotNow where the step was taken before this page was sent."""
    if not step.is_current:
        raise NotNow(f"「{step.name}」這一步剛才已經{step.get_state_display()}。")


def require_change(key: str, number: int) -> None:
    """Raises NotNow where the texts are not intact: nobody knows what the key names."""
    if key and not number:
        raise NotNow(ALTERED)


def _of_plan(pk: int, submission: Submission) -> Submission:
    """404 where the address names another plan than the submission's."""
    if submission.plan_id != pk:
        raise Http404
    return submission


def _asked(request: SignedInRequest, at: str, opened: str) -> Asked:
    """What the address or a form asks to be shown; anything unknown is the usual."""
    values = request.POST if request.method == "POST" else request.GET
    show = values.get("show", "")
    return Asked(
        Show(show) if show in set(Show) else Show.BOTH,
        values.get("all") == "1",
        int(at) if at.isascii() and at.isdigit() and len(at) < 6 else 0,
        opened if opened in OPENABLE else "",
    )


def _number(request: SignedInRequest, submission: Submission) -> int:
    """Which change a form is about; 0 for the whole, 404 for one that is none."""
    key = request.POST.get("key", "")
    compared = ReviewPage(submission, request.user).compared
    if not key or compared is None:
        return 0
    if key not in compared.number_of:
        raise Http404
    typed = request.POST.get("number", "")
    number = int(typed) if typed.isascii() and typed.isdigit() else 0
    keys = dict(enumerate((c.key for c in compared.changes), 1))
    return number if keys.get(number) == key else compared.number_of[key]


def _panel(
    request: SignedInRequest, page: ReviewPage, status: int = 200
) -> HttpResponse:
    """Beside one change, and how many are judged by now."""
    compared, number = page.compared, page.asked.at
    if compared is None or not 1 <= number <= len(compared.changes):
        raise Http404
    html = panel_html(page, number, get_token(request))
    context = {"page": page, "html": html}
    return render(request, "plans/review/_panel.html", context, status=status)


def _taken(
    request: SignedInRequest, submission: Submission, number: int
) -> HttpResponse:
    """After a judgement or a remark: the reader stays where they are."""
    asked = _asked(request, str(number), "")
    if request.htmx and number:
        return _panel(request, ReviewPage(submission, request.user, asked))
    if not number:
        messages.success(request, "已加註意見。")
    place = f"#change-{number}" if number else "#whole"
    return redirect(f"{submission.get_absolute_url()}{_query(asked)}{place}")


def _query(asked: Asked) -> str:
    """What leads back to the text as it was shown."""
    return f"?show={asked.show}{'&all=1' if asked.whole else ''}"


def _refused(
    request: SignedInRequest,
    submission: Submission,
    number: int,
    opened: str,
    problem: str,
    status: int = 422,
) -> HttpResponse:
    """The page as it is now, with what is wrong and what was typed."""
    if status == 409:
        submission = readable_submission(request, submission.plan_id, submission.pk)
    typed = request.POST.get("reason", "") or request.POST.get("text", "")
    field = "" if number else "remark"
    page = ReviewPage(
        submission,
        request.user,
        _asked(request, str(number), opened),
        Refused(problem, typed, field),
    )
    if request.htmx and number:
        return _panel(request, page, status)
    return review_page(request, page, status=status)


def _first_error(form: JudgeForm | RemarkForm) -> str:
    errors = [str(error) for found in form.errors.values() for error in found]
    return errors[0] if errors else "會辦的步驟不逐項審核，請加註意見。"
