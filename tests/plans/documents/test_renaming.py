"""A document under other ids."""

from hypothesis import given

from plans.documents.comparison import pair
from plans.documents.model import (
    Annex,
    Cell,
    Column,
    Document,
    Line,
    Paragraph,
    Point,
    Row,
    Table,
)
from plans.documents.renaming import with_ids
from tests.plans.documents.strategies import documents


def paper(more=""):
    """A paper with a part of every kind; ``more`` is put before each number of an id."""

    def key(letter, number):
        return f"{letter}{more}{number}"

    first, table, own = key("b", 1), key("b", 3), key("b", 4)
    cell = Cell((Line(f"同[[{first}]]"),))
    rows = (Row((cell,), id=key("r", 1)),)
    grid = Table((Column("名稱", id=key("c", 1)),), rows, id=table)
    text = Paragraph(f"見[[{first}]]與[[b99]]", key("b", 2))
    point = Point(1, "依據", f"如[[{own}]]", (text, grid), first)
    printed = Table((), (Row((), id=key("m", 5) + key("s", 3)),), id="schedule-民政課")
    annexes = (
        Annex("附件1", f"見[[{first}]]", (), id=own),
        Annex("附件2", children=(printed,), id="schedule"),
    )
    return Document("明山", 113, "計畫", (point,), annexes)


IDS = {
    f"{letter}{number}": f"{letter}7{number}"
    for letter, number in (
        *(("b", number) for number in range(1, 5)),
        ("c", 1),
        ("r", 1),
        ("m", 5),
        ("s", 3),
    )
}


def test_every_part_gets_its_new_id_and_references_follow():
    assert with_ids(paper(), IDS) == paper("7")


def test_what_is_not_named_keeps_its_id():
    assert with_ids(paper(), {}) == paper()


@given(documents())
def test_back_and_forth_is_the_same_document(document):
    named = pair(document, document).old
    there = {f"n{number}": f"z{number}" for number in range(1, 500)}
    back = {new: old for old, new in there.items()}

    renamed = with_ids(named, there)

    assert with_ids(renamed, back) == named
    assert renamed != named or not named.children + named.annexes + named.revisions
