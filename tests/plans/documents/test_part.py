"""One annex, or one table of it, printed alone."""

from dataclasses import replace

import pytest

from plans.documents.html import paper_html
from plans.documents.model import Annex, Cover, Document, Paragraph, RevisionLine
from plans.documents.part import part_of, parts
from tests.bench.documents import month_grid

ONE, TWO = replace(month_grid(2), id="t1"), replace(month_grid(3), id="t2")
WHOLE = Document(
    "明山鄉公所",
    114,
    "明山鄉公所服務計畫",
    (Paragraph("本文"),),
    (Annex("附件1", "時程表", (ONE, TWO), id="a1"), Annex("附件2", "分工", id="a2")),
    (RevisionLine(114, 1, 2),),
    cover=Cover("封面"),
    running_head="編印",
)


def part(key):
    """The part, which has to be there."""
    found = part_of(WHOLE, key)
    assert found is not None
    return found


def test_an_annex_alone_has_nothing_of_the_plan():
    annex = part("a1")

    assert annex.annexes == WHOLE.annexes[:1]
    assert (annex.children, annex.revisions, annex.cover) == ((), (), None)


def test_a_table_alone_keeps_the_title_of_its_annex():
    annex = part("t2").annexes[0]

    assert annex.children == (TWO,)
    assert annex.title == "時程表"


def test_no_key_is_the_whole_and_a_strange_one_nothing():
    assert part_of(WHOLE, "") is WHOLE
    assert part_of(WHOLE, "b99") is None


def test_every_annex_can_be_chosen():
    assert parts(WHOLE) == [("a1", "附件1　時程表"), ("a2", "附件2　分工")]


@pytest.mark.parametrize("key", ["a1", "t1"])
def test_a_part_is_a_page_of_its_own_name(key):
    html = paper_html(part(key))

    assert "<title>附件1　時程表</title>" in html
    assert "<h1>" not in html
    assert "本文" not in html
