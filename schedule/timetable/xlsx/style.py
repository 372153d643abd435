"""How our sheets look: fonts, fills, borders, heights, and the page they print on."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import ceil
from typing import Any

from openpyxl.styles import (
    Alignment,
    Border,
    Font,
    PatternFill,
    Side,
)
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import (
    DataValidation,
)
from openpyxl.worksheet.properties import (
    PageSetupProperties,
)

from ..months import State
from .layout import (
    COLUMNS,
    FIRST_MONTH,
    FIRST_ROW,
    KEY_FILL,
    LAST_MONTH,
    LAST_PRINTED,
    LOWER_ROW,
    PLANNED_FILL,
    TITLE_ROW,
    Head,
    place,
)

FONT_NAME = "標楷體"
SIZE, TITLE_SIZE = 10, 14
LINE = 14.0
PADDING = 4.0
# Excel draws no row higher than 409 points.
HIGHEST = 400.0
HEAD_FILL = PatternFill("solid", fgColor="E7E6E6")
EDITED_FILL = PatternFill("solid", fgColor="E2EFDA")
NO_FILL = PatternFill()
FILLS = {
    State.EMPTY: NO_FILL,
    State.PLANNED: PatternFill("solid", fgColor=PLANNED_FILL),
    State.KEY: PatternFill("solid", fgColor=KEY_FILL),
}
FONT = Font(name=FONT_NAME, size=SIZE)
BOLD = Font(name=FONT_NAME, size=SIZE, bold=True)
TITLE_FONT = Font(name=FONT_NAME, size=TITLE_SIZE, bold=True)
_SIDE = Side("thin", color="000000")
BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
NO_BORDER = Border()
LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
CENTRED = Alignment(horizontal="center", vertical="top", wrap_text=True)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
ONE_LINE = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
TITLE_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)


def height_of(text: str, width: float) -> float:
    """Points that the text needs in a column of that width; 0 for no text."""
    if not text:
        return 0.0
    room = max(2.0, 1.05 * width - 2)
    lines = sum(max(1, ceil(_breadth(line) / room)) for line in text.split("\n"))
    return lines * LINE + PADDING


def _breadth(text: str) -> float:
    """The width of a line in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def shared_heights(needed: Sequence[float], whole: float) -> list[float]:
    """Heights of rows that hold their own texts, and together a cell over them all."""
    own = [max(LINE + PADDING, height) for height in needed]
    missing = max(0.0, whole - sum(own))
    return [height + missing / len(own) for height in own]


def set_up_columns(sheet: Any) -> None:
    for number, column in enumerate(COLUMNS, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        dimension.hidden = column.is_hidden


def hide_right_of(sheet: Any, column: int) -> None:
    """Hide what a long memo wrote beyond the last column."""
    for number in range(column + 1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(number)].hidden = True


def set_up_page(sheet: Any, last_row: int, *, with_notes: bool) -> None:
    """A4 across, one page wide; heads on each page; what is only for editing stays off."""
    last = LAST_PRINTED if with_notes else LAST_MONTH
    sheet.print_area = f"A{TITLE_ROW}:{get_column_letter(last)}{last_row}"
    sheet.print_title_rows = f"{TITLE_ROW}:{LOWER_ROW}"
    sheet.freeze_panes = f"{get_column_letter(place(Head.NAME) + 1)}{FIRST_ROW}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    setup, margins = sheet.page_setup, sheet.page_margins
    setup.orientation, setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.6, 0.3
    sheet.print_options.horizontalCentered = True
    footer = sheet.oddFooter.center
    footer.text, footer.size = "第 &P 頁，共 &N 頁", 9
    footer.font = f"{FONT_NAME},Regular"


def offer_signs(sheet: Any, last_row: int) -> None:
    """A list of the signs in every month cell; other words may be typed all the same."""
    signs = ",".join(state.sign for state in State if state)
    offer = DataValidation("list", f'"{signs}"', allow_blank=True)
    offer.showErrorMessage = False
    first, last = get_column_letter(FIRST_MONTH), get_column_letter(LAST_MONTH)
    offer.add(f"{first}{FIRST_ROW}:{last}{max(FIRST_ROW, last_row)}")
    sheet.add_data_validation(offer)
