"""Cells that are joined, spanned and moved: no text is lost, nothing overlaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.documents.slot_columns import add_column, drop_column, swap_columns
from plans.documents.slots import (
    EMPTY,
    JOINED,
    Area,
    Slot,
    add_text,
    areas,
    covered,
    insert,
    join_up,
    read_slot,
    reorder,
    rewrite,
    said,
    settle,
    split,
)

WIDTH = 4
JOINS = (True, True, False, False)
slots = st.builds(
    Slot,
    text=st.sampled_from(["", "甲", "乙", "1.研訂\n2.辦理", "丙課"]),
    joined=st.booleans(),
    span=st.integers(1, 6),
    shaded=st.booleans(),
)
grids = st.lists(
    st.lists(slots, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=6
).map(settle)


def texts(rows):
    return {
        line
        for row in rows
        for slot in row
        for line in slot.text.split("\n")
        if line.strip()
    }


def assert_settled(grid):
    above: tuple[Area, ...] = ()
    for row, parts in zip(grid, areas(grid), strict=True):
        assert sum(area.width for area in parts) == len(row)
        assert all(row[column] == EMPTY for column in covered(row))
        joinable = {c for area in above if area.joined_by(row) for c in area.columns}
        assert {c for c, slot in enumerate(row) if slot.joined} <= joinable
        assert all(slot == JOINED for slot in row if slot.joined)
        above = parts


@given(st.lists(st.lists(slots, min_size=WIDTH, max_size=WIDTH), max_size=6))
def test_settling_keeps_every_text_and_is_final(rows):
    grid = settle(rows)

    assert_settled(grid)
    assert texts(grid) == texts(rows)
    assert settle(grid) == grid


@given(grids, st.data())
def test_rows_say_the_same_wherever_they_are_moved(grid, data):
    order = data.draw(st.permutations(range(len(grid))))

    moved = reorder(grid, order, JOINS)

    assert_settled(moved)
    before = [row.cells for row in said(grid)]
    assert [row.cells for row in said(moved)] == [before[index] for index in order]


@given(grids, st.data())
def test_deleting_a_row_leaves_what_the_others_say(grid, data):
    gone = data.draw(st.integers(0, len(grid) - 1))
    order = [index for index in range(len(grid)) if index != gone]

    left = reorder(grid, order, JOINS)

    assert_settled(left)
    before = [row.cells for row in said(grid)]
    assert [row.cells for row in said(left)] == [before[index] for index in order]


@given(grids, st.data())
def test_a_new_row_changes_no_other(grid, data):
    at = data.draw(st.integers(0, len(grid)))
    follow = data.draw(st.sets(st.integers(0, WIDTH - 1)))

    wider = insert(grid, at, JOINS, follow=follow)

    assert_settled(wider)
    others = [row.cells for row in said(wider)]
    assert others[:at] + others[at + 1 :] == [row.cells for row in said(grid)]


@given(grids, st.data())
def test_rewriting_a_row_loses_only_what_was_typed_over(grid, data):
    at = data.draw(st.integers(0, len(grid) - 1))
    cells = data.draw(st.lists(slots, min_size=WIDTH, max_size=WIDTH))

    written = rewrite(grid, at, cells)

    assert_settled(written)
    kept = texts([*grid[:at], *grid[at + 1 :], cells])
    assert texts(written) >= kept


@given(grids, st.data())
def test_joining_two_rows_keeps_every_text(grid, data):
    at = data.draw(st.integers(0, len(grid) - 1))
    if at == 0:
        with pytest.raises(ValueError, match="no row above"):
            join_up(grid, at)
        return

    joined = join_up(grid, at)

    assert_settled(joined)
    assert len(joined) == len(grid) - 1
    assert texts(joined) == texts(grid)


@given(grids, st.data())
def test_splitting_a_row_keeps_every_text(grid, data):
    at = data.draw(st.integers(0, len(grid) - 1))
    column = data.draw(st.none() | st.integers(0, WIDTH - 1))
    lines = said(grid)[at].cells[column].text.count("\n") if column is not None else 1
    if not lines:
        with pytest.raises(ValueError, match="between two of its lines"):
            split(grid, at, JOINS, column, 1)
        return

    parted = split(grid, at, JOINS, column, data.draw(st.integers(1, lines)))

    assert_settled(parted)
    assert len(parted) == len(grid) + 1
    assert texts(parted) == texts(grid)


@given(grids, st.integers(0, WIDTH - 1))
def test_dropping_a_column_keeps_the_text_of_the_others(grid, column):
    left = drop_column(grid, column)

    assert_settled(left)
    assert all(len(row) == WIDTH - 1 for row in left)
    others = [[*row[:column], *row[column + 1 :]] for row in grid]
    assert texts(left) >= texts(others)


@given(grids, st.integers(0, WIDTH))
def test_adding_a_column_and_dropping_it_changes_nothing(grid, at):
    wider = add_column(grid, at)

    assert_settled(wider)
    assert texts(wider) == texts(grid)
    assert drop_column(wider, at) == grid


@given(grids, st.integers(0, WIDTH - 2))
def test_swapping_columns_keeps_every_text(grid, left):
    swapped = swap_columns(grid, left)

    assert_settled(swapped)
    assert texts(swapped) == texts(grid)


def test_a_wide_cell_is_joined_as_a_whole_or_not_at_all():
    wide = [Slot("甲", span=2), EMPTY, EMPTY]

    assert settle([wide, [JOINED, JOINED, EMPTY]])[1] == (JOINED, JOINED, EMPTY)
    assert settle([wide, [JOINED, Slot("乙"), EMPTY]])[1] == (EMPTY, Slot("乙"), EMPTY)


def test_a_row_that_says_all_the_same_does_not_vanish_when_moved():
    grid = settle([[Slot("甲")], [Slot("乙")], [Slot("甲")]])

    assert reorder(grid, [0, 2, 1], [True])[1] == (Slot("甲"),)


def test_a_split_cell_begins_anew_while_its_neighbours_stay_joined():
    grid = settle([[Slot("要領"), Slot("1.甲\n2.乙\n3.丙")]])

    parted = split(grid, 0, (True, False), 1, 2)

    assert parted == ((Slot("要領"), Slot("1.甲\n2.乙")), (JOINED, Slot("3.丙")))


def test_blank_lines_do_not_count_where_a_cell_is_split():
    grid = settle([[Slot("甲\n\n乙\n\n丙")]])

    assert split(grid, 0, (False,), 0, 2) == ((Slot("甲\n乙"),), (Slot("丙"),))


def test_the_group_heals_when_a_row_that_split_it_is_moved_back():
    grid = settle(
        [[Slot("甲"), Slot("1")], [JOINED, Slot("2")], [Slot("乙"), Slot("3")]]
    )
    apart = reorder(grid, [0, 2, 1], (True, False))

    healed = reorder(apart, [0, 2, 1], (True, False))

    assert [row[0].text for row in apart] == ["甲", "乙", "甲"]
    assert healed == grid


def test_a_row_added_inside_a_group_belongs_to_it():
    grid = settle([[Slot("甲"), Slot("1")], [JOINED, Slot("2")]])

    assert insert(grid, 1, (True, False))[1] == (JOINED, EMPTY)
    assert insert(grid, 0, (True, False))[0] == (EMPTY, EMPTY)
    assert insert(grid, 2, (True, False), follow=[0])[2] == (JOINED, EMPTY)


def test_stored_cells_are_read_back_as_written():
    slot = Slot("1.研訂", span=2, shaded=True)

    assert read_slot(slot.stored()) == slot
    assert read_slot(JOINED.stored()) == JOINED
    assert EMPTY.stored() == {}
    assert read_slot({"span": "9"}) == EMPTY


def test_the_same_text_is_not_said_twice():
    assert add_text("甲", "甲 ") == "甲"
    assert add_text("", "甲") == "甲"
    assert add_text("甲", "乙") == "甲\n乙"
