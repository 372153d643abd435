"""Who may do what with a plan; reading is scoped in PlanQuerySet.visible_to."""

from django.db.models import QuerySet

from offices.models import WRITERS, MemberRole, Office, Role, User
from offices.permissions import roles_of

from .models import Plan


def offices_to_write_for(user: User) -> QuerySet[Office]:
    """The offices in which the user may make a plan."""
    writing = MemberRole.objects.held_by(user).filter(role__in=WRITERS)
    offices = Office.objects.visible_to(user)
    return offices.filter(pk__in=writing.values("member__office"))


def can_create_plan(user: User, office: Office) -> bool:
    return bool(roles_of(user, office) & WRITERS)


def can_edit_plan(user: User, plan: Plan) -> bool:
    return bool(roles_of(user, plan.office) & WRITERS)


def can_delete_plan(user: User, plan: Plan) -> bool:
    return Role.COORDINATOR in roles_of(user, plan.office)
