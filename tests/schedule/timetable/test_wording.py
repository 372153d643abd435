"""The words of single cells: indicators with weights, methods, kinds, stages."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.timetable.model import Indicator, Stage
from schedule.timetable.months import NO_MONTHS
from schedule.timetable.wording import (
    closed_up,
    indicator_text,
    interval_of,
    kinds_in,
    plain_number,
    read_indicator,
    read_method,
    read_name,
    read_stages,
    read_weight,
    split_mark,
    unknown_kinds,
)

from .strategies import any_text, indicators

JOINT = (
    ("民", Decimal("10.5"), ("林一樹",)),
    ("社", Decimal("4.5"), ("周五湖",)),
)


def test_a_weight_of_a_column_of_its_own_needs_no_sign():
    assert [read_weight(text) for text in ("12.125%", "40", "％")] == [
        Decimal("12.125"),
        Decimal(40),
        None,
    ]


@pytest.mark.parametrize(
    ("typed", "text", "weight"),
    [
        ("修枝次數。(60%)", "修枝次數。", "60"),
        ("修枝次數（60％）。", "修枝次數。", "60"),
        ("修枝次數。（60%）。", "修枝次數。", "60"),
        ("修枝 次數 ( 33.5 ％ )；", "修枝次數；", "33.5"),
        ("修枝次數（１２．５％）", "修枝次數", "12.5"),
        ("達成率（90%以上）", "達成率（90%以上）", None),
        ("達成（90%）以上的次數", "達成（90%）以上的次數", None),
        ("修枝次數（1000%）", "修枝次數（1000%）", None),
    ],
)
def test_an_indicator_is_text_and_weight(typed, text, weight):
    expected = Indicator(text, None if weight is None else Decimal(weight))

    assert read_indicator(typed) == expected


@given(indicator=indicators.filter(lambda one: one.weight is not None))
def test_a_printed_indicator_keeps_its_weight(indicator):
    assert read_indicator(indicator_text(indicator)).weight == indicator.weight


def test_numbers_are_printed_without_idle_zeros():
    printed = [plain_number(Decimal(n)) for n in ("12.50", "30.0", "100", "0.00")]

    assert printed == ["12.5", "30", "100", "0"]


@pytest.mark.parametrize(
    ("text", "mark", "rest"),
    [
        ("2-1. 書面（7月）", "2-1.", "書面（7月）"),
        ("２－１．書面", "2-1.", "書面"),
        ("3、實地", "3.", "實地"),
        ("10.5分以上", "", "10.5分以上"),
        ("書面", "", "書面"),
    ],
)
def test_a_mark_is_taken_off_a_method(text, mark, rest):
    assert split_mark(text) == (mark, rest)


@pytest.mark.parametrize(
    ("text", "examined"),
    [
        ("1.規劃設計（3-4月）", ()),
        ("2、工程發包（5月）", ()),
        ("2. 書面（每季）", (2,)),
        ("3-1. 抽問里民（6月）", (3,)),
        ("現場抽測（6月）", ()),
    ],
)
def test_the_number_of_a_stage_is_no_indicator(text, examined):
    assert read_method([text], 114).examines == examined


def test_a_method_has_kinds_months_and_the_indicator_it_examines():
    method = read_method(["2-1. 書面、實地（7-8 月）"], 115)

    assert (method.mark, method.text) == ("2-1.", "書面、實地（7-8 月）")
    assert method.kinds == ("書面", "實地")
    assert method.months == "000000110000"
    assert method.examines == (2,)
    assert not method.confirmed


def test_a_method_that_names_no_month_has_nothing_to_confirm():
    method = read_method(["實地（每次抽籤場）"], 115)

    assert (method.months, method.confirmed) == (NO_MONTHS, True)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("網頁、書面（整年）", ("網頁", "書面")),
        ("系統查核+實地", ("系統查核", "實地")),
        ("系統＋書面審核", ("系統查核", "書面")),
        ("其他（以書面通知）", ("其他",)),
        ("（書面）", ("書面",)),
        ("5月實地訪視", ("實地",)),
        ("票選活動", ()),
    ],
)
def test_kinds_are_those_that_the_text_names(text, kinds):
    assert kinds_in(text) == kinds


def test_a_kind_inside_the_name_of_another_is_not_meant():
    known = ("電話", "電話抽測", "書面")

    assert kinds_in("電話抽測、書面", known) == ("電話抽測", "書面")
    assert kinds_in("電話抽測、電話", known) == ("電話抽測", "電話")


def test_words_beside_known_kinds_are_told():
    assert unknown_kinds("電話測試、書面（每季）") == ("電話測試",)
    assert unknown_kinds("票選活動（5月）") == ()


def test_stages_are_read_from_a_list():
    lines = ["1. 規劃階段（3-4月）", "2. 發包（5月）", "3. 結案：（11-12月）"]

    method = read_method(lines, 115)

    assert method.stages == (
        Stage(3, 4, "規劃階段"),
        Stage(5, 5, "發包"),
        Stage(11, 12, "結案"),
    )
    assert method.months == "001110000011"
    assert method.text == "\n".join(lines)


@pytest.mark.parametrize("arrow", ["→", "⇒", " -> "])
def test_stages_are_read_from_arrows(arrow):
    found = read_stages([f"規劃（3-4月）{arrow}發包（5-6月）"], 115)

    assert found == (Stage(3, 4, "規劃"), Stage(5, 6, "發包"))


@pytest.mark.parametrize(
    "lines",
    [
        ["實地（3-4月）"],
        ["規劃（3-4月）", "另行通知"],
        ["實地（整年）", "書面（整年）"],
        ["規劃（3月、5月）", "發包（6月）"],
        ["（3月）", "：（4月）"],
    ],
)
def test_lines_that_are_no_spans_make_no_stages(lines):
    assert read_stages(lines, 115) == ()


def test_the_scoring_interval_is_that_of_the_first_text_that_names_one():
    texts = ("書面", "統計區間為114年11月至115年10月", "統計區間為114年1月至115年2月")

    assert interval_of(texts) == ((114, 11), (115, 10))


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("防災 整 備", "防災整備"),
        ("i-Voting 票選", "i-Voting 票選"),
        ("甲\n乙", "甲乙"),
    ],
)
def test_blanks_of_a_narrow_cell_are_closed_up(text, closed):
    assert closed_up(text) == closed


@given(text=any_text)
def test_any_cell_can_be_read(text):
    named = read_name(text)
    method = read_method(text.splitlines(), 115)

    assert all(owner for _, _, owners in named.parts for owner in owners)
    assert all(points is None or points >= 0 for _, points, _ in named.parts)
    assert isinstance(read_indicator(text), Indicator)
    assert all(1 <= s.first <= s.last <= 12 and s.label for s in method.stages)


@given(cells=st.lists(any_text, max_size=4))
def test_any_lines_keep_their_words_in_a_method(cells):
    method = read_method(cells, 115)

    assert han(method.text) == han("".join(cells))


def han(text):
    return [character for character in text if "\u3400" <= character <= "\u9fff"]


@pytest.mark.parametrize(
    "text", [" " * 60_000 + "甲", "(1分/" * 12_000, "（月" * 30_000]
)
def test_hostile_cells_take_bounded_time(text):
    """Generous against a slow machine; a quadratic reader would need minutes."""
    started = time.perf_counter()

    read_name(text)
    read_indicator(text)
    read_method([text, text], 115)

    assert time.perf_counter() - started < 20
