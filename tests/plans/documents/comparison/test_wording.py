"""Texts in pieces: nothing lost, readable, and bounded for hostile texts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.documents.comparison.model import Op, Piece
from plans.documents.comparison.wording import pieces

# Few characters, so that texts have much in common.
texts = st.text("服務計畫，。\n 1a２\u0301𠮷\ufe00", max_size=40)


def shown(old, new):
    marks = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
    return "".join(marks[p.op].format(p.text) for p in pieces(old, new))


@given(texts, texts)
def test_both_texts_are_in_the_pieces(old, new):
    found = pieces(old, new)

    assert "".join(p.text for p in found if p.op is not Op.INSERT) == old
    assert "".join(p.text for p in found if p.op is not Op.DELETE) == new


@given(texts, texts)
def test_pieces_are_whole_and_in_order(old, new):
    found = pieces(old, new)

    assert all(piece.text for piece in found)
    for one, other in pairwise(found):
        assert (one.op, other.op) not in {
            (Op.INSERT, Op.DELETE),
            *((op, op) for op in Op),
        }


@given(texts)
def test_a_text_that_stays_is_one_piece(text):
    assert pieces(text, text) == ((Piece(Op.EQUAL, text),) if text else ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("自114年起實施。", "自115年起實施。", "自[-114-]{+115+}年起實施。"),
        ("共98.4分", "共98.5分", "共[-98.4-]{+98.5+}分"),
        ("由服務課辦理", "由綜合課及服務課辦理", "由{+綜合課及+}服務課辦理"),
        ("親切，有禮。", "親切。", "親切[-，有禮-]。"),
        ("甲乙丙丁", "子乙丑丁", "[-甲乙丙-]{+子乙丑+}丁"),
        ("每月5日", "每季10日", "每[-月5-]{+季10+}日"),
        ("甲\n乙丙\n丁", "甲\n戊己\n丁", "甲\n[-乙丙-]{+戊己+}\n丁"),
        ("", "新", "{+新+}"),
    ],
)
def test_differences_read_well(old, new, expected):
    assert shown(old, new) == expected


def test_a_sentence_put_between_is_told_whole():
    old = "各課應訂定重點。每月回報。"
    new = "各課應訂定重點。逾期未訂者，由研考催辦。每月回報。"

    assert shown(old, new) == ("各課應訂定重點。{+逾期未訂者，由研考催辦。+}每月回報。")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("哈啊" * 10_000, "啊哈" * 10_000),
        ("12 人" * 5_000, "人 12" * 5_000),
        ("。" * 20_000, "；。" * 10_000),
        ("a\nb" * 7_000, "b\na" * 7_000),
    ],
)
def test_hostile_texts_are_replaced_and_not_searched(old, new):
    changed = [piece for piece in pieces(old, new) if piece.op is not Op.EQUAL]

    assert len(changed) <= 2
    assert max(len(piece.text) for piece in changed) > 9_000


def test_a_long_text_that_grew_at_its_end_is_no_search_at_all():
    old = "哈" * 20_000

    assert pieces(old, old + "新") == (Piece(Op.EQUAL, old), Piece(Op.INSERT, "新"))
