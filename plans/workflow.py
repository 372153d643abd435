"""The verbs of review: a plan is submitted, and each step of the chain decides.

Each locks the plan's row, reads the state again and then acts, so that a double click
or two tabs act once.  Who may do it is asked by the views (permissions.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from offices.audit.models import Act
from offices.models import Unit

from . import notices
from .bases import base_of, stored_base
from .chain import advance, last_decision, lay_out
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
from .documents.comparison import Mark, NodeKind, compare
from .freezing import Altered, document_of, freeze
from .models import Judgement, Plan, Remark, State, Submission, SubmissionStep

# Parts with a form of their own, and marks of what is not mended in it.
WRITTEN = frozenset({NodeKind.POINT, NodeKind.PARAGRAPH, NodeKind.TABLE, NodeKind.ROW})
ELSEWHERE = frozenset({Mark.DELETED, Mark.MOVED})
OPEN = frozenset({State.DRAFT, State.RETURNED, State.AMENDING})


@transaction.atomic
def submit(plan: Plan, *, by: Actor, unit: Unit | None, note: str = "") -> Submission:
    """Freeze what the plan says and send it down the office's chain.

    Raises NotNow where the plan is under review, approved as it is, or closed.
    """
    plan = locked(plan)
    if plan.state not in OPEN:
        raise NotNow(f"計畫現在是「{plan.get_state_display()}」，不能送核。")
    document = compose(plan)
    frozen = freeze(document)
    base = base_of(plan)
    counts = compare(base.document, document).counts
    submission = Submission.objects.create(
        plan=plan,
        edition=plan.edition,
        content=frozen.content,
        digest=frozen.digest,
        base=base.approval,
        base_content=base.content,
        counts={name: getattr(counts, name) for name in counts.__slots__},
        note=note,
        unit=unit,
        submitted_by=by.user,
        acting_for=by.acting_for,
    )
    lay_out(submission)
    advance(submission)
    set_state(plan, State.SUBMITTED)
    notices.submitted(submission)
    tell(Act.SUBMITTED, plan, by)
    return submission


@transaction.atomic
def withdraw(submission: Submission, *, by: Actor, reason: str = "") -> None:
    """The plan is open again, as before it was submitted.  Raises NotNow."""
    current = pending(submission)
    settle(current, Submission.Outcome.WITHDRAWN)
    was_approved = current.plan.approvals.exists()
    set_state(current.plan, State.AMENDING if was_approved else State.DRAFT)
    notices.withdrawn(current, by.user)
    tell(Act.WITHDRAWN, current.plan, by, 原因=reason)


@transaction.atomic
def agree(
    submission: Submission, *, step: SubmissionStep, by: Actor, note: str = ""
) -> None:
    """This step agrees: the next one is open.  The last one approves instead.

    Raises NotNow.
    """
    current = pending(submission)
    here = open_step(current, step)
    if here == last_decision(list(current.steps.all())):
        raise NotNow("這是最後一步，請填核定日期和文號後核定。")
    close_step(here, SubmissionStep.State.AGREED, by, note)
    advance(current)
    notices.moved_on(current)
    tell(Act.AGREED, current.plan, by, 步驟=here.name, 意見=note)


@transaction.atomic
def comment(
    submission: Submission, *, step: SubmissionStep, by: Actor, note: str
) -> None:
    """會辦: the opinion of a step that decides nothing.  Raises NotNow."""
    current = pending(submission)
    here = open_step(current, step)
    if not here.only_comments:
        raise NotNow("這一步不是會辦，請選擇同意或退回。")
    close_step(here, SubmissionStep.State.COMMENTED, by, note)
    notices.commented(current, here)
    tell(Act.COMMENTED, current.plan, by, 步驟=here.name, 意見=note)


@transaction.atomic
def send_back(
    submission: Submission, *, step: SubmissionStep, by: Actor, reason: str
) -> None:
    """退回修正: only the changes judged so are open again, or all where none is.

    All is open, too, where one of them cannot be mended in its own place: to bring
    back what was deleted, or moved, the structure has to be open.  Raises NotNow.
    """
    current = pending(submission)
    here = open_step(current, step)
    close_step(here, SubmissionStep.State.RETURNED, by, reason)
    settle(current, Submission.Outcome.RETURNED)
    returned = current.judgements.filter(verdict=Judgement.Verdict.RETURNED)
    keys = sorted(returned.values_list("key", flat=True))
    if not _mended_in_place(current, keys):
        keys = []
    set_state(current.plan, State.RETURNED, returned_parts=keys)
    notices.sent_back(current, reason)
    tell(Act.SENT_BACK, current.plan, by, 步驟=here.name, 原因=reason)


@transaction.atomic
def skip(
    submission: Submission, *, step: SubmissionStep, by: Actor, reason: str
) -> None:
    """A step that nobody can take is passed over; the last one cannot be.

    Raises NotNow.
    """
    current = pending(submission)
    here = open_step(current, step)
    if here == last_decision(list(current.steps.all())):
        raise NotNow("核定的步驟不能略過；請指定首長、秘書或職務代理人。")
    close_step(here, SubmissionStep.State.SKIPPED, by, reason)
    if not here.only_comments:
        advance(current)
        notices.moved_on(current)
    tell(Act.SKIPPED, current.plan, by, 步驟=here.name, 原因=reason)


@transaction.atomic
def judge(
    submission: Submission,
    *,
    key: str,
    verdict: str,
    by: Actor,
    reason: str = "",
) -> Judgement:
    """同意 or 退回 one change; a later judgement takes the place of an earlier one.

    Raises NotNow.
    """
    current = pending(submission)
    judgement, _ = Judgement.objects.update_or_create(
        submission=current,
        key=key,
        defaults={
            "verdict": verdict,
            "reason": reason,
            "by": by.user,
            "acting_for": by.acting_for,
            "at": timezone.now(),
        },
    )
    words = {"項目": key, "決定": judgement.get_verdict_display(), "原因": reason}
    tell(Act.JUDGED, current.plan, by, **words)
    return judgement


@transaction.atomic
def accept_rest(submission: Submission, *, keys: Collection[str], by: Actor) -> int:
    """同意 for these changes, but those that somebody has judged; how many.

    Raises NotNow.
    """
    current = pending(submission)
    judged = set(current.judgements.values_list("key", flat=True))
    rest = [key for key in dict.fromkeys(keys) if key not in judged]
    Judgement.objects.bulk_create(
        Judgement(
            submission=current,
            key=key,
            verdict=Judgement.Verdict.ACCEPTED,
            by=by.user,
            acting_for=by.acting_for,
        )
        for key in rest
    )
    if rest:
        words = {
            "項目": f"其餘 {len(rest)} 處",
            "決定": Judgement.Verdict.ACCEPTED.label,
        }
        tell(Act.JUDGED, current.plan, by, **words)
    return len(rest)


@transaction.atomic
def remark(submission: Submission, *, key: str, text: str, by: Actor) -> Remark:
    """An opinion on one change, or on the whole (``key`` "").  Raises NotNow."""
    current = pending(submission)
    made = Remark.objects.create(
        submission=current,
        key=key,
        text=text,
        by=by.user,
        acting_for=by.acting_for,
    )
    tell(Act.REMARKED, current.plan, by, 項目=key, 意見=text[:200])
    return made


def _mended_in_place(submission: Submission, keys: Sequence[str]) -> bool:
    try:
        base, submitted = stored_base(submission), document_of(submission)
    except Altered:
        return False
    changes = {change.key: change for change in compare(base, submitted).changes}
    return all(
        key in changes
        and changes[key].node in WRITTEN
        and not changes[key].marks & ELSEWHERE
        for key in keys
    )
