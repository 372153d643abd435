"""The edits that make one Document of another, and the making."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..model import Cell, Document
from .model import Difference, Edit, Field, Ref, Standing
from .sides import Sides
from .tree import ROOT, Node, Slot, Tree, slot_of

_NOTHING = object()


def edits(sides: Sides) -> tuple[Edit, ...]:
    """What was deleted first, then the rest in the order of the new document."""
    gone = (ref for ref in sides.old.nodes if ref not in sides.new.nodes)
    return (
        *(Edit(ref, is_deleted=True) for ref in gone),
        *_makings(sides),
    )


def _makings(sides: Sides) -> Iterator[Edit]:
    standings = _standings(sides.new)
    for ref, node in sides.new.nodes.items():
        before = sides.old.nodes.get(ref)
        values = tuple(changed_values(before, node))
        is_placed = before is None or ref in sides.moved
        if values or is_placed:
            yield Edit(ref, values, standings[ref] if is_placed else None)


def changed_values(old: Node | None, new: Node) -> Iterator[tuple[Field, Any]]:
    """The fields of ``new`` that differ from those of ``old``; all for None."""
    before: Mapping[Field, Any] = old.values if old else {}
    for name, value in new.values.items():
        missing = _NOTHING if isinstance(name, str) or not old else Cell()
        if before.get(name, missing) != value:
            yield name, value


def _standings(tree: Tree) -> dict[Ref, Standing]:
    return {
        ref: Standing(parent, after)
        for parent, node in tree.nodes.items()
        for refs in node.lists.values()
        for after, ref in zip((None, *refs), refs, strict=False)
    }


def apply(old: Document, difference: Difference) -> Document:
    """The new document: ``apply(old, compare(old, new)) == new``.

    ``old`` must be the document that was compared; raises KeyError where it lacks
    what the difference speaks of.
    """
    tree = Tree(old)
    _take_out(tree, difference.edits)
    for edit in difference.edits:
        if edit.is_deleted:
            del tree.nodes[edit.ref]
        elif edit.ref not in tree.nodes:
            tree.nodes[edit.ref] = Node(edit.ref, ROOT, {})
    _put_in(tree, difference.edits)
    for edit in difference.edits:
        if edit.values:
            tree.nodes[edit.ref].values.update(edit.values)
    return tree.document()


def _take_out(tree: Tree, found: Sequence[Edit]) -> None:
    """Leave in every list what keeps its place."""
    gone = {edit.ref for edit in found if edit.is_deleted or edit.standing}
    for node in tree.nodes.values():
        for slot, refs in node.lists.items():
            node.lists[slot] = [ref for ref in refs if ref not in gone]


def _put_in(tree: Tree, found: Sequence[Edit]) -> None:
    """Place what is new or moved behind the sibling it follows."""
    followers: dict[tuple[Ref, Slot], dict[Ref | None, Ref]] = {}
    for edit in found:
        if edit.standing:
            tree.nodes[edit.ref].parent = edit.standing.parent
            place = edit.standing.parent, slot_of(edit.ref)
            followers.setdefault(place, {})[edit.standing.after] = edit.ref
    for (parent, slot), behind in followers.items():
        lists = tree.nodes[parent].lists
        lists[slot] = list(_chained(lists.get(slot, []), behind))


def _chained(stayed: Sequence[Ref], behind: Mapping[Ref | None, Ref]) -> Iterator[Ref]:
    for start in (None, *stayed):
        if start:
            yield start
        last = start
        while last in behind:
            last = behind[last]
            yield last
