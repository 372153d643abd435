"""Control tables that offices made by hand in a spreadsheet."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from schedule.timetable.from_tables import Settings
from schedule.timetable.model import Indicator, Share, Stage

from .workbooks import HEADS, YELLOW, flagged, read_book, table

GREY = PatternFill("solid", fgColor="D9D9D9")
WHITE = PatternFill("solid", fgColor="FFFFFF")
THEMED = PatternFill("solid", fgColor=Color(theme=4, tint=0.6))
THEME_WHITE = PatternFill("solid", fgColor=Color(theme=0))
HATCHED = PatternFill("lightUp")
ROW = (1, "民政課", "里鄰巡查（2分／王小明）", "按月巡查（100%）", "實地")


def only_item(reading):
    (item,) = reading.timetable.items()
    return item


def months_of_row(planned, **kwargs):
    book, _ = table([(*ROW, planned)], **kwargs)
    return only_item(read_book(book)).methods[0].months


def test_a_plain_table_is_read():
    book, _ = table([(*ROW, {3: "V", 4: "★"})], title="附件1 里政管制表", top=2)

    reading = read_book(book)

    item = only_item(reading)
    assert item.name == "里鄰巡查"
    assert item.shares == (Share("民政課", Decimal(2), ("王小明",)),)
    assert item.indicators == (Indicator("按月巡查", Decimal(100)),)
    assert item.methods[0].months == "001200000000"
    assert (reading.timetable.label, reading.timetable.title) == ("附件1", "里政管制表")
    assert not reading.is_whole


@pytest.mark.parametrize("fill", [YELLOW, GREY, THEMED, HATCHED])
def test_a_coloured_month_is_planned(fill):
    assert months_of_row({3: fill, 12: fill}) == "001000000001"


@pytest.mark.parametrize("fill", [WHITE, THEME_WHITE, PatternFill()])
def test_a_white_month_is_not_planned(fill):
    assert months_of_row({3: fill, 5: "V"}) == "000010000000"


def test_the_colour_of_most_month_cells_is_the_background():
    planned = dict.fromkeys(range(1, 13), GREY) | {3: YELLOW}
    book, _ = table([(*ROW, planned)])

    reading = read_book(book)

    assert only_item(reading).methods[0].months == "001000000000"
    assert "民政課" in flagged(reading, "background-colour")[0]


def test_a_row_in_one_colour_from_end_to_end_plans_nothing():
    rows = [(*ROW, {2: "V"}), (2, "民政課", "公園整理", "整潔", "實地", {3: "V"})]
    book, sheet = table(rows)
    for cell in sheet[3]:
        cell.fill = YELLOW

    items = list(read_book(book).timetable.items())

    assert items[1].methods[0].months == "001000000000"


@pytest.mark.parametrize(
    ("top", "left", "title"), [(1, 1, ""), (3, 1, "管制表"), (5, 4, ""), (6, 2, "表")]
)
def test_the_table_is_found_wherever_it_stands(top, left, title):
    assert months_of_row({7: "V"}, top=top, left=left, title=title) == "000000100000"


@pytest.mark.parametrize(
    "months",
    [
        [f"{m}月份" for m in range(1, 13)],
        [f"{m:02} 月" for m in range(1, 13)],
        [f"{number}月" for number in [*"一二三四五六七八九十", "十一", "十二"]],
        list(range(1, 13)),
        [date(2025, m, 1) for m in range(1, 13)],
    ],
)
def test_months_are_found_however_their_heads_are_typed(months):
    book, sheet = table([(*ROW, {10: "V"})])
    for column, name in enumerate(months, start=6):
        sheet.cell(1, column).value = name
        if isinstance(name, date):
            sheet.cell(1, column).number_format = 'm"月"'

    assert only_item(read_book(book)).methods[0].months == "000000000100"


def test_a_head_of_two_rows_with_merged_cells_is_read():
    book, sheet = table([(*ROW, {3: "V"})], top=3)
    sheet["A1"] = "一百一十四年度管制表"
    sheet.merge_cells("A1:Q1")
    for column, name in enumerate(HEADS, start=1):
        sheet.cell(3, column).value = None
        sheet.cell(2, column).value = name
        sheet.merge_cells(
            start_row=2, end_row=3, start_column=column, end_column=column
        )
    sheet["F2"] = "114年"
    sheet.merge_cells("F2:Q2")

    reading = read_book(book)

    assert only_item(reading).name == "里鄰巡查"
    assert only_item(reading).methods[0].months == "001000000000"
    assert flagged(reading, "other-year") == []


def test_cells_merged_downwards_belong_to_one_item():
    rows = [
        (*ROW, {3: "V"}),
        (None, None, None, None, "書面", {9: "V"}),
        (2, "民政課", "公園整理", "整潔（100%）", "實地", {}),
    ]
    book, sheet = table(rows)
    for column in "ABCD":
        sheet.merge_cells(f"{column}2:{column}3")

    first, second = read_book(book).timetable.items()

    assert [m.text for m in first.methods] == ["實地", "書面"]
    assert [m.months[8] for m in first.methods] == ["0", "1"]
    assert second.name == "公園整理"


def test_indicators_beside_a_merged_name_are_its_own_whatever_they_weigh():
    rows = [
        (*ROW[:3], "按月巡查（60%）", "實地", {3: "V"}),
        (None, None, None, "1. 建檔（50%）", "書面", {9: "V"}),
    ]
    book, sheet = table(rows)
    sheet.merge_cells("C2:C3")

    reading = read_book(book)

    item = only_item(reading)
    assert [i.weight for i in item.indicators] == [Decimal(60), Decimal(50)]
    assert [m.text for m in item.methods] == ["實地", "書面"]
    assert "110%" in flagged(reading, "open-weights")[0]


def test_cells_merged_to_the_right_are_a_stage():
    book, sheet = table([(*ROW, {3: "規劃設計", 5: "發包"})])
    sheet.merge_cells("H2:I2")

    method = only_item(read_book(book)).methods[0]

    assert method.stages == (Stage(3, 4, "規劃設計"), Stage(5, 5, "發包"))
    assert method.months == "001110000000"


def test_months_merged_downwards_hold_for_every_row():
    rows = [(*ROW, {3: YELLOW}), (None, None, None, None, "書面", {})]
    book, sheet = table(rows)
    for reference in ("C2:C3", "H2:H3"):
        sheet.merge_cells(reference)

    item = only_item(read_book(book))

    assert [m.months for m in item.methods] == ["001000000000"] * 2


def test_numbers_percentages_dates_and_rich_text_are_read_as_they_look():
    heads = ("序號", "承辦課室", "專案名稱", "配分", "考核指標", "權重", "考核方式")
    bold = TextBlock(InlineFont(b=True), "每月")
    rows = [
        (1, "民政課", "里鄰巡查", 10.5, CellRichText(bold, "巡查"), 0.6, "實地", {}),
        (2, "民政課", "公園整理", 2, "整潔", 1, date(2025, 5, 31), {5: "V"}),
    ]
    book, sheet = table(rows, heads=heads)
    sheet["F2"].number_format = sheet["F3"].number_format = "0%"

    first, second = read_book(book).timetable.items()

    assert first.points == Decimal("10.5")
    assert first.indicators == (Indicator("每月巡查", Decimal(60)),)
    assert second.points == Decimal(2)
    assert second.indicators[0].weight == Decimal(100)
    assert second.methods[0].text == "114年5月31日"


def test_a_formula_without_a_result_is_told():
    book, _ = table([(*ROW[:2], "=B2", *ROW[3:], {3: "V"}), (*ROW, {})])

    reading = read_book(book)

    assert "工作表「民政課」C2" in flagged(reading, "bare-formula")[0]


def test_the_sheet_names_the_unit_where_no_column_does():
    heads = tuple(head for head in HEADS if head != "課室")
    book, _ = table([(1, *ROW[2:], {3: "V"})], heads=heads)

    assert only_item(read_book(book)).shares[0].unit == "民政課"


def test_a_table_without_any_unit_is_told():
    heads = tuple(head for head in HEADS if head != "課室")
    book, sheet = table([(1, *ROW[2:], {3: "V"})], heads=heads)
    sheet.title = "工作表1"

    assert "工作表1" in flagged(read_book(book), "no-unit")[0]


def test_a_head_repeated_for_printing_is_passed_over():
    rows = [(*ROW, {3: "V"}), (*HEADS, {m: f"{m}月" for m in range(1, 13)})]
    book, _ = table([*rows, (2, "民政課", "公園整理", "整潔", "實地", {4: "V"})])

    names = [item.name for item in read_book(book).timetable.items()]

    assert names == ["里鄰巡查", "公園整理"]


def test_sheets_without_a_table_and_hidden_ones_are_told():
    book, _ = table([(*ROW, {3: "V"})])
    book.create_sheet("說明")["A1"] = "填表說明"
    book.create_sheet("舊表").sheet_state = "hidden"

    reading = read_book(book)

    assert "說明" in flagged(reading, "no-control-table")[0]
    assert "舊表" in flagged(reading, "hidden-sheet")[0]


@pytest.mark.parametrize("month", ["0月", "13月"])
def test_a_month_that_is_none_is_told_with_its_cell(month):
    book, sheet = table([(*ROW, {3: "V"})])
    sheet["Q1"].value = month

    reading = read_book(book)

    assert only_item(reading).methods[0].months == "001000000000"
    told = flagged(reading, "no-such-month")[0]
    assert f"沒有 {month[:-1]} 月" in told
    assert "工作表「民政課」Q1" in told


@pytest.mark.parametrize("weight", ["-1", "200", "abc"])
def test_an_impossible_weight_is_told_and_stays_in_the_text(weight):
    book, _ = table([(*ROW[:3], f"按月巡查（{weight}%）", "實地", {3: "V"})])

    reading = read_book(book)

    assert only_item(reading).indicators == (Indicator(f"按月巡查（{weight}%）"),)
    assert "工作表「民政課」D2" in flagged(reading, "bad-weight")[0]


@pytest.mark.parametrize("weight", [-1, 200, "abc"])
def test_an_impossible_weight_in_a_column_of_its_own_stays_in_the_text(weight):
    heads = ("課室", "專案名稱", "考核指標", "權重", "考核方式")
    book, _ = table(
        [("民政課", "里鄰巡查", "按月巡查", weight, "實地", {3: "V"})], heads=heads
    )

    reading = read_book(book)

    assert only_item(reading).indicators == (Indicator(f"按月巡查（權重：{weight}）"),)
    assert "工作表「民政課」D2" in flagged(reading, "bad-weight")[0]


def test_weights_that_do_not_close_are_told_with_their_cell():
    book, _ = table([(*ROW[:3], "按月巡查（99.99%）", "實地", {3: "V"})])

    reading = read_book(book)

    assert only_item(reading).indicators[0].weight == Decimal("99.99")
    assert "工作表「民政課」D2" in flagged(reading, "open-weights")[0]


def test_another_year_is_told():
    book, sheet = table([(*ROW, {3: "V"})], top=2)
    sheet["F1"] = "113年"

    reading = read_book(book, Settings(114))

    assert "113 年度" in flagged(reading, "other-year")[0]
