"""Where everything stands on a sheet of our own workbook: writer and reader agree here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..months import MONTHS
from ..sharing import NO_UNIT

# In a hidden cell of every sheet, with the version behind it.
MARK = "schedule-timetable"
VERSION = 1
TITLE_ROW, UPPER_ROW, LOWER_ROW, FIRST_ROW = 1, 2, 3, 4

PLANNED_FILL = "BDD7EE"
KEY_FILL = "F8CBAD"

# The title of the sheet of a table without units.
EMPTY_SHEET = "作業時程管制表"

LONGEST_TEXT = 32_767
LONGEST_TITLE = 31


class Head(StrEnum):
    """The head of each column that is no month."""

    NUMBER = "項次"
    UNITS = "課室"
    # 名稱之後各行是各課室的分數與人員
    NAME = "專案名稱（配分／承辦人）"
    INDICATORS = "考核指標"
    METHOD = "考核方式（月份）"
    NOTE = "備註"
    KINDS = "考核方式種類"
    EXAMINES = "檢視指標"
    ONLY_UNIT = "適用課室"
    FROM = "成績統計起月"
    UNTIL = "成績統計迄月"
    ITEM_KEY = "項目代碼"
    METHOD_KEY = "方式代碼"
    MEMO = "匯出內容"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """``width`` is Excel's: about the digits that fit; ``month`` 0 is no month."""

    name: str
    width: float
    month: int = 0
    is_hidden: bool = False


PRINTED = (
    SheetColumn(Head.NUMBER, 5),
    SheetColumn(Head.UNITS, 9),
    SheetColumn(Head.NAME, 21),
    SheetColumn(Head.INDICATORS, 41),
    SheetColumn(Head.METHOD, 23),
    *(SheetColumn(f"{month}月", 4.4, month) for month in MONTHS),
    SheetColumn(Head.NOTE, 16),
)
EDITED = (
    SheetColumn(Head.KINDS, 14),
    SheetColumn(Head.EXAMINES, 10),
    SheetColumn(Head.ONLY_UNIT, 11),
    SheetColumn(Head.FROM, 13.5),
    SheetColumn(Head.UNTIL, 13.5),
)
# The last one goes on to its right where its text is too long for one cell.
HIDDEN = (
    SheetColumn(Head.ITEM_KEY, 10, is_hidden=True),
    SheetColumn(Head.METHOD_KEY, 10, is_hidden=True),
    SheetColumn(Head.MEMO, 10, is_hidden=True),
)
COLUMNS = (*PRINTED, *EDITED, *HIDDEN)
# Cells that are one for all method rows of an item.
JOINED_DOWN = (
    Head.NUMBER,
    Head.UNITS,
    Head.NAME,
    Head.INDICATORS,
    Head.NOTE,
    Head.FROM,
    Head.UNTIL,
)
FIRST_MONTH = 1 + next(i for i, column in enumerate(COLUMNS) if column.month)
LAST_MONTH = FIRST_MONTH + 11
LAST_PRINTED = len(PRINTED)


def place(head: Head) -> int:
    """The column, counted from 1, in which we write what stands under ``head``."""
    return 1 + next(i for i, column in enumerate(COLUMNS) if column.name == head)


def sheet_titles(units: Sequence[str]) -> list[str]:
    """A title for each unit that Excel takes: short, without []:*?/\\, each once."""
    taken: set[str] = set()
    titles = []
    for unit in units:
        plain = "".join("·" if c in "[]:*?/\\" else c for c in unit if c.isprintable())
        title = _free(plain.strip().strip("'") or NO_UNIT, taken)
        taken.add(title.casefold())
        titles.append(title)
    return titles


def _free(name: str, taken: set[str]) -> str:
    title = _cut(name, LONGEST_TITLE)
    number = 2
    while title.casefold() in taken:
        ending = f" ({number})"
        title = _cut(name, LONGEST_TITLE - len(ending)) + ending
        number += 1
    return title


def _cut(name: str, longest: int) -> str:
    """Excel counts a character beyond the usual 65,536 as two."""
    while len(name.encode("utf-16-le")) > 2 * longest:
        name = name[:-1]
    return name
