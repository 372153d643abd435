"""Widths of marks and columns."""

import pytest

from plans.documents.model import Cell, Column, ColumnKind, Line, Row, Table
from plans.documents.widths import column_percents, hang


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


def test_percents_fill_the_table():
    table = Table(tuple(Column(f"{n}月") for n in range(1, 13)), ())

    assert sum(column_percents(table)) == pytest.approx(100, abs=0.1)


def test_a_width_that_was_set_too_small_is_raised():
    columns = (Column("期限", kind=ColumnKind.DATE, width=0.1), Column("作法", width=5))

    due, _ = column_percents(Table(columns, rows(("99/1～99/12", "辦理各項服務"))))

    assert due > 10
