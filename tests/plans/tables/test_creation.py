"""A table is made from a layout and stands where it was asked for."""

import pytest

from plans.compose import compose
from plans.documents.model import (
    Cell,
    Column,
    ColumnKind,
    Line,
    Row,
    RowKind,
    Table,
    tables,
)
from plans.tables.creation import create_table
from plans.tables.sheet import MOST_ROWS, Sheet
from plans.tree import Refused
from tests.factories import make_plan, make_point, make_table, make_user

pytestmark = pytest.mark.django_db

LAYOUT = Table(
    columns=(
        Column("要領", joins_down=True, width=0.5),
        Column("配分", group="考核", kind=ColumnKind.POINTS),
    ),
    rows=(
        Row((Cell((Line("業務費"),), span=2), Cell()), RowKind.GROUP),
        Row((Cell((Line("研訂", 4, 1), Line("辦理", 4))), Cell((Line("5"),)))),
        Row((Cell(joined=True), Cell(shaded=True))),
    ),
    title="工作表",
    note="註：配分合計 100 分。",
)


def without_ids(table):
    return Table(
        tuple(
            Column(
                c.name, c.group, c.kind, c.width, c.joins_down, c.continues, c.vertical
            )
            for c in table.columns
        ),
        tuple(Row(row.cells, row.kind) for row in table.rows),
        table.title,
        table.note,
    )


def test_a_table_is_made_as_the_layout_says():
    plan, user = make_plan(), make_user()
    point = make_point(plan)

    block = create_table(plan, layout=LAYOUT, parent=point, by=user)

    (composed,) = tables(compose(plan))
    assert without_ids(composed) == LAYOUT
    assert block.parent == point
    assert block.rows.get(position=0).history.first().history_user == user


def test_a_table_stands_behind_the_block_named():
    plan = make_plan()
    first, second = make_point(plan), make_point(plan, "計畫目標")

    block = create_table(plan, layout=LAYOUT, after=first, by=make_user())

    second.refresh_from_db()
    assert (block.position, second.position) == (1, 2)


def test_a_sheet_of_a_deleted_table_is_refused():
    table = make_table(make_plan())
    table.plan.blocks.all().delete()

    with pytest.raises(Refused, match="表格已經被刪除"):
        Sheet(table, make_user())


def test_a_table_takes_no_endless_rows():
    sheet = Sheet(make_table(make_plan()), make_user())
    for index in range(MOST_ROWS):
        sheet.add_row(index)

    with pytest.raises(Refused, match=f"{MOST_ROWS} 列"):
        sheet.add_row(0)
