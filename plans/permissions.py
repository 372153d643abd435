"""Who may do what with a plan; reading is scoped in PlanQuerySet.visible_to."""

from offices.models import Office, Role, User
from offices.permissions import roles_of

from .models import Plan

WRITERS = frozenset({Role.COORDINATOR, Role.OWNER, Role.UNIT_HEAD})


def can_create_plan(user: User, office: Office) -> bool:
    return bool(roles_of(user, office) & WRITERS)


def can_edit_plan(user: User, plan: Plan) -> bool:
    return bool(roles_of(user, plan.office) & WRITERS)


def can_delete_plan(user: User, plan: Plan) -> bool:
    return Role.COORDINATOR in roles_of(user, plan.office)
