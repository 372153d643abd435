"""Which ownerships (承辦人) of items are a member's."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from offices.models import Member
from plans.models import Plan

from .models import Ownership


def owned_by(member: Member) -> Q:
    """For filters of Ownership: rows that name the member.

    Those of a name without a member, as it stood on paper, count too, unless several
    members of the office bear it.  One query.
    """
    name = member.user.full_name
    namesakes = Member.objects.filter(office=member.office_id, user__full_name=name)
    own = Q(member=member)
    if namesakes.exclude(pk=member.pk).exists():
        return own
    return own | Q(member=None, name=name)


def is_of(row: Ownership, member: Member) -> bool:
    """Whether the row already makes the member an owner, by key or by name."""
    if row.member_id is None:
        return row.name == member.user.full_name
    return row.member_id == member.pk


def standing_rows(plan: Plan) -> QuerySet[Ownership]:
    """The ownerships of all items of the plan that were not deleted."""
    return Ownership.objects.filter(
        share__item__plan=plan, share__item__removed_at=None
    )
