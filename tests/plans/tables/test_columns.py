"""Columns are added, set, moved and deleted; cells go with them."""

import pytest

from plans.compose import compose
from plans.documents.model import ColumnKind, tables
from plans.documents.slots import Slot
from plans.editing import Stale
from plans.models import Column
from plans.tables.columns import (
    add_column,
    delete_column,
    holds_text,
    move_column_left,
    move_column_right,
    restore_column,
    save_column,
)
from plans.tables.rows import add_row, delete_row, save_row
from plans.tables.sheet import MOST_COLUMNS
from plans.tree import Refused
from tests.factories import make_plan, make_table, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def table():
    return make_table(
        make_plan(),
        ("構面", "策略", "方法"),
        [("甲", "一", "1.研訂"), (None, "二", "2.辦理")],
    )


def names_of(table):
    return list(table.columns.values_list("name", flat=True))


def printed(table):
    """Every cell's text, row by row, None where it is joined."""
    (composed,) = tables(compose(table.plan))
    return [
        [
            None if cell.joined else "".join(line.text for line in cell.lines)
            for cell in row.cells
        ]
        for row in composed.rows
    ]


def span_first_row(table, user):
    row = table.rows.first()
    first, second, third = table.columns.all()
    cells = {first.pk: Slot("全", span=3), second.pk: Slot(), third.pk: Slot()}
    return save_row(row, version=row.version, cells=cells, by=user)


def test_a_column_is_added_right_of_another(table, user):
    add_column(table, after=table.columns.first(), name="目標", by=user)

    table.plan.refresh_from_db()
    assert names_of(table) == ["構面", "目標", "策略", "方法"]
    assert printed(table)[0] == ["甲", "", "一", "研訂"]
    assert table.plan.edition == 2


def test_a_cell_over_the_whole_row_grows_with_a_new_column(table, user):
    row = span_first_row(table, user)

    add_column(table, name="備註", by=user)

    row.refresh_from_db()
    assert row.cells[str(table.columns.first().pk)]["span"] == 4


def test_a_table_takes_no_endless_columns(user):
    table = make_table(make_plan(), [str(n) for n in range(MOST_COLUMNS)])

    with pytest.raises(Refused, match=f"{MOST_COLUMNS} 欄"):
        add_column(table, by=user)


def test_a_column_is_renamed_retyped_and_grouped(table, user):
    column = table.columns.first()

    save_column(
        column,
        version=1,
        by=user,
        name="配分",
        group="考核",
        kind=ColumnKind.POINTS.value,
        joins_down=True,
    )

    column.refresh_from_db()
    assert (column.name, column.group, column.kind) == ("配分", "考核", "points")
    assert (column.joins_down, column.version) == (True, 2)
    assert column.history.first().history_user == user


def test_a_stale_column_is_not_overwritten(table, user):
    column = table.columns.first()
    save_column(column, version=1, by=user, name="他")

    with pytest.raises(Stale):
        save_column(column, version=1, by=user, name="我")

    assert names_of(table)[0] == "他"


def test_a_place_is_no_setting(table, user):
    with pytest.raises(TypeError):
        save_column(table.columns.first(), version=1, by=user, position=9)


def test_columns_move_with_their_cells(table, user):
    first = table.columns.first()

    move_column_right(first, by=user)
    assert names_of(table) == ["策略", "構面", "方法"]
    assert printed(table) == [["一", "甲", "研訂"], ["二", None, "辦理"]]

    move_column_left(first, by=user)
    assert names_of(table) == ["構面", "策略", "方法"]


def test_a_row_that_is_one_cell_stays_one_when_columns_move(table, user):
    span_first_row(table, user)

    move_column_right(table.columns.first(), by=user)

    assert printed(table)[0] == ["全", "", ""]
    (composed,) = tables(compose(table.plan))
    assert composed.rows[0].cells[0].span == 3


@pytest.mark.parametrize(
    ("index", "move"), [(0, move_column_left), (2, move_column_right)]
)
def test_a_column_at_the_edge_cannot_move_further(table, user, index, move):
    with pytest.raises(Refused, match="已經是最"):
        move(table.columns.all()[index], by=user)


def test_a_deleted_column_comes_back_with_its_cells(table, user):
    span_first_row(table, user)
    before = compose(table.plan)

    for column in list(table.columns.all()):
        removed = delete_column(column, by=user)
        assert len(names_of(table)) == 2
        restore_column(removed, by=user)

        assert compose(table.plan) == before


def test_a_column_comes_back_into_rows_that_changed_meanwhile(table, user):
    second, third = table.columns.all()[1:]
    removed = delete_column(second, by=user)
    row = table.rows.first()
    save_row(row, version=row.version, cells={third.pk: Slot("改")}, by=user)
    delete_row(table.rows.last(), by=user)
    add_row(table, by=user)

    restore_column(removed, by=user)

    assert printed(table) == [["甲", "一", "改"], ["", "", ""]]


def test_a_column_is_restored_only_once(table, user):
    removed = delete_column(table.columns.first(), by=user)
    restore_column(removed, by=user)

    with pytest.raises(Refused, match="已經復原"):
        restore_column(removed, by=user)


def test_a_column_of_a_deleted_table_is_not_restored(table, user):
    removed = delete_column(table.columns.first(), by=user)
    table.delete()

    with pytest.raises(Refused, match="先復原表格"):
        restore_column(removed, by=user)


def test_the_only_column_is_not_deleted(user):
    table = make_table(make_plan(), ("項目",))

    with pytest.raises(Refused, match="至少要有一欄"):
        delete_column(table.columns.get(), by=user)

    assert Column.objects.count() == 1


def test_whether_a_column_holds_text(user):
    table = make_table(make_plan(), ("甲", "乙"), [("有", ""), (None, "")])

    assert [holds_text(column) for column in table.columns.all()] == [True, False]
