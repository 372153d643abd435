"""Months of a year: what people type, what a printed text names, and nothing more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.timetable.months import (
    NO_MONTHS,
    NotMonths,
    State,
    interval_in,
    is_pattern,
    months_of,
    parse_months,
    pattern_of,
    proposed_months,
    say_months,
    spans,
    state_in,
    write_months,
)

from .strategies import any_text, patterns

ALL = set(range(1, 13))


@given(pattern=patterns)
def test_written_months_are_read_back(pattern):
    assert parse_months(write_months(pattern)) == pattern


@given(pattern=patterns)
def test_months_said_in_words_are_read_back(pattern):
    assert parse_months(say_months(pattern)) == pattern


@given(months=st.sets(st.integers(1, 12)), state=st.sampled_from(State))
def test_pattern_and_set_of_months_are_the_same(months, state):
    pattern = pattern_of(months, state)

    assert is_pattern(pattern)
    assert months_of(pattern) == (months if state else set())


@given(pattern=patterns)
def test_spans_cover_exactly_the_planned_months(pattern):
    found = list(spans(pattern))

    covered = [m for first, last, _ in found for m in range(first, last + 1)]
    assert set(covered) == months_of(pattern)
    assert len(covered) == len(set(covered))
    assert all(
        state_in(pattern, month) is state
        for first, last, state in found
        for month in range(first, last + 1)
    )


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("3-6,9", "001111001000"),
        ("3月-6月、9月", "001111001000"),
        ("３～６；９＊", "001111002000"),
        ("11-2", "110000000011"),
        ("7*", "000000200000"),
        ("7（重點）", "000000200000"),
        ("3-5、4*", "001210000000"),
        ("整年", "111111111111"),
        (" 1 0 月 ", "000000000100"),
        ("", NO_MONTHS),
        ("無", NO_MONTHS),
    ],
)
def test_typed_months_become_a_pattern(text, pattern):
    assert parse_months(text) == pattern


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0", "沒有 0 月，月份須在 1 到 12 之間。"),
        ("3-13", "沒有 13 月，月份須在 1 到 12 之間。"),
        ("abc", "看不懂「abc」，請輸入如 3-6、9 或「整年」。"),
        ("3,,4", "看不懂「」，請輸入如 3-6、9 或「整年」。"),
    ],
)
def test_what_is_no_month_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(NotMonths) as refusal:
        parse_months(text)

    assert str(refusal.value) == sentence


@given(text=any_text | st.text("0123456789-*、", max_size=12))
def test_any_typed_text_is_a_pattern_or_refused(text):
    try:
        answer = parse_months(text)
    except NotMonths as refusal:
        answer = str(refusal)

    assert is_pattern(answer) or answer.endswith("。")


def test_a_number_without_end_is_refused_in_a_short_sentence():
    with pytest.raises(NotMonths) as refusal:
        parse_months("9" * 5000)

    assert len(str(refusal.value)) < 60


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("實地（3月-10月）", set(range(3, 11))),
        ("實地（依縣府來文 8-9 月）", {8, 9}),
        ("網頁（整年）", ALL),
        ("票選活動（5月31日-6月14日）", {5, 6}),
        ("書面（4月、7月、10月繳交）", {4, 7, 10}),
        ("書面（4、7、10月）", {4, 7, 10}),
        ("實地（1 0 月）", {10}),
        ("實地（1 1 月-1 2 月）", {11, 12}),
        ("書面（11月至隔年2月）", {11, 12, 1, 2}),
        ("每月5日前線上填報", ALL),
        ("每月填報，７月另作實地", {7}),
        ("實地（３～４月）", {3, 4}),
        ("實地（3月至5月）", {3, 4, 5}),
        ("實地（3月到5月）", {3, 4, 5}),
        ("實地（3–5月）", {3, 4, 5}),
        ("實地（3－5月）", {3, 4, 5}),
        ("實地（3月起至5月止）", {3, 4, 5}),
        ("115年3月1日起至115年5月31日", {3, 4, 5}),
        ("115年11月", {11}),
    ],
)
def test_a_text_proposes_the_months_it_names(text, months):
    assert months_of(proposed_months(text, 115)) == months


@pytest.mark.parametrize(
    "text",
    [
        "",
        "實地（每次抽籤場）",
        "書面（活動完成30日內）",
        "每件申請案送件時",
        "統計區間為114年11月至115年10月",
        "統計區間為114年11月1日至115年10月31日",
        "統計區間為114年11月至12月",
        "114年11月",
        "13月、0月",
        "3個月內",
    ],
)
def test_a_text_that_names_no_month_of_the_year_proposes_none(text):
    assert proposed_months(text, 115) == NO_MONTHS


@given(text=any_text, year=st.integers(0, 999))
def test_any_text_proposes_a_pattern_of_planned_months(text, year):
    pattern = proposed_months(text, year)

    assert is_pattern(pattern)
    assert "2" not in pattern


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("本項統計區間為114年11月至115年10月", ((114, 11), (115, 10))),
        ("統計區間：１１４年 1 1 月～１１５年１０月底", ((114, 11), (115, 10))),
        ("統計區間為114年11月1日起至115年10月31日止", ((114, 11), (115, 10))),
        ("統計區間為115年1月至10月", ((115, 1), (115, 10))),
        ("統計區間為114年12月至115年1月", ((114, 12), (115, 1))),
        ("統計區間為115年11月至114年10月", None),
        ("統計區間為114年13月至115年10月", None),
        ("114年11月至115年10月辦理", None),
        ("", None),
    ],
)
def test_the_scoring_interval_is_one_that_is_called_so(text, interval):
    assert interval_in(text) == interval


@given(text=any_text)
def test_any_text_has_an_interval_in_order_or_none(text):
    found = interval_in(f"統計區間{text}")

    assert found is None or found[0] <= found[1]


def test_every_state_has_a_word_and_a_sign_of_its_own():
    assert [(state.word, state.sign) for state in State] == [
        ("", ""),
        ("預定", "●"),
        ("重點", "★"),
    ]
