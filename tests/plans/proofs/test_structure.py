"""Chapters, marks, annexes, citations, history and tables."""

import pytest

from plans.documents.model import Annex, Cell, Line, Paragraph, Point, RevisionLine
from plans.documents.proofs.catalogue import CATALOGUE
from plans.documents.proofs.finding import Grade
from plans.documents.proofs.proof import findings

from .papers import (
    POINTS,
    TEXT,
    WEIGHT,
    chapter,
    codes,
    grid,
    plan_of,
    row_of,
    total_row,
)

CLAUSE = "本計畫奉區長核定後實施，修正時亦同。"


def test_a_plan_in_order_has_no_findings():
    document = plan_of(
        chapter("依據", body="明山市政府113年12月5日府研字第1130230001號函。"),
        chapter("目標", Point(2, "便民", id="b3"), Point(2, "利民", id="b4"), key="b2"),
        chapter(CLAUSE, key="b5"),
        annexes=(Annex("附件1", "分工表", (Paragraph("如上。", "b8"),), id="b7"),),
    )

    assert codes(document) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("明山市政府函頒「服務評核計畫」。", ["basis-number"]),
        ("明山市政府113年12月5日函辦理。", ["basis-number"]),
        ("明山市政府113年12月5日府研字第1130230001號函頒「計畫」。", []),
        ("明山市政府113年12月5日府研字第 1130230001 號 函", []),
        ("明山市政府110年3月5日府研字第1100230001號函頒「計畫」。", ["stale-basis"]),
        ("111年3月5日府研字第1110230001號函暨114年1月2日修正。", []),
        ("行政程序法第3條及本所公函處理作業。", []),
        ("民眾來信與信函。", []),
    ],
)
def test_citations(text, found):
    assert codes(plan_of(chapter("計畫依據", body=text))) == found


def test_letters_are_looked_at_in_the_basis_only():
    assert codes(plan_of(chapter("推動方式", body="由市政府函頒各課。"))) == []


@pytest.mark.parametrize("place", [0, 1])
def test_the_closing_clause_stands_last(place):
    chapters = [chapter("經費", body="由年度預算支應。", key="b1")]
    chapters.insert(place, chapter(CLAUSE, key="b2"))

    assert codes(plan_of(*chapters)) == (["closing-last"] if place == 0 else [])


def test_two_kinds_of_marks_side_by_side():
    document = plan_of(
        chapter(
            "目標",
            Point(2, "便民", id="b2"),
            Point(2, "利民", id="b3"),
            Point(3, "愛民", id="b4"),
        )
    )

    (found,) = findings(document)

    assert (found.check, found.place) == ("mixed-marks", "b4")
    assert "一" in found.message
    assert "（一）" in found.message


@pytest.mark.parametrize(
    ("heading", "body", "found"),
    [
        ("1.辦理說明會", "", True),
        ("辦理說明會", "說明：\n（1）地點\n（2）時間", True),
        ("3.5公里健走", "", False),
        ("（02）2345-6789為服務專線", "", False),
    ],
)
def test_marks_typed_by_hand(heading, body, found):
    document = plan_of(chapter("目標", Point(2, heading, body, id="b2")))

    assert ("typed-mark" in codes(document)) is found


def test_empty_parts():
    document = plan_of(
        chapter("目標", Point(2, "", id="b2"), Point(2, "便民", id="b3")),
        chapter("實施對象", key="b4"),
        chapter("獎懲依規定辦理", key="b5"),
        annexes=(Annex("附件1", "空", id="b6"),),
    )

    assert codes(document) == ["empty-point", "hollow-heading", "empty-table"]


def test_a_heading_that_comes_twice():
    document = plan_of(
        chapter("目標", body="便民。"), chapter("目標", body="便民。", key="b2")
    )

    assert codes(document) == ["same-heading"]


def test_a_reference_to_what_was_deleted():
    document = plan_of(chapter("管考", body="依[[b7]]及[[b1]]辦理。"))

    (found,) = findings(document)

    assert (found.check, found.found, found.grade) == (
        "lost-reference",
        "[[b7]]",
        Grade.ERROR,
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("詳如附件1。", []),
        ("詳如附件一。", []),
        ("詳如附件２。", ["annex-missing"]),
        ("依「區政評核計畫」附件3辦理。", []),
        ("檢附附表二。", ["annex-missing"]),
    ],
)
def test_annexes_that_the_text_names(text, found):
    annex = Annex("附件1", "分工表", (Paragraph("如上。", "b8"),), id="b7")

    assert codes(plan_of(chapter("分工", body=text), annexes=(annex,))) == found


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["附件1", "附件2"], []),
        (["附件1", "附件3"], ["annex-label"]),
        (["附件1", "附件1"], ["annex-label"]),
        (["附件1", "附件二"], ["annex-label"]),
        (["附件1", "附表1"], []),
    ],
)
def test_labels_of_annexes(labels, found):
    annexes = tuple(
        Annex(label, "表", (Paragraph("文", f"b{n}9"),), id=f"b{n}")
        for n, label in enumerate(labels, 1)
    )

    assert codes(plan_of(annexes=annexes)) == found


