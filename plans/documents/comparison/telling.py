"""What the comparison says of every node: marks, numbers, and texts in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .model import Change, Difference, Mark, NodeKind, Place, Ref
from .numbers import Numbers
from .saying import Said, Sayer
from .sides import Sides
from .tree import ROOT, Node

_IN_TABLES = {NodeKind.COLUMN, NodeKind.ROW}


class Teller:
    """Speaks of two documents that stand side by side."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.old, self.new = Numbers(sides.old), Numbers(sides.new)
        self.sayer = Sayer(sides, self.old, self.new)
        # Another way of writing marks is not another number.
        self.restyled = Numbers(sides.old, self.new.style)
        self.references_differ = any(
            self.new.named.get(key) != number
            for key, number in self.restyled.named.items()
        )

    def changes(self) -> Iterator[Change]:
        """Every change, in the order of the new document."""
        for ref in self.sides.walk():
            if not self._is_worth_a_look(ref):
                continue
            said = tuple(self.sayer.said(ref))
            marks = self._marks(ref, said)
            if marks:
                parts = tuple(one.part for one in said if one.part.is_changed)
                yield Change(
                    ref[1], ref[0], marks, *self._numbers(ref), parts, self._path(ref)
                )

    def places(self, difference: Difference) -> Iterator[Place]:
        """Every node, in the order of the new document, with the marks it has there."""
        marks = {(one.node, one.key): one.marks for one in difference.changes}
        for ref in self.sides.walk():
            node = self._node(ref)
            yield Place(
                ref[1],
                ref[0],
                node.values["level"] if ref[0] is NodeKind.POINT else 0,
                self._side(ref).depths[ref],
                *self._numbers(ref),
                marks.get(ref, self._side_marks(ref)),
                tuple(one.part for one in self.sayer.said(ref) if one.part.pieces),
                self._path(ref),
                self.old.paths.get(ref, "").strip(),
                "" if node.parent == ROOT else node.parent[1],
            )

    def _side(self, ref: Ref) -> Numbers:
        return self.new if ref in self.sides.new.nodes else self.old

    def _node(self, ref: Ref) -> Node:
        return self._side(ref).tree.nodes[ref]

    def _path(self, ref: Ref) -> str:
        return self._side(ref).paths[ref].strip()

    def _numbers(self, ref: Ref) -> tuple[str, str]:
        return self.old.marks.get(ref, ""), self.new.marks.get(ref, "")

    def _is_worth_a_look(self, ref: Ref) -> bool:
        """Passes over, quickly, what is the same and what is told with its table."""
        old, new = self.sides.old.nodes.get(ref), self.sides.new.nodes.get(ref)
        if old and new:
            return (
                self.references_differ
                or ref not in self.sayer.alike
                or ref in self.sides.moved
                or self._is_renumbered(ref)
            )
        table = self._node(ref).parent
        in_both = table in self.sides.old.nodes and table in self.sides.new.nodes
        return in_both or ref[0] not in _IN_TABLES

    def _is_renumbered(self, ref: Ref) -> bool:
        """Whether the number that a point or an item prints has become another."""
        numbered = ref in self.old.numbered and ref in self.new.numbered
        return numbered and self.restyled.marks[ref] != self.new.marks[ref]

    def _side_marks(self, ref: Ref) -> frozenset[Mark]:
        """The mark of what only one document has."""
        if ref not in self.sides.old.nodes:
            return frozenset({Mark.ADDED})
        if ref not in self.sides.new.nodes:
            return frozenset({Mark.DELETED})
        return frozenset()

    def _marks(self, ref: Ref, said: Sequence[Said]) -> frozenset[Mark]:
        if alone := self._side_marks(ref):
            return alone
        changed = [one for one in said if one.part.is_changed]
        own = {one.part.field for one in changed if one.is_own}
        moved = ref in self.sides.moved
        explained = moved or "level" in own
        renumbered = not explained and self._is_renumbered(ref)
        found = {
            Mark.CHANGED: bool(own),
            Mark.MOVED: moved,
            Mark.RENUMBERED: renumbered or len(own) < len(changed),
        }
        return frozenset(mark for mark, is_so in found.items() if is_so)
