"""Hypothesis strategies: a Document with ids, and what somebody made of it."""

from dataclasses import fields, replace
from itertools import count

from hypothesis import strategies as st

from plans.documents.model import (
    Annex,
    Cell,
    Column,
    Line,
    Paragraph,
    Point,
    Row,
    Table,
)
from tests.plans.documents.strategies import documents, points, revisions, words

LISTS = ("children", "annexes", "revisions", "columns", "rows")


def numbered(part, numbers=None):
    """A document, or a part of one, with an id on everything that can have one."""
    numbers = numbers or (f"k{number}" for number in count(1))
    names = {f.name for f in fields(part)}
    own = {"id": next(numbers)} if "id" in names else {}
    lists = {
        name: tuple(numbered(one, numbers) for one in getattr(part, name))
        for name in LISTS
        if name in names
    }
    return replace(part, **own, **lists)


class Writer:
    """Somebody who deletes, adds, moves and changes parts anywhere."""

    def __init__(self, draw):
        self.draw = draw
        self.numbers = (f"n{number}" for number in count(1))
        self.loose = []

    def document(self, one):
        return replace(
            one,
            title=self.text(one.title),
            running_head=self.text(one.running_head),
            children=self.several(one.children, self.new_block),
            annexes=self.several(one.annexes, lambda: Annex("附件9", self.text(""))),
            revisions=self.several(one.revisions, lambda: self.draw(revisions)),
        )

    def text(self, old):
        return self.draw(st.just(old) | words)

    def one_in(self, chances):
        return self.draw(st.integers(1, chances)) == chances

    def several(self, parts, make):
        """Some of ``parts``, perhaps in another order, perhaps with new ones."""
        kept = [self.edited(part) for part in parts if not self.took(part)]
        if len(kept) > 1 and self.one_in(3):
            kept = self.draw(st.permutations(kept))
        if self.one_in(3):
            kept.insert(self.place(kept), numbered(make(), self.numbers))
        if self.loose and make == self.new_block and self.one_in(2):
            kept.insert(self.place(kept), self.loose.pop())
        return tuple(kept)

    def place(self, parts):
        return self.draw(st.integers(0, len(parts)))

    def took(self, part):
        """Whether the part is gone; it may turn up elsewhere."""
        if not self.one_in(5):
            return False
        if isinstance(part, Point | Paragraph | Table) and self.one_in(2):
            self.loose.append(part)
        return True

    def edited(self, part):
        edit = {
            Point: self.point,
            Paragraph: lambda one: replace(one, text=self.text(one.text)),
            Table: self.table,
            Column: lambda one: replace(one, name=self.text(one.name), width=2.5),
            Annex: lambda one: replace(
                one, children=self.several(one.children, self.new_block)
            ),
        }.get(type(part), lambda one: one)
        return edit(part)

    def point(self, one):
        return replace(
            one,
            heading=self.text(one.heading),
            body=self.text(one.body),
            level=self.draw(st.just(one.level) | st.integers(1, 8)),
            children=self.several(one.children, self.new_block),
        )

    def new_block(self):
        return self.draw(points() | st.builds(Paragraph, words))

    def table(self, one):
        columns = self.several(one.columns, lambda: Column(self.text("")))
        columns = columns or one.columns[:1]
        place = {column.id: index for index, column in enumerate(one.columns)}

        def row(old):
            cells = (
                old.cells[place[column.id]] if column.id in place else Cell()
                for column in columns
            )
            return replace(old, cells=tuple(map(self.cell, cells)))

        rows = self.several(one.rows, lambda: Row((Cell(),) * len(one.columns)))
        return replace(one, columns=columns, rows=tuple(map(row, rows)))

    def cell(self, old):
        return Cell((Line(self.text("")),)) if self.one_in(4) else old


@st.composite
def versions(draw):
    """Two documents: one with ids on everything, and one made of it."""
    old = numbered(draw(documents()))
    return old, Writer(draw).document(old)
