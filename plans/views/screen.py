"""The paper on the screen: which address opens which part of it."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from ..annexes import kept_url
from ..documents.model import Document, tables
from ..models import Plan


def edit_urls(plan: Plan, document: Document) -> Callable[[str], str]:
    """Where each id of the composed ``document`` is edited.

    Tables (b9) and rows (r5) open in the table editor, revision lines and the
    title on their own pages, annexes of other apps with those apps, every other
    block in place on the plan page.  Where only parts were returned, only these have
    an address.
    """
    returned = _returned(plan, document)
    table_ids = {table.id for table in tables(document)}
    # Looked up once: a page has hundreds of these addresses.
    row, table, block = (
        reverse(name, args=[plan.pk, 0]).removesuffix("0/")
        for name in ("plans:row", "plans:table", "plans:block")
    )

    def edit_url(key: str) -> str:
        if returned and key not in returned:
            return ""
        kept = kept_url(plan, key)
        if kept is not None:
            return kept
        if key == "title":
            return reverse("plans:settings", args=[plan.pk])
        if key.startswith("v") or key == "revisions":
            return reverse("plans:revisions", args=[plan.pk])
        if key.startswith("c") or key in table_ids:
            return f"{table}{key[1:]}/"
        return f"{row if key.startswith('r') else block}{key[1:]}/"

    return edit_url


def _returned(plan: Plan, document: Document) -> frozenset[str]:
    """The returned parts; a returned table opens its rows."""
    keys = set(plan.returned_parts)
    for table in tables(document) if keys else ():
        if table.id in keys:
            keys.update(row.id for row in table.rows)
    return frozenset(keys)