def test_annexes_that_others_keep_are_theirs_to_prove():
    annex = Annex("附件1", "公佈欄", (Paragraph("公佈", "b8"),), id="kept")
    document = plan_of(chapter("分工", body="如附件1。"), annexes=(annex,))

    assert codes(document, kept={"kept"}) == []
    assert codes(document) == ["word", "word"]


def test_the_history_goes_forward():
    def history(*lines):
        return plan_of(revisions=lines)

    first = RevisionLine(112, 2, 3, verb="訂定", number="府字第1號", id="v1")
    second = RevisionLine(113, 2, 0, 1, number="府字第2號", id="v2")

    assert codes(history(first, second)) == []
    assert codes(history(second, first)) == ["revision-order"]
    later = RevisionLine(114, 1, 1, 3, number="府字第3號", id="v3")
    assert codes(history(first, second, later)) == ["revision-order"]
    unnumbered = RevisionLine(114, 1, 1, 2, id="v3")
    assert codes(history(first, second, unnumbered)) == ["revision-number"]


TASKS = [("工作項目", TEXT), ("配分", POINTS), ("備註", TEXT)]


def test_holes_in_a_table_and_rows_without_anything():
    rows = [(f"項目{n}", "5", "") for n in range(6)]
    table = grid(TASKS, *rows, ("項目七", "", ""), ("", "", ""))

    found = findings(plan_of(chapter("分工", table)))

    assert [(one.check, one.place) for one in found] == [
        ("empty-cell", "r6"),
        ("empty-row", "r7"),
    ]


def test_a_column_that_is_mostly_empty_is_no_hole():
    table = grid(TASKS, ("甲案", "5", ""), ("乙案", "", ""), ("丙案", "", ""))

    assert codes(plan_of(chapter("分工", table))) == []


@pytest.mark.parametrize(("said", "found"), [("10.5分", []), ("11分", ["total-row"])])
def test_a_total_is_the_sum_of_its_rows(said, found):
    table = grid(TASKS, ("甲", "5", ""), ("乙", "5.5", ""), total_row("合計", said, ""))

    assert codes(plan_of(chapter("分工", table))) == found


@pytest.mark.parametrize(
    ("weights", "found"),
    [
        (["60%", "40%"], []),
        (["60%", "30%"], ["weights"]),
        (["", ""], []),
    ],
)
def test_weights_of_a_column_come_to_a_hundred(weights, found):
    table = grid([("指標", TEXT), ("權重", WEIGHT)], *(("甲", w) for w in weights))

    assert codes(plan_of(chapter("指標", table))) == found


def test_weights_may_come_to_a_hundred_in_each_group():
    table = grid(
        [("構面", TEXT), ("指標", TEXT), ("權重", WEIGHT)],
        ("一", "甲", "50%"),
        (None, "乙", "50%"),
        ("二", "丙", "100%"),
    )

    assert codes(plan_of(chapter("指標", table))) == []


@pytest.mark.parametrize(("last", "found"), [("40", []), ("30", ["weights"])])
def test_weights_in_brackets_of_one_cell(last, found):
    lines = (
        Line("時效。（60%）", 4, 1),
        Line(f"品質。(0.{last}%)".replace("0.", ""), 4),
    )
    table = grid([("指標", TEXT)], row_of((), "r0").__class__((Cell(lines),), id="r0"))

    assert codes(plan_of(chapter("指標", table))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("依「服務計畫辦理", ["quotes"]),
        ("依服務計畫」辦理", ["quotes"]),
        ("依「『一站』服務計畫」辦理", []),
        ("依據依據本計畫", ["doubled"]),
        ("處處安心、點點滴滴、人人有責", []),
    ],
)
def test_texts_by_themselves(text, found):
    assert codes(plan_of(chapter("目標", body=text))) == found


def test_every_check_is_published_and_every_grade_used():
    for info in CATALOGUE.values():
        assert info.name
        assert info.reason
        assert info.remedy
    assert {info.grade for info in CATALOGUE.values()} == set(Grade)


def test_the_same_words_have_the_same_digest_wherever_else_the_text_changes():
    def digest(body):
        (found,) = findings(plan_of(chapter("目標", body=body)))
        return found.digest

    near = "民眾可以在每一個里的公佈欄看到各種最新的消息"
    assert digest(near) == digest(
        f"另外加上的一段\n{'很長的前文，' * 5}{near}"[-len(near) :]
    )
    assert digest(near) != digest(near.replace("每一個里", "每一村里"))
