"""Which ownerships (承辦人) of items are a member's.

Those alone that were linked to the member.  A name without a member, as it stood on
paper, is nobody's, whoever bears it: not for calendars, handovers, rights or 我的項目.
It is linked when the item is saved with it.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from plans.models import Plan

from .models import Ownership


def items_owned(plan: Plan, members: Collection[int]) -> frozenset[int]:
    """The primary keys of the plan's items that any of the members owns or owned.

    One query; permissions.py asks the same of a single item.
    """
    rows = standing_rows(plan).filter(member__in=members)
    return frozenset(rows.values_list("share__item_id", flat=True))


def standing_rows(plan: Plan) -> QuerySet[Ownership]:
    """The ownerships of all items of the plan that were not deleted."""
    return Ownership.objects.filter(
        share__item__plan=plan, share__item__removed_at=None
    )
