"""Our own workbook after a person edited cells of it: exactly that arrives."""

from dataclasses import replace
from decimal import Decimal

import pytest

from schedule.timetable.model import Indicator, Share, Stage
from schedule.timetable.xlsx.layout import FIRST_MONTH, Head, place

from .workbooks import (
    COUNTER,
    NO_FILL,
    REPAIR,
    TIMETABLE,
    YELLOW,
    cell_of,
    clear_month,
    first_after,
    flagged,
    items_after,
    month_cell,
    read_edited,
    row_of,
    unmerge,
)


def set_text(head, text, name="臨櫃"):
    def edit(sheet):
        cell_of(sheet, name, head).value = text

    return edit


@pytest.mark.parametrize(
    ("head", "text", "changed"),
    [
        (Head.NOTE, "改列專案", {"note": "改列專案"}),
        (Head.NOTE, None, {"note": ""}),
        (Head.FROM, "112/11", {"scored_from": (112, 11)}),
        (Head.UNTIL, "113年10月", {"scored_until": (113, 10)}),
        (
            Head.INDICATORS,
            "1. 指標牌清楚易懂（70%）\n2. 動線順暢，\n　輪椅可通行（30%）",
            {
                "indicators": (
                    Indicator("指標牌清楚易懂", Decimal(70)),
                    Indicator("動線順暢，\n輪椅可通行", Decimal(30)),
                )
            },
        ),
        (
            Head.NAME,
            "臨櫃服務動線再改善\n（12分／李和順、王小明）",
            {
                "name": "臨櫃服務動線再改善",
                "points": Decimal(12),
                "shares": (Share("民政課", Decimal(12), ("李和順", "王小明")),),
            },
        ),
    ],
)
def test_an_edited_cell_of_an_item_arrives_and_nothing_else_changes(
    head, text, changed
):
    item = first_after(set_text(head, text))

    assert item == replace(COUNTER, **changed)


@pytest.mark.parametrize(
    ("head", "text", "changed"),
    [
        (Head.METHOD, "1. 實地（4月）", {"text": "實地（4月）"}),
        (Head.KINDS, "網頁、書面", {"kinds": ("網頁", "書面")}),
        (Head.EXAMINES, "1、2", {"examines": (1, 2)}),
        (Head.EXAMINES, None, {"examines": ()}),
    ],
)
def test_an_edited_cell_of_a_method_arrives(head, text, changed):
    item = first_after(set_text(head, text))

    assert item.methods == (replace(COUNTER.methods[0], **changed), COUNTER.methods[1])


@pytest.mark.parametrize(
    ("mark", "pattern"),
    [
        ("●", "001010000000"),
        ("V", "001010000000"),
        (1, "001010000000"),
        ("★", "001020000000"),
    ],
)
def test_a_month_that_a_person_marks_is_planned(mark, pattern):
    def edit(sheet):
        month_cell(sheet, row_of(sheet, "臨櫃"), 5).value = mark

    item = first_after(edit)

    assert item.methods[0].months == pattern
    assert item.methods[0].id == "m1"


def read_after(edit):
    return read_edited(TIMETABLE, lambda book: edit(book["民政課"]))


def first_method(reading):
    return next(reading.timetable.items()).methods[0]


def set_month(month, **looks):
    def edit(sheet):
        cell = month_cell(sheet, row_of(sheet, "臨櫃"), month)
        for name, look in looks.items():
            setattr(cell, name, look)

    return edit


@pytest.mark.parametrize(
    ("edit", "pattern", "code", "severity"),
    [
        (set_month(3, value=None), "000000000000", "colour-alone", "info"),
        (set_month(5, fill=YELLOW), "001000000000", "colour-alone", "warning"),
        (set_month(3, fill=NO_FILL), "001000000000", "mark-alone", "warning"),
    ],
)
def test_the_mark_decides_and_a_colour_that_disagrees_is_told(
    edit, pattern, code, severity
):
    reading = read_after(edit)

    assert first_method(reading) == replace(COUNTER.methods[0], months=pattern)
    (flag,) = [flag for flag in reading.flags if "符號" in flag.message]
    assert (flag.code, flag.severity, flag.line) == (code, severity, 4)
    assert "工作表「民政課」第 4 列的" in flag.message


@pytest.mark.parametrize(
    "edit",
    [
        lambda sheet: None,
        set_month(5, value="●"),
        set_month(3, value="★"),
        set_month(3, value=None, fill=NO_FILL),
    ],
)
def test_marks_typed_or_cleared_with_their_colour_need_no_remark(edit):
    assert [f for f in read_after(edit).flags if "符號" in f.message] == []


