"""Files that are no workbook, or one that nobody should read: a sentence, no crash."""

import re
import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedule.timetable.model import Timetable
from schedule.timetable.xlsx.reader import (
    UnreadableWorkbook,
    is_workbook,
    read_workbook,
)
from schedule.timetable.xlsx.writer import write_workbook

from .workbooks import SETTINGS, flagged, read_book, saved, table

ROW = (1, "民政課", "里鄰巡查（2分／王小明）", "按月巡查（100%）", "實地", {3: "V"})
SHEET = "xl/worksheets/sheet1.xml"
ENTITY = '<!DOCTYPE a [<!ENTITY b "哈哈">]>'


@pytest.fixture(scope="module")
def plain():
    return saved(table([ROW])[0])


def rebuilt(data, changed, name="", text=""):
    """The package with some of its parts changed by functions, and one added."""
    result = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, changed.get(part, lambda content: content)(content))
        if name:
            new.writestr(name, text)
    return result.getvalue()


def refusal(data):
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(data, SETTINGS)
    return str(caught.value)


def test_workbooks_are_told_from_other_files(plain):
    word = rebuilt(b"PK\x05\x06" + b"\x00" * 18, {}, "word/document.xml", "<a/>")

    assert is_workbook(plain)
    assert is_workbook(write_workbook(Timetable(114), {}))
    assert is_workbook(plain[: len(plain) // 2])
    assert is_workbook(b"\xd0\xcf\x11\xe0" + b"\x00" * 600)
    assert not is_workbook(word)
    assert not is_workbook("管制表".encode())
    assert not is_workbook(b"")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是 Excel 檔案"),
        (b"hello", "不是 Excel 檔案"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "檔案有密碼或是舊版 .xls"),
        (b"PK\x03\x04xl/workbook.xml", "不完整或已損壞"),
    ],
)
def test_other_files_are_refused(data, words):
    assert words in refusal(data)


def test_a_file_cut_short_is_refused(plain):
    assert "不完整或已損壞" in refusal(plain[: len(plain) // 2])


BASE = write_workbook(Timetable(114), {})
PARTS = (SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml")
DAMAGES = st.lists(
    st.tuples(st.floats(0, 0.9999), st.integers(0, 255)), min_size=1, max_size=20
)


def damaged(content, damages):
    broken = bytearray(content)
    for where, value in damages:
        broken[int(where * len(broken))] = value
    return bytes(broken)


@given(DAMAGES, st.sampled_from(["", *PARTS]))
def test_damaged_files_are_read_or_refused_but_never_crash(damages, part):
    if part:
        data = rebuilt(BASE, {part: lambda content: damaged(content, damages)})
    else:
        data = damaged(BASE, damages)

    words = ""
    try:
        items = list(read_workbook(data, SETTINGS).timetable.items())
    except UnreadableWorkbook as error:
        items, words = [], str(error)

    assert items == []
    assert not words or words.endswith("。")


def test_a_bomb_is_refused_at_once(plain):
    bomb = rebuilt(plain, {}, "xl/media/image1.png", b"\x00" * (40 * 1024 * 1024))
    huge = rebuilt(plain, {}, "xl/media/image1.bmp", b"\x00" * (61 * 1024 * 1024))
    begun = time.monotonic()

    assert "壓縮比異常" in refusal(bomb)
    assert "超過 60 MB" in refusal(huge)
    assert time.monotonic() - begun < 5


def test_macros_are_refused(plain):
    assert "巨集" in refusal(rebuilt(plain, {}, "xl/vbaProject.bin", b"\x00"))


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_declared_entities_are_refused(plain, part):
    def attacked(content):
        return re.sub(rb"^(<\?xml[^>]*\?>)?", ENTITY.encode(), content, count=1)

    assert "不安全的 XML" in refusal(rebuilt(plain, {part: attacked}))


def test_another_encoding_hides_no_entities(plain):
    def attacked(content):
        return ("<?xml version='1.0' encoding='utf-16'?>" + ENTITY).encode("utf-16")

    assert refusal(rebuilt(plain, {SHEET: attacked}))


def test_ten_thousand_rows_are_refused_in_a_moment():
    book, sheet = table([ROW])
    for number in range(10_000):
        sheet.append([number, "民政課", f"項目{number}", "指標（100%）", "實地"])
    data = saved(book)
    begun = time.monotonic()

    words = refusal(data)

    assert time.monotonic() - begun < 3
    assert "10,002 列（工作表「民政課」" in words
    assert "超過 3,000 列" in words


def test_a_cell_far_below_is_refused():
    book, sheet = table([ROW])
    sheet["A1048576"] = "x"

    assert "第 1,048,576 列" in refusal(saved(book))


def test_merged_cells_over_the_whole_sheet_do_no_harm():
    book, _ = table([ROW])
    data = saved(book)

    def merged(content):
        merges = b'<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells>'
        return content.replace(b"</sheetData>", b"</sheetData>" + merges)

    reading = read_workbook(rebuilt(data, {SHEET: merged}), SETTINGS)

    assert [item.name for item in reading.timetable.items()] == ["里鄰巡查"]


def test_merged_cells_that_overlap_are_told(plain):
    def merged(content):
        merges = (
            b'<mergeCells><mergeCell ref="C2:C4"/><mergeCell ref="C3:D5"/></mergeCells>'
        )
        return content.replace(b"</sheetData>", b"</sheetData>" + merges)

    reading = read_workbook(rebuilt(plain, {SHEET: merged}), SETTINGS)

    told = flagged(reading, "overlapping-merges")[0]
    assert "工作表「民政課」" in told
    assert "C2:C4" in told
    assert "C3:D5" in told
    assert [item.name for item in reading.timetable.items()] == ["里鄰巡查"]


def test_links_to_other_files_are_not_followed_and_told(plain):
    link = rebuilt(plain, {}, "xl/externalLinks/externalLink1.xml", "<externalLink/>")

    reading = read_workbook(link, SETTINGS)

    assert "其他活頁簿" in flagged(reading, "external-links")[0]


def test_error_values_are_told():
    book, sheet = table([ROW])
    sheet["D2"] = "#REF!"

    told = flagged(read_book(book), "cell-error")[0]

    assert "工作表「民政課」D2" in told
    assert "#REF!" in told


def test_a_workbook_of_a_later_version_is_refused():
    data = write_workbook(Timetable(114), {})

    def later(content):
        return content.replace(b"schedule-timetable 1", b"schedule-timetable 2")

    assert "較新版本" in refusal(rebuilt(data, {SHEET: later}))


MONTHS = [f"{month}月" for month in range(14)]
HEADS = ["項次", "課室", "專案名稱", "考核指標", "考核方式", "權重", "配分", "備註"]
VALUES = [*MONTHS, *HEADS, "合計", "民政課", "（-1%）", "V", "★", 3, 1e300]
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 8), st.integers(1, 20)),
    st.sampled_from(VALUES),
    max_size=60,
)
MERGES = st.lists(st.sampled_from(["A1:C2", "B2:F2", "F1:Q1", "D3:E6", "P3:T3"]))


@settings(max_examples=40)
@given(CELLS, MERGES)
def test_any_cells_are_read_without_a_crash(cells, merges):
    book, sheet = table([ROW], top=2)
    for place, value in cells.items():
        sheet.cell(*place).value = value
    for merge in merges:
        sheet.merged_cells.add(merge)

    reading = read_book(book)

    sheets = reading.timetable.sheets
    assert all(item.share_of(one.unit) for one in sheets for item in one.items)
