"""The grid's table and filters as HTML, kept for as long as the plan is of one edition.

Whoever changes anything printed raises the plan's edition, so that what is kept can
never be out of date; the day is part of the key because owners change by date.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from plans.models import Plan

from ..compose import timetable_of
from ..forms.filters import GridFilterForm
from ..grid import grid_of
from ..named_permissions import editor_of
from ..permissions import Desk
from .grid_html import grid_table

KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class GridPart:
    """What stands between the page's head and foot."""

    filters: SafeString
    table: SafeString
    has_items: bool
    rows: int
    is_editable: bool
    unconfirmed: int


def grid_part(plan: Plan, desk: Desk, asked: QueryDict, day: date) -> GridPart:
    """The grid as ``asked`` for in the address; the whole one is kept."""
    if asked:
        return _made(plan, desk, asked, day)
    key = _key(plan, desk, day)
    part = cache.get(key)
    if part is None:
        part = _made(plan, desk, asked, day)
        cache.set(key, part, KEPT_SECONDS)
    return part  # type: ignore[no-any-return]


def _key(plan: Plan, desk: Desk, day: date) -> str:
    """研考 all see the same; others what their units and memberships let them."""
    rights = None if desk.is_coordinator else (sorted(desk.units), sorted(desk.members))
    said = repr((plan.pk, plan.edition, plan.changed_at, day, rights))
    return f"grid-{hashlib.sha256(said.encode()).hexdigest()}"


def _made(plan: Plan, desk: Desk, asked: QueryDict, day: date) -> GridPart:
    by_indicator = bool(asked.get("indicator", "").strip())
    timetable = timetable_of(plan, day, with_indicators=by_indicator)
    form = GridFilterForm(asked, timetable=timetable)
    grid = grid_of(timetable, form.wanted(), editor_of(desk, plan))
    context = {"form": form, "plan": plan, "is_filtered": bool(asked)}
    return GridPart(
        render_to_string("schedule/_grid_filter.html", context),
        grid_table(grid, plan),
        bool(timetable.sheets),
        grid.rows,
        grid.is_editable,
        grid.unconfirmed,
    )
