"""The compared text as HTML.  Jinja: a plan has hundreds of changes, each with forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..documents.comparison import Op
from ..documents.html import body_html
from .entries import Entry, Show, all_entries, changed_entries
from .page import ReviewPage
from .panels import Panel

ACTS = ("judge", "remark")


def text_html(page: ReviewPage, token: str) -> SafeString:
    """The text as asked for; 定稿 is the paper itself.  "" where nothing is intact."""
    compared = page.compared
    if compared is None:
        return SafeString("")
    if page.asked.show is Show.FINAL:
        return _trusted(body_html(compared.new))
    whole = page.asked.whole
    entries = all_entries(compared) if whole else changed_entries(compared)
    return _render(
        "text.jinja", page, token, entries=list(entries), renumbered=_folded(page)
    )


def panel_html(page: ReviewPage, number: int, token: str) -> SafeString:
    """What stands beside one change, as htmx swaps it."""
    return _render("panel.jinja", page, token, panel=page.panel(number))


def _folded(page: ReviewPage) -> Sequence[Entry]:
    """What only got another number, in one line at the end of the changes."""
    if page.asked.whole or page.compared is None:
        return ()
    only = {(c.node, c.key) for c in page.compared.renumbered}
    places = page.compared.places
    return [Entry(place) for place in places if (place.node, place.key) in only]


def _addresses(page: ReviewPage) -> Mapping[str, str]:
    keys = [page.submission.plan_id, page.submission.pk]
    urls = {act: reverse(f"plans:{act}", args=keys) for act in ACTS}
    return urls | {"page": page.submission.get_absolute_url()}


def _render(name: str, page: ReviewPage, token: str, **context: object) -> SafeString:
    panels: Mapping[int, Panel] = {}
    if "panel" not in context:
        panels = {panel.number: panel for panel in page.panels}
    template = _environment().get_template(name)
    return _trusted(
        template.render(
            panels=panels,
            show=page.asked.show,
            whole=page.asked.whole,
            submission=page.submission,
            urls=_addresses(page),
            token=token,
            Op=Op,
            Show=Show,
            **context,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(settings.BASE_DIR / "templates" / "plans" / "review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _trusted(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - rendered with autoescape by our own writer
