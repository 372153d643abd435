"""ROC dates and years: typed in many ways, shown in three."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from offices import roc
from offices.forms.fields import RocDateField, RocYearField

SECOND_OF_JANUARY = date(2025, 1, 2)
roc_dates = st.dates(min_value=date(1912, 1, 1), max_value=date(2910, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "114/1/2",
        "114/01/02",
        "114.1.2",
        "114-1-2",
        "1140102",
        "114年1月2日",
        "中華民國114年1月2日",
        "中華民國 114 年 1 月 2 日",
        "民國114年1月2日",
        "１１４年１月２日",
        "１１４／１／２",
        "１１４。１。２",
        "\u3000114 / 1 / 2 ",
        "2025-01-02",
        "2025/1/2",
        "20250102",
    ],
)
def test_parse_date_reads_what_people_type(text):
    assert roc.parse_date(text) == SECOND_OF_JANUARY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("98.4.3", date(2009, 4, 3)),
        ("980403", date(2009, 4, 3)),
        ("1/1/1", date(1912, 1, 1)),
        ("民國元年1月1日", date(1912, 1, 1)),
        ("113/2/29", date(2024, 2, 29)),
    ],
)
def test_parse_date_reads_early_and_leap_years(text, day):
    assert roc.parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("112/2/29", "112 年 2 月沒有 29 日，請檢查日期。"),
        ("114/4/31", "114 年 4 月沒有 31 日，請檢查日期。"),
        ("114/1/0", "114 年 1 月沒有 0 日，請檢查日期。"),
        ("114/13/1", "沒有 13 月，月份須在 1 到 12 之間。"),
        ("0/1/2", "年份須在民國 1 年到 999 年之間，例如 114/1/2。"),
        ("1911/12/31", "年份須在民國 1 年到 999 年之間，例如 114/1/2。"),
        ("9999/1/1", "年份須在民國 1 年到 999 年之間，例如 114/1/2。"),
    ],
)
def test_parse_date_says_what_is_wrong(text, sentence):
    with pytest.raises(roc.NotADate) as refused:
        roc.parse_date(text)

    assert str(refused.value) == sentence


@pytest.mark.parametrize("text", ["", "明天", "114", "114/1", "114/1/2/3", "1月2日"])
def test_parse_date_refuses_other_text_with_an_example(text):
    with pytest.raises(roc.NotADate, match=r"114\.1\.2"):
        roc.parse_date(text)


@given(st.text(max_size=20))
def test_parse_date_never_breaks(text):
    try:
        day = roc.parse_date(text)
    except roc.NotADate:
        return
    assert roc.parse_date(roc.numeric(day)) == day


@given(roc_dates)
def test_every_written_form_reads_back(day):
    year = roc.roc_year(day)
    compact = f"{year:03}{day.month:02}{day.day:02}"
    long = f"{year}年{day.month}月{day.day}日"

    for text in (roc.numeric(day), long, f"中華民國{long}", compact):
        assert roc.parse_date(text) == day


def test_dates_are_written_with_slashes():
    assert roc.numeric(SECOND_OF_JANUARY) == "114/1/2"


def test_days_before_the_republic_have_no_roc_form():
    with pytest.raises(roc.NotADate):
        roc.numeric(date(1911, 12, 31))


@pytest.mark.parametrize(
    "text", ["114", "114年", "114年度", "民國114年", "１１４", " 114 ", "2025"]
)
def test_parse_year_reads_what_people_type(text):
    assert roc.parse_year(text) == 114


@pytest.mark.parametrize("text", ["", "今年", "0", "1911", "9999", "11.4", "-114"])
def test_parse_year_refuses_the_rest(text):
    with pytest.raises(roc.NotADate, match="114"):
        roc.parse_year(text)


@given(st.integers(1, 999))
def test_years_read_back(year):
    assert roc.parse_year(str(year)) == year
    assert roc.parse_year(str(year + roc.OFFSET)) == year


class LeaveForm(forms.Form):
    starts_on = RocDateField(label="起日")
    year = RocYearField(label="年度", required=False)


def test_fields_give_dates_and_numbers():
    form = LeaveForm({"starts_on": "114.1.2", "year": "114年度"})

    assert form.is_valid()
    assert form.cleaned_data == {"starts_on": SECOND_OF_JANUARY, "year": 114}


def test_fields_keep_what_was_typed_beside_the_reason():
    form = LeaveForm({"starts_on": "112/2/29", "year": "明年"})

    assert form.errors["starts_on"] == ["112 年 2 月沒有 29 日，請檢查日期。"]
    assert form.errors["year"] == ["看不懂這個年度，請輸入民國年，例如 114。"]
    assert 'value="112/2/29"' in str(form["starts_on"])


def test_fields_ask_for_what_is_missing():
    form = LeaveForm({})

    assert form.errors["starts_on"] == ["請輸入日期，例如 114/1/2。"]
    assert "year" not in form.errors


def test_date_field_shows_the_stored_date_and_sees_no_change_in_it():
    form = LeaveForm(
        {"starts_on": "114年1月2日"}, initial={"starts_on": SECOND_OF_JANUARY}
    )

    assert 'value="114/1/2"' in str(
        LeaveForm(initial={"starts_on": SECOND_OF_JANUARY})["starts_on"]
    )
    assert form.changed_data == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("roc_date", "114/1/2"),
        ("roc_datetime", "114/1/2 00:30"),
    ],
)
def test_filters_show_the_day_of_taiwan(name, shown):
    moment = datetime(2025, 1, 1, 16, 30, tzinfo=UTC)
    page = Template("{% load roc %}{{ moment|" + name + " }}")

    assert page.render(Context({"moment": moment})) == shown
    assert page.render(Context({"moment": None})) == ""
