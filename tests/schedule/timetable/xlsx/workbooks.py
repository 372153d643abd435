"""Workbooks for tests: our own with something edited, and tables made by hand."""

from copy import copy
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from schedule.timetable.from_tables import Settings
from schedule.timetable.model import (
    Indicator,
    Item,
    Method,
    Share,
    Stage,
    Timetable,
    UnitSheet,
)
from schedule.timetable.xlsx.layout import FIRST_MONTH, Head, place
from schedule.timetable.xlsx.reader import read_workbook
from schedule.timetable.xlsx.writer import write_workbook

LABELS = {"民政課": "民", "社會課": "社", "民防室": "防"}
SETTINGS = Settings(114, labels={label: unit for unit, label in LABELS.items()})
NO_FILL = PatternFill()
YELLOW = PatternFill("solid", fgColor="FFFF00")


COUNTER = Item(
    "臨櫃服務動線改善",
    (Share("民政課", Decimal("10.5"), ("李和順", "陳及人")),),
    Decimal("10.5"),
    (Indicator("指標牌清楚易懂", Decimal(60)), Indicator("動線順暢", Decimal(40))),
    (
        Method("實地（3月）", "1.", ("實地",), "001000000000", (), (1,), id="m1"),
        Method("書面（9月）", "2.", ("書面",), "000000002000", (), (2,), id="m2"),
    ),
    note="與環境整理併同辦理",
    id="i1",
)
REPAIR = Item(
    "里民活動中心整修",
    (Share("民政課", Decimal(3), ("洪大同",)),),
    Decimal(3),
    (Indicator("如期完工", Decimal(100)),),
    (
        Method(
            "分階段查核",
            kinds=("實地",),
            months="001111000000",
            stages=(Stage(3, 4, "規劃"), Stage(5, 6, "施工")),
            id="m3",
        ),
    ),
    id="i2",
)
TIMETABLE = Timetable(
    114, (UnitSheet("民政課", (COUNTER, REPAIR)),), "作業時程管制表", "附件1"
)


def saved(book):
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def opened(data):
    return load_workbook(BytesIO(data))


def read_edited(timetable, edit):
    """What is read of our workbook after ``edit(book)`` changed it."""
    book = opened(write_workbook(timetable, LABELS))
    edit(book)
    return read_workbook(saved(book), SETTINGS)


def items_after(edit):
    reading = read_edited(TIMETABLE, lambda book: edit(book["民政課"]))
    return list(reading.timetable.items())


def first_after(edit):
    return items_after(edit)[0]


def row_of(sheet, text, head=Head.NAME):
    """The first row whose cell below ``head`` begins with ``text``."""
    cells = sheet.iter_rows(min_col=place(head), max_col=place(head))
    return next(cell.row for (cell,) in cells if str(cell.value or "").startswith(text))


def cell_of(sheet, text, head):
    """The cell below ``head`` in the row of the item whose name begins with ``text``."""
    return sheet.cell(row_of(sheet, text), place(head))


def month_cell(sheet, row, month):
    return sheet.cell(row, FIRST_MONTH + month - 1)


def clear_month(sheet, row, month):
    cell = month_cell(sheet, row, month)
    cell.value, cell.fill = None, NO_FILL


def insert_row(sheet, at):
    """Insert a row as Excel does: merged cells below move, those around it grow."""
    _move_rows(sheet, at, 1)
    sheet.insert_rows(at)


def delete_row(sheet, at):
    _move_rows(sheet, at, -1)
    sheet.delete_rows(at)


def _move_rows(sheet, at, by):
    kept = set()
    for merge in sheet.merged_cells.ranges:
        first, last = merge.min_row, merge.max_row
        if first > at or (by > 0 and first == at):
            merge.shift(row_shift=by)
        elif first <= at <= last:
            if first == last:
                continue
            merge.expand(down=by) if by > 0 else merge.shrink(bottom=-by)
        kept.add(merge)
    sheet.merged_cells.ranges = kept


def copy_row(sheet, source, target):
    """Write the values of a row over another, hidden cells and colours included."""
    for cell in sheet[source]:
        copied = sheet.cell(target, cell.column)
        copied.value = cell.value
        copied.fill = copy(cell.fill)


def unmerge(sheet, merge):
    """Split merged cells as Excel does: each keeps the colour."""
    fill = copy(sheet.cell(merge.min_row, merge.min_col).fill)
    sheet.unmerge_cells(str(merge))
    for row in sheet[merge.coord]:
        for cell in row:
            cell.fill = copy(fill)


HEADS = ("項次", "課室", "工作項目（配分／承辦人）", "衡量指標", "查核方式（月份）")


def table(rows, *, heads=HEADS, title="", top=1, left=1, months=range(1, 13)):
    """A sheet as an office makes it, with one head row; returns (book, sheet).

    Each of ``rows`` holds the texts below ``heads``, then {month: text or fill}.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "民政課"
    if title:
        sheet.cell(1, left, title)
    for column, name in enumerate([*heads, *(f"{m}月" for m in months)], start=left):
        sheet.cell(top, column, name)
    for number, (*texts, planned) in enumerate(rows, start=top + 1):
        for column, text in enumerate(texts, start=left):
            sheet.cell(number, column, text)
        for month, mark in planned.items():
            cell = sheet.cell(number, left + len(heads) + month - 1)
            if isinstance(mark, PatternFill):
                cell.fill = mark
            else:
                cell.value = mark
    return book, sheet


def read_book(book, settings=SETTINGS):
    return read_workbook(saved(book), settings)


def flagged(reading, code):
    """The messages of all flags with that code."""
    return [flag.message for flag in reading.flags if flag.code == code]
