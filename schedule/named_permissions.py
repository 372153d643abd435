"""Which items of a Timetable a person may change, told by the names that stand in it.

It decides what a page offers; the views ask permissions.py again.
"""

from __future__ import annotations

from collections.abc import Callable

from offices.models import User

from .permissions import Desk
from .timetable.model import Item

MayEdit = Callable[[Item], bool]


def editor_of(desk: Desk, user: User) -> MayEdit:
    """A test for items, without any query."""
    own_name = user.full_name if desk.may_write else ""

    def may_edit(item: Item) -> bool:
        return desk.is_coordinator or any(
            share.unit in desk.unit_names or (own_name and own_name in share.owners)
            for share in item.shares
        )

    return may_edit
