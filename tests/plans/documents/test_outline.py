"""Numbers of points and the references that name them."""

from plans.documents.model import (
    Annex,
    Brackets,
    Document,
    NumberingStyle,
    Paragraph,
    Point,
)
from plans.documents.outline import (
    LOST_REFERENCE,
    point_numbers,
    resolve,
    with_marks,
)


def test_paragraphs_do_not_break_the_count():
    blocks = (Point(2, "甲"), Paragraph("說明"), Point(2, "乙"))

    assert [mark for mark, _ in with_marks(blocks, NumberingStyle())] == [
        "一、",
        "",
        "二、",
    ]


def test_levels_that_are_skipped_print_their_own_mark():
    blocks = (Point(3, "甲"), Point(3, "乙"))

    marks = [mark for mark, _ in with_marks(blocks, NumberingStyle(Brackets.HALF))]

    assert marks == ["(一)", "(二)"]


def test_full_numbers_name_the_way_down():
    leaf = Point(4, "細目", id="b3")
    document = Document(
        "甲所",
        114,
        "計畫",
        (
            Point(1, "依據", id="b1"),
            Point(1, "內容", "", (Point(3, "作業", "", (leaf,), "b4"),), "b2"),
        ),
        (Annex("附件1", children=(Point(2, "表", id="b6"),), id="b5"),),
    )

    assert point_numbers(document) == {
        "b1": "壹",
        "b2": "貳",
        "b4": "貳、（一）",
        "b3": "貳、（一）1",
        "b5": "附件1",
        "b6": "附件1 一",
    }


def test_reference_names_the_number_of_now():
    assert resolve("依[[b4]]辦理", {"b4": "貳、（一）"}) == "依貳、（一）辦理"


def test_lost_reference_is_said():
    assert resolve("依[[b9]]辦理", {}) == f"依{LOST_REFERENCE}辦理"


def test_other_brackets_stay():
    assert resolve("[[不是]] [1]", {}) == "[[不是]] [1]"
