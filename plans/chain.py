"""The chain of review of an office, as data, and its steps for one submission."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.utils import timezone

from offices.audit.models import Act
from offices.audit.recording import record
from offices.models import Member, Office, Role, Unit, User
from offices.permissions import HeldRole, roles_today

from .models import ChainStep, Submission, SubmissionStep

# What holds until an office keeps a chain of its own.
DEFAULT_CHAIN = (
    ("課室主管審核", Role.UNIT_HEAD),
    ("研考審核", Role.COORDINATOR),
    ("秘書／首長核定", Role.CHIEF),
)
Step = TypeVar("Step", ChainStep, SubmissionStep)
BY_SUBMITTER = "送核的人就是這一步的審核人，視為同意。"
NO_UNIT = "送核的人不屬於任何課室，沒有這一步的主管。"


def chain_of(office: Office) -> list[ChainStep]:
    """The office's own steps, or unsaved ones of the default chain.  One query."""
    own = list(office.chain.select_related("unit"))
    return own or [
        ChainStep(office=office, position=position, name=name, role=role)
        for position, (name, role) in enumerate(DEFAULT_CHAIN)
    ]


def lay_out(submission: Submission) -> list[SubmissionStep]:
    """Make the steps of a new submission; those that its submitter passes are done."""
    steps = [_laid_out(step, submission) for step in chain_of(submission.plan.office)]
    last = last_decision(steps)
    for step in steps:
        if step is not last:
            _pass_over(step, submission)
    SubmissionStep.objects.bulk_create(steps)
    return list(submission.steps.all())


def last_decision(steps: Sequence[Step]) -> Step | None:
    """The step that approves (核定)."""
    deciding = [step for step in steps if not step.only_comments]
    return deciding[-1] if deciding else None


def advance(submission: Submission) -> SubmissionStep | None:
    """Open the next step that decides, and every 會辦 before it; the open one, if any."""
    for step in submission.steps.filter(state=SubmissionStep.State.WAITING):
        step.state = SubmissionStep.State.CURRENT
        step.since = timezone.now()
        step.save(update_fields=["state", "since"])
        if not step.only_comments:
            return step
    return None


def reviewers_of(step: SubmissionStep) -> list[User]:
    """Who holds the role of the step in their own right, for notices.  One query."""
    members = Member.objects.active().filter(
        office=step.submission.plan.office, roles__role=step.role
    )
    if step.unit_id:
        members = members.filter(unit=step.unit_id)
    return [m.user for m in members.select_related("user").distinct()]


def _laid_out(step: ChainStep, submission: Submission) -> SubmissionStep:
    unit: Unit | None = step.unit
    if step.role == Role.UNIT_HEAD and unit is None:
        unit = submission.unit
    return SubmissionStep(
        submission=submission,
        position=step.position,
        name=step.name,
        role=step.role,
        unit=unit,
        only_comments=step.only_comments,
    )


def _pass_over(step: SubmissionStep, submission: Submission) -> None:
    by = submission.submitted_by
    if step.role == Role.UNIT_HEAD and step.unit is None:
        step.state, step.note = SubmissionStep.State.SKIPPED, NO_UNIT
    elif by is not None and (held := _held(by, step, submission)):
        step.state, step.note = SubmissionStep.State.AGREED, BY_SUBMITTER
        step.by = by
        step.acting_for = submission.acting_for if held.is_lent else None
    else:
        return
    step.at = timezone.now()


def _held(user: User, step: SubmissionStep, submission: Submission) -> HeldRole | None:
    """The submitter's own role for the step; a lent one passes nothing unless it is
    the one with which the plan was submitted."""
    fitting = [
        held
        for held in roles_today(user)
        if (not held.is_lent or held.member == submission.acting_for_id)
        and held.role == step.role
        and held.office == submission.plan.office_id
        and step.unit_id in {None, held.unit}
    ]
    return min(fitting, key=lambda held: held.is_lent, default=None)


def replace_chain(office: Office, steps: Iterable[ChainStep], *, by: User) -> None:
    """The office's chain becomes these steps, in this order.

    Submissions under way keep the steps they began with.
    """
    with office.locked():
        office.chain.all().delete()
        kept = list(steps)
        for position, step in enumerate(kept):
            step.office, step.position, step.pk = office, position, None
        ChainStep.objects.bulk_create(kept)
        details = {"步驟": " → ".join(step.name for step in kept)}
        record(Act.CHAIN_CHANGED, by=by, office=office, details=details)
