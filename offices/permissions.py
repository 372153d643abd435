"""What a person may do in an office; plans and schedule build on these."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet, Subquery
from django.utils import timezone

from .models import Member, MemberRole, Notice, Office, Role, User
from .prepared import Prepared


class HeldRole(NamedTuple):
    """A role that a person may use today, with the member whose it is.

    ``is_lent``: it is another's, lent by 職務代理.
    """

    role: str
    member: int
    unit: int | None
    unit_name: str | None
    office: int
    office_name: str
    is_lent: bool


def _held(day: date, user: int) -> QuerySet[MemberRole, tuple[object, ...]]:
    unread = Notice.objects.filter(user=user).unread().order_by().values("user")
    counted = Subquery(unread.values(count=Count("pk")))
    held = MemberRole.objects.held_on(day, user).annotate(unread=counted)
    return held.values_list(
        "role",
        "member",
        "member__unit",
        "member__unit__name",
        "member__office",
        "member__office__name",
        "member__user",
        "unread",
    )


# Asked for on every page.
_HELD = Prepared(_held, day=date, user=int)


def roles_today(user: User) -> tuple[HeldRole, ...]:
    """All roles held today, lent ones (職務代理) included.

    One query for a user object, however often it is asked: a request has its own.
    """
    kept: tuple[HeldRole, ...] | None = getattr(user, "_roles_today", None)
    if kept is None:
        rows = _HELD(day=timezone.localdate(), user=user.pk) if user.is_active else []
        kept = tuple(HeldRole._make((*row[:-2], row[-2] != user.pk)) for row in rows)
        user._roles_today = kept  # type: ignore[attr-defined]
        user._unread = (rows[0][-1] or 0) if rows else 0  # type: ignore[attr-defined]
    return kept


def unread_notices(user: User) -> int:
    """How many; 0 for people without any role today.  No query beside the roles'."""
    roles_today(user)
    return getattr(user, "_unread", 0)


def roles_of(user: User, office: Office) -> frozenset[Role]:
    """The roles the user holds in ``office`` today, lent ones (職務代理) included.

    One query.  Empty for strangers, inactive users and inactive members.
    """
    if not user.is_active:
        return frozenset()
    held = MemberRole.objects.held_by(user).filter(member__office=office)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def can_manage_office(user: User, office: Office) -> bool:
    """研考 keep their office's units, members and deputies."""
    return Role.COORDINATOR in roles_of(user, office)


def require_management(user: User, office: Office) -> None:
    """For views: raises PermissionDenied (403) for everyone but 研考."""
    if not can_manage_office(user, office):
        raise PermissionDenied


def can_manage_account(user: User, member: Member) -> bool:
    """Whether ``user`` may rename the person or reset their password.

    An account opens every office its person works in, so whoever can take it over
    must be 研考 of all of them; the administrator's account is nobody else's.
    """
    if member.user.is_superuser:
        return False
    offices = Office.objects.filter(
        members__user=member.user, members__is_active=True
    ) | Office.objects.filter(pk=member.office_id)
    managed = Office.objects.managed_by(user).values("pk")
    return not offices.exclude(pk__in=managed).exists()
