"""Our own workbook knows its plan, and what that plan held when it was written."""

import json
from dataclasses import replace

import pytest

from schedule.timetable.comparison import changes, made_since
from schedule.timetable.model import UnitSheet
from schedule.timetable.xlsx.memo import Origin
from schedule.timetable.xlsx.reader import read_workbook
from schedule.timetable.xlsx.writer import write_workbook

from .workbooks import (
    COUNTER,
    LABELS,
    REPAIR,
    SETTINGS,
    TIMETABLE,
    delete_row,
    flagged,
    opened,
    row_of,
    saved,
)

HERE, ELSEWHERE = Origin("7-114", "114年度計畫"), Origin("8-113", "113年度計畫")
LATER = replace(COUNTER, id="i9", name="夜間延長服務", methods=())
WITH_LATER = replace(TIMETABLE, sheets=(UnitSheet("民政課", (COUNTER, REPAIR, LATER)),))


def read_file(origin=HERE, edit=lambda book: None):
    book = opened(write_workbook(TIMETABLE, LABELS, origin))
    edit(book)
    return read_workbook(saved(book), replace(SETTINGS, plan=HERE.key))


def without_repair(book):
    delete_row(book["民政課"], row_of(book["民政課"], "里民"))


def told(standing, reading):
    """Kind and name of every change that storing the reading would make."""
    found = changes(
        standing, reading.timetable, is_whole=reading.is_whole, held=reading.held
    )
    return [(change.kind, change.name) for change in found]


def test_an_item_made_since_the_export_is_kept_and_a_deleted_one_is_not():
    reading = read_file(edit=without_repair)

    assert told(WITH_LATER, reading) == [("刪除", REPAIR.name)]
    assert made_since(WITH_LATER, reading.timetable, reading.held) == (LATER,)


def test_a_file_that_was_not_edited_changes_nothing():
    reading = read_file()

    assert told(WITH_LATER, reading) == []
    assert reading.timetable == TIMETABLE
    assert flagged(reading, "other-plan") == []


def forget_origin(book):
    """As the file was written before it knew its plan."""
    for row in book["民政課"].iter_rows():
        for cell in row:
            if str(cell.value).startswith('["'):
                cell.value = json.dumps(json.loads(cell.value)[:4])


def test_a_file_without_the_list_is_read_as_before():
    def edit(book):
        forget_origin(book)
        without_repair(book)

    reading = read_file(edit=edit)

    assert reading.held is None
    assert reading.timetable.title == TIMETABLE.title
    assert told(WITH_LATER, reading) == [("刪除", REPAIR.name), ("刪除", LATER.name)]
    assert made_since(WITH_LATER, reading.timetable, reading.held) == ()


def test_a_file_of_another_plan_is_told_and_matched_by_name():
    reading = read_file(ELSEWHERE, without_repair)

    assert reading.flags[0].code == "other-plan"
    assert "「113年度計畫」" in reading.flags[0].message
    assert told(WITH_LATER, reading) == []
    assert [item.id for item in reading.timetable.items()] == [""]
    assert (reading.timetable.title, reading.timetable.label) == ("", "")


def test_a_sheet_of_another_plan_makes_the_whole_file_foreign():
    other = opened(write_workbook(TIMETABLE, LABELS, ELSEWHERE))["民政課"]

    def edit(book):
        sheet = book.create_sheet("社會課")
        for row in other.iter_rows():
            for cell in row:
                if cell.value is not None:
                    sheet.cell(cell.row, cell.column, cell.value)

    reading = read_file(edit=edit)

    assert len(flagged(reading, "other-plan")) == 1
    assert not reading.is_whole


@pytest.mark.parametrize("tail", [[1], ["a", "b", 5], ["a", "b", [], "c"]])
def test_a_list_that_is_none_leaves_the_rows(tail):
    def edit(book):
        for row in book["民政課"].iter_rows():
            for cell in row:
                if str(cell.value).startswith('["'):
                    cell.value = json.dumps([*json.loads(cell.value)[:4], *tail])

    reading = read_file(edit=edit)

    assert [i.name for i in reading.timetable.items()] == [COUNTER.name, REPAIR.name]
