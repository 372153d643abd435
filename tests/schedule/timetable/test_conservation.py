"""Whatever a sheet looks like: no word of it is lost, it is read, or told in a flag."""

import re
from dataclasses import astuple
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .papers import columns_of, read_sheets, sheet
from .strategies import any_text, pages


def told_apart(found):
    """The pages with another character of its own in place of each #."""
    rare = map(chr, count(0x6F00))
    return [
        [tuple(re.sub("#", lambda _: next(rare), cell) for cell in row) for row in page]
        for page in found
    ]


def words_of(text):
    """The Han characters; what is the paper's and not the author's does not count."""
    plain = re.sub(r"<br>|分|[(（][民社][)）]|承辦人：|[(（]?一、", "", text)
    return set(re.findall(r"[\u3400-\u9fff]", plain))


def words_found(reading):
    items = [*reading.timetable.items(), *reading.fragments]
    found = [str(astuple(item)) for item in items]
    return set("".join([*found, *(flag.message for flag in reading.flags)]))


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(found=pages.map(told_apart))
def test_every_word_is_in_an_item_a_fragment_or_a_flag(found):
    reading = read_sheets(*(sheet(*page) for page in found))

    typed = "".join(cell for page in found for row in page for cell in row[2:])
    assert words_of(typed) <= words_found(reading)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(found=st.lists(st.tuples(*[any_text] * 6, st.just({3: "V"})), max_size=4))
def test_any_cells_can_be_read(found):
    cells = [
        tuple(c if isinstance(c, dict) else _one_line(c) for c in r) for r in found
    ]

    reading = read_sheets(sheet(*cells, columns=columns_of("承辦人")))

    for item in reading.timetable.items():
        assert item.name
        assert len({share.unit for share in item.shares}) == len(item.shares) > 0


def _one_line(text):
    return "<br>".join(text.replace("\t", " ").splitlines())


@pytest.mark.parametrize("page", ["\f", "\n\n", "\n第 1 頁\n"])
def test_a_page_break_of_any_kind_loses_nothing(page):
    first = ("1", "民政課", "防災物資（2分／林一樹）", "1. 演練。(60%)", "實地（3月）")
    cut = ("", "", "", "2. 收容。(40%)", "書面（4月）")

    reading = read_sheets(sheet(first).rstrip() + page, sheet(cut))

    (item,) = reading.timetable.items()
    assert [i.text for i in item.indicators] == ["演練。", "收容。"]
    assert [m.text for m in item.methods] == ["實地（3月）", "書面（4月）"]
