"""The workbook that we write: laid out as the printed annex, safe to open."""

import re
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from schedule.timetable.model import (
    Indicator,
    Item,
    Method,
    Share,
    Stage,
    Timetable,
    UnitSheet,
)
from schedule.timetable.xlsx.layout import (
    COLUMNS,
    KEY_FILL,
    PLANNED_FILL,
    Head,
    place,
    sheet_titles,
)
from schedule.timetable.xlsx.writer import write_workbook

from .workbooks import LABELS, month_cell, opened, row_of, saved

ITEM = Item(
    "路口淨空宣導",
    (
        Share("民政課", Decimal("10.5"), ("王小明", "李小華")),
        Share("社會課", Decimal("4.5"), ("林美華",)),
    ),
    Decimal(15),
    (Indicator("設置告示", Decimal(50)), Indicator("定期巡查", Decimal(50))),
    (
        Method("實地（2月）", "1.", ("實地",), "011200000000", id="m7"),
        Method("分階段", months="001111000000", stages=(Stage(3, 6, "規劃"),), id="m8"),
    ),
    note="逐月彙整",
    id="i5",
)
TIMETABLE = Timetable(114, (UnitSheet("民政課", (ITEM,)),), "時程管制表", "附件1")


def one_item(**kwargs):
    item = Item(**{"name": "巡查", "shares": (Share("民政課"),)} | kwargs)
    return Timetable(114, (UnitSheet("民政課", (item,)),))


def first_sheet(timetable=TIMETABLE):
    return opened(write_workbook(timetable, LABELS)).worksheets[0]


def texts(sheet, row):
    return [cell.value for cell in sheet[row]]


def test_the_sheet_has_the_columns_of_the_printed_annex():
    sheet = first_sheet()

    assert sheet.title == "民政課"
    assert (sheet["A1"].value, sheet["C1"].value) == ("附件1", "時程管制表")
    heads = texts(sheet, 2)[:6]
    assert heads[:2] == ["項次", "課室"]
    assert heads[2].startswith("專案名稱")
    assert heads[3:] == ["考核指標", "考核方式（月份）", "114年"]
    assert texts(sheet, 3)[5:17] == [f"{month}月" for month in range(1, 13)]


def test_an_item_is_written_as_it_is_printed():
    sheet = first_sheet()

    assert texts(sheet, 4)[:5] == [
        "1",
        "民政課\n社會課",
        "路口淨空宣導\n（民）10.5分／王小明、李小華\n（社）4.5分／林美華",
        "1. 設置告示（50%）\n2. 定期巡查（50%）",
        "1.實地（2月）",
    ]
    assert texts(sheet, 6)[:3] == ["合計", None, "1項，合計10.5分"]


def test_cells_are_merged_over_the_rows_and_months_that_they_belong_to():
    merged = {str(merge) for merge in first_sheet().merged_cells.ranges}

    assert {"A4:A5", "B4:B5", "C4:C5", "D4:D5", "H5:K5"} <= merged
    assert {"A2:A3", "F2:Q2", "C1:Q1"} <= merged


def test_months_have_a_sign_and_a_colour_for_each_state():
    sheet = first_sheet()

    cells = [month_cell(sheet, 4, month) for month in (1, 2, 4)]
    assert [cell.value for cell in cells] == [None, "●", "★"]
    assert [cell.fill.fgColor.rgb[-6:] for cell in cells[1:]] == [
        PLANNED_FILL,
        KEY_FILL,
    ]
    assert cells[0].fill.patternType is None
    assert month_cell(sheet, 5, 3).value == "規劃"


def test_every_cell_of_the_table_is_wrapped_bordered_and_at_the_top():
    sheet = first_sheet()

    cells = [cell for row in sheet["A4:Q5"] for cell in row]
    assert all(cell.border.left.style == "thin" for cell in sheet["A4:Q4"][0])
    anchors = [cell for cell in cells if cell.value]
    assert all(cell.alignment.wrap_text for cell in anchors)
    assert {cell.alignment.vertical for cell in anchors} == {"top"}
    assert {cell.font.name for cell in anchors} == {"標楷體"}


