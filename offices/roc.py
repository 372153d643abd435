"""The calendar of Taiwan's offices: years counted from 1912 (民國元年), both ways.

Pure: dates and text only.  Months and days are the western ones.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

FIRST_YEAR = 1912
OFFSET = FIRST_YEAR - 1
# Four digits are a western year: 民國 1000 is 2911.
LAST_ROC_YEAR = 999

EXAMPLES = "114/1/2、114.1.2、1140102 或 114年1月2日"

_ERA = r"(?:中華民國|民國)?"
_PARTS = re.compile(
    rf"{_ERA}(\d{{1,4}})(?:[-/.]|年)(\d{{1,2}})(?:[-/.]|月)(\d{{1,2}})日?"
)
_DIGITS = re.compile(r"(\d{2,4})(\d\d)(\d\d)")
_YEAR = re.compile(rf"{_ERA}(\d{{1,4}})(?:年度?)?")


class NotADate(ValueError):
    """The text is no date or year; the message tells a person why, in Chinese."""


def roc_year(day: date) -> int:
    """民國 year of ``day``; below 1 before 1912."""
    return day.year - OFFSET


def parse_date(text: str) -> date:
    """A date typed as people here type it.

    114/1/2, 114.1.2, 114-1-2, 1140102, 114年1月2日, 中華民國114年1月2日, full-width
    signs and blanks; a year of four digits is western (2025-01-02).
    Raises NotADate with a sentence for the person who typed it.
    """
    plain = _squeeze(text)
    found = _PARTS.fullmatch(plain) or _DIGITS.fullmatch(plain)
    if found is None:
        raise NotADate(f"看不懂這個日期，請輸入如 {EXAMPLES}。")
    year, month, day = (int(part) for part in found.groups())
    try:
        typed = date(_western(year), month, day)
    except ValueError:
        raise NotADate(_no_such_day(year, month, day)) from None
    if not 1 <= roc_year(typed) <= LAST_ROC_YEAR:
        raise NotADate("年份須在民國 1 年到 999 年之間，例如 114/1/2。")
    return typed


def parse_year(text: str) -> int:
    """A 民國 year from 114, 114年, 114年度, 民國114年 or 2025.

    Raises NotADate with a sentence for the person who typed it.
    """
    found = _YEAR.fullmatch(_squeeze(text))
    if found is None:
        raise NotADate("看不懂這個年度，請輸入民國年，例如 114。")
    year = _western(int(found[1])) - OFFSET
    if not 1 <= year <= LAST_ROC_YEAR:
        raise NotADate("年度須在民國 1 年到 999 年之間，例如 114。")
    return year


def numeric(day: date) -> str:
    """114/1/2; raises NotADate for days before 民國元年."""
    year = roc_year(day)
    if year < 1:
        raise NotADate("民國元年（1912）以前的日期沒有民國年。")
    return f"{year}/{day.month}/{day.day}"


def _squeeze(text: str) -> str:
    """Half-width signs, no blanks; 元年 is year 1."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(plain.split()).replace("元年", "1年").replace("。", ".")


def _western(year: int) -> int:
    """Four digits are western already."""
    return year if year > LAST_ROC_YEAR else year + OFFSET


def _no_such_day(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"沒有 {month} 月，月份須在 1 到 12 之間。"
    return f"{year} 年 {month} 月沒有 {day} 日，請檢查日期。"
