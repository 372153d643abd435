"""The verbs that change a plan's points, paragraphs and annexes.

Each locks the plan first, keeps the tree whole (see tree.Tree) and counts a new
edition.  Levels and texts keep their history.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from offices.models import User

from .models import Block, BlockKind, Column, Plan, Row
from .tree import Refused, Tree, end_of_text


class Stale(Exception):
    """Someone saved in between; ``current`` is what stands there now."""

    def __init__(self, current: Block | Column | Row) -> None:
        super().__init__("這一項剛才已由別人修改。")
        self.current: Any = current


def lock_plan(plan: Plan) -> Plan:
    """The plan's row, held until the end of the transaction."""
    return Plan.objects.select_for_update().get(pk=plan.pk)


@transaction.atomic
def add_block(
    plan: Plan,
    *,
    kind: str,
    by: User,
    parent: Block | None = None,
    after: Block | None = None,
    heading: str = "",
    body: str = "",
) -> Block:
    """A new block behind ``after``, or else as the last child of ``parent``.

    An annex always goes to the root: behind ``after`` if that is an annex too,
    or else at the very end.  Raises Refused.
    """
    plan = lock_plan(plan)
    tree = Tree(plan)
    if kind == BlockKind.ANNEX:
        parent, index = None, _index_of_annex(tree, after)
    else:
        parent, index = _index_of_text(tree, parent, after)
    block = Block(plan=plan, parent=parent, kind=kind, heading=heading, body=body)
    if kind == BlockKind.POINT:
        block.level = tree.level_under(parent, index)
    if kind == BlockKind.ANNEX:
        block.label = f"附件{sum(b.kind == kind for b in tree.blocks.values()) + 1}"
        block.landscape = True
    block.position = index
    _save(block, by)
    tree.insert(block, parent, index)
    tree.store(by)
    plan.touch()
    return block


@transaction.atomic
def save_block(
    block: Block,
    *,
    version: int,
    heading: str,
    body: str,
    by: User,
    label: str = "",
    landscape: bool = False,
) -> Block:
    """Store the texts if the block still is at ``version``; else raises Stale.

    Raises Block.DoesNotExist where it was deleted meanwhile.  Texts that are
    the same as before are no new version.
    """
    plan = lock_plan(block.plan)
    current = Block.objects.get(pk=block.pk)
    typed = {"heading": heading, "body": body, "label": label, "landscape": landscape}
    if all(getattr(current, name) == value for name, value in typed.items()):
        return current
    if current.version != version:
        raise Stale(current)
    for name, value in typed.items():
        setattr(current, name, value)
    current.version += 1
    _save(current, by)
    plan.touch()
    return current


@transaction.atomic
def move_block(block: Block, *, parent: Block | None, by: User) -> None:
    """Put the block with all below it last under ``parent`` (None: the root)."""
    tree, moving = _open(block)
    tree.place(moving, tree.blocks[parent.pk] if parent else None, None)
    _close(tree, block.plan, by)


@transaction.atomic
def move_block_up(block: Block, *, by: User) -> None:
    tree, moving = _open(block)
    tree.swap(moving, -1)
    _close(tree, block.plan, by)


@transaction.atomic
def move_block_down(block: Block, *, by: User) -> None:
    tree, moving = _open(block)
    tree.swap(moving, +1)
    _close(tree, block.plan, by)


@transaction.atomic
def indent_block(block: Block, *, by: User) -> None:
    """Make the block, with all below it, the last child of the point before it."""
    tree, moving = _open(block)
    peers = tree.peers(moving)
    before = peers[peers.index(moving) - 1] if moving is not peers[0] else None
    if before is None:
        raise Refused("上面沒有同一層的項目，不能降級。")
    tree.place(moving, before, None)
    _close(tree, block.plan, by)


@transaction.atomic
def outdent_block(block: Block, *, by: User) -> None:
    """Put the block, with all below it, right behind its parent.

    At the top of the plan or of an annex a point keeps its place and takes the
    mark one level up.
    """
    tree, moving = _open(block)
    parent = tree.parent(moving)
    if parent is None or parent.kind == BlockKind.ANNEX:
        if moving.kind != BlockKind.POINT or moving.level <= 1:
            raise Refused("已經是最上層，不能再升級。")
        tree.shift(moving, moving.level - 1)
    else:
        above = tree.parent(parent)
        tree.place(moving, above, tree.children(above).index(parent) + 1)
    _close(tree, block.plan, by)


@transaction.atomic
def set_level(block: Block, *, level: int, by: User) -> None:
    """Give the point and its like-numbered siblings another kind of mark.

    That is how an office writes （一） right under 壹、: everything below keeps its
    distance.  Raises Refused.
    """
    tree, point = _open(block)
    if point.kind != BlockKind.POINT:
        raise Refused("只有編號的項目才有項次樣式。")
    for sibling in tree.like(point):
        tree.shift(sibling, level)
    _close(tree, block.plan, by)


def _open(block: Block) -> tuple[Tree, Block]:
    tree = Tree(lock_plan(block.plan))
    if block.pk not in tree.blocks:
        raise Refused("這一項已經被刪除。")
    return tree, tree.blocks[block.pk]


def _close(tree: Tree, plan: Plan, by: User) -> None:
    tree.store(by)
    plan.touch()


def _save(block: Block, by: User) -> None:
    block._history_user = by  # type: ignore[attr-defined]  # read by simple-history
    block.save()


def _index_of_annex(tree: Tree, after: Block | None) -> int:
    roots = tree.children(None)
    if after is not None and after.kind == BlockKind.ANNEX:
        return roots.index(tree.blocks[after.pk]) + 1
    return len(roots)


def _index_of_text(
    tree: Tree, parent: Block | None, after: Block | None
) -> tuple[Block | None, int]:
    known = tree.blocks
    if after is not None and after.kind != BlockKind.ANNEX:
        after = known[after.pk]
        parent = tree.parent(after)
        return parent, tree.children(parent).index(after) + 1
    if parent is None:
        return None, end_of_text(tree.children(None))
    if parent.kind not in {BlockKind.POINT, BlockKind.ANNEX}:
        raise Refused("文字和表格之下不能再放項目。")
    return known[parent.pk], len(tree.children(parent))
