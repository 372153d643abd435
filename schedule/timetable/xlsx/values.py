"""What a stored cell value looks like to a person: numbers, dates, percentages, colours."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX

from ..wording import plain_number
from .cells import unescaped

ROC = 1911
_WHITE = "FFFFFF"
_SYSTEM_WHITE = 65
# What a number format says beside its letters for year, month and day.
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def cell_text(value: Any, number_format: str) -> str:
    """The text of a value; dates are those of the ROC calendar."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "V" if value else ""
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime | date):
        return _date(value, number_format)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return unescaped(str(value)).replace("\r\n", "\n").replace("\r", "\n")


def _number(value: float, number_format: str) -> str:
    """Without the digits that binary fractions add: 10.5, 2; 0.5 shown as 50%."""
    number = Decimal(f"{value:.15g}")
    if "%" in number_format:
        return f"{plain_number(number * 100)}%"
    return plain_number(number)


def _date(value: date, number_format: str) -> str:
    """As much of the date as its format shows: 「3月」, 「5月31日」, 「114年5月31日」."""
    letters = _QUOTED.sub("", number_format).lower()
    shown = [letter for letter in "ymd" if letter in letters]
    if not shown or shown == ["y", "d"] or ("y" not in shown and "e" in letters):
        shown = ["y", "m", "d"]
    words = {
        "y": f"{value.year - ROC}年",
        "m": f"{value.month}月",
        "d": f"{value.day}日",
    }
    return "".join(words[letter] for letter in shown)


def colour_of(fill: Any) -> str:
    """What tells a cell's colour from others; "" for none and for white."""
    pattern = getattr(fill, "patternType", "gradient") if fill is not None else None
    if pattern in {None, "none"}:
        return ""
    if pattern != "solid":
        return str(pattern)
    colour = fill.fgColor
    if colour.type == "theme":
        tint = round(float(colour.tint), 2)
        return "" if (colour.theme, tint) == (0, 0) else f"theme{colour.theme}{tint:+}"
    if colour.type == "indexed":
        return _indexed(int(colour.indexed))
    rgb = str(colour.rgb)[-6:].upper()
    return "" if rgb == _WHITE else rgb


def _indexed(index: int) -> str:
    if index == _SYSTEM_WHITE:
        return ""
    rgb = COLOR_INDEX[index][-6:] if index < len(COLOR_INDEX) else f"index{index}"
    return "" if rgb == _WHITE else str(rgb)
