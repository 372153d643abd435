"""Name cells: an item with its points and owners, in one bracket or for each unit."""

from decimal import Decimal

import pytest

from schedule.timetable.wording import (
    NamedItem,
    read_name,
    read_owners,
    read_points,
    without_note,
)

JOINT = (
    ("民", Decimal("10.5"), ("林一樹",)),
    ("社", Decimal("4.5"), ("周五湖",)),
)


def single(points, *owners):
    """The one part of an item of one unit."""
    return (("", None if points is None else Decimal(points), owners),)


@pytest.mark.parametrize(
    ("text", "name", "parts"),
    [
        ("路樹養護", "路樹養護", ()),
        ("路樹養護（2分／林一樹）", "路樹養護", single(2, "林一樹")),
        ("路樹養護\n(2.5 分 / 林一樹)", "路樹養護", single("2.5", "林一樹")),
        ("路樹養護（１０．５分）", "路樹養護", single("10.5")),
        ("路樹養護（配分：3分）", "路樹養護", single(3)),
        ("路樹 養護（承辦人：林一樹）", "路樹養護", single(None, "林一樹")),
        (
            "路樹養護（6分／林一樹、陳二河、王三山）",
            "路樹養護",
            single(6, "林一樹", "陳二河", "王三山"),
        ),
        (
            "路樹（含盆栽）養護（2分／林一樹）",
            "路樹（含盆栽）養護",
            single(2, "林一樹"),
        ),
        ("路樹養護（2分／林一樹）工程", "路樹養護工程", single(2, "林一樹")),
        (
            "路樹養護（2分／林一樹）（含盆栽）",
            "路樹養護（含盆栽）",
            single(2, "林一樹"),
        ),
        ("加分（5分）制檢討（2分／林一樹）", "加分（5分）制檢討", single(2, "林一樹")),
        ("（3分／林一樹）", "", single(3, "林一樹")),
    ],
)
def test_a_name_cell_holds_name_points_and_owners(text, name, parts):
    assert read_name(text) == NamedItem(name, parts)


@pytest.mark.parametrize(
    "text",
    [
        "防災整備 (民)10.5分/林一樹 (社)4.5分/周五湖",
        "防災整備（民）10.5分／林一樹（社）4.5分／周五湖",
        "防災\n整備 ( 民 ) １０．５ 分 ／ 林一樹、( 社 ) 4.5 分 / 周五湖",
        "防災整備（（民）10.5分／林一樹、（社）4.5分／周五湖）",
    ],
)
def test_a_joint_item_names_the_part_of_each_unit(text):
    assert read_name(text) == NamedItem("防災整備", JOINT)


def test_text_around_joint_parts_belongs_to_the_name():
    found = read_name("(民)10分/林一樹/陳二河 (社)5分/周五湖 (含2場)演練")

    assert found.parts[0][2] == ("林一樹", "陳二河")
    assert found.name == "(含2場)演練"


SHARES = "防災整備\n（民）10.5分／林一樹\n（社）4.5分／周五湖"


@pytest.mark.parametrize(
    "note",
    [
        "與鄰近機關聯合辦理",
        "註：併縣府演習。",
        "與鄰近機關聯合辦理\n另報縣府",
        "依114年計畫",
    ],
)
def test_a_note_below_the_shares_is_no_owner(note):
    text, rest = without_note(f"{SHARES}\n{note}")

    assert read_name(text) == NamedItem("防災整備", JOINT)
    assert rest == note


@pytest.mark.parametrize(
    "text",
    [
        f"{SHARES}、王三山、\n陳二河、歐陽大同",
        f"{SHARES}\n（含2場演練）",
        "路樹養護\n（2分／林一樹）\n工程",
        "路樹養護及公園清潔綜合計畫\n其他",
    ],
)
def test_owners_on_several_lines_and_the_end_of_a_name_are_no_note(text):
    assert without_note(text) == (text, "")


def test_a_bracket_torn_by_a_page_break_is_put_together():
    found = read_name("役男體檢(6分/何小雪、周大)川)")

    assert found == NamedItem("役男體檢", single(6, "何小雪", "周大川"))


def test_points_that_the_database_could_not_keep_stay_in_the_name():
    assert read_name("路樹養護（2.125分）") == NamedItem("路樹養護（2.125分）")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("林一樹、陳二河，王三山；周五湖／李和平", 5),
        ("林一樹 陳二河\n王三山", 3),
        ("林一樹和陳二河及王三山", 3),
        ("林一樹、林一樹", 1),
        ("", 0),
    ],
)
def test_owners_are_parted_by_any_usual_sign(text, names):
    assert len(read_owners(text)) == names


@pytest.mark.parametrize("name", ["林志和", "陳和平", "王　明", "歐陽及第", "林樹(代)"])
def test_a_name_is_not_torn_at_what_stands_inside_it(name):
    closed = name.replace("　", "")

    assert read_owners(f"{name}、周五湖") == (closed, "周五湖")


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("10.5分", Decimal("10.5")),
        ("１０．５", Decimal("10.5")),
        ("配分 3", Decimal(3)),
        ("另計", None),
        ("12345", None),
        ("1.234", None),
    ],
)
def test_points_are_read_where_there_are_any(text, points):
    assert read_points(text) == points
