"""Joint items, which stand on several sheets of our workbook, after edits on some."""

from decimal import Decimal

from schedule.timetable.model import (
    Indicator,
    Item,
    Method,
    Share,
    Timetable,
    UnitSheet,
)
from schedule.timetable.xlsx.layout import Head, place

from .workbooks import (
    cell_of,
    delete_row,
    flagged,
    insert_row,
    month_cell,
    read_edited,
    row_of,
)

JOINT = Item(
    "聯合服務日",
    (
        Share("民政課", Decimal("10.5"), ("王小明",)),
        Share("社會課", Decimal("4.5"), ("林美華",)),
    ),
    Decimal(15),
    (Indicator("辦理場次", Decimal(100)),),
    (
        Method("實地（3月）", kinds=("實地",), months="001000000000", id="m1"),
        Method("書面", months="000100000000", unit="民政課", id="m2"),
        Method("網頁", months="000010000000", unit="社會課", id="m3"),
        Method("其他", kinds=("其他",), months="000000000001", id="m4"),
    ),
    id="i1",
)
OWN = Item("門牌整編", (Share("社會課", Decimal(2), ()),), Decimal(2), id="i2")
TIMETABLE = Timetable(
    114, (UnitSheet("民政課", (JOINT,)), UnitSheet("社會課", (OWN, JOINT)))
)


def joint_after(edit):
    reading = read_edited(TIMETABLE, edit)
    return next(i for i in reading.timetable.items() if i.id == "i1"), reading


def test_each_unit_may_edit_its_share_on_its_own_sheet():
    def edit(book):
        civil = cell_of(book["民政課"], "聯合", Head.NAME)
        social = cell_of(book["社會課"], "聯合", Head.NAME)
        civil.value = civil.value.replace("10.5分／王小明", "11分／王小明、陳和")
        social.value = social.value.replace("4.5分", "5分")

    item, reading = joint_after(edit)

    assert item.shares == (
        Share("民政課", Decimal(11), ("王小明", "陳和")),
        Share("社會課", Decimal(5), ("林美華",)),
    )
    assert item.points == Decimal(16)
    assert flagged(reading, "joint-conflict") == []


def test_what_was_edited_on_one_sheet_counts():
    def edit(book):
        sheet = book["社會課"]
        cell_of(sheet, "聯合", Head.NOTE).value = "併同宣導"
        row = row_of(sheet, "聯合")
        month_cell(sheet, row, 6).value = "★"

    item, reading = joint_after(edit)

    assert item.note == "併同宣導"
    assert item.methods[0].months == "001002000000"
    assert [m.id for m in item.methods] == ["m1", "m2", "m3", "m4"]
    assert flagged(reading, "joint-conflict") == []


def test_two_edits_that_differ_are_told_and_the_unit_decides_on_its_share():
    def edit(book):
        for unit, points in (("民政課", "7分"), ("社會課", "8分")):
            cell = cell_of(book[unit], "聯合", Head.NAME)
            cell.value = cell.value.replace("4.5分", points)

    item, reading = joint_after(edit)

    assert item.share_of("社會課").points == Decimal(8)
    told = flagged(reading, "joint-conflict")[0]
    assert "工作表「民政課」C4" in told
    assert "工作表「社會課」C5" in told


def test_a_joint_item_deleted_on_one_sheet_only_is_kept_and_told():
    def edit(book):
        row = row_of(book["民政課"], "聯合")
        for _ in range(3):
            delete_row(book["民政課"], row)

    item, reading = joint_after(edit)

    assert item == JOINT
    assert [len(one.items) for one in reading.timetable.sheets] == [1, 2]
    assert "民政課" in flagged(reading, "joint-missing")[0]


def test_a_shared_method_row_deleted_on_one_sheet_is_absent():
    def edit(book):
        delete_row(book["社會課"], row_of(book["社會課"], "其他", Head.METHOD))

    item, _ = joint_after(edit)

    assert [m.id for m in item.methods] == ["m1", "m2", "m3"]


def test_a_row_added_on_one_sheet_belongs_to_the_unit_that_it_names():
    def edit(book):
        sheet = book["社會課"]
        row = row_of(sheet, "聯合") + 1
        insert_row(sheet, row)
        sheet.cell(row, place(Head.METHOD), "電話抽測")
        sheet.cell(row, place(Head.ONLY_UNIT), "社")
        month_cell(sheet, row, 8).value = "●"

    item, _ = joint_after(edit)

    assert [m.id for m in item.methods if m.unit == "社會課"] == ["m3", ""]


