"""Where cells are cut for a page, and how pages that end early are filled."""

from plans.documents.model import Cell, Column, Document, Line, Row, RowKind, Table
from plans.documents.pages import cuts_needed, fuller

END = 1000.0


def paper(*rows):
    """A plan of one table, a row for each text; None joins the first cell."""
    cells = [
        Cell(joined=True) if label is None else Cell((Line(label),))
        for label, _ in rows
    ]
    table = Table(
        (Column("構面"), Column("作法")),
        tuple(
            Row((cell, Cell((Line(text),))), id=f"r{n}")
            for n, (cell, (_, text)) in enumerate(zip(cells, rows, strict=True))
        ),
        id="t",
    )
    return Document("明山鄉公所", 114, "計畫", (table,))


def page(*rows, height=100.0):
    """A laid out page: its rows by number, one below the other."""
    places = {f"r{n}": (at * height, (at + 1) * height) for at, n in enumerate(rows)}
    return {"paper": (0.0, END), **places}


JOINED = paper(("甲", "一"), (None, "二"), (None, "三"), ("乙", "四"))


def test_a_cell_is_cut_where_a_page_begins_inside_it():
    assert cuts_needed(JOINED, None, [page(0, 1), page(2, 3)]) == {"t": {"r2"}}


def test_a_page_that_begins_with_a_new_cell_cuts_nothing():
    assert cuts_needed(JOINED, None, [page(0, 1, 2), page(3)]) == {}


def test_rows_move_up_to_a_page_that_has_room():
    apart = [page(0), page(1, 2, 3)]
    cuts = {"t": {"r1"}}

    moved = fuller(JOINED, cuts, apart, [page(0, height=750), page(1, 2, 3)])

    assert moved == {"t": set()}


def test_a_cut_moves_down_as_far_as_there_is_room():
    apart = [page(0), page(1, 2, 3)]
    cuts = {"t": {"r1"}}

    moved = fuller(JOINED, cuts, apart, [page(0, height=850), page(1, 2, 3)])

    assert moved == {"t": {"r2"}}


def test_a_page_that_is_nearly_full_is_left_alone():
    apart = [page(0), page(1, 2, 3, height=20)]
    cuts = {"t": {"r1"}}

    assert fuller(JOINED, cuts, apart, [page(0, height=920), page(1, 2, 3)]) == cuts


def test_a_page_begins_at_a_row_kept_with_the_total_below_it():
    total = Table(
        (Column("項目"),),
        (
            *(Row((Cell((Line(f"第{n}項"),)),), id=f"r{n}") for n in range(3)),
            Row((Cell((Line("合計"),)),), RowKind.TOTAL, id="r3"),
        ),
        id="t",
    )
    document = Document("中心", 114, "計畫", (total,))

    assert cuts_needed(document, None, [page(0, 1), page(2, 3)]) == {"t": {"r2"}}
    assert cuts_needed(document, None, [page(0), page(1, 2, 3)]) == {}
