"""Deleting blocks so that they can be put back exactly as they were."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.db import models, transaction
from simple_history.utils import bulk_create_with_history

from offices.models import User

from .editing import lock_plan
from .models import Block, BlockKind, Column, Removed, Row
from .tables.columns import restore_column
from .tables.rows import restore_row
from .tree import HOLDERS, Refused, Tree, end_of_text


@transaction.atomic
def delete_block(block: Block, *, by: User | None) -> Removed:
    """Delete the block and all below it, tables with their columns and rows.

    The payload lists the saved fields of all "blocks" (the deleted one first,
    parents before children), "columns" and "rows".
    """
    plan = lock_plan(block.plan)
    tree = Tree(plan)
    if block.pk not in tree.blocks:
        raise Refused("這一項已經被刪除。")
    gone = tree.remove(tree.blocks[block.pk])
    pks = [item.pk for item in gone]
    removed = Removed.objects.create(
        plan=plan,
        label=label_of(gone[0]),
        payload={
            "blocks": _plain(gone),
            "columns": _plain(Column.objects.filter(table__in=pks)),
            "rows": _plain(Row.objects.filter(table__in=pks)),
        },
        removed_by=by,
    )
    Block.objects.filter(pk__in=pks).delete()
    tree.store(by)
    plan.touch()
    return removed


@transaction.atomic
def restore_removed(removed: Removed, *, by: User) -> Block:
    """Put everything back with its old ids, at its old place as far as there is one.

    A row or column of a table is put back into it; the table is returned then.
    Raises Refused where the point above it is deleted too, or has become too deep, and
    where it was restored already.
    """
    if "row" in removed.payload:
        return restore_row(removed, by=by).table
    if "column" in removed.payload:
        return restore_column(removed, by=by).table
    plan = lock_plan(removed.plan)
    if not Removed.objects.filter(pk=removed.pk).exists():
        raise Refused("這一項已經復原。")
    tree = Tree(plan)
    blocks = _objects(removed.payload["blocks"])
    top = blocks[0]
    parent = _old_parent(tree, top)
    siblings = tree.children(parent)
    index = min(top.position, _end_for(top, siblings))
    _fit_levels(blocks, parent)
    _create(blocks, Block, by)
    _create(_objects(removed.payload["columns"]), Column, by)
    _create(_objects(removed.payload["rows"]), Row, by)
    tree.insert(top, parent, max(index, _start_for(top, siblings)))
    tree.store(by)
    removed.delete()
    plan.touch()
    return Block.objects.get(pk=top.pk)


def label_of(block: Block) -> str:
    """How a list of deleted pieces names it."""
    words = f"{block.label} {block.heading or block.body}".split()
    return " ".join(words)[:60] or f"（空白的{block.get_kind_display()}）"


def _plain(objects: Iterable[models.Model]) -> Any:
    return json.loads(serializers.serialize("json", objects))


def _objects(plain: Any) -> list[Any]:
    return [item.object for item in serializers.deserialize("python", plain)]


def _create(objects: list[Any], model: type[models.Model], by: User) -> None:
    if objects:
        bulk_create_with_history(objects, model, default_user=by)


def _old_parent(tree: Tree, top: Block) -> Block | None:
    if top.parent_id is None:
        return None
    parent = tree.blocks.get(top.parent_id)
    if parent is None:
        raise Refused("它的上層項目也已刪除，請先復原上層項目。")
    if parent.kind not in HOLDERS:
        raise Refused("它的上層不能再放項目。")
    return parent


def _fit_levels(blocks: list[Block], parent: Block | None) -> None:
    """Deepen the points if their parent was moved deeper meanwhile."""
    points = [block for block in blocks if block.kind == BlockKind.POINT]
    if parent is None or parent.kind != BlockKind.POINT or points[:1] != blocks[:1]:
        return
    missing = max(parent.level + 1 - points[0].level, 0)
    if max(point.level for point in points) + missing > 8:
        raise Refused("它的上層已移到太深的層次，請先把上層升級。")
    for point in points:
        point.level += missing


def _end_for(top: Block, siblings: list[Block]) -> int:
    return len(siblings) if top.kind == BlockKind.ANNEX else end_of_text(siblings)


def _start_for(top: Block, siblings: list[Block]) -> int:
    return end_of_text(siblings) if top.kind == BlockKind.ANNEX else 0
