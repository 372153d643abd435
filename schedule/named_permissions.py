"""Which items of a Timetable a person may change, told for all of them at once.

It decides what a page offers; the views ask permissions.py again.
"""

from __future__ import annotations

from plans.models import Plan

from .grid import MayEdit
from .ownership import items_owned
from .permissions import Desk
from .timetable.model import Item


def editor_of(desk: Desk, plan: Plan) -> MayEdit:
    """A test for items of the plan: units are told by name, owned items by key.

    One query for those who write and are not 研考.
    """
    asked = desk.members and not desk.is_coordinator
    owned = items_owned(plan, desk.members) if asked else frozenset()
    keys = {f"i{pk}" for pk in owned}

    def may_edit(item: Item) -> bool:
        return (
            desk.is_coordinator
            or item.id in keys
            or any(share.unit in desk.unit_names for share in item.shares)
        )

    return may_edit
