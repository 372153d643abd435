"""Underlined words of a cell: kept, printed, and no burden where there are none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.documents.canonical import digest, from_json, to_json
from plans.documents.html import paper_html
from plans.documents.model import Cell, Column, Document, Line, Point, Row, Table


def document(*lines):
    table = Table((Column("內容"),), (Row((Cell(lines),)),))
    return Document("明山鄉公所", 114, "計畫", (Point(1, "依據", id="b1"), table))


@st.composite
def underlined_lines(draw):
    text = draw(st.text("服務計畫 <&", min_size=1, max_size=12))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    ranges = tuple(zip(edges[::2], edges[1::2], strict=False))
    return Line(text, underlined=ranges)


@given(st.lists(underlined_lines(), max_size=3))
def test_emphasis_is_read_back(lines):
    one = document(*lines)

    assert from_json(to_json(one)) == one


def test_documents_without_emphasis_keep_their_digests():
    data = to_json(document(Line("服務")))

    assert b"underlined" not in data
    assert (
        b'{"level":0,"start":0,"text":"\xe6\x9c\x8d\xe5\x8b\x99","type":"Line"}' in data
    )


def test_emphasis_makes_another_document():
    plain = document(Line("服務"))

    assert digest(plain) != digest(document(Line("服務", underlined=((0, 1),))))


@pytest.mark.parametrize(
    ("underlined", "expected"),
    [
        ((), "依<b>"),
        (((0, 1),), '<span class="underlined">依</span>&lt;b&gt;'),
        (((1, 2), (3, 4)), "依"),
        (((0, 99),), '<span class="underlined">依&lt;b&gt;</span>'),
    ],
)
def test_underlined_words_are_printed(underlined, expected):
    page = paper_html(document(Line("依<b>", underlined=underlined)))

    article = page.partition("<article")[2]
    assert expected.replace("<b>", "&lt;b&gt;") in article
    assert article.count('class="underlined"') == len(underlined)


def test_references_are_named_inside_underlined_words():
    page = paper_html(document(Line("如[[b1]]所定", underlined=((0, 7),))))

    assert '<span class="underlined">如壹</span>所定' in page


def test_a_list_mark_stands_before_underlined_words():
    page = paper_html(document(replace(Line("甲乙", 4), underlined=((1, 2),))))

    assert '<span class="sign">1、</span>甲<span class="underlined">乙</span>' in page
