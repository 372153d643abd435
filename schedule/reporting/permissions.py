"""Who reports on what, confirms it, and reads its evidence; reading is that of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from offices.audit.recording import lender_of
from offices.models import Member, MemberRole, Role, User
from offices.permissions import HeldRole, roles_today
from plans.cycle import Actor
from plans.models import Plan, State
from plans.permissions import COORDINATOR, member_acted_for

from ..models import Ownership, Share


class PlanClosed(PermissionDenied):
    """The plan is 已結案: its reports are read only."""

    def __init__(self) -> None:
        super().__init__("計畫已結案，填報只能看，不能再改；研考可以重新開啟計畫。")


def require_running(plan: Plan) -> None:
    """For views: raises PlanClosed; in every other state reports are taken."""
    if plan.state == State.CLOSED:
        raise PlanClosed


@dataclass(frozen=True, slots=True)
class Overseer:
    """What a person oversees of a plan's reports today, lent roles included.

    ``units`` are those whose reports the person confirms as 課室主管; ``is_above``:
    首長／秘書 or 上級機關, who read all evidence.
    """

    is_coordinator: bool
    units: frozenset[int]
    is_above: bool

    def confirms(self, unit: int) -> bool:
        return self.is_coordinator or unit in self.units

    @property
    def confirms_something(self) -> bool:
        return self.is_coordinator or bool(self.units)

    def reads_evidence(self, unit: int) -> bool:
        return self.is_above or self.confirms(unit)


def overseer_of(user: User, plan: Plan) -> Overseer:
    """No query beside the roles'."""
    here = [held for held in roles_today(user) if held.office == plan.office_id]
    above = [held for held in roles_today(user) if held.office == plan.office.parent_id]
    return Overseer(
        any(held.role == Role.COORDINATOR for held in here),
        frozenset(h.unit for h in here if h.role == Role.UNIT_HEAD and h.unit),
        any(held.role == Role.CHIEF for held in here)
        or any(held.role == Role.SUPERIOR for held in above),
    )


def owned_by(user: User, day: date) -> QuerySet[Ownership]:
    """What the person's memberships own on the day, and those lent to them."""
    own = Member.objects.active().filter(user=user).order_by().values("pk")
    lent = MemberRole.objects.held_by(user).values("member")
    return Ownership.objects.on(day).filter(Q(member__in=own) | Q(member__in=lent))


def my_shares(user: User, plan: Plan, day: date) -> QuerySet[Share]:
    """The shares of standing items whose 承辦人 the person is or stands in for."""
    owned = owned_by(user, day).order_by().values("share")
    return Share.objects.filter(
        pk__in=owned, item__plan=plan, item__removed_at=None
    ).order_by("unit__position", "unit", "position", "pk")


def writer_of(user: User, share: Share, plan: Plan, day: date) -> Actor:
    """The person as the one who reports on the share; raises PermissionDenied.

    承辦人 and their deputies; 研考 for everybody.
    """
    rows = owned_by(user, day).filter(share=share).select_related("member__user")
    members = [row.member for row in rows if row.member]
    if members:
        is_own = any(member.user_id == user.pk for member in members)
        return Actor(user, None if is_own else members[0])
    return coordinator_of(user, plan)


def coordinator_of(user: User, plan: Plan) -> Actor:
    """The person as 研考 of the plan's office; raises PermissionDenied."""
    if not overseer_of(user, plan).is_coordinator:
        raise PermissionDenied
    return Actor(user, lender_of(user, plan.office, COORDINATOR))


def confirmer_of(user: User, share: Share, plan: Plan) -> Actor:
    """The person as 課室主管 of the share's unit, else as 研考; or PermissionDenied."""
    held = _head_of(user, share, plan)
    if held is None:
        return coordinator_of(user, plan)
    return Actor(user, member_acted_for(held))


def _head_of(user: User, share: Share, plan: Plan) -> HeldRole | None:
    heads = [
        held
        for held in roles_today(user)
        if held.office == plan.office_id
        and held.role == Role.UNIT_HEAD
        and held.unit == share.unit_id
    ]
    return min(heads, key=lambda held: held.is_lent, default=None)


def may_read_evidence(user: User, plan: Plan, share: Share, day: date) -> bool:
    """承辦人, their deputies, 課室主管, 研考, 首長／秘書 and 上級機關; one query at most."""
    if overseer_of(user, plan).reads_evidence(share.unit_id):
        return True
    return owned_by(user, day).filter(share=share).exists()
