"""High rows in slices: every paragraph in order, nothing lost, nothing torn."""

from hypothesis import given
from hypothesis import strategies as st

from plans.documents.flow import DEEP, LABEL, flow, settle, sliced
from plans.documents.grid import spans
from plans.documents.model import Cell, Column, Line, NumberingStyle, Row, Table

STYLE = NumberingStyle()

paragraphs = st.builds(
    Line, st.text("甲乙丙", min_size=1, max_size=60), st.sampled_from([0, 4, 5])
)
cells = st.one_of(
    st.just(Cell(joined=True)),
    st.builds(Cell, st.lists(paragraphs, max_size=12).map(tuple)),
)


@st.composite
def tables(draw):
    width = draw(st.integers(1, 4))
    rows = st.lists(cells, min_size=width, max_size=width)
    return Table(
        tuple(Column(f"欄{i}") for i in range(width)),
        tuple(
            Row(tuple(row), id=f"r{n}")
            for n, row in enumerate(draw(st.lists(rows, max_size=4)))
        ),
    )


def column_texts(rows, column):
    return [line.text for row in rows for line in row.cells[column].lines]


@given(tables())
def test_every_paragraph_stays_in_its_column_and_order(table):
    slices = flow(table, STYLE)

    for column in range(len(table.columns)):
        assert column_texts([s.row for s in slices], column) == column_texts(
            table.rows, column
        )


@given(tables())
def test_ids_stay_unique_and_the_first_slice_keeps_its_row_s(table):
    ids = [one.row.id for one in flow(table, STYLE)]

    assert len(ids) == len(set(ids))
    assert {row.id for row in table.rows} <= set(ids)


@given(tables())
def test_slices_make_a_whole_table(table):
    pieces = sliced(table, flow(table, STYLE))

    covered = sum(a.rowspan * a.colspan for row in spans(pieces) for a in row)
    assert covered == len(pieces.rows) * len(table.columns)


def listed(count, text="說明一件事情"):
    return Cell(tuple(Line(f"{text}{n}", 4) for n in range(count)))


def table(*rows, names=("構面", "作法")):
    return Table(
        tuple(Column(name) for name in names),
        tuple(Row(tuple(row), id=f"r{n}") for n, row in enumerate(rows)),
    )


LABELLED = Cell((Line("服務"),))


def test_a_low_row_is_left_whole():
    assert len(flow(table((LABELLED, listed(LABEL))), STYLE)) == 1


def test_a_high_row_is_cut_and_its_label_reaches_down():
    slices = flow(table((LABELLED, listed(30))), STYLE)

    assert len(slices) > 5
    assert all(one.row.cells[0].joined for one in slices[1:])
    assert all(one.follows == {1} for one in slices[1:])
    assert not slices[0].follows


def test_numbers_go_on_from_slice_to_slice():
    slices = flow(table((LABELLED, listed(30))), STYLE)

    marks = [mark for one in slices for mark, _ in one.marked[1]]
    assert marks == [f"{number}、" for number in range(1, 31)]


def test_a_long_joined_text_flows_along_its_rows():
    below = Cell(joined=True)
    slices = flow(table((listed(4), listed(20)), (listed(4), below)), STYLE)

    second = next(one for one in slices if one.row.id == "r1")
    assert second.row.cells[1].lines
    assert 1 in second.follows


def test_rows_are_kept_beside_a_label_that_is_higher():
    label = Cell(tuple(Line(f"第{n}行") for n in range(4)))
    one, below = Cell((Line("短"),)), Cell(joined=True)

    slices = flow(table((label, one), *[(below, one)] * 6), STYLE)

    assert [s.keeps for s in slices] == [False, True, True, True, False, False, False]


def test_one_long_paragraph_may_be_torn():
    long = Cell((Line("很長的一段文字" * 60),))

    (only,) = flow(table((LABELLED, long)), STYLE)

    assert only.loose


def test_a_vertical_label_is_never_cut():
    columns = (Column("項目", vertical=True), Column("作法"))
    label = Cell((Line("探查民意趨勢建立關係"),))

    slices = flow(Table(columns, (Row((label, listed(DEEP))),)), STYLE)

    assert all(one.row.cells[0].joined for one in slices[1:])


@given(tables(), st.data())
def test_settling_keeps_every_paragraph_wherever_pages_begin(table, data):
    slices = flow(table, STYLE)
    ids = [one.row.id for one in slices]
    begins = data.draw(st.sets(st.sampled_from(ids)) if ids else st.just(set()))

    settled = settle(slices, begins)

    for column in range(len(table.columns)):
        assert column_texts([s.row for s in settled], column) == column_texts(
            table.rows, column
        )
    assert begins <= {one.row.id for one in settled}


@given(tables())
def test_on_one_page_the_table_is_as_it_was_typed(table):
    settled = settle(flow(table, STYLE), set())

    assert [one.row.id for one in settled] == [row.id for row in table.rows]


def test_a_row_that_crosses_a_page_has_one_part_on_each():
    slices = flow(table((LABELLED, listed(30))), STYLE)
    middle = slices[len(slices) // 2].row.id

    first, second = settle(slices, {middle})

    assert len(first.marked[1]) + len(second.marked[1]) == 30
    assert second.row.cells[0].joined


def test_texts_side_by_side_are_put_together_up_to_the_page_s_end():
    slices = flow(table((listed(30), listed(20, "另外說明兩件事情"))), STYLE)
    middle = slices[len(slices) // 2].row.id

    first, second = settle(slices, {middle})

    assert (first.row.id, second.row.id) == ("r0", middle)
    assert second.follows == {0, 1}


def test_a_heading_in_a_cell_is_never_the_last_of_a_slice():
    heads = [
        line
        for n in range(6)
        for line in (Line(f"第{n}項", 5), Line("說明" * 9, 6), Line("說明" * 9, 6))
    ]

    slices = flow(table((LABELLED, Cell(tuple(heads)))), STYLE)

    assert len(slices) > 2
    assert all(one.marked[1][-1][1].level == 6 for one in slices)


def test_a_row_grows_rather_than_keep_a_tall_one_with_it():
    label = Cell((Line("標題" * 13),))
    tall = Cell((Line("內容" * 120),))

    slices = flow(table((label, LABELLED), (Cell(joined=True), tall)), STYLE)

    assert not any(one.keeps for one in slices)
    assert 0 in slices[1].follows