def test_a_unit_taken_out_leaves_the_other_sheet():
    def edit(book):
        sheet = book["民政課"]
        cell_of(sheet, "聯合", Head.UNITS).value = "民政課"
        cell_of(sheet, "聯合", Head.NAME).value = "聯合服務日\n（民）15分／王小明"

    item, reading = joint_after(edit)

    assert item.shares == (Share("民政課", Decimal(15), ("王小明",)),)
    assert [m.id for m in item.methods] == ["m1", "m2", "m4"]
    assert [[i.id for i in one.items] for one in reading.timetable.sheets] == [
        ["i1"],
        ["i2"],
    ]


def test_an_item_that_becomes_joint_stands_on_both_sheets():
    def edit(book):
        sheet = book["社會課"]
        cell_of(sheet, "門牌", Head.UNITS).value = "社會課\n民政課"
        cell_of(
            sheet, "門牌", Head.NAME
        ).value = "門牌整編\n（社）2分\n（民）1分／王小明"

    reading = read_edited(TIMETABLE, edit)

    civil, social = reading.timetable.sheets
    assert [i.id for i in civil.items] == ["i1", "i2"]
    assert civil.items[1] is social.items[0]
    assert social.items[0].share_of("民政課") == Share(
        "民政課", Decimal(1), ("王小明",)
    )


def test_a_new_joint_item_typed_on_both_sheets_is_one():
    def edit(book):
        for unit in ("民政課", "社會課"):
            sheet = book[unit]
            row = row_of(sheet, "合計", Head.NUMBER)
            insert_row(sheet, row)
            sheet.cell(row, place(Head.UNITS), "民政課、社會課")
            sheet.cell(row, place(Head.NAME), "防災演練(民)2分/王小明 (社)1分/林美華")

    reading = read_edited(TIMETABLE, edit)

    new = [i for i in reading.timetable.items() if not i.id]
    assert len(new) == 1
    assert new[0].points == Decimal(3)


def test_methods_of_a_unit_whose_sheet_is_not_in_the_file_are_kept():
    def edit(book):
        del book["社會課"]

    item, reading = joint_after(edit)

    assert item == JOINT
    assert [one.unit for one in reading.timetable.sheets] == ["民政課"]
    assert reading.is_whole


def test_a_hidden_sheet_is_passed_over_and_told():
    def edit(book):
        book["社會課"].sheet_state = "hidden"

    item, reading = joint_after(edit)

    assert item == JOINT
    assert flagged(reading, "hidden-sheet") == ["工作表「社會課」是隱藏的，未讀取。"]
    assert [one.unit for one in reading.timetable.sheets] == ["民政課"]


def test_a_copied_sheet_is_passed_over_and_told():
    def edit(book):
        book.copy_worksheet(book["社會課"]).title = "社會課 (2)"

    reading = read_edited(TIMETABLE, edit)

    assert reading.timetable == TIMETABLE
    assert "社會課 (2)" in flagged(reading, "copied-sheet")[0]


def test_a_copied_sheet_becomes_the_sheet_of_another_unit():
    def edit(book):
        sheet = book.copy_worksheet(book["社會課"])
        sheet.title = "民防室"
        row = row_of(sheet, "聯合")
        for _ in range(3):
            delete_row(sheet, row)
        cell_of(sheet, "門牌", Head.UNITS).value = "民防室"

    timetable = read_edited(TIMETABLE, edit).timetable

    *others, new = timetable.sheets
    assert tuple(others) == TIMETABLE.sheets
    assert new.unit == "民防室"
    assert [(i.id, i.shares[0].unit) for i in new.items] == [("", "民防室")]


def test_items_moved_to_a_unit_without_a_sheet_delete_nothing():
    def edit(book):
        cell_of(book["社會課"], "門牌", Head.UNITS).value = "民防室"

    reading = read_edited(TIMETABLE, edit)

    assert [one.unit for one in reading.timetable.sheets] == [
        "民政課",
        "社會課",
        "民防室",
    ]
    assert not reading.is_whole
    assert "民防室" in flagged(reading, "no-sheet")[0]


def test_a_sheet_added_by_hand_is_told():
    def edit(book):
        book.create_sheet("草稿")["A1"] = "隨手記"

    reading = read_edited(TIMETABLE, edit)

    assert reading.timetable == TIMETABLE
    assert "草稿" in flagged(reading, "foreign-sheet")[0]


def test_a_later_edition_of_the_plan_is_told():
    def edit(book):
        for sheet in book:
            sheet["F2"].value = "115年"

    reading = read_edited(TIMETABLE, edit)

    assert reading.timetable.year == 115
    assert "115 年度" in flagged(reading, "other-year")[0]
