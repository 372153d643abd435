"""Table heads: one or two rows, printed again on each page; columns from them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plans.documents.model import Column, ColumnKind
from plans.documents.numbering import read_mark

from .cell_text import clean_cell

LONGEST_HEAD = 24
_MONTH = re.compile(r"(\d{1,2})月份?")
_SPACED = re.compile(r"[^\s\x00-\x7f](?:\s+[^\s\x00-\x7f])+")
_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_KINDS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            ColumnKind.UNIT,
            r"課室|科室|單位$|機關$|處室|組別|主辦|承辦(?!人)|協辦",
        ),
        (ColumnKind.PERSON, r"承辦人|負責人|姓名|聯絡人|人員$"),
        (ColumnKind.WEIGHT, r"權重|比重|占比|百分比"),
        (ColumnKind.POINTS, r"配分|得分|分數|評分$|自評$|核分"),
        (ColumnKind.TARGET, r"目標值|達成值|實際值|現況值|現況數據"),
        (ColumnKind.MONEY, r"金額|單價|預算|經費|支用數|補助款|配合款|千元"),
        (ColumnKind.STATUS, r"狀態|辦理情形|執行情形|達成情形|進度"),
        (ColumnKind.DATE, r"期限|日期|時間|期程|時程|完成期"),
        (ColumnKind.NOTE, r"備註|附註|說明$"),
    )
)
_NUMBER_NAME = re.compile(r"項次|序號|編號|次序|序|NO\.?|No\.?|項目編號")


@dataclass(frozen=True, slots=True)
class Head:
    """The one or two head rows of a table: as compared, and as typed."""

    upper: tuple[str, ...]
    lower: tuple[str, ...] = ()
    typed_upper: tuple[str, ...] = ()
    typed_lower: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many columns the head names or spans."""
        return max(_used(self.upper), _used(self.lower))


def squeezed(text: str) -> str:
    """A head as it is compared: no blanks, half-width digits."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def comparable(cells: Sequence[str]) -> tuple[str, ...]:
    """A row as it is compared with a head: squeezed, without empty cells at its end."""
    plain = [squeezed(cell) for cell in cells]
    return tuple(plain[: _used(plain)])


def _used(cells: Sequence[str]) -> int:
    return max((i for i, cell in enumerate(cells, 1) if cell.strip()), default=0)


def looks_like_head(cells: Sequence[str]) -> bool:
    """Short names without marks; the first row of a table usually is one."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) >= 2 and all(
        len(squeezed(cell)) <= LONGEST_HEAD
        and not (read_mark(cell) and not month_of(cell))
        and not cell.endswith(("。", "；"))
        and not squeezed(cell).isdigit()
        for cell in filled
    )


def is_second_row(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether ``lower`` names columns below the spans of ``upper``."""
    size = max(_used(upper), _used(lower))
    names = [*upper, *[""] * (size - len(upper))]
    below = [*lower, *[""] * (size - len(lower))]
    filled = [index for index in range(size) if below[index].strip()]
    if len(filled) < 2 or not (looks_like_head(lower) or _are_years(lower)):
        return False
    return all(_is_in_span(names, index, size) for index in filled)


def _are_years(cells: Sequence[str]) -> bool:
    """Neighbouring ROC years, as in 「年度目標值」 over 115, 116, 117."""
    plain = [squeezed(cell).rstrip("年度") for cell in cells if cell.strip()]
    if not all(len(text) in {2, 3} and text.isdecimal() for text in plain):
        return False
    years = [int(text) for text in plain]
    return all(b == a + 1 for a, b in pairwise(years))


def _is_in_span(names: Sequence[str], index: int, size: int) -> bool:
    if not names[index].strip():
        return any(name.strip() for name in names[:index])
    return index + 1 < size and not names[index + 1].strip()


def columns_of(head: Head, size: int) -> list[Column]:
    """Columns with names, groups and the kinds that names alone tell."""
    upper = [_name(cell) for cell in _sized(head.typed_upper, size)]
    lower = [_name(cell) for cell in _sized(head.typed_lower, size)]
    columns, group = [], ""
    for index in range(size):
        name, below = upper[index], lower[index]
        spans = not name or (index + 1 < size and not upper[index + 1])
        if name:
            group = name
        if below or (spans and group):
            columns.append(Column(below, group, kind_of(below)))
        else:
            columns.append(Column(name, kind=kind_of(name)))
    return columns


def _sized(cells: Sequence[str], size: int) -> list[str]:
    return [*cells, *[""] * (size - len(cells))][:size]


def _name(typed: str) -> str:
    """A head as typed, but 「項　目」 and 「1 0 月」 without the blanks that set it wide."""
    text = clean_cell(typed).replace("\n", " ")
    glyphs = _SPACED.fullmatch(text) or month_of(text)
    return squeezed(text) if glyphs else text


def kind_of(name: str) -> ColumnKind:
    """The kind of a column by its name; what is in brackets does not count."""
    if month_of(name):
        return ColumnKind.MONTH
    bare = _IN_BRACKETS.sub("", squeezed(name))
    if _NUMBER_NAME.fullmatch(bare):
        return ColumnKind.NUMBER
    for kind, pattern in _KINDS:
        if pattern.search(bare):
            return kind
    return ColumnKind.TEXT


def month_of(name: str) -> int:
    """1–12 where a column is named for a month, else 0."""
    found = _MONTH.fullmatch(squeezed(name))
    month = int(found[1]) if found else 0
    return month if 1 <= month <= 12 else 0