def test_the_sheet_prints_across_a4_with_its_heads_on_every_page():
    sheet = first_sheet()

    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "D4"
    assert sheet.oddFooter.center.text == "第 &P 頁，共 &N 頁"


@pytest.mark.parametrize(("note", "last"), [("", "Q"), ("逐月彙整", "R")])
def test_notes_are_printed_where_there_are_any(note, last):
    sheet = first_sheet(one_item(note=note))

    assert sheet.print_area.endswith(f"${last}$6")


def test_keys_stand_in_hidden_columns():
    sheet = first_sheet()

    hidden = [c for c, d in sheet.column_dimensions.items() if d.hidden]
    assert hidden == ["X", "Y", "Z"]
    assert [sheet.cell(row, place(Head.ITEM_KEY)).value for row in (4, 5)] == ["i5"] * 2
    assert [sheet.cell(row, place(Head.METHOD_KEY)).value for row in (4, 5)] == [
        "m7",
        "m8",
    ]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "#N/A"]


def test_a_careless_writer_would_make_a_formula():
    book = Workbook()
    book.active["A1"] = "=1+1"

    assert opened(saved(book)).active["A1"].data_type == "f"


@pytest.mark.parametrize("text", FORMULAS)
def test_text_never_becomes_a_formula(text):
    item = Item(
        text,
        (Share("民政課", None, (text,)),),
        indicators=(Indicator(text),),
        methods=(Method(text, kinds=(text,), months="010000000000"),),
        note=text,
    )
    timetable = Timetable(114, (UnitSheet("民政課", (item,)),), text, text)

    data = write_workbook(timetable, LABELS)

    sheet = opened(data).worksheets[0]
    cells = [cell for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    xml = ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert not re.search(rb"<f[ />]", xml)
    note = sheet.cell(4, place(Head.NOTE))
    assert note.value == text
    assert bool(note.quotePrefix) == (text != "#N/A")


def test_control_characters_are_left_out():
    sheet = first_sheet(one_item(name="巡\x00查\x0b\ud800\ufffe表"))

    assert sheet["C4"].value == "巡查表"


def test_every_part_is_well_formed():
    archive = ZipFile(BytesIO(write_workbook(TIMETABLE, LABELS)))

    names = [name for name in archive.namelist() if name.endswith(".xml")]
    assert "xl/worksheets/sheet1.xml" in names
    assert [ElementTree.fromstring(archive.read(name)) for name in names]  # noqa: S314


def test_rows_are_as_high_as_their_texts_need():
    short = first_sheet(one_item(note="短"))
    long = first_sheet(one_item(note="管制" * 60))

    assert long.row_dimensions[4].height > 5 * short.row_dimensions[4].height


def test_an_item_higher_than_excel_draws_takes_several_rows():
    sheet = first_sheet(one_item(note="管制" * 400))

    below = row_of(sheet, "合計", Head.NUMBER)
    heights = [sheet.row_dimensions[row].height for row in range(4, below)]
    assert len(heights) > 1
    assert max(heights) <= 409
    assert f"C4:C{below - 1}" in {str(m) for m in sheet.merged_cells.ranges}


def test_titles_of_sheets_are_what_excel_takes():
    units = ["民政/[一]課", "民政:*?\\課", "長" * 40, "長" * 41, "A", "a", "", "'引'"]

    titles = sheet_titles(units)

    assert titles[:2] == ["民政··一·課", "民政····課"]
    assert titles[4:] == ["A", "a (2)", "未分課室", "引"]
    assert all(0 < len(title) <= 31 for title in titles)
    assert len({title.casefold() for title in titles}) == len(units)


def test_a_timetable_without_units_is_a_form_to_fill_in():
    sheet = first_sheet(Timetable(114))

    assert sheet.title == "作業時程管制表"
    assert texts(sheet, 4)[:3] == ["合計", None, "0項"]
    assert len(texts(sheet, 3)) == len(COLUMNS)
