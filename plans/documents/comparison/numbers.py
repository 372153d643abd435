"""What every node of a document is called: its mark, and the numbers around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..model import ColumnKind, NumberingStyle, RowKind
from ..numbering import mark
from ..outline import resolve
from .model import NodeKind, Ref
from .tree import ROOT, Slot, Tree


class Numbers:
    """The marks of a tree as printed in ``style``, its document's own for None.

    ``numbered`` are the points, and the rows that print an item number; ``paths``
    are the numbers around a node, e.g. 壹、一、（二）, and the table of a row;
    ``depths`` count the points around it.
    """

    def __init__(self, tree: Tree, style: NumberingStyle | None = None) -> None:
        self.tree = tree
        self.style: NumberingStyle = style or tree.nodes[ROOT].values["style"]
        self.marks: dict[Ref, str] = {}
        self.numbered: set[Ref] = set()
        self.paths: dict[Ref, str] = {ROOT: ""}
        self.depths: dict[Ref, int] = {ROOT: 0}
        self.named: Mapping[str, str] = {}
        for node in tree.nodes.values():
            if node.lists:
                self._mark(node.lists)
            for ref in tree.children(node.ref):
                self._place(ref, node.ref)
        self.named = {
            tree.nodes[ref].values["id"]: self.whole(ref).rstrip("、. ")
            for ref in tree.nodes
            if ref[0] in {NodeKind.POINT, NodeKind.ANNEX}
        }

    def resolved(self, text: str) -> str:
        """``text`` with its cross references named as in this document."""
        return resolve(text, self.named)

    def _place(self, ref: Ref, parent: Ref) -> None:
        self.depths[ref] = self.depths[parent] + (parent[0] is NodeKind.POINT)
        self.paths[ref] = self.whole(parent)

    def whole(self, ref: Ref) -> str:
        """The number of a node with those around it."""
        around, own = self.paths[ref], self.marks.get(ref, "")
        if ref[0] is NodeKind.TABLE:
            title = self.tree.nodes[ref].values["title"]
            return f"{around}「{title}」" if title else f"{around}表格"
        return f"{own} " if ref[0] is NodeKind.ANNEX else around + own

    def _mark(self, lists: Mapping[Slot, list[Ref]]) -> None:
        """Number what stands in the lists of one node."""
        counts: Counter[int] = Counter()
        for ref in lists.get(Slot.CHILDREN, ()):
            if ref[0] is NodeKind.POINT:
                level = self.tree.nodes[ref].values["level"]
                counts[level] += 1
                self.marks[ref] = mark(level, counts[level], self.style)
                self.numbered.add(ref)
        for ref in lists.get(Slot.ANNEXES, ()):
            self.marks[ref] = self.tree.nodes[ref].values["label"]
        for number, ref in enumerate(lists.get(Slot.COLUMNS, ()), 1):
            self.marks[ref] = f"第{number}欄"
        self._mark_rows(lists)

    def _mark_rows(self, lists: Mapping[Slot, list[Ref]]) -> None:
        column = self._item_column(lists.get(Slot.COLUMNS, ()))
        number = 0
        for place, ref in enumerate(lists.get(Slot.ROWS, ()), 1):
            values = self.tree.nodes[ref].values
            self.marks[ref] = f"第{place}列"
            if column and values["kind"] is RowKind.DATA:
                if not values[column].joined:
                    number += 1
                    self.numbered.add(ref)
                self.marks[ref] = f"項次{number}"

    def _item_column(self, columns: Sequence[Ref]) -> Ref | None:
        """The column that holds the item numbers of a table."""
        for ref in columns:
            if self.tree.nodes[ref].values["kind"] is ColumnKind.NUMBER:
                return ref
        return None
