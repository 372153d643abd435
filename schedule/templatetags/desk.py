"""{% load desk %}: what the person may do with the plan's control table."""

from __future__ import annotations

from django import template
from django.template import Context

from ..permissions import Desk, desk_at

register = template.Library()


@register.simple_tag(takes_context=True)
def keeps_schedule(context: Context) -> bool:
    """Whether the person is 研考 of ``plan``; one query unless ``desk`` stands there."""
    desk = context.get("desk")
    if not isinstance(desk, Desk):
        desk = desk_at(context["user"], context["plan"])
    return desk.is_coordinator
