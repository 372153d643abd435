"""Rows of our own workbook that a person inserted, deleted, copied or cleared."""

import json
from copy import copy
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell import MergedCell

from schedule.timetable.model import Indicator, Method, Share
from schedule.timetable.xlsx.layout import Head, place

from .workbooks import (
    COUNTER,
    NO_FILL,
    REPAIR,
    TIMETABLE,
    copy_row,
    delete_row,
    first_after,
    flagged,
    insert_row,
    items_after,
    month_cell,
    read_edited,
    row_of,
)


def test_a_row_inserted_for_a_new_item_is_new():
    def edit(sheet):
        row = row_of(sheet, "里民")
        insert_row(sheet, row)
        sheet.cell(row, place(Head.UNITS), "民政課")
        sheet.cell(row, place(Head.NAME), "新增宣導（2分／王小明）")
        sheet.cell(row, place(Head.INDICATORS), "辦理兩場（100%）")
        sheet.cell(row, place(Head.METHOD), "書面（5月）")

    counter, new, repair = items_after(edit)

    assert (counter, repair) == (COUNTER, REPAIR)
    assert new.id == ""
    assert new.shares == (Share("民政課", Decimal(2), ("王小明",)),)
    assert new.indicators == (Indicator("辦理兩場", Decimal(100)),)
    assert new.methods == (
        Method("書面（5月）", "", ("書面",), "000010000000", confirmed=False),
    )


@pytest.mark.parametrize("below", [1, 2])
def test_a_row_inserted_inside_an_item_is_a_new_method_of_it(below):
    def edit(sheet):
        row = row_of(sheet, "臨櫃") + below
        insert_row(sheet, row)
        sheet.cell(row, place(Head.METHOD), "網頁抽查")
        month_cell(sheet, row, 12).value = "●"

    item = first_after(edit)

    new = Method("網頁抽查", "", ("網頁",), "000000000001")
    assert [m.id for m in item.methods].count("") == 1
    assert item.methods[below] == new
    assert replace(item, methods=()) == replace(COUNTER, methods=())


def test_a_deleted_method_row_is_absent():
    item = first_after(lambda sheet: delete_row(sheet, row_of(sheet, "臨櫃") + 1))

    assert item == replace(COUNTER, methods=COUNTER.methods[:1])


def test_deleted_item_rows_are_absent_and_the_sheet_is_whole():
    def edit(book):
        sheet = book["民政課"]
        row = row_of(sheet, "臨櫃")
        delete_row(sheet, row)
        delete_row(sheet, row)

    reading = read_edited(TIMETABLE, edit)

    assert list(reading.timetable.items()) == [REPAIR]
    assert reading.is_whole


def test_an_item_whose_first_row_was_deleted_keeps_its_name():
    def edit(book):
        delete_row(book["民政課"], row_of(book["民政課"], "臨櫃"))

    reading = read_edited(TIMETABLE, edit)

    item = next(reading.timetable.items())
    assert item == replace(COUNTER, methods=COUNTER.methods[1:])
    assert "C4" in flagged(reading, "no-name")[0]


def clear_row(sheet, row, *, with_fills):
    for cell in sheet[row][: place(Head.ITEM_KEY) - 1]:
        if with_fills:
            cell.fill = NO_FILL
        if not isinstance(cell, MergedCell):
            cell.value = None


@pytest.mark.parametrize("with_fills", [True, False])
def test_rows_whose_texts_were_all_cleared_are_absent(with_fills):
    def edit(book):
        sheet = book["民政課"]
        clear_row(sheet, row_of(sheet, "里民"), with_fills=with_fills)
        clear_row(sheet, row_of(sheet, "臨櫃") + 1, with_fills=with_fills)

    reading = read_edited(TIMETABLE, edit)

    (item,) = reading.timetable.items()
    assert item == replace(COUNTER, methods=COUNTER.methods[:1])
    assert reading.is_whole
    assert flagged(reading, "colour-alone") == []


def test_an_inserted_row_that_took_the_colours_above_is_no_row():
    def edit(sheet):
        row = row_of(sheet, "臨櫃") + 1
        insert_row(sheet, row)
        for month in range(1, 13):
            month_cell(sheet, row, month).fill = copy(
                month_cell(sheet, row - 1, month).fill
            )

    assert items_after(edit) == [COUNTER, REPAIR]


def test_a_copied_row_with_another_name_is_a_new_item():
    def edit(sheet):
        row = row_of(sheet, "里民")
        insert_row(sheet, row + 1)
        copy_row(sheet, row, row + 1)
        sheet.cell(row + 1, place(Head.NAME)).value = "公園整修\n（3分／洪大同）"

    items = items_after(edit)

    assert items[:2] == [COUNTER, REPAIR]
    assert items[2].id == ""
    assert items[2].name == "公園整修"
    assert [method.id for method in items[2].methods] == [""]


def test_a_copied_method_row_is_a_new_method():
    def edit(sheet):
        row = row_of(sheet, "臨櫃") + 1
        insert_row(sheet, row + 1)
        copy_row(sheet, row, row + 1)
        sheet.cell(row + 1, place(Head.METHOD)).value = "3. 網頁（10月）"

    item = first_after(edit)

    assert [method.id for method in item.methods] == ["m1", "m2", ""]
    assert item.methods[2].text == "網頁（10月）"


def test_merged_cells_that_a_program_left_behind_do_not_confuse_rows():
    """openpyxl moves rows without their merged cells."""

    def edit(sheet):
        sheet.delete_rows(row_of(sheet, "臨櫃") + 1)

    items = items_after(edit)

    assert items[0] == replace(COUNTER, methods=COUNTER.methods[:1])
    assert replace(items[1], methods=()) == replace(REPAIR, methods=())


JSON = st.recursive(
    st.none() | st.integers() | st.sampled_from(["NaN", "1e99999", "m", ""]),
    lambda inner: st.lists(inner, max_size=8),
    max_leaves=12,
)
MEMO_KEYS = ["name", "shares", "points", "indicators", "scored", "note", "method"]


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from([*MEMO_KEYS, "place", "others"]), JSON, min_size=1)
)
def test_what_a_person_did_to_hidden_cells_leaves_the_visible_ones(tampered):
    def edit(sheet):
        memo = sheet.cell(row_of(sheet, "里民"), place(Head.MEMO))
        memo.value = json.dumps(json.loads(memo.value) | tampered)

    repair = items_after(edit)[1]

    assert repair.name == REPAIR.name
    assert repair.indicators == REPAIR.indicators
    assert repair.methods[0].months == REPAIR.methods[0].months
