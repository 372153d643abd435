"""A Document taken apart into nodes that know each other by key, and put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from itertools import count
from typing import Any

from ..model import (
    Annex,
    Cell,
    Column,
    Document,
    Paragraph,
    Point,
    RevisionLine,
    Row,
    Table,
)
from .model import HEAD_KEY, Field, NodeKind, Ref

ROOT: Ref = (NodeKind.HEAD, HEAD_KEY)

Part = Document | RevisionLine | Point | Paragraph | Table | Column | Row | Annex

_KINDS: dict[type[Part], NodeKind] = {
    Document: NodeKind.HEAD,
    RevisionLine: NodeKind.REVISION,
    Point: NodeKind.POINT,
    Paragraph: NodeKind.PARAGRAPH,
    Table: NodeKind.TABLE,
    Column: NodeKind.COLUMN,
    Row: NodeKind.ROW,
    Annex: NodeKind.ANNEX,
}
_CLASSES: dict[NodeKind, Any] = {kind: cls for cls, kind in _KINDS.items()}


class Slot(StrEnum):
    """The lists that hang below a node, named as in the model; in printed order."""

    REVISIONS = "revisions"
    CHILDREN = "children"
    ANNEXES = "annexes"
    COLUMNS = "columns"
    ROWS = "rows"


_SLOT_OF = {
    NodeKind.REVISION: Slot.REVISIONS,
    NodeKind.ANNEX: Slot.ANNEXES,
    NodeKind.COLUMN: Slot.COLUMNS,
    NodeKind.ROW: Slot.ROWS,
}


def slot_of(ref: Ref) -> Slot:
    """In which of its parent's lists a node stands."""
    return _SLOT_OF.get(ref[0], Slot.CHILDREN)


@dataclass(slots=True)
class Node:
    """One part of a document: ``values`` are its fields, of a row its cells too, by
    column; ``lists`` what hangs below it, in printed order and none of them empty."""

    ref: Ref
    parent: Ref
    values: dict[Field, Any]
    lists: dict[Slot, list[Ref]] = field(default_factory=dict)


class Tree:
    """The nodes of a document in reading order, parents before what they hold.

    A node's key is its id.  One without an id is named for its parent and its place
    among the other such ones, a column for its name; one whose id another node of
    its kind had before gets a number behind it.
    """

    def __init__(self, document: Document) -> None:
        self.nodes: dict[Ref, Node] = {}
        self._add(document, ROOT, ROOT)

    def list_of(self, parent: Ref, slot: Slot) -> list[Ref]:
        """The nodes in one list of ``parent``; empty where there is no such parent."""
        node = self.nodes.get(parent)
        return node.lists.get(slot, []) if node else []

    def children(self, parent: Ref) -> Iterator[Ref]:
        """All that hangs directly below ``parent``, in printed order."""
        for refs in self.nodes[parent].lists.values():
            yield from refs

    def document(self) -> Document:
        """The document that consists of the nodes as they are now."""
        document: Document = self._part(ROOT)
        return document

    def _add(self, part: Part, ref: Ref, parent: Ref) -> None:
        node = Node(ref, parent, {n: getattr(part, n) for n in _own(ref[0])})
        self.nodes[ref] = node
        if isinstance(part, Row):
            columns = self.list_of(parent, Slot.COLUMNS)
            node.values.update(zip(columns, part.cells, strict=True))
        for slot in _slots(ref[0]):
            parts = getattr(part, slot)
            if not parts:
                continue
            refs = node.lists[slot] = []
            for child, key in zip(parts, _keys(parts, ref[1]), strict=True):
                refs.append(self._unused((_KINDS[type(child)], key)))
                self._add(child, refs[-1], ref)

    def _unused(self, ref: Ref) -> Ref:
        kind, key = ref
        numbers = count(2)
        while ref in self.nodes:
            ref = (kind, f"{key}~{next(numbers)}")
        return ref

    def _part(self, ref: Ref) -> Any:
        node = self.nodes[ref]
        below: dict[str, Any] = {
            slot: tuple(map(self._part, node.lists.get(slot, ())))
            for slot in _slots(ref[0])
        }
        if ref[0] is NodeKind.ROW:
            columns = self.list_of(node.parent, Slot.COLUMNS)
            below["cells"] = tuple(node.values.get(c, Cell()) for c in columns)
        return _CLASSES[ref[0]](**_named(node.values), **below)


def _named(values: Mapping[Field, Any]) -> dict[str, Any]:
    return {name: v for name, v in values.items() if isinstance(name, str)}


@cache
def _own(kind: NodeKind) -> tuple[str, ...]:
    """The fields of a part that are neither cells nor parts of their own."""
    names = tuple(f.name for f in fields(_CLASSES[kind]))
    return tuple(name for name in names if name != "cells" and name not in set(Slot))


@cache
def _slots(kind: NodeKind) -> tuple[Slot, ...]:
    names = {f.name for f in fields(_CLASSES[kind])}
    return tuple(slot for slot in Slot if slot in names)


def _keys(parts: Iterable[Part], parent: str) -> Iterator[str]:
    """The id of each of these siblings, or a name for it."""
    met: Counter[str] = Counter()
    for part in parts:
        key = "" if isinstance(part, Document) else part.id
        if not key:
            name = _KINDS[type(part)].value
            if isinstance(part, Column):
                name = "-".join([name, *f"{part.group} {part.name}".split()])
            met[name] += 1
            key = f"{parent}.{name}.{met[name]}"
        yield key
