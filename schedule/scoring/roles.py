"""Who keeps rounds, who may be named as an assessor, and as whom a person scores."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from offices.models import Member, Role, User
from offices.permissions import roles_today
from plans.models import Plan

from ..permissions import desk_of
from .book import Book, Judge


def can_keep_rounds(user: User, plan: Plan) -> bool:
    """研考 alone, whatever state the plan is in: scores are no part of its paper."""
    return desk_of(user, plan.office).is_coordinator


def candidates(plan: Plan) -> QuerySet[Member]:
    """The office's active members, and those of the agency above with 上級機關."""
    own = Q(office=plan.office)
    above = Q(office=plan.office.parent_id, roles__role=Role.SUPERIOR)
    found = Member.objects.active().filter(own | above).distinct()
    return found.select_related("user", "unit", "office").order_by("office", "pk")


def seats_of(user: User, book: Book) -> list[Judge]:
    """The assessors that the person is today, own ones first, then lent ones (職務代理).

    No query beside that of the page's head.
    """
    plan = book.round.plan
    held = {
        role.member: role.is_lent
        for role in sorted(roles_today(user), key=lambda one: not one.is_lent)
        if role.office == plan.office_id or role.role == Role.SUPERIOR
    }
    mine = [judge for judge in book.judges if judge.member in held]
    return sorted(mine, key=lambda judge: held[judge.member])


def seat(seats: Iterable[Judge], chosen: str) -> Judge | None:
    """The chosen one of the person's seats, else the first, if there is any."""
    every = list(seats)
    return next(
        (one for one in every if str(one.pk) == chosen), next(iter(every), None)
    )


def sees_others(user: User, book: Book, mine: list[Judge]) -> bool:
    """Whether single assessors' scores are shown: to assessors and 研考 alone.

    Where the round is blind not before it has closed.
    """
    if book.round.is_blind and not book.round.is_closed:
        return False
    return bool(mine) or can_keep_rounds(user, book.round.plan)
