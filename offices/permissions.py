"""What a person may do in an office; plans and schedule build on these."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from .models import Member, MemberRole, Office, Role, User


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
