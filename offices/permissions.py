"""What a person may do in an office; plans and schedule build on these."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from .models import MemberRole, Office, Role, User


def roles_of(user: User, office: Office) -> frozenset[Role]:
    """The roles the user holds in ``office`` today, lent ones (職務代理) included.

    One query.  Empty for strangers, inactive users and inactive members.
    """
    if not user.is_active:
        return frozenset()
    today = timezone.localdate()
    lent = Q(
        member__deputies__deputy__user=user,
        member__deputies__deputy__is_active=True,
        member__deputies__starts_on__lte=today,
        member__deputies__ends_on__gte=today,
    )
    held = MemberRole.objects.filter(
        Q(member__user=user) | lent, member__office=office, member__is_active=True
    )
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def can_manage_office(user: User, office: Office) -> bool:
    """研考 keep their office's units, members and deputies; so may the administrator."""
    return user.is_superuser or Role.COORDINATOR in roles_of(user, office)
