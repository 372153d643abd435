"""The tree of one plan's blocks: what may stand where, and the moves that keep it whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from simple_history.utils import bulk_update_with_history

from offices.models import User

from .documents.numbering import DEEPEST
from .models import Block, BlockKind, Plan

HOLDERS = frozenset({BlockKind.POINT, BlockKind.ANNEX})


class Refused(Exception):
    """A change that the tree cannot take; the message is for the person, in Chinese."""


class Tree:
    """All blocks of one plan, moved about in memory and then stored.

    What always holds: positions count 0..n-1 among the children of one parent;
    annexes stand at the root, after all others; only points and annexes have
    children; a point's level is deeper than its parent's and at most 8.
    """

    def __init__(self, plan: Plan) -> None:
        self.blocks = {block.pk: block for block in plan.blocks.all()}
        self._children: dict[int | None, list[Block]] = defaultdict(list)
        for block in self.blocks.values():
            self._children[block.parent_id].append(block)
        self._children[None].sort(key=_is_annex)
        self._stored = {pk: _place_of(block) for pk, block in self.blocks.items()}

    def children(self, parent: Block | None) -> list[Block]:
        return self._children[parent.pk if parent else None]

    def parent(self, block: Block) -> Block | None:
        return self.blocks[block.parent_id] if block.parent_id else None

    def peers(self, block: Block) -> list[Block]:
        """The siblings it may trade places with, itself included."""
        siblings = self._children[block.parent_id]
        return [s for s in siblings if _is_annex(s) == _is_annex(block)]

    def subtree(self, block: Block) -> list[Block]:
        """The block and all below it, in reading order."""
        below = (self.subtree(child) for child in self._children[block.pk])
        return [block, *(item for items in below for item in items)]

    def in_order(self) -> list[Block]:
        """Every block of the plan, in reading order."""
        return [b for root in self._children[None] for b in self.subtree(root)]

    def level_under(self, parent: Block | None, index: int) -> int:
        """The level of a new point there: that of its neighbours, or one deeper.

        Raises Refused below the eighth level.
        """
        siblings = self.children(parent)
        nearest = [*reversed(siblings[:index]), *siblings[index:]]
        levels = (s.level for s in nearest if s.kind == BlockKind.POINT)
        return _allowed(next(levels, _depth(parent) + 1))

    def insert(self, block: Block, parent: Block | None, index: int) -> None:
        """Take in a block that is already saved, before the sibling at ``index``."""
        self.blocks[block.pk] = block
        self._children[block.parent_id].insert(index, block)
        self._stored[block.pk] = _place_of(block)

    def remove(self, block: Block) -> list[Block]:
        """Take the block and all below it out of the tree."""
        gone = self.subtree(block)
        self._children[block.parent_id].remove(block)
        for item in gone:
            del self.blocks[item.pk]
        return gone

    def place(self, block: Block, parent: Block | None, index: int | None) -> None:
        """Move the block with all below it before the sibling at ``index``.

        None puts it last.  Raises Refused where the tree cannot take it.
        """
        self._check_place(block, parent)
        at = end_of_text(self.children(parent)) if index is None else index
        level = self.level_under(parent, at) if block.kind == BlockKind.POINT else 0
        old = self._children[block.parent_id]
        at -= self.children(parent) is old and old.index(block) < at
        old.remove(block)
        block.parent_id = parent.pk if parent else None
        self.children(parent).insert(at, block)
        if level:
            self.shift(block, level)

    def swap(self, block: Block, steps: int) -> None:
        """Trade places with the peer ``steps`` before (negative) or behind."""
        peers = self.peers(block)
        target = peers.index(block) + steps
        if not 0 <= target < len(peers):
            raise Refused("已經是第一項。" if steps < 0 else "已經是最後一項。")
        siblings = self._children[block.parent_id]
        here, there = siblings.index(block), siblings.index(peers[target])
        siblings[here], siblings[there] = siblings[there], siblings[here]

    def like(self, block: Block) -> list[Block]:
        """The siblings that are numbered in one row with this point, itself included."""
        peers = (s for s in self.peers(block) if s.kind == BlockKind.POINT)
        return [s for s in peers if s.level == block.level]

    def shift(self, block: Block, level: int) -> None:
        """Give the point this level; the points below it keep their distance.

        Raises Refused where it is not deeper than the point above, or too deep.
        """
        if level <= _depth(self.parent(block)):
            raise Refused("項次的層級必須比上一層深。")
        points = [b for b in self.subtree(block) if b.kind == BlockKind.POINT]
        distance = level - block.level
        _allowed(max(point.level for point in points) + distance)
        for point in points:
            point.level += distance

    def store(self, by: User | None) -> None:
        """Write what changed; places and levels with history, bare positions without."""
        for siblings in self._children.values():
            for position, block in enumerate(siblings):
                block.position = position
        moved, slid = self._changed()
        if moved:
            bulk_update_with_history(
                moved, Block, ["parent", "level", "position"], default_user=by
            )
        Block.objects.bulk_update(slid, ["position"], batch_size=200)

    def _changed(self) -> tuple[list[Block], list[Block]]:
        moved, slid = [], []
        for pk, block in self.blocks.items():
            parent, level, position = self._stored[pk]
            if (block.parent_id, block.level) != (parent, level):
                moved.append(block)
            elif block.position != position:
                slid.append(block)
        return moved, slid

    def _check_place(self, block: Block, parent: Block | None) -> None:
        if _is_annex(block):
            raise Refused("附件一律排在最後，不能移到其他項目之下。")
        if parent is None:
            return
        if parent.kind not in HOLDERS:
            raise Refused("文字和表格之下不能再放項目。")
        if parent in self.subtree(block):
            raise Refused("不能移到自己的下層。")


def end_of_text(siblings: Iterable[Block]) -> int:
    """The index behind the last of these that is no annex."""
    return sum(not _is_annex(block) for block in siblings)


def _is_annex(block: Block) -> bool:
    return block.kind == BlockKind.ANNEX


def _depth(parent: Block | None) -> int:
    return parent.level if parent and parent.kind == BlockKind.POINT else 0


def _allowed(level: int) -> int:
    if level > DEEPEST:
        raise Refused("項次最多八層，這樣會超過第八層。")
    return level


def _place_of(block: Block) -> tuple[int | None, int, int]:
    return block.parent_id, block.level, block.position
