"""Units, points and owners of an item, wherever offices write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.timetable.model import Share

from .papers import (
    DRILLS,
    columns_of,
    read_sheets,
    sheet,
)


def test_points_and_owners_may_have_columns_of_their_own():
    row = (
        "1",
        "民政課",
        "路樹養護",
        "1. 修枝。(100%)",
        "實地",
        "2.5",
        "林一樹、陳二河",
    )

    (item,) = read_sheets(
        sheet(row, columns=columns_of("配分", "承辦人"))
    ).timetable.items()

    assert item.shares == (Share("民政課", Decimal("2.5"), ("林一樹", "陳二河")),)


def test_owners_of_their_column_join_the_points_of_the_name():
    row = ("1", "民政課", "路樹養護（2分）", "1. 修枝。(100%)", "實地", "林一樹")
    below = ("", "", "", "", "書面", "陳二河")

    (item,) = read_sheets(
        sheet(row, below, columns=columns_of("承辦人"))
    ).timetable.items()

    assert item.shares == (Share("民政課", Decimal(2), ("林一樹", "陳二河")),)


@pytest.mark.parametrize(
    "rows",
    [
        [
            (
                "1",
                "民政課<br>社會課",
                "防災",
                DRILLS,
                "實地",
                "10.5<br>4.5",
                "林一樹<br>周五湖",
            )
        ],
        [
            ("1", "民政課", "防災", DRILLS, "實地", "10.5", "林一樹"),
            ("", "社會課", "", "", "書面", "4.5", "周五湖"),
        ],
    ],
)
def test_each_unit_of_a_joint_item_has_its_line_of_these_columns(rows):
    reading = read_sheets(sheet(*rows, columns=columns_of("配分", "承辦人")))

    (item,) = reading.timetable.items()
    assert item.shares == (
        Share("民政課", Decimal("10.5"), ("林一樹",)),
        Share("社會課", Decimal("4.5"), ("周五湖",)),
    )


def test_brackets_that_name_no_unit_stay_in_the_name():
    row = ("1", "民政課", "清潔維護（含公廁）2分／林一樹", DRILLS, "實地")

    (item,) = read_sheets(sheet(row)).timetable.items()

    assert item.name == "清潔維護（含公廁）"
    assert item.shares == (Share("民政課", Decimal(2), ("林一樹",)),)


def test_a_unit_named_twice_has_both_parts():
    row = ("1", "民政課", "防災 (民)2分/林一樹 (民)3分/陳二河", DRILLS, "實地")

    (item,) = read_sheets(sheet(row)).timetable.items()

    assert item.shares == (Share("民政課", Decimal(5), ("林一樹", "陳二河")),)


def test_labels_are_told_by_the_office_before_they_are_guessed():
    row = ("1", "原民課／民政課", "防災 (民)2分/林一樹 (原)3分/陳二河", DRILLS, "實地")

    (item,) = read_sheets(sheet(row)).timetable.items()

    assert item.share_of("民政課").points == 2
    assert item.share_of("原民課").points == 3


POINTS = st.integers(0, 2000).map(lambda n: Decimal(n) / 2)


@given(civil=POINTS, social=POINTS, wide=st.booleans())
def test_shares_sum_to_the_points_of_the_item(civil, social, wide):
    signs = "（{}）{}分／{}" if wide else "({}){}分/{} "
    parts = signs.format("民", civil, "林一樹") + signs.format("社", social, "周五湖")

    reading = read_sheets(
        sheet(("1", "民政課／社會課", "防災" + parts, DRILLS, "實地"))
    )

    (item,) = reading.timetable.items()
    assert [share.points for share in item.shares] == [civil, social]
    assert item.points == civil + social


def test_the_unit_column_decides_against_a_single_label():
    row = ("1", "社會課", "急難救助 (民)2分/林一樹", DRILLS, "實地")

    (item,) = read_sheets(sheet(row)).timetable.items()

    assert item.shares == (Share("社會課", Decimal(2), ("林一樹",)),)
