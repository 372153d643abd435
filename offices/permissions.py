"""What a person may do in an office; plans and schedule build on these."""

from __future__ import annotations

from .models import MemberRole, Office, Role, User


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
