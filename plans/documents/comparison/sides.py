"""The old and the new document side by side: what stands where, what has moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..model import Document
from .model import Ref
from .tree import ROOT, Slot, Tree


class Sides:
    """Two trees, and the nodes whose parent or order among siblings has changed."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = Tree(old), Tree(new)
        self.moved = {
            ref
            for parent, node in self.new.nodes.items()
            for slot, refs in node.lists.items()
            for ref in self._moved_in(self.old.list_of(parent, slot), refs)
        }

    def _moved_in(self, old: Sequence[Ref], new: Sequence[Ref]) -> Iterator[Ref]:
        """Those of ``new`` that come from elsewhere, or have passed a sibling."""
        places = {ref: place for place, ref in enumerate(old)}
        yield from (r for r in new if r not in places and r in self.old.nodes)
        stayed = [ref for ref in new if ref in places]
        keep = longest_rise([places[ref] for ref in stayed])
        yield from (ref for index, ref in enumerate(stayed) if index not in keep)

    def walk(self) -> Iterator[Ref]:
        """Every node of either side in the order of the new document.

        A deleted one follows the last sibling before it that has kept its place.
        """
        yield ROOT
        yield from self._below(ROOT)

    def _below(self, parent: Ref) -> Iterator[Ref]:
        for slot in self._slots(parent):
            deleted = self._deleted_after(self.old.list_of(parent, slot))
            for ref in (None, *self.new.list_of(parent, slot)):
                for one in (ref, *deleted.get(ref, ())):
                    if one:
                        yield one
                        yield from self._below(one)

    def _slots(self, parent: Ref) -> list[Slot]:
        """The lists that hang below a node on either side."""
        nodes = self.old.nodes.get(parent), self.new.nodes.get(parent)
        found = {slot for node in nodes if node for slot in node.lists}
        return [slot for slot in Slot if slot in found] if found else []

    def _deleted_after(self, old: Sequence[Ref]) -> dict[Ref | None, list[Ref]]:
        found: dict[Ref | None, list[Ref]] = defaultdict(list)
        last: Ref | None = None
        for ref in old:
            if ref not in self.new.nodes:
                found[last].append(ref)
            elif ref not in self.moved:
                last = ref
        return found


def longest_rise(numbers: Sequence[int]) -> set[int]:
    """The indexes of a longest rising subsequence of different numbers."""
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(ends, number)
        before.append(tops[place - 1] if place else -1)
        ends[place : place + 1] = [number]
        tops[place : place + 1] = [index]
    kept: set[int] = set()
    index = tops[-1] if tops else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept
