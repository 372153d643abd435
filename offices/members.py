"""The people of an office: joining, changing, leaving, acting for another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from . import roc
from .audit.models import Act
from .audit.recording import differences, record
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
    by: User | None,
) -> Joined:
    """A person joins; a new or sleeping account gets a one-time password."""
    with office.locked():
        user, is_new = User.objects.get_or_create(
            username=username, defaults={"full_name": full_name}
        )
        member = Member.objects.create(user=user, office=office, unit=unit, title=title)
        set_roles(member, roles)
        password = ""
        if is_new or not user.is_active:
            _set_active(user, active=True)
            password = issue_one_time_password(user, by=by)
        details = {"帳號": username} | _described_roles(member)
        record(Act.MEMBER_ADDED, by=by, office=office, target=member, details=details)
        return Joined(member, password)


def update_member(
    member: Member,
    *,
    full_name: str,
    unit: Unit | None,
    title: str,
    roles: Collection[Role],
    by: User | None,
) -> None:
    """Raises LastCoordinator when the office would lose its last 研考."""
    with member.office.locked():
        before = _described(member), _described_roles(member)
        member.user.full_name = full_name
        member.user.save(update_fields=["full_name"])
        member.unit, member.title = unit, title
        member.save(update_fields=["unit", "title"])
        set_roles(member, roles)
        _require_coordinator(member)
        details = differences(before[0], _described(member))
        if details:
            _record(Act.MEMBER_CHANGED, member, by, details)
        rights = differences(before[1], _described_roles(member))
        if rights:
            _record(Act.ROLES_CHANGED, member, by, rights)


def _described(member: Member) -> dict[str, str]:
    """What is told of a member apart from roles."""
    unit = str(member.unit or "")
    return {"姓名": member.user.full_name, "課室": unit, "職稱": member.title}


def _described_roles(member: Member) -> dict[str, str]:
    return {"角色": "、".join(member.role_names())}


def _record(
    act: Act, member: Member, by: User | None, details: dict[str, str] | None = None
) -> None:
    record(act, by=by, office=member.office, target=member, details=details)


def deactivate_member(member: Member, *, by: User | None) -> None:
    """The person leaves; with no office left the account sleeps and its sessions end.

    Raises LastCoordinator when the office would lose its last 研考.
    """
    with member.office.locked():
        member.is_active = False
        member.save(update_fields=["is_active"])
        _require_coordinator(member)
        works_on = member.user.memberships.filter(is_active=True).exists()
        stays_active = works_on or member.user.is_superuser
        _set_active(member.user, active=stays_active)
        _record(
            Act.MEMBER_LEFT,
            member,
            by,
            {"帳號": "繼續使用" if stays_active else "停用"},
        )


def reactivate_member(member: Member, *, by: User | None) -> None:
    """The person is back; the account wakes with its old password."""
    with member.office.locked():
        member.is_active = True
        member.save(update_fields=["is_active"])
        _set_active(member.user, active=True)
        _record(Act.MEMBER_BACK, member, by)


def set_roles(member: Member, roles: Collection[Role]) -> None:
    """The member holds exactly these."""
    member.roles.exclude(role__in=roles).delete()
    held = set(member.roles.values_list("role", flat=True))
    MemberRole.objects.bulk_create(
        MemberRole(member=member, role=role) for role in roles if role not in held
    )


@transaction.atomic
def set_deputy(deputy: Deputy, *, by: User | None) -> None:
    """Save who acts for whom, from day to day."""
    deputy.save()
    _record_deputy(Act.DEPUTY_SET, deputy, by)


@transaction.atomic
def end_deputy(deputy: Deputy, *, by: User | None) -> bool:
    """Today is the last day; one that has not begun is dropped (True)."""
    today = timezone.localdate()
    if deputy.starts_on > today:
        _record_deputy(Act.DEPUTY_ENDED, deputy, by)
        deputy.delete()
        return True
    deputy.ends_on = min(deputy.ends_on, today)
    deputy.save(update_fields=["ends_on"])
    _record_deputy(Act.DEPUTY_ENDED, deputy, by)
    return False


def _record_deputy(act: Act, deputy: Deputy, by: User | None) -> None:
    days = f"{roc.numeric(deputy.starts_on)} 到 {roc.numeric(deputy.ends_on)}"
    office = deputy.member.office
    record(act, by=by, office=office, target=deputy, details={"代理期間": days})


def _set_active(user: User, *, active: bool) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])


def _require_coordinator(changed: Member) -> None:
    """Inside the office's lock; whoever was no 研考 before cannot have been the last."""
    if not changed.office.members.coordinators().exists():
        raise LastCoordinator
