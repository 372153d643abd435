"""The people of an office: joining, changing, leaving, acting for another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from .models import Deputy, Member, MemberRole, Office, Role, Unit, User
from .passwords import issue_one_time_password


class LastCoordinator(Exception):
    """The office would be left without a 研考."""

    message = "機關至少要有一位在職的研考；請先指定另一位，再做這個變更。"


@dataclass(frozen=True)
class Joined:
    """``password`` is empty for people who keep the account they have."""

    member: Member
    password: str = ""


def add_member(
    office: Office,
    *,
    username: str,
    full_name: str,
    unit: Unit | None = None,
    title: str = "",
    roles: Collection[Role],
) -> Joined:
    """A person joins; a new or sleeping account gets a one-time password."""
    with office.locked():
        user, is_new = User.objects.get_or_create(
            username=username, defaults={"full_name": full_name}
        )
        member = Member.objects.create(user=user, office=office, unit=unit, title=title)
        set_roles(member, roles)
        if user.is_active and not is_new:
            return Joined(member)
        _set_active(user, active=True)
        return Joined(member, issue_one_time_password(user))


def update_member(
    member: Member,
    *,
    full_name: str,
    unit: Unit | None,
    title: str,
    roles: Collection[Role],
) -> None:
    """Raises LastCoordinator when the office would lose its last 研考."""
    with member.office.locked():
        member.user.full_name = full_name
        member.user.save(update_fields=["full_name"])
        member.unit, member.title = unit, title
        member.save(update_fields=["unit", "title"])
        set_roles(member, roles)
        _require_coordinator(member)


def deactivate_member(member: Member) -> None:
    """The person leaves; with no office left the account sleeps and its sessions end.

    Raises LastCoordinator when the office would lose its last 研考.
    """
    with member.office.locked():
        member.is_active = False
        member.save(update_fields=["is_active"])
        _require_coordinator(member)
        works_on = member.user.memberships.filter(is_active=True).exists()
        _set_active(member.user, active=works_on or member.user.is_superuser)


def reactivate_member(member: Member) -> None:
    """The person is back; the account wakes with its old password."""
    with member.office.locked():
        member.is_active = True
        member.save(update_fields=["is_active"])
        _set_active(member.user, active=True)


def set_roles(member: Member, roles: Collection[Role]) -> None:
    """The member holds exactly these."""
    member.roles.exclude(role__in=roles).delete()
    held = set(member.roles.values_list("role", flat=True))
    MemberRole.objects.bulk_create(
        MemberRole(member=member, role=role) for role in roles if role not in held
    )


@transaction.atomic
def end_deputy(deputy: Deputy) -> bool:
    """Today is the last day; one that has not begun is dropped (True)."""
    today = timezone.localdate()
    if deputy.starts_on > today:
        deputy.delete()
        return True
    deputy.ends_on = min(deputy.ends_on, today)
    deputy.save(update_fields=["ends_on"])
    return False


def _set_active(user: User, *, active: bool) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])


def _require_coordinator(changed: Member) -> None:
    """Inside the office's lock; whoever was no 研考 before cannot have been the last."""
    if not changed.office.members.coordinators().exists():
        raise LastCoordinator
