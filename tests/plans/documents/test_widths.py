"""Widths of marks and columns."""

from dataclasses import replace

import pytest

from plans.documents.model import Cell, Column, ColumnKind, Line, Row, Table
from plans.documents.widths import column_ems, column_percents, hang


@pytest.mark.parametrize(
    ("mark", "quarters"),
    [
        ("", 0),
        ("壹、", 8),
        ("拾壹、", 12),
        ("（一）", 12),
        ("(一)", 8),
        ("1、", 6),
        ("1.", 4),
    ],
)
def test_a_mark_hangs_by_its_printed_width(mark, quarters):
    assert hang(mark) == quarters


def rows(*texts):
    return tuple(Row(tuple(Cell((Line(text),)) for text in row)) for row in texts)


def test_widths_that_were_set_are_kept():
    table = Table((Column("甲", width=1), Column("乙", width=3)), rows(("字", "字")))

    assert column_percents(table) == (25.0, 75.0)


def test_equal_widths_follow_the_content():
    columns = (Column("項次", kind=ColumnKind.NUMBER), Column("作法"), Column("單位"))

    number, method, unit = column_percents(
        Table(columns, rows(("1", "辦理各項服務措施並檢討" * 6, "民政課")))
    )

    assert number < unit < method


def test_a_landscape_page_leaves_more_to_what_was_set():
    months = tuple(Column(f"{n}月", kind=ColumnKind.MONTH, width=1) for n in range(12))
    table = Table((Column("作法", width=30), *months), ())

    assert column_percents(table, landscape=True)[0] > column_percents(table)[0] + 5


def test_percents_fill_the_table():
    table = Table(tuple(Column(f"{n}月") for n in range(1, 13)), ())

    assert sum(column_percents(table)) == pytest.approx(100, abs=0.1)


def test_a_width_that_was_set_too_small_is_raised():
    columns = (Column("期限", kind=ColumnKind.DATE, width=0.1), Column("作法", width=5))

    due, _ = column_percents(Table(columns, rows(("99/1～99/12", "辦理各項服務"))))

    assert due > 10


def test_a_date_is_never_broken():
    columns = (Column("作法", width=9), Column("期限", width=1))
    row = Row((Cell((Line("說明" * 40),)), Cell((Line("114/1~114/12"),))))

    room = column_ems(Table(columns, (row,)))

    assert room[1] >= 5.9


def test_the_other_columns_give_way_to_one_that_is_raised():
    columns = tuple(
        Column(name, width=w) for name, w in (("甲", 5), ("乙", 4), ("丙", 1))
    )
    unit = replace(columns[2], kind=ColumnKind.UNIT)
    row = Row((Cell(), Cell(), Cell((Line("戶籍行政課"),))))

    room = column_ems(Table((*columns[:2], unit), (row,)))

    assert room[2] >= 4.99
    assert room[0] > room[1] > room[2]
