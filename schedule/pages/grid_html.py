"""The grid's table, printed by Jinja2 as the paper is: thousands of cells."""

from __future__ import annotations

from functools import cache, lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from plans.models import Plan

from ..grid import Grid
from ..timetable.months import MONTHS, State, state_in
from ..timetable.wording import plain_number

_CLASSES = {State.PLANNED: "p", State.KEY: "k"}


def grid_table(grid: Grid, plan: Plan) -> SafeString:
    """The table with its legend, every text escaped by the template."""
    template = _environment().get_template("grid_table.jinja")
    html = template.render(
        grid=grid,
        plan=plan,
        months=MONTHS,
        grid_url=reverse("schedule:grid", args=[plan.pk]),
        item_url=_address("schedule:item", plan.pk),
        method_url=_address("schedule:method", plan.pk),
    )
    return mark_safe(html)  # noqa: S308 - rendered with autoescape


@lru_cache(maxsize=4096)
def month_cells(pattern: str) -> Markup:
    """Twelve cells; the words are for those who hear them, the sign is drawn by CSS."""
    return Markup("").join(_cell(state_in(pattern, month)) for month in MONTHS)


def _cell(state: State) -> Markup:
    if not state:
        return Markup("<td></td>")
    return Markup('<td class="{}"><i>{}</i></td>').format(_CLASSES[state], state.word)


def _address(name: str, plan_pk: int) -> str:
    """The address of objects of a plan, up to the object's own key."""
    return reverse(name, args=[plan_pk, 0]).removesuffix("0/")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(settings.BASE_DIR / "templates" / "schedule"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["month_cells"] = month_cells
    environment.filters["points"] = plain_number
    return environment
