"""Making a table from a layout."""

from __future__ import annotations

from django.db import transaction

from offices.models import User

from ..apply import store_table
from ..compose import numbering_style
from ..documents.model import Table
from ..editing import add_block
from ..models import Block, BlockKind, Plan


@transaction.atomic
def create_table(
    plan: Plan,
    *,
    layout: Table,
    by: User,
    parent: Block | None = None,
    after: Block | None = None,
) -> Block:
    """A new table with the columns, rows, title and note of ``layout``.

    It stands behind ``after``, or else last under ``parent``.  Raises Refused.
    """
    block = add_block(
        plan,
        kind=BlockKind.TABLE,
        parent=parent,
        after=after,
        heading=layout.title,
        body=layout.note,
        by=by,
    )
    store_table(block, layout, numbering_style(plan), by=by)
    return block
