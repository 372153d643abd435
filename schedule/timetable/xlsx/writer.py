"""Timetable → a workbook as the annex is printed: one worksheet for each unit.

To the right of the months stand columns to edit that are not printed, then hidden
ones by which the reader tells the rows again.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from ..annex import LEGEND, unit_points
from ..model import Timetable, UnitSheet
from ..wording import plain_number
from .cells import clean
from .item_rows import ShownItem, put_item
from .layout import (
    COLUMNS,
    EDITED,
    EMPTY_SHEET,
    FIRST_MONTH,
    FIRST_ROW,
    LAST_MONTH,
    LAST_PRINTED,
    LOWER_ROW,
    MARK,
    PRINTED,
    TITLE_ROW,
    UPPER_ROW,
    VERSION,
    Head,
    place,
    sheet_titles,
)
from .memo import Origin, chunks, write_sheet
from .pen import Pen
from .style import (
    BOLD,
    EDITED_FILL,
    HEAD_FILL,
    LINE,
    MIDDLE,
    NO_BORDER,
    ONE_LINE,
    PADDING,
    TITLE_FONT,
    TITLE_LEFT,
    height_of,
    hide_right_of,
    offer_signs,
    set_up_columns,
    set_up_page,
)

EDITED_GROUP = "資料欄（不列印）"
ADVICE = f"{LEGEND}取消某月的預定時，清除符號即可；只填底色不算排定。"
NOWHERE = Origin()
# The title's letters are larger than those for which heights are measured.
_TITLE_WIDTH = 85.0


def write_workbook(
    timetable: Timetable, labels: Mapping[str, str], origin: Origin = NOWHERE
) -> bytes:
    """The bytes of an .xlsx file; ``labels`` gives 民 for 民政課.

    read_workbook gives the same Timetable back, but for ids of shares and indicators.
    """
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = ""
    book.properties.title = clean(timetable.title)
    sheets = timetable.sheets or (UnitSheet("", ()),)
    titles = sheet_titles([one.unit for one in timetable.sheets] or [EMPTY_SHEET])
    keys = _item_keys(timetable)
    memo = write_sheet(timetable, labels, origin)
    for one, title in zip(sheets, titles, strict=True):
        pen = Pen(book.create_sheet(title))
        _put_title(pen, timetable)
        _put_head(pen, timetable.year)
        _put_mark(pen, one.unit, memo)
        row = FIRST_ROW
        for number, item in enumerate(one.items, start=1):
            key = keys[id(item)]
            row = put_item(pen, ShownItem(item, one.unit, number, key, labels), row)
        _finish(pen, one, row)
    return _saved(book)


def _saved(book: Any) -> bytes:
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _item_keys(timetable: Timetable) -> dict[int, str]:
    """What tells an item again on several sheets: its id, or its place as 「#3」."""
    items = enumerate(timetable.items(), start=1)
    return {id(item): item.id or f"#{number}" for number, item in items}


def _put_title(pen: Pen, timetable: Timetable) -> None:
    """The annex's label at the left, its title over the rest."""
    left, middle = place(Head.NUMBER), place(Head.NAME)
    looks = {"font": TITLE_FONT, "border": NO_BORDER}
    label, title = clean(timetable.label), clean(timetable.title)
    pen.put(TITLE_ROW, left, label, alignment=TITLE_LEFT, **looks)
    pen.put(TITLE_ROW, middle, title, alignment=MIDDLE, **looks)
    pen.merge(TITLE_ROW, left, TITLE_ROW, middle - 1)
    pen.merge(TITLE_ROW, middle, TITLE_ROW, LAST_MONTH)
    height = max(height_of(label, 10), height_of(title, _TITLE_WIDTH), LINE)
    pen.set_height(TITLE_ROW, min(height * 1.5, 300))


def _put_head(pen: Pen, year: int) -> None:
    for column, one in enumerate((*PRINTED, *EDITED), start=1):
        looks = {
            "font": BOLD,
            "alignment": ONE_LINE if one.month else MIDDLE,
            "fill": HEAD_FILL if column <= LAST_PRINTED else EDITED_FILL,
        }
        is_grouped = one.month or column > LAST_PRINTED
        pen.put(UPPER_ROW, column, "" if is_grouped else one.name, **looks)
        pen.put(LOWER_ROW, column, one.name if is_grouped else "", **looks)
        if not is_grouped:
            pen.merge(UPPER_ROW, column, LOWER_ROW, column)
    for first, last, text, fill in (
        (FIRST_MONTH, LAST_MONTH, f"{year}年", HEAD_FILL),
        (LAST_PRINTED + 1, LAST_PRINTED + len(EDITED), EDITED_GROUP, EDITED_FILL),
    ):
        pen.put(UPPER_ROW, first, text, font=BOLD, alignment=MIDDLE, fill=fill)
        pen.merge(UPPER_ROW, first, UPPER_ROW, last)
    for row in (UPPER_ROW, LOWER_ROW):
        pen.set_height(row, LINE + PADDING)


def _put_mark(pen: Pen, unit: str, memo: str) -> None:
    """In the hidden columns: that the sheet is ours, whose it is, and their heads."""
    texts = (f"{MARK} {VERSION}", clean(unit), *chunks(memo))
    for column, text in enumerate(texts, start=place(Head.ITEM_KEY)):
        pen.hide(UPPER_ROW, column, text)
    for head in (Head.ITEM_KEY, Head.METHOD_KEY, Head.MEMO):
        pen.hide(LOWER_ROW, place(head), head)


def _finish(pen: Pen, one: UnitSheet, row: int) -> None:
    """The total, the legend, and how the sheet looks and prints."""
    _put_total(pen, one, row)
    pen.put(row + 1, 1, ADVICE, border=NO_BORDER)
    pen.merge(row + 1, 1, row + 1, LAST_MONTH)
    pen.set_height(row + 1, LINE + PADDING)
    set_up_columns(pen.sheet)
    hide_right_of(pen.sheet, len(COLUMNS))
    offer_signs(pen.sheet, row - 1)
    with_notes = any(item.note for item in one.items)
    set_up_page(pen.sheet, row + 1, with_notes=with_notes)


def _put_total(pen: Pen, one: UnitSheet, row: int) -> None:
    words = f"{len(one.items)}項"
    points = unit_points(one)
    if points is not None:
        words += f"，合計{plain_number(points)}分"
    first, last = place(Head.NUMBER), place(Head.METHOD)
    for column in range(first, LAST_PRINTED + 1):
        pen.put(row, column, "", font=BOLD, fill=HEAD_FILL)
    pen.put(row, first, "合計", font=BOLD, fill=HEAD_FILL, alignment=MIDDLE)
    pen.put(row, place(Head.NAME), words, font=BOLD, fill=HEAD_FILL)
    pen.merge(row, first, row, place(Head.UNITS))
    pen.merge(row, place(Head.NAME), row, last)
    pen.set_height(row, LINE + PADDING)
