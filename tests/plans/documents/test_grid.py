"""Joined and cut cells: every place is printed once, and no text is lost."""

from hypothesis import given
from hypothesis import strategies as st

from plans.documents.grid import heads, spans
from plans.documents.model import Cell, Column, Line, Row, Table

cells = st.builds(
    Cell,
    lines=st.sampled_from([(), (Line("字"),)]),
    joined=st.booleans(),
    span=st.integers(1, 4),
)


@st.composite
def tables(draw):
    width = draw(st.integers(1, 5))
    rows = st.lists(cells, min_size=width, max_size=width)
    return Table(
        tuple(Column(f"欄{i}") for i in range(width)),
        tuple(Row(tuple(row)) for row in draw(st.lists(rows, max_size=7))),
    )


def places(area):
    return [
        (row, column)
        for row in range(area.row, area.row + area.rowspan)
        for column in range(area.column, area.column + area.colspan)
    ]


@given(tables(), st.sets(st.integers(0, 7)))
def test_every_place_is_covered_exactly_once(table, cuts):
    printed = [area for row in spans(table, cuts) for area in row]

    covered = sorted(place for area in printed for place in places(area))

    assert covered == [
        (row, column)
        for row in range(len(table.rows))
        for column in range(len(table.columns))
    ]


@given(tables(), st.sets(st.integers(0, 7)))
def test_no_cell_reaches_over_a_cut(table, cuts):
    for area in (area for row in spans(table, cuts) for area in row):
        assert not cuts & set(range(area.row + 1, area.row + area.rowspan))


@given(tables(), st.sets(st.integers(0, 7)))
def test_every_text_is_printed_once_and_only_reminded_of_below(table, cuts):
    areas = [area for row in spans(table, cuts) for area in row]

    shown = sorted((a.row, a.column) for a in areas if not a.continued)
    with_text = {
        (r, c)
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row.cells)
        if cell.lines
    }

    assert with_text <= set(shown)
    assert {(a.origin, a.column) for a in areas} == set(shown)


def joined_table():
    label, below = Cell((Line("甲"),)), Cell(joined=True)
    text = Cell((Line("乙"),))
    return Table(
        (Column("一"), Column("二")), (Row((label, text)),) + 2 * (Row((below, text)),)
    )


def test_a_joined_cell_reaches_down():
    assert spans(joined_table())[0][0].rowspan == 3


def test_a_cut_opens_the_joined_cell_again():
    rows = spans(joined_table(), {2})

    assert rows[0][0].rowspan == 2
    assert (rows[2][0].origin, rows[2][0].continued) == (0, True)


def test_a_row_that_only_joins_stands_by_itself():
    table = Table(
        (Column("一"),), (Row((Cell((Line("甲"),)),)), Row((Cell(joined=True),)))
    )

    assert [area.rowspan for row in spans(table) for area in row] == [1, 1]


def test_heads_of_one_row():
    assert [head.text for head in heads((Column("甲"), Column("乙")))[0]] == [
        "甲",
        "乙",
    ]


def test_heads_of_two_rows():
    upper, lower = heads(
        (Column("甲"), Column("乙", group="丙"), Column("丁", group="丙"))
    )

    assert [(h.text, h.rowspan, h.colspan) for h in upper] == [
        ("甲", 2, 1),
        ("丙", 1, 2),
    ]
    assert [h.text for h in lower] == ["乙", "丁"]


def test_a_group_of_empty_names_is_one_head_over_its_columns():
    (only,) = heads(
        (Column("", group="工作要項"), Column("", group="工作要項"), Column("重點"))
    )

    assert [(h.text, h.rowspan, h.colspan) for h in only] == [
        ("工作要項", 1, 2),
        ("重點", 1, 1),
    ]
