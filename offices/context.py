"""What every page's head shows to the person signed in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from .models import WRITERS, Role, User
from .permissions import roles_today, unread_notices


@dataclass(frozen=True)
class Navigation:
    """What the head shows; ``section`` marks the menu entry.

    ``management_url`` leads 研考 to their office, or to the list when there are several;
    ``may_write`` tells whether plans can be made in some office; ``unread`` counts
    notices.
    """

    office_name: str = ""
    management_url: str = ""
    may_write: bool = False
    unread: int = 0
    section: str = ""


def section_of(request: HttpRequest) -> str:
    """The menu entry of the address: "plans", "mine", "review", "import" or "offices"."""
    match = request.resolver_match
    if match is None:
        return ""
    if match.namespace == "offices":
        return "offices" if match.route.startswith("offices/") else ""
    if match.view_name == "schedule:my_items":
        return "mine"
    if match.view_name == "plans:queue":
        return "review"
    if match.route.startswith("plans/") and match.namespace == "schedule":
        return "plans"
    imports = match.view_name.startswith(("plans:import", "plans:draft"))
    return "import" if imports else match.namespace


def navigation_for(user: User, section: str) -> Navigation:
    """One query: the roles held today tell the offices, and which are managed."""
    held = roles_today(user)
    names = sorted({role.office_name for role in held})
    managed = {role.office for role in held if role.role == Role.COORDINATOR}
    return Navigation(
        office_name="、".join(names[:2]) + ("等" if len(names) > 2 else ""),
        management_url=management_url(managed, may_audit=user.is_superuser),
        unread=unread_notices(user),
        may_write=any(role.role in WRITERS for role in held),
        section=section,
    )


def management_url(managed: Collection[int], *, may_audit: bool = False) -> str:
    """The office itself when there is one, the list when there are several.

    The administrator finds all audit trails on the list.
    """
    if may_audit:
        return reverse("offices:list")
    if len(managed) == 1:
        return reverse("offices:detail", kwargs={"pk": next(iter(managed))})
    return reverse("offices:list") if managed else ""


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor; the query runs only when a page shows its head."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"navigation": Navigation(section=section_of(request))}
    section = section_of(request)
    return {"navigation": SimpleLazyObject(lambda: navigation_for(user, section))}
