"""Who may write what of a control table; reading is that of the plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from offices.models import WRITERS, Member, MemberRole, Office, Role, User
from offices.permissions import roles_today
from plans.models import Frozen, Plan
from plans.permissions import PartlyOpen

from .models import Item, Method, Share
from .timetable.annex import METHOD_KEY


@dataclass(frozen=True, slots=True)
class Desk:
    """What a person writes of an office's control tables today, lent roles included.

    研考 write all; 承辦人 and 課室主管 the items of their units, and the items that
    they own elsewhere (``members``: their own memberships and those lent to them).
    """

    is_coordinator: bool = False
    units: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()
    unit_names: frozenset[str] = frozenset()

    @property
    def may_write(self) -> bool:
        """Whether there is anything the person may write."""
        return self.is_coordinator or bool(self.members)

    def may_edit(self, units: Collection[int], members: Collection[int] = ()) -> bool:
        """Whether an item of these units, owned by these members, may be changed."""
        if self.is_coordinator or not self.units.isdisjoint(units):
            return True
        return not self.members.isdisjoint(members)

    def may_add_to(self, unit: int) -> bool:
        return self.is_coordinator or unit in self.units


def desk_of(user: User, office: Office) -> Desk:
    """One query, shared with the page's head; an empty desk for those who only read."""
    return _desk_in(user, office.pk)


def _desk_in(user: User, office: int) -> Desk:
    held = [
        role
        for role in roles_today(user)
        if role.office == office and role.role in WRITERS
    ]
    return Desk(
        any(role.role == Role.COORDINATOR for role in held),
        frozenset(role.unit for role in held if role.unit),
        frozenset(role.member for role in held),
        frozenset(role.unit_name for role in held if role.unit_name),
    )


def desk_at(user: User, plan: Plan) -> Desk:
    """What the person writes of this plan as it stands now: nothing while it is frozen.

    After a return of single changes the desk is empty, too, unless a part of the
    control table was returned; is_open() then tells which items.
    """
    is_shut = plan.is_frozen or (plan.returned_parts and not _returned_methods(plan))
    return Desk() if is_shut else desk_of(user, plan.office)


def is_open(plan: Plan, item: int | None = None) -> bool:
    """Whether the plan's state lets the item (None: the table as a whole) be changed.

    One query where parts of the control table were returned.
    """
    if plan.is_frozen or not plan.returned_parts:
        return not plan.is_frozen
    return item is not None and _is_returned(plan, item)


def require_open(plan: Plan, item: int | None = None) -> None:
    """For views: raises Frozen or PartlyOpen where is_open() says no."""
    if not is_open(plan, item):
        raise Frozen if plan.is_frozen else PartlyOpen


def _is_returned(plan: Plan, item: int) -> bool:
    methods = _returned_methods(plan)
    return Method.objects.filter(item=item, pk__in=methods).exists()


def _returned_methods(plan: Plan) -> list[int]:
    """Rows of the printed annex (m12s3) among the returned parts, as methods."""
    found = (METHOD_KEY.fullmatch(key) for key in plan.returned_parts)
    return [int(match[1]) for match in found if match]


def can_edit_item(user: User, item: Item) -> bool:
    """Three queries at most; whatever state the plan is in see require_open()."""
    return can_edit_item_in(user, item.pk, item.plan.office_id)


def can_edit_item_in(user: User, item: int, office: int) -> bool:
    """The same, of an item and an office known by their keys."""
    desk = _desk_in(user, office)
    if desk.is_coordinator:
        return True
    shares = Share.objects.filter(item=item).values_list(
        "unit_id", "ownerships__member_id"
    )
    units = {unit for unit, _ in shares}
    return desk.may_edit(units, {member for _, member in shares if member})


def can_edit_method(user: User, method: Method) -> bool:
    return can_edit_item(user, method.item)


def can_keep_schedule(user: User, plan: Plan) -> bool:
    """研考 alone: the annex's settings, imports, and handing items over."""
    return desk_of(user, plan.office).is_coordinator


def members_acted_for(user: User, office: Office) -> frozenset[int]:
    """The memberships whose items are 「我的」 today, whatever their roles."""
    own = Member.objects.active().filter(user=user, office=office)
    lent = MemberRole.objects.held_by(user).filter(member__office=office)
    return frozenset(own.values_list("pk", flat=True)) | frozenset(
        lent.values_list("member_id", flat=True)
    )
