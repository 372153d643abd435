"""Item marks, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.documents.model import Brackets, DigitMark, NumberingStyle, Tens
from plans.documents.numbering import (
    BRACKET_STEM,
    BULLET,
    STEM,
    from_chinese,
    mark,
    read_mark,
    to_formal,
    to_small,
)

STYLES = st.builds(
    NumberingStyle,
    st.sampled_from(Brackets),
    st.sampled_from(Tens),
    st.sampled_from(DigitMark),
)


@given(st.integers(1, 5), st.integers(1, 199), STYLES)
def test_mark_is_read_back(level, number, style):
    printed = mark(level, number, style)

    found = read_mark(printed + "計畫依據")

    assert found is not None
    assert (found.level, found.number, found.length) == (level, number, len(printed))


@given(st.sampled_from((STEM, BRACKET_STEM)), st.integers(1, 10), STYLES)
def test_stem_is_read_back(level, number, style):
    found = read_mark(mark(level, number, style) + "說明")

    assert found is not None
    assert (found.level, found.number) == (level, number)


@given(st.integers(1, 999))
def test_numerals_are_read_back(number):
    assert from_chinese(to_small(number)) == number
    assert from_chinese(to_formal(number)) == number
    assert from_chinese(to_formal(number, Tens.LONG)) == number


@pytest.mark.parametrize(
    ("number", "small", "short", "long"),
    [
        (10, "十", "拾", "壹拾"),
        (11, "十一", "拾壹", "壹拾壹"),
        (20, "二十", "貳拾", "貳拾"),
        (103, "一百零三", "壹佰零參", "壹佰零參"),
        (110, "一百一十", "壹佰壹拾", "壹佰壹拾"),
    ],
)
def test_numerals_are_written_as_offices_do(number, small, short, long):
    assert to_small(number) == small
    assert to_formal(number) == short
    assert to_formal(number, Tens.LONG) == long


@pytest.mark.parametrize("number", [0, 1000, -1])
def test_numeral_out_of_range_is_refused(number):
    with pytest.raises(ValueError, match="no Chinese numeral"):
        to_small(number)


@pytest.mark.parametrize(
    ("line", "level", "number"),
    [
        ("参、目標", 1, 3),
        ("叁、目標", 1, 3),
        ("貮、目標", 1, 2),
        ("壹拾貳、附則", 1, 12),
        ("拾貳、附則", 1, 12),
        ("玖、 小組", 1, 9),
        ("十一、其他", 2, 11),
        ("(十一) 其他", 3, 11),
        ("（ 二 ）其他", 3, 2),
        ("１、其他", 4, 1),
        ("12. 其他", 4, 12),
        ("（１）其他", 5, 1),
        ("(3)其他", 5, 3),
        ("丙、其他", 6, 3),
        ("（乙）其他", 7, 2),
        ("● 其他", BULLET, 1),
    ],
)
def test_variant_glyphs_are_taken(line, level, number):
    found = read_mark(line)

    assert found is not None
    assert (found.level, found.number) == (level, number)
    assert line[found.length :][0] in "目附小其"


@pytest.mark.parametrize(
    "line",
    [
        "98.4.3 第1次修訂",
        "(02)2345-6789",
        "114年度",
        "一般民眾",
        "",
        "2-1. 書面",
    ],
)
def test_other_beginnings_are_no_marks(line):
    assert read_mark(line) is None


@pytest.mark.parametrize("text", ["", "計", "十三十四", "百二三"])
def test_wrong_numeral_is_refused(text):
    with pytest.raises(ValueError, match=r"numeral|digit"):
        from_chinese(text)


@pytest.mark.parametrize("mark", ["（一）、、", "(2)、 "])
def test_commas_after_brackets_belong_to_the_mark(mark):
    found = read_mark(mark + "辦理")

    assert found is not None
    assert found.length == len(mark)