@pytest.mark.parametrize("is_split", [True, False])
def test_a_label_whose_text_is_deleted_frees_its_months(is_split):
    """The colour that is left does not make the label before it longer."""

    def edit(sheet):
        row = row_of(sheet, "里民")
        if is_split:
            for merge in list(sheet.merged_cells.ranges):
                if merge.min_row == row and merge.min_col >= FIRST_MONTH:
                    unmerge(sheet, merge)
        month_cell(sheet, row, 5).value = None

    method = items_after(edit)[1].methods[0]

    assert method.months == "001100000000"
    assert method.stages == (Stage(3, 4, "規劃"),)


def test_a_month_cleared_with_its_colour_is_planned_no_more():
    item = first_after(lambda sheet: clear_month(sheet, row_of(sheet, "臨櫃"), 3))

    assert item.methods[0] == replace(COUNTER.methods[0], months="000000000000")


def test_a_row_coloured_from_end_to_end_plans_nothing_more():
    def edit(sheet):
        row = row_of(sheet, "臨櫃")
        for column in range(1, FIRST_MONTH + 12):
            if column != FIRST_MONTH + 2:
                sheet.cell(row, column).fill = YELLOW

    assert first_after(edit).methods[0].months == COUNTER.methods[0].months


def test_a_label_typed_over_merged_months_is_a_stage():
    def edit(sheet):
        row = row_of(sheet, "臨櫃")
        clear_month(sheet, row, 3)
        month_cell(sheet, row, 6).value = "★彙整"
        sheet.merge_cells(
            start_row=row,
            end_row=row,
            start_column=FIRST_MONTH + 5,
            end_column=FIRST_MONTH + 7,
        )

    method = first_after(edit).methods[0]

    assert method.stages == (Stage(6, 8, "彙整"),)
    assert method.months == "000002220000"


def test_stages_survive_when_their_cells_are_split():
    def edit(sheet):
        row = row_of(sheet, "里民")
        for merge in list(sheet.merged_cells.ranges):
            if merge.min_row == row and merge.min_col >= FIRST_MONTH:
                unmerge(sheet, merge)

    assert items_after(edit)[1] == REPAIR


def test_columns_may_be_moved():
    def edit(sheet):
        for merge in list(sheet.merged_cells.ranges):
            unmerge(sheet, merge)
        sheet.insert_cols(1)
        sheet.insert_cols(place(Head.NOTE) + 1)

    assert items_after(edit) == [COUNTER, REPAIR]


def test_a_deleted_column_leaves_what_it_held():
    def edit(book):
        sheet = book["民政課"]
        for merge in list(sheet.merged_cells.ranges):
            unmerge(sheet, merge)
        sheet.delete_cols(place(Head.NOTE))

    reading = read_edited(TIMETABLE, edit)

    assert next(reading.timetable.items()) == COUNTER
    assert "備註" in flagged(reading, "lost-column")[0]


def test_label_and_title_may_be_edited():
    def edit(book):
        book["民政課"]["A1"].value = "附表二"
        book["民政課"]["C1"].value = "修正後管制表"

    timetable = read_edited(TIMETABLE, edit).timetable

    assert (timetable.label, timetable.title) == ("附表二", "修正後管制表")


@pytest.mark.parametrize(
    ("head", "text", "code", "address"),
    [
        (Head.FROM, "112/13", "bad-month", "V4"),
        (Head.EXAMINES, "3", "bad-examines", "T4"),
        (Head.EXAMINES, "第一", "bad-examines", "T4"),
        (Head.ONLY_UNIT, "消防課", "other-unit", "U4"),
        (Head.KINDS, "電話", "unknown-kind", "S4"),
        (Head.NAME, "臨櫃服務動線改善\n（十分／李和順）", "bad-points", "C4"),
        (Head.INDICATORS, "動線順暢（-1%）", "bad-weight", "D4"),
        (Head.INDICATORS, "動線順暢（abc%）", "bad-weight", "D4"),
        (Head.INDICATORS, "動線順暢（200%）", "bad-weight", "D4"),
        (Head.INDICATORS, "動線順暢（99.99%）", "open-weights", "D4"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_cell(head, text, code, address):
    reading = read_edited(TIMETABLE, lambda book: set_text(head, text)(book["民政課"]))

    assert f"工作表「民政課」{address}" in flagged(reading, code)[0]


@pytest.mark.parametrize("weight", ["-1", "abc", "200"])
def test_an_impossible_weight_stays_in_the_text(weight):
    item = first_after(set_text(Head.INDICATORS, f"動線順暢（{weight}%）"))

    assert item.indicators == (Indicator(f"動線順暢（{weight}%）"),)


def test_a_head_of_month_13_is_told_with_its_cell():
    def edit(book):
        book["民政課"].cell(3, FIRST_MONTH + 11).value = "13月"

    reading = read_edited(TIMETABLE, edit)

    assert flagged(reading, "no-such-month") == [
        "沒有 13 月（工作表「民政課」Q3），這一欄未讀取。"
    ]
