"""核定 and what follows it: a version is frozen, the plan is closed or opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from offices.audit.models import Act

from . import notices
from .chain import last_decision
from .compose import compose
from .cycle import (
    Actor,
    NotNow,
    close_step,
    locked,
    open_step,
    pending,
    set_state,
    settle,
    tell,
)
from .freezing import freeze, is_intact
from .models import (
    AmendmentNote,
    Approval,
    Plan,
    Revision,
    State,
    Submission,
    SubmissionStep,
)
from .versions import NOW, Pair


@dataclass(frozen=True, slots=True)
class Signed:
    """What stands on the signed paper, and in the history block from now on.

    ``ordinal`` is the n of 第n次; 0 prints none.  ``approval`` is the word after the
    文號, such as 核定.
    """

    on: date
    verb: str = "訂定"
    ordinal: int = 0
    reference: str = ""
    approval: str = ""
    note: str = ""


@transaction.atomic
def approve(
    submission: Submission, *, step: SubmissionStep, by: Actor, signed: Signed
) -> Approval:
    """核定: the history block gets its line and the plan is frozen as a version.

    Raises NotNow where somebody was faster, the step is not the last one, or the
    plan does not print any more what was submitted.
    """
    current = pending(submission)
    here = open_step(current, step)
    if here != last_decision(list(current.steps.all())):
        raise NotNow("還沒輪到核定的步驟。")
    is_same = freeze(compose(current.plan)).digest == current.digest
    if not (is_same and is_intact(current)):
        raise NotNow(
            "送核之後內容有變動（例如課室改名），不是送核時的樣子；請退回後重新送核。"
        )
    close_step(here, SubmissionStep.State.AGREED, by, signed.note)
    settle(current, Submission.Outcome.APPROVED)
    line = _add_line(current.plan, signed)
    approval = _freeze_version(current, line, by, signed)
    notices.approved(approval)
    tell(Act.APPROVED, current.plan, by, 版次=str(approval), 文號=signed.reference)
    return approval


@transaction.atomic
def close(plan: Plan, *, by: Actor) -> None:
    """結案: the year is over and nothing of the plan changes any more.  Raises NotNow."""
    plan = locked(plan)
    if plan.state != State.APPROVED:
        raise NotNow("只有已核定、核定後沒有再修改的計畫才能結案。")
    set_state(plan, State.CLOSED)
    tell(Act.CLOSED, plan, by)


@transaction.atomic
def reopen(plan: Plan, *, by: Actor, reason: str) -> None:
    """A closed plan is an approved one again.  Raises NotNow."""
    plan = locked(plan)
    if plan.state != State.CLOSED:
        raise NotNow("計畫沒有結案，不需要重新開啟。")
    set_state(plan, State.APPROVED)
    tell(Act.REOPENED, plan, by, 原因=reason)


def _add_line(plan: Plan, signed: Signed) -> Revision:
    """As the lines before it are printed: dates with or without dots."""
    lines = list(plan.revisions.all())
    return plan.revisions.create(
        position=len(lines),
        year=signed.on.year - 1911,
        month=signed.on.month,
        day=signed.on.day,
        ordinal=signed.ordinal,
        verb=signed.verb,
        number=signed.reference,
        approval=signed.approval,
        dotted=lines[-1].dotted if lines else False,
    )


def _freeze_version(
    submission: Submission, line: Revision, by: Actor, signed: Signed
) -> Approval:
    plan = submission.plan
    Plan.objects.filter(pk=plan.pk).update(edition=F("edition") + 1)
    plan.refresh_from_db(fields=["edition"])
    set_state(plan, State.APPROVED)
    frozen = freeze(compose(plan))
    latest = plan.approvals.without_content().first()
    approval = Approval.objects.create(
        plan=plan,
        number=latest.number + 1 if latest else 1,
        edition=plan.edition,
        content=frozen.content,
        digest=frozen.digest,
        approved_on=signed.on,
        reference=signed.reference,
        verb=signed.verb,
        note=signed.note,
        line=line,
        submission=submission,
        approved_by=by.user,
        acting_for=by.acting_for,
    )
    _keep_notes(plan, approval)
    return approval


def _keep_notes(plan: Plan, approval: Approval) -> None:
    """What was written about the draft is about the version that it became."""
    for note in AmendmentNote.objects.filter(plan=plan, pair__endswith=f"-{NOW}"):
        note.pair = Pair.parse(note.pair).ending_in(approval).name
        note.save(update_fields=["pair"])
