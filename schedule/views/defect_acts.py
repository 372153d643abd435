"""What is done about one unit's part of a defect: answered, judged, put off, reopened."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from offices.http import SignedInRequest
from plans.cycle import NotNow

from ..defects.answering import answer
from ..defects.permissions import answerer_of, keeper_of
from ..defects.releasing import change_due, release, remark, reopen, send_back
from ..forms.defect_rounds import AnswerForm, DueForm, OpinionForm
from ..models import DefectTarget
from ..pages.defects import DefectPage, Refused
from .defects import defect_page
from .finding_defects import readable_target

TargetView = Callable[[SignedInRequest, int, int], HttpResponse]
Verb = Callable[[], object]
ONCE = "剛才已經送出，沒有再做一次。"
DONE = {
    OpinionForm.RELEASE: "已同意解列，並通知課室。",
    OpinionForm.RETURN: "已退回，並通知課室。",
    OpinionForm.REMARK: "審查意見已送出，並通知課室。",
}


def _posted(view: TargetView) -> TargetView:
    """For forms of the page: the sign-in page leads back to them by GET, then here."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answered(request: SignedInRequest, pk: int, target_pk: int) -> HttpResponse:
        if request.method != "POST":
            return redirect(readable_target(request, pk, target_pk))
        return view(request, pk, target_pk)

    return answered


@_posted
def defect_answer(request: SignedInRequest, pk: int, target_pk: int) -> HttpResponse:
    """辦理情形 of the unit."""
    target = readable_target(request, pk, target_pk)
    by = answerer_of(request.user, target, target.defect.plan.office_id)
    form = AnswerForm(request.POST, auto_id=f"t{target.pk}-answer-%s")

    def act() -> None:
        answer(target, form.told(), seen=form.cleaned_data["version"], by=by)

    return _done(request, target, "answer", form, act, "辦理情形已送出。")


@_posted
def defect_review(request: SignedInRequest, pk: int, target_pk: int) -> HttpResponse:
    """同意解列, 退回, or an opinion while it goes on."""
    target = readable_target(request, pk, target_pk)
    by = keeper_of(request.user, target.defect.plan)
    form = OpinionForm(request.POST, auto_id=f"t{target.pk}-opinion-%s")
    verbs = {
        OpinionForm.RELEASE: release,
        OpinionForm.RETURN: send_back,
        OpinionForm.REMARK: remark,
    }

    def act() -> None:
        said = form.cleaned_data
        verb = verbs[said["verdict"]]
        verb(target, opinion=said["text"], seen=said["version"], by=by)

    words = DONE.get(request.POST.get("verdict", ""), "")
    return _done(request, target, "opinion", form, act, words)


@_posted
def defect_due(request: SignedInRequest, pk: int, target_pk: int) -> HttpResponse:
    """Another due day, with the reason."""
    target = readable_target(request, pk, target_pk)
    by = keeper_of(request.user, target.defect.plan)
    form = DueForm(request.POST, auto_id=f"t{target.pk}-due-%s", target=target)

    def act() -> None:
        said = form.cleaned_data
        change_due(
            target,
            due_on=said["due_on"],
            reason=said["reason"],
            seen=said["version"],
            by=by,
        )

    return _done(request, target, "due", form, act, "期限已變更，並通知課室。")


@_posted
def defect_reopen(request: SignedInRequest, pk: int, target_pk: int) -> HttpResponse:
    """恢復列管, with the reason and a due day."""
    target = readable_target(request, pk, target_pk)
    by = keeper_of(request.user, target.defect.plan)
    form = DueForm(request.POST, auto_id=f"t{target.pk}-due-%s", target=target)

    def act() -> None:
        said = form.cleaned_data
        reopen(
            target,
            due_on=said["due_on"],
            reason=said["reason"],
            seen=said["version"],
            by=by,
        )

    return _done(request, target, "due", form, act, "已恢復列管，並通知課室。")


def _done(
    request: SignedInRequest,
    target: DefectTarget,
    name: str,
    form: forms.Form,
    act: Verb,
    words: str,
) -> HttpResponse:
    """Act once; else the page as it is now, with what was typed.

    What the same person sent a moment ago is answered as if it were done now.
    """
    problem, status = "", 422
    if form.is_valid():
        try:
            act()
        except NotNow as late:
            problem, status = str(late), 409
        else:
            messages.success(request, words)
            return redirect(target)
    current = readable_target(request, target.defect.plan_id, target.pk)
    if _was_sent(request, current):
        messages.info(request, ONCE)
        return redirect(current)
    refused = Refused(current.pk, name, form, problem)
    page = DefectPage(current.defect, request.user, timezone.localdate(), refused)
    return defect_page(request, page, status=status)


def _was_sent(request: SignedInRequest, target: DefectTarget) -> bool:
    """Whether the entry that followed what this form saw is the same person's, with the
    same words: a double click.  One query, and only where the form is out of date."""
    if request.POST.get("version", "") != str(target.version - 1):
        return False
    last = target.entries.order_by("-at", "-pk").first()
    typed = request.POST.get("text", request.POST.get("reason", ""))
    return (
        last is not None
        and last.by_id == request.user.pk
        and last.text.split() == typed.split()
    )
