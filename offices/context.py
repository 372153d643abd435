"""What every page's head shows to the person signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import MemberRole, Role, User


@dataclass(frozen=True)
class Navigation:
    """``office_name`` is empty for people without an office; ``section`` marks the menu."""

    office_name: str = ""
    manages: bool = False
    section: str = ""


def section_of(request: HttpRequest) -> str:
    """The menu entry the address belongs to: "plans", "import" or "offices"."""
    match = request.resolver_match
    if match is None:
        return ""
    if match.namespace == "offices":
        return "offices" if match.route.startswith("offices/") else ""
    return "import" if match.view_name == "plans:import" else match.namespace


def navigation_for(user: User, section: str) -> Navigation:
    """One query: the roles held today tell the offices, and whether one is managed."""
    held = MemberRole.objects.held_by(user).values_list("member__office__name", "role")
    names = sorted({name for name, _ in held})
    return Navigation(
        office_name="、".join(names[:2]) + ("等" if len(names) > 2 else ""),
        manages=any(role == Role.COORDINATOR for _, role in held),
        section=section,
    )


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor; the query runs only when a page shows its head."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"navigation": Navigation(section=section_of(request))}
    section = section_of(request)
    return {"navigation": SimpleLazyObject(lambda: navigation_for(user, section))}
