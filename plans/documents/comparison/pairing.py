"""Two documents that share no ids: their parts are paired by number and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, islice

from ..headings import one_line
from ..model import Cell, Document
from ..outline import REFERENCE
from .likeness import Item, Matcher, item
from .model import NodeKind, Ref
from .numbers import Numbers
from .texts import cell_words, texts
from .tree import ROOT, Node, Slot, Tree

# A table is told by its title, its head and its first rows: so many columns and rows.
FIRST_PARTS = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parts that were taken for one.

    Numbers are whole (壹、一、（二）), texts are shortened to a line; ``likeness`` is 1
    for equal texts.  ``key`` is the id that both have in the paired documents.
    """

    node: NodeKind
    key: str
    old_number: str
    new_number: str
    old_text: str
    new_text: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """Both documents with ids everywhere, one id for what is one, and the pairs in
    the order of the new document."""

    old: Document
    new: Document
    pairs: tuple[Pair, ...]


def have_common_ids(old: Document, new: Document) -> bool:
    """Whether the documents are states of one plan: points, texts or rows have ids
    in common.  Tables and annexes do not count: kept ones are called alike in all."""
    telling = {NodeKind.POINT, NodeKind.PARAGRAPH, NodeKind.ROW, NodeKind.COLUMN}
    ids = [
        {n.values["id"] for n in Tree(side).nodes.values() if n.ref[0] in telling}
        for side in (old, new)
    ]
    return bool((ids[0] & ids[1]) - {""})


def pair(old: Document, new: Document) -> Pairing:
    """Pair the parts of two documents, e.g. two imported texts, so that they can be
    compared.

    Points are paired by number and like words, then by words alone; tables by place,
    head and first words; rows by words; columns by name; history lines where equal.
    ``new`` keeps none of its own ids: what found no partner gets a fresh one.
    """
    sides = _Side(old), _Side(new)
    found = _pairs(*sides)
    _give_ids(*sides, found)
    return Pairing(
        sides[0].tree.document(),
        sides[1].tree.document(),
        tuple(_told(*sides, found)),
    )


class _Side:
    """One document and what tells its parts."""

    def __init__(self, document: Document) -> None:
        self.tree = Tree(document)
        self.numbers = Numbers(self.tree)
        self.places: dict[Ref, tuple[object, ...]] = {}
        self.paths: dict[Ref, tuple[object, ...]] = {ROOT: ()}
        for node in self.tree.nodes.values():
            counts: Counter[object] = Counter()
            for ref in self.tree.children(node.ref):
                kind = ref[0], self.tree.nodes[ref].values.get("level")
                counts[kind] += 1
                self.places[ref] = *kind, counts[kind]
                self.paths[ref] = *self.paths[node.ref], self.places[ref]

    def items(self, refs: Iterable[Ref]) -> list[Item]:
        return [
            item(
                ref,
                self.words(ref),
                self.tree.nodes[ref].parent,
                self.places[ref],
                self.paths[ref],
                self.numbers.depths[ref],
            )
            for ref in refs
        ]

    def of(self, kind: NodeKind) -> list[Item]:
        return self.items(ref for ref in self.tree.nodes if ref[0] is kind)

    def words(self, ref: Ref) -> str:
        """By what a part is told: its texts, of a table its head and first words."""
        node = self.tree.nodes[ref]
        if ref[0] is NodeKind.ROW:
            return " ".join(self._row_words(node))
        own = " ".join(text for _, _, text in texts(node))
        if ref[0] is not NodeKind.TABLE:
            return own.strip()
        first = islice(self.tree.children(ref), FIRST_PARTS)
        return " ".join((own, *map(self.words, first))).strip()

    def _row_words(self, row: Node) -> Iterator[str]:
        for ref in self.tree.list_of(row.parent, Slot.COLUMNS):
            cell, column = row.values[ref], self.tree.nodes[ref]
            words = cell_words(cell, column, row, self.numbers.style)
            if words and not cell.joined:
                yield words


_Found = dict[Ref, tuple[Ref, float]]


def _pairs(old: _Side, new: _Side) -> _Found:
    """The partner of each part of the new document that has one, and how like it is."""
    found: _Found = {}
    known: dict[Ref, Ref] = {ROOT: ROOT}

    def match(ours: list[Item], theirs: list[Item], least: float = 0.0) -> _Found:
        pairs = Matcher(ours, theirs, known).match()
        pairs = {ref: pair for ref, pair in pairs.items() if pair[1] >= least}
        found.update(pairs)
        known.update((ref, partner) for ref, (partner, _) in pairs.items())
        return pairs

    match(old.of(NodeKind.REVISION), new.of(NodeKind.REVISION), least=1.0)
    for kind in (NodeKind.ANNEX, NodeKind.POINT, NodeKind.PARAGRAPH):
        match(old.of(kind), new.of(kind))
    tables = match(old.of(NodeKind.TABLE), new.of(NodeKind.TABLE))
    for theirs, (ours, _) in tables.items():
        for slot in (Slot.COLUMNS, Slot.ROWS):
            match(
                old.items(old.tree.list_of(ours, slot)),
                new.items(new.tree.list_of(theirs, slot)),
            )
    return found


def _give_ids(old: _Side, new: _Side, found: _Found) -> None:
    """An id to every part, the same one to partners; references follow the ids."""
    taken = {node.values.get("id", "") for node in old.tree.nodes.values()}
    fresh = (key for number in count(1) if (key := f"n{number}") not in taken)
    met = {""}
    for node in _parts(old.tree):
        if node.values["id"] in met:
            node.values["id"] = next(fresh)
        met.add(node.values["id"])
    renamed: dict[str, str] = {}
    for node in _parts(new.tree):
        partner = found.get(node.ref)
        given = old.tree.nodes[partner[0]].values["id"] if partner else next(fresh)
        renamed.setdefault(node.values["id"], given)
        node.values["id"] = given
    lost = next(fresh)
    for node in new.tree.nodes.values():
        for name, value in node.values.items():
            node.values[name] = _referring(value, renamed, lost)


def _parts(tree: Tree) -> Iterator[Node]:
    return (node for node in tree.nodes.values() if node.ref != ROOT)


def _referring(value: object, renamed: Mapping[str, str], lost: str) -> object:
    """A field with its cross references leading to the new ids, or to ``lost``."""
    if isinstance(value, str) and "[[" in value:
        return REFERENCE.sub(lambda m: f"[[{renamed.get(m[1], lost)}]]", value)
    if isinstance(value, Cell) and any("[[" in line.text for line in value.lines):
        lines = (
            replace(line, text=str(_referring(line.text, renamed, lost)))
            for line in value.lines
        )
        return replace(value, lines=tuple(lines))
    return value


def _told(old: _Side, new: _Side, found: _Found) -> Iterator[Pair]:
    for ref, node in new.tree.nodes.items():
        if ref in found:
            partner, like = found[ref]
            yield Pair(
                ref[0],
                node.values["id"],
                old.numbers.whole(partner).strip(),
                new.numbers.whole(ref).strip(),
                one_line(old.words(partner)),
                one_line(new.words(ref)),
                like,
            )
