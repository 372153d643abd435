"""The texts of one node on both sides, in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..model import Cell, NumberingStyle
from ..numbering import mark
from .model import NodeKind, Op, Piece, Ref, TextChange
from .numbers import Numbers
from .sides import Sides
from .texts import cell_print, cell_words, column_name, settings, texts
from .tree import Node, Slot, Tree
from .wording import pieces

EMPTY = Cell()
CellWords = Callable[[Cell, Node, Node, NumberingStyle], str]


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a node; ``is_own`` is False where only a number that the text names
    has become another."""

    part: TextChange
    is_own: bool = True


class Sayer:
    """Says the texts of the nodes of two documents, as each of them prints them."""

    def __init__(self, sides: Sides, old: Numbers, new: Numbers) -> None:
        self.sides, self.old, self.new = sides, old, new
        # What need not be looked at twice.
        self.alike = {
            ref
            for ref, node in sides.new.nodes.items()
            if ref in sides.old.nodes and sides.old.nodes[ref].values == node.values
        }

    def said(self, ref: Ref) -> Iterator[Said]:
        """Every text of a node, and those settings that differ."""
        old, new = self.sides.old.nodes.get(ref), self.sides.new.nodes.get(ref)
        if old and new and ref[0] is NodeKind.POINT:
            yield from self._level(old, new)
        yield from self._texts(old, new)
        if ref[0] is NodeKind.ROW:
            yield from self._cells(old, new)
        if old and new and ref not in self.alike:
            yield from _settings(old, new)

    def _texts(self, old: Node | None, new: Node | None) -> Iterator[Said]:
        before = (
            {name: (label, text) for name, label, text in texts(old)} if old else {}
        )
        after = {name: (label, text) for name, label, text in texts(new)} if new else {}
        for name, (label, _) in (after or before).items():
            ours, theirs = before.get(name, ("", ""))[1], after.get(name, ("", ""))[1]
            yield self._in_pieces(name, label, ours, theirs)

    def _in_pieces(self, name: str, label: str, old: str, new: str) -> Said:
        words = pieces(self.old.resolved(old), self.new.resolved(new))
        return Said(TextChange(name, label, words), old != new)

    def _level(self, old: Node, new: Node) -> Iterator[Said]:
        """Said where a person chose another mark, not where the point moved."""
        before, after = _depth(self.sides.old, old), _depth(self.sides.new, new)
        if before != after and new.ref not in self.sides.moved:
            ours = mark(old.values["level"], 1, self.old.style)
            theirs = mark(new.values["level"], 1, self.new.style)
            yield Said(_replaced("level", "層級", ours, theirs))

    def _cells(self, old: Node | None, new: Node | None) -> Iterator[Said]:
        columns = dict.fromkeys(
            [*_columns(self.sides.new, new), *_columns(self.sides.old, old)]
        )
        for ref in columns:
            column = self.sides.new.nodes.get(ref) or self.sides.old.nodes[ref]
            place = self.new.marks.get(ref) or self.old.marks[ref]
            ours, theirs = self._both_words(ref, old, new)
            yield self._in_pieces(ref[1], column_name(column, place), ours, theirs)

    def _both_words(
        self, column: Ref, old: Node | None, new: Node | None
    ) -> tuple[str, str]:
        ours = self._words(self.old, column, old, cell_words)
        if column in self.alike and new and new.ref in self.alike:
            return ours, ours
        theirs = self._words(self.new, column, new, cell_words)
        if ours == theirs and old and new and _cell(old, column) != _cell(new, column):
            ours = self._words(self.old, column, old, cell_print)
            theirs = self._words(self.new, column, new, cell_print)
        return ours, theirs

    def _words(
        self, side: Numbers, ref: Ref, row: Node | None, words: CellWords
    ) -> str:
        """Lists have their marks in the new way of writing on both sides."""
        column = side.tree.nodes.get(ref)
        if row is None or column is None:
            return ""
        return words(_cell(row, ref), column, row, self.new.style)


def _cell(row: Node, column: Ref) -> Cell:
    cell: Cell = row.values.get(column, EMPTY)
    return cell


def _columns(tree: Tree, row: Node | None) -> list[Ref]:
    return tree.list_of(row.parent, Slot.COLUMNS) if row else []


def _depth(tree: Tree, node: Node) -> int:
    """How much deeper a point's level is than that of the point around it."""
    above = tree.nodes[node.parent].values.get("level", 0)
    deeper: int = node.values["level"] - above
    return deeper


def _settings(old: Node, new: Node) -> Iterator[Said]:
    for (name, label, ours), (_, _, theirs) in zip(
        settings(old), settings(new), strict=True
    ):
        if ours != theirs:
            yield Said(_replaced(name, label, ours, theirs))


def _replaced(name: str, label: str, old: str, new: str) -> TextChange:
    return TextChange(name, label, (Piece(Op.DELETE, old), Piece(Op.INSERT, new)))
