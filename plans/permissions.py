"""Who may do what with a plan: one table of role × state × act.

Reading is scoped in PlanQuerySet.visible_to; members of the agency above read the
plans of the offices below them.  The handbook shows this table.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from offices.models import WRITERS, Member, MemberRole, Office, Role, User
from offices.permissions import HeldRole, roles_of, roles_today

from .models import Frozen, Plan, State, Submission, SubmissionStep

COORDINATOR = frozenset({Role.COORDINATOR})
REVIEWERS = frozenset({Role.UNIT_HEAD, Role.COORDINATOR, Role.CHIEF})


class PartlyOpen(PermissionDenied):
    """The plan was returned, and this is no part of what was returned."""

    def __init__(self) -> None:
        super().__init__(
            "這份計畫退回修正，只開放被退回的項目；其他內容維持送核時的樣子。"
        )


class Act(StrEnum):
    """What is done with a plan as a whole; reading needs no entry."""

    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    REVIEW = "review"
    SKIP = "skip"
    EXPLAIN = "explain"
    SCAN = "scan"
    CLOSE = "close"
    REOPEN = "reopen"
    DELETE = "delete"


ACT_WORDS: Mapping[Act, str] = {
    Act.EDIT: "編輯內容、由核定版本還原",
    Act.SUBMIT: "送核",
    Act.WITHDRAW: "撤回送核",
    Act.REVIEW: "審核：同意、退回、會辦、核定（輪到的步驟）",
    Act.SKIP: "略過無人可審的步驟",
    Act.EXPLAIN: "編寫修正對照表的說明",
    Act.SCAN: "附上簽核掃描檔",
    Act.CLOSE: "結案",
    Act.REOPEN: "重新開啟",
    Act.DELETE: "刪除計畫（沒有核定版本的）",
}

PERMISSIONS: Mapping[Act, Mapping[State, frozenset[Role]]] = {
    Act.EDIT: dict.fromkeys(
        (State.DRAFT, State.RETURNED, State.APPROVED, State.AMENDING), WRITERS
    ),
    Act.SUBMIT: dict.fromkeys((State.DRAFT, State.RETURNED, State.AMENDING), WRITERS),
    Act.WITHDRAW: {State.SUBMITTED: WRITERS},
    Act.REVIEW: {State.SUBMITTED: REVIEWERS},
    Act.SKIP: {State.SUBMITTED: COORDINATOR},
    Act.EXPLAIN: dict.fromkeys((s for s in State if s is not State.CLOSED), WRITERS),
    Act.SCAN: dict.fromkeys(
        (State.APPROVED, State.AMENDING, State.SUBMITTED, State.CLOSED), COORDINATOR
    ),
    Act.CLOSE: {State.APPROVED: COORDINATOR},
    Act.REOPEN: {State.CLOSED: COORDINATOR},
    Act.DELETE: dict.fromkeys((State.DRAFT, State.RETURNED), COORDINATOR),
}


def may(user: User, plan: Plan, act: Act) -> bool:
    """Whether a role held today, lent ones included, allows the act in this state.

    One query for a user object, shared with the page's head.
    """
    allowed = PERMISSIONS[act].get(State(plan.state), frozenset())
    return _holds_one_of(user, plan, allowed)


def _holds_one_of(user: User, plan: Plan, roles: Collection[str]) -> bool:
    return any(
        held.office == plan.office_id and held.role in roles
        for held in roles_today(user)
    )


def offices_to_write_for(user: User) -> QuerySet[Office]:
    """The offices in which the user may make a plan."""
    writing = MemberRole.objects.held_by(user).filter(role__in=WRITERS)
    offices = Office.objects.visible_to(user)
    return offices.filter(pk__in=writing.values("member__office"))


def can_create_plan(user: User, office: Office) -> bool:
    return bool(roles_of(user, office) & WRITERS)


def can_carry_plan(user: User, plan: Plan) -> bool:
    """Whether the user may make the plan of another year from this one, whatever its
    state; no query of its own."""
    return _holds_one_of(user, plan, WRITERS)


def can_edit_plan(user: User, plan: Plan) -> bool:
    """Whether the whole plan is open to the user, its structure included."""
    return may(user, plan, Act.EDIT) and not plan.returned_parts


def can_edit_something(user: User, plan: Plan) -> bool:
    """Whether at least parts of the plan are open to the user."""
    return may(user, plan, Act.EDIT)


def require_edit(user: User, plan: Plan, *keys: str) -> None:
    """For views: the part with one of these keys (b1, r2), or the whole for none.

    Raises PermissionDenied for readers, and with the reason in words Frozen for
    writers while the plan is submitted or closed and PartlyOpen outside of what was
    returned.
    """
    if plan.is_frozen and _holds_one_of(user, plan, WRITERS):
        raise Frozen
    if not may(user, plan, Act.EDIT):
        raise PermissionDenied
    if plan.returned_parts and not set(keys) & set(plan.returned_parts):
        raise PartlyOpen


def can_delete_plan(user: User, plan: Plan) -> bool:
    """Approved versions are kept for good, and an amendment may be returned, too."""
    return may(user, plan, Act.DELETE) and not (
        plan.state == State.RETURNED and plan.approvals.exists()
    )


def can_withdraw(user: User, submission: Submission) -> bool:
    """The submitter, whoever lent them the role, and 研考."""
    if not may(user, submission.plan, Act.WITHDRAW):
        return False
    mine = submission.submitted_by_id == user.pk
    return mine or _held(user, submission.plan, Role.COORDINATOR) is not None


def held_for_step(user: User, step: SubmissionStep) -> HeldRole | None:
    """The role with which the user reviews at this step today; own ones come first.

    Nobody is the head of a unit that was deleted meanwhile: 研考 pass such a step over.
    """
    if step.role == Role.UNIT_HEAD and step.unit_id is None:
        return None
    plan = step.submission.plan
    return _held(user, plan, step.role, step.unit_id)


def can_review(user: User, step: SubmissionStep) -> bool:
    """Whether the step is open, and the user one of those whose turn it is."""
    plan = step.submission.plan
    return (
        may(user, plan, Act.REVIEW)
        and step.is_current
        and held_for_step(user, step) is not None
    )


def _held(
    user: User, plan: Plan, role: str, unit: int | None = None
) -> HeldRole | None:
    fitting = [
        held
        for held in roles_today(user)
        if held.office == plan.office_id
        and held.role == role
        and (unit is None or held.unit == unit)
    ]
    own = [held for held in fitting if not held.is_lent]
    return next(iter([*own, *fitting]), None)


def member_acted_for(held: HeldRole | None) -> Member | None:
    """Whose role it is, where it is lent (職務代理); the trail names both."""
    if held is None or not held.is_lent:
        return None
    return Member.objects.select_related("user").get(pk=held.member)
