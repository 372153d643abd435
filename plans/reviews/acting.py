"""With which role a person acts in a plan's cycle: own roles first, lent ones after."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from offices.models import WRITERS, Role, Unit, User
from offices.permissions import HeldRole, roles_today

from ..cycle import Actor
from ..models import Plan, Submission, SubmissionStep
from ..permissions import PERMISSIONS, Act, held_for_step, member_acted_for


def actor_with(user: User, held: HeldRole | None) -> Actor:
    """The person, for whoever lent the role.  One query where it is lent."""
    return Actor(user, member_acted_for(held))


def actor_at(user: User, step: SubmissionStep) -> Actor:
    """The person who takes this step."""
    return actor_with(user, held_for_step(user, step))


def actor_as(user: User, plan: Plan, roles: Collection[Role]) -> Actor:
    """The person with one of these roles in the plan's office."""
    return actor_with(user, held_in(user, plan, roles))


def writer_of(user: User, plan: Plan) -> tuple[Actor, Unit | None]:
    """Who submits, and the unit (課室) that the plan is submitted from."""
    held = held_in(user, plan, WRITERS)
    unit = Unit.objects.get(pk=held.unit) if held and held.unit else None
    return actor_with(user, held), unit


def held_in(user: User, plan: Plan, roles: Collection[Role]) -> HeldRole | None:
    """A role of these in the plan's office; the person's own ones come first."""
    fitting = [
        held
        for held in roles_today(user)
        if held.office == plan.office_id and held.role in roles
    ]
    own = [held for held in fitting if not held.is_lent]
    return next(iter([*own, *fitting]), None)


def may_ever(user: User, plan: Plan, act: Act) -> bool:
    """Whether a role allows the act in some state of the plan.

    For verbs that say themselves, in words, why it is not the time.
    """
    roles = frozenset[Role]().union(*PERMISSIONS[act].values())
    return held_in(user, plan, roles) is not None


def steps_in_turn(user: User, steps: Iterable[SubmissionStep]) -> list[SubmissionStep]:
    """The open steps that the person may take today."""
    return [s for s in steps if s.is_current and held_for_step(user, s) is not None]


def may_remark(user: User, submission: Submission) -> bool:
    """Those whose turn it is; the submitter and 研考, to answer them."""
    if submission.submitted_by_id == user.pk:
        return held_in(user, submission.plan, tuple(Role)) is not None
    turns = steps_in_turn(user, submission.steps.all())
    return bool(turns) or is_coordinator(user, submission.plan)


def remarker(user: User, submission: Submission) -> Actor:
    """The person with the role that lets them remark."""
    for step in steps_in_turn(user, submission.steps.all()):
        return actor_at(user, step)
    return actor_as(user, submission.plan, tuple(Role))


def is_coordinator(user: User, plan: Plan) -> bool:
    return held_in(user, plan, {Role.COORDINATOR}) is not None
