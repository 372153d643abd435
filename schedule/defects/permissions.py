"""Who opens defects, answers them and judges the answers; reading is that of the plan."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from offices.models import WRITERS, Role, User
from offices.permissions import HeldRole, roles_today
from plans.cycle import Actor
from plans.models import Plan
from plans.permissions import member_acted_for

from ..models import DefectTarget


def keeps_defects(user: User, plan: Plan) -> bool:
    """研考 alone, whatever state the plan is in.  No query beside the roles'."""
    return any(_keeping(user, plan.office_id))


def keeper_of(user: User, plan: Plan) -> Actor:
    """The person as 研考 of the plan's office; raises PermissionDenied."""
    return _actor(user, _keeping(user, plan.office_id))


def may_answer(user: User, target: DefectTarget, office: int) -> bool:
    """承辦人 and 課室主管 of the unit, the owner named, and 研考 for everybody."""
    return any(_answering(user, target, office))


def answerer_of(user: User, target: DefectTarget, office: int) -> Actor:
    """The person as one who may_answer(); raises PermissionDenied."""
    return _actor(user, _answering(user, target, office))


def concerning(user: User) -> Q:
    """A filter for the targets that the person has to see to, in all offices.

    研考 see to all of their office, others to those of their unit and their own.
    """
    found = Q(pk__in=[])
    for held in roles_today(user):
        in_office = Q(defect__plan__office=held.office)
        if held.role == Role.COORDINATOR:
            found |= in_office
        elif held.role in WRITERS:
            found |= in_office & (Q(unit=held.unit) | Q(owner=held.member))
    return found


def _keeping(user: User, office: int) -> list[HeldRole]:
    return [
        held
        for held in roles_today(user)
        if held.office == office and held.role == Role.COORDINATOR
    ]


def _answering(user: User, target: DefectTarget, office: int) -> list[HeldRole]:
    """Roles of the unit before that of 研考."""
    own = [
        held
        for held in roles_today(user)
        if held.office == office
        and held.role in WRITERS
        and (held.unit == target.unit_id or held.member == target.owner_id)
    ]
    return own + _keeping(user, office)


def _actor(user: User, held: Iterable[HeldRole]) -> Actor:
    """One's own role comes before a lent one."""
    first = min(held, key=lambda one: one.is_lent, default=None)
    if first is None:
        raise PermissionDenied
    return Actor(user, member_acted_for(first))
