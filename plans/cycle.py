"""What every verb of the cycle shares: who acts, what is locked, what is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from offices.audit.models import Act
from offices.audit.recording import record
from offices.models import Member, User

from .models import Plan, State, Submission, SubmissionStep


class NotNow(Exception):
    """Somebody was faster, or the plan stands elsewhere now; says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts; ``acting_for`` is the member whose role it is (職務代理)."""

    user: User
    acting_for: Member | None = None


def locked(plan: Plan) -> Plan:
    """The plan as it is now, its row held until the transaction ends."""
    plans = Plan.objects.select_for_update(of=("self",)).select_related("office")
    return plans.get(pk=plan.pk)


def pending(submission: Submission) -> Submission:
    """The submission as it is now, its plan and steps locked.  Raises NotNow.

    The steps in one order, before any is written: who deletes a unit writes to all of
    its steps, and would wait for one of them while holding the next.
    """
    plan = locked(submission.plan)
    current = Submission.objects.select_related("base").get(pk=submission.pk)
    current.plan = plan
    list(current.steps.order_by("pk").select_for_update(of=("self",)).only("pk"))
    if not current.is_pending:
        raise NotNow(f"這次送核剛才{current.get_outcome_display()}，沒有再做一次。")
    return current


def open_step(submission: Submission, step: SubmissionStep) -> SubmissionStep:
    """The step as it is now.  Raises NotNow where it is not open."""
    here = submission.steps.get(pk=step.pk)
    if not here.is_current:
        raise NotNow(f"「{here.name}」這一步剛才已經{here.get_state_display()}。")
    return here


def close_step(
    step: SubmissionStep, state: SubmissionStep.State, by: Actor, note: str
) -> None:
    """Say what became of the step, by whom, and when."""
    step.state, step.note = state, note
    step.by, step.acting_for, step.at = by.user, by.acting_for, timezone.now()
    step.save(update_fields=["state", "note", "by", "acting_for", "at"])


def settle(submission: Submission, outcome: Submission.Outcome) -> None:
    """The review is over."""
    submission.outcome, submission.decided_at = outcome, timezone.now()
    submission.save(update_fields=["outcome", "decided_at"])


def set_state(plan: Plan, state: State, returned_parts: Collection[str] = ()) -> None:
    """The plan stands elsewhere from now on."""
    plan.state, plan.state_since = state, timezone.now()
    plan.returned_parts = list(returned_parts)
    plan.save(update_fields=["state", "state_since", "returned_parts"])


def tell(act: Act, plan: Plan, by: Actor, **details: str) -> None:
    """Into the audit trail, with both names where a deputy acts."""
    record(
        act,
        by=by.user,
        acting_for=by.acting_for,
        office=plan.office,
        target=plan,
        details={name: text for name, text in details.items() if text},
    )
