"""Rows are saved, added, moved, split, joined and deleted; nothing typed is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from plans.documents.model import RowKind
from plans.documents.slots import JOINED, Slot, said, settle
from plans.editing import Stale
from plans.models import Row
from plans.tables.rows import (
    add_row,
    delete_row,
    join_row_up,
    move_row_down,
    move_row_up,
    restore_row,
    save_row,
    set_row_kind,
    split_row,
)
from plans.tables.sheet import Sheet
from plans.tree import Refused
from tests.factories import make_plan, make_table, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def table():
    """要領 joins downwards: 甲 covers two rows, 乙 one."""
    table = make_table(
        make_plan(),
        ("實施要領", "執行策略"),
        [("甲", "一"), (None, "二"), ("乙", "三")],
    )
    table.columns.filter(position=0).update(joins_down=True)
    return table


def rows_of(table):
    return list(table.rows.all())


def texts_of(table):
    """One tuple a row; None for a joined cell."""
    columns = [str(pk) for pk in table.columns.values_list("pk", flat=True)]
    return [
        tuple(
            None if cell.get("joined") else cell.get("text", "")
            for cell in (row.cells.get(key, {}) for key in columns)
        )
        for row in table.rows.all()
    ]


def column_of(table, position):
    return table.columns.get(position=position)


def test_saving_a_row_counts_a_version_and_an_edition(table, user):
    row = rows_of(table)[0]
    first = column_of(table, 0)

    save_row(row, version=1, cells={first.pk: Slot("甲改")}, by=user)

    row.refresh_from_db()
    table.plan.refresh_from_db()
    assert texts_of(table)[0] == ("甲改", "一")
    assert (row.version, table.plan.edition) == (2, 2)
    assert row.history.first().history_user == user


def test_saving_what_already_stands_there_is_no_new_version(table, user):
    row = rows_of(table)[0]

    save_row(row, version=0, cells={column_of(table, 0).pk: Slot("甲")}, by=user)

    row.refresh_from_db()
    assert row.version == 1


def test_a_stale_save_is_refused_and_changes_nothing(table, user):
    row = rows_of(table)[0]
    first = column_of(table, 0)
    save_row(row, version=1, cells={first.pk: Slot("他")}, by=user)

    with pytest.raises(Stale) as caught:
        save_row(row, version=1, cells={first.pk: Slot("我")}, by=user)

    assert caught.value.current.cells[str(first.pk)] == {"text": "他"}
    assert texts_of(table)[0] == ("他", "一")


def test_a_column_of_another_table_is_refused(table, user):
    foreign = column_of(make_table(make_plan()), 0)

    with pytest.raises(Refused):
        save_row(rows_of(table)[0], version=1, cells={foreign.pk: Slot("外")}, by=user)

    assert str(foreign.pk) not in rows_of(table)[0].cells


def test_a_cell_that_is_joined_hands_its_text_up(table, user):
    row = rows_of(table)[2]

    save_row(
        row,
        version=1,
        cells={column_of(table, 0).pk: Slot("乙", joined=True)},
        by=user,
    )

    assert texts_of(table) == [("甲\n乙", "一"), (None, "二"), (None, "三")]
    assert rows_of(table)[0].version == 2


def test_a_row_that_would_join_in_every_cell_is_refused(table, user):
    columns = table.columns.all()

    with pytest.raises(Refused, match="每一格"):
        save_row(
            rows_of(table)[2],
            version=1,
            cells={column.pk: JOINED for column in columns},
            by=user,
        )


def test_a_row_added_below_belongs_to_the_group(table, user):
    row = add_row(table, by=user, above=rows_of(table)[1])

    assert row.position == 2
    assert texts_of(table)[2] == (None, "")
    assert texts_of(table)[3] == ("乙", "三")


def test_a_row_added_above_the_group_stands_for_itself(table, user):
    add_row(table, by=user, below=rows_of(table)[0])

    assert texts_of(table)[:2] == [("", ""), ("甲", "一")]


def test_a_row_added_to_an_empty_table_is_the_first(user):
    table = make_table(make_plan())

    add_row(table, by=user)

    assert texts_of(table) == [("", "")]


def test_moving_the_first_row_of_a_group_leaves_the_text_on_top(table, user):
    move_row_down(rows_of(table)[0], by=user)

    assert texts_of(table) == [("甲", "二"), (None, "一"), ("乙", "三")]


def test_moving_there_and_back_changes_nothing(table, user):
    before = texts_of(table)
    row = rows_of(table)[2]

    move_row_up(row, by=user)
    apart = texts_of(table)
    move_row_down(row, by=user)

    assert apart == [("甲", "一"), ("乙", "三"), ("甲", "二")]
    assert texts_of(table) == before


@pytest.mark.parametrize(("index", "move"), [(0, move_row_up), (2, move_row_down)])
def test_a_row_at_the_edge_cannot_move_further(table, user, index, move):
    with pytest.raises(Refused, match="已經是"):
        move(rows_of(table)[index], by=user)


def test_splitting_at_a_line_moves_the_rest_down(table, user):
    second = column_of(table, 1)
    row = rows_of(table)[2]
    save_row(row, version=1, cells={second.pk: Slot("1.研訂\n2.辦理")}, by=user)

    lower = split_row(row, by=user, column=second, line=1)

    assert lower.position == 3
    assert texts_of(table)[2:] == [("乙", "1.研訂"), (None, "2.辦理")]


def test_splitting_a_single_line_is_refused(table, user):
    with pytest.raises(Refused, match="兩行之間"):
        split_row(rows_of(table)[0], by=user, column=column_of(table, 1), line=1)


def test_joining_with_the_row_above_adds_the_texts(table, user):
    kept = join_row_up(rows_of(table)[2], by=user)

    assert kept == rows_of(table)[1]
    assert texts_of(table) == [("甲\n乙", "一"), (None, "二\n三")]


def test_the_first_row_cannot_be_joined_up(table, user):
    with pytest.raises(Refused, match="第一列"):
        join_row_up(rows_of(table)[0], by=user)


def test_deleting_the_first_row_of_a_group_hands_its_text_on(table, user):
    removed = delete_row(rows_of(table)[0], by=user)

    assert texts_of(table) == [("甲", "二"), ("乙", "三")]
    assert removed.label == "表格第 1 列　甲 一"


def test_a_deleted_row_comes_back_as_it_was(table, user):
    before = [(row.pk, row.kind, row.cells) for row in rows_of(table)]

    for row in rows_of(table):
        restore_row(delete_row(row, by=user), by=user)

        assert [(r.pk, r.kind, r.cells) for r in rows_of(table)] == before


def test_a_row_is_restored_only_once(table, user):
    removed = delete_row(rows_of(table)[0], by=user)
    restore_row(removed, by=user)

    with pytest.raises(Refused, match="已經復原"):
        restore_row(removed, by=user)


def test_a_row_of_a_deleted_table_is_not_restored(table, user):
    removed = delete_row(rows_of(table)[0], by=user)
    table.delete()

    with pytest.raises(Refused, match="先復原表格"):
        restore_row(removed, by=user)


def test_a_group_row_spans_the_whole_table(table, user):
    row = add_row(table, by=user)
    save_row(row, version=1, cells={column_of(table, 0).pk: Slot("業務費")}, by=user)

    set_row_kind(row, kind=RowKind.GROUP, by=user)

    row.refresh_from_db()
    assert row.kind == RowKind.GROUP
    assert row.cells[str(column_of(table, 0).pk)] == {"text": "業務費", "span": 2}


def test_a_deleted_row_is_no_longer_changed(table, user):
    row = rows_of(table)[0]
    delete_row(Row.objects.get(pk=row.pk), by=user)

    with pytest.raises(Refused, match="已經被刪除"):
        save_row(row, version=1, cells={}, by=user)


@pytest.mark.parametrize("count", [3, 30])
def test_moving_takes_the_same_queries_in_long_tables(
    user, count, django_assert_num_queries
):
    table = make_table(make_plan(), rows=[("甲", str(n)) for n in range(count)])

    with django_assert_num_queries(9):
        move_row_down(rows_of(table)[0], by=user)


WIDTH = 3
slots = st.builds(
    Slot,
    text=st.sampled_from(["", "甲", "乙", "1.研訂\n2.辦理"]),
    joined=st.booleans(),
    span=st.integers(1, 4),
)
typed_rows = st.lists(slots, min_size=WIDTH, max_size=WIDTH)
ACTS = [
    "save",
    "above",
    "below",
    "up",
    "down",
    "split",
    "part",
    "join",
    "delete",
    "group",
]


class RandomChanges(TestCase):
    """Whatever is done to it, a table stays printable and loses no text."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(typed_rows, min_size=1, max_size=4),
        st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 9), typed_rows)),
    )
    def test_a_table_stays_valid(self, start, acts):
        user, table = make_user(), make_table(make_plan(), ("甲", "乙", "丙"))
        table.columns.filter(position__lt=2).update(joins_down=True)
        sheet = Sheet(table, user)
        for index in range(len(start)):
            sheet.add_row(index)
        sheet.store(settle(start))

        for act, number, typed in acts:
            before = Sheet(table, user)
            row = before.rows[number % len(before.rows)] if before.rows else None
            allowed_loss = do(act, table, row, typed, user)

            after = Sheet(table, user)
            assert settle(after.grid) == after.grid
            assert [r.position for r in after.rows] == list(range(len(after.rows)))
            if not allowed_loss:
                assert lines_of(after.grid) >= lines_of(before.grid)

    @settings(max_examples=25, deadline=None)
    @given(st.lists(typed_rows, min_size=1, max_size=5), st.integers(0, 9))
    def test_deleting_and_undoing_changes_nothing(self, start, number):
        user, table = make_user(), make_table(make_plan(), ("甲", "乙", "丙"))
        table.columns.filter(position=0).update(joins_down=True)
        sheet = Sheet(table, user)
        for index in range(len(start)):
            sheet.add_row(index)
        sheet.store(settle(start))
        before = Sheet(table, user)

        removed = delete_row(before.rows[number % len(start)], by=user)
        restore_row(removed, by=user)

        after = Sheet(table, user)
        assert [row.cells for row in said(after.grid)] == [
            row.cells for row in said(before.grid)
        ]
        assert after.rows == before.rows


def lines_of(grid):
    return {
        line for row in grid for slot in row for line in slot.text.split("\n") if line
    }


def do(act, table, row, typed, user):
    """Try one change; returns whether text may be lost by it."""
    columns = list(table.columns.all())
    cells = dict(zip((c.pk for c in columns), typed, strict=True))
    changes = {
        "save": lambda: save_row(row, version=row.version, cells=cells, by=user),
        "above": lambda: add_row(table, by=user, below=row),
        "below": lambda: add_row(table, by=user, above=row),
        "up": lambda: move_row_up(row, by=user),
        "down": lambda: move_row_down(row, by=user),
        "split": lambda: split_row(row, by=user),
        "part": lambda: split_row(row, by=user, column=columns[0], line=1),
        "join": lambda: join_row_up(row, by=user),
        "delete": lambda: delete_row(row, by=user),
        "group": lambda: set_row_kind(row, kind=RowKind.GROUP, by=user),
    }
    try:
        changes[act if row else "below"]()
    except Refused:
        return False
    return act in {"save", "delete"}
