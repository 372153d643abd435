"""Where the control tables of a worksheet begin: their month heads, in one or two rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plans.documents.numbering import from_chinese
from plans.readers.heads import squeezed
from plans.readers.reading import Flag

from ..columns import FEWEST_MONTHS
from .grid import Grid

_MONTH = re.compile(r"0?(\d{1,2})月份?")
_CHINESE_MONTH = re.compile(r"([一二三四五六七八九十]{1,3})月份?")
_DIGITS = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"(\d{2,3})\s*年")
_OVER_MONTHS = re.compile(r"(?:民國)?\d{2,3}年度?|\D{0,4}(?:月份|期程|時程|時間)")
_HEAD_ROWS_ABOVE = 3


@dataclass(frozen=True, slots=True)
class TableHead:
    """The head of one table: its rows, its month columns, the names of the others.

    ``names`` are by column, the names above first; ``year`` is 0 where none is named.
    """

    top: int
    bottom: int
    months: Mapping[int, int]
    names: Mapping[int, tuple[str, ...]]
    year: int = 0
    flags: tuple[Flag, ...] = ()

    @property
    def first_month(self) -> int:
        return min(self.months)


def table_heads(grid: Grid) -> list[TableHead]:
    """The heads of all control tables of a sheet, from its top to its bottom."""
    heads: list[TableHead] = []
    for row in range(1, grid.last_row + 1):
        if heads and row <= heads[-1].bottom:
            continue
        named = _months_in_row(grid, row)
        if sum(1 <= month <= 12 for month in named.values()) >= FEWEST_MONTHS:
            above = heads[-1].bottom if heads else 0
            heads.append(_head(grid, row, named, above))
    return heads


def _months_in_row(grid: Grid, row: int) -> dict[int, int]:
    """Month heads by column; 0 or 13 where a head names such a month."""
    texts = {
        column: squeezed(text)
        for column in range(1, grid.last_column + 1)
        if (text := grid.own(row, column).text)
    }
    named = {c: month for c, text in texts.items() if (month := _month(text)) >= 0}
    return named or _counted(texts)


def _month(text: str) -> int:
    """The month that a head names; -1 for other texts."""
    if found := _MONTH.fullmatch(text):
        return int(found[1])
    if found := _CHINESE_MONTH.fullmatch(text):
        return from_chinese(found[1])
    return -1


def _counted(texts: Mapping[int, str]) -> dict[int, int]:
    """Neighbouring bare numbers that count 1, 2, 3 …: months without 「月」."""
    found: dict[int, int] = {}
    for column, text in texts.items():
        if _DIGITS.fullmatch(text) and int(text) == len(found) + 1 <= 12:
            found[column] = int(text)
    columns = list(found)
    is_run = columns == list(range(columns[0], columns[0] + 12)) if columns else False
    return found if is_run else {}


def _head(grid: Grid, row: int, named: Mapping[int, int], above: int) -> TableHead:
    months: dict[int, int] = {}
    flags = []
    for column, month in named.items():
        if not 1 <= month <= 12:
            flags.append(_no_such_month(grid, row, column, month))
        elif month in months.values():
            flags.append(_month_again(grid, row, column, month))
        else:
            months[column] = month
    bottom = _bottom(grid, row)
    top = _top(grid, row, min(months), above)
    names = {
        column: texts
        for column in range(1, grid.last_column + 1)
        if column not in named and (texts := _names(grid, column, top, bottom))
    }
    year = _year(grid, top, row, min(months))
    return TableHead(top, bottom, months, names, year, tuple(flags))


def _bottom(grid: Grid, row: int) -> int:
    """Heads that are merged downwards reach into further rows."""
    merges = (grid.merges.get((row, c)) for c in range(1, grid.last_column + 1))
    return max([row, *(merge.bottom for merge in merges if merge)])


def _top(grid: Grid, row: int, first_month: int, above: int) -> int:
    """The first row of the head: rows above that name groups, or are merged into it."""
    top = row
    for upper in range(row - 1, max(above, row - _HEAD_ROWS_ABOVE), -1):
        if not _belongs(grid, upper, row, first_month):
            break
        top = upper
    return top


def _belongs(grid: Grid, upper: int, row: int, first_month: int) -> bool:
    """Whether a row above the months is part of the head, not the table's title."""
    reaches_down = any(
        merge.bottom >= row > merge.top
        for column in range(1, grid.last_column + 1)
        if (merge := grid.merges.get((upper, column))) is not None
    )
    fixed = range(1, first_month)
    names_above = sum(bool(grid.own(upper, c).text) for c in fixed) >= 2
    below = range(upper + 1, row + 1)
    nothing_beside = not any(grid.own(r, c).text for r in below for c in fixed)
    return (
        reaches_down
        or _is_over_months(grid, upper, first_month)
        or (names_above and nothing_beside)
    )


def _is_over_months(grid: Grid, upper: int, first_month: int) -> bool:
    """A head such as 「114年」 over the months; a date of printing is none."""
    if not grid.own(upper, first_month).text:
        return False
    merge = grid.merges.get((upper, first_month))
    text = squeezed(grid.own(upper, first_month).text)
    is_wide = merge is not None and merge.right - merge.left >= FEWEST_MONTHS
    return is_wide or bool(_OVER_MONTHS.fullmatch(text))


def _names(grid: Grid, column: int, top: int, bottom: int) -> tuple[str, ...]:
    """The texts of a column's head from above, each once."""
    texts = (
        " ".join(grid.seen(row, column).text.split()) for row in range(top, bottom + 1)
    )
    return tuple(dict.fromkeys(text for text in texts if text))


def _year(grid: Grid, top: int, row: int, first_month: int) -> int:
    for upper in range(top, row):
        found = _YEAR.search(squeezed(grid.seen(upper, first_month).text))
        if found:
            return int(found[1])
    return 0


def _no_such_month(grid: Grid, row: int, column: int, month: int) -> Flag:
    message = f"沒有 {month} 月（{grid.address(row, column)}），這一欄未讀取。"
    return Flag("no-such-month", message, row)


def _month_again(grid: Grid, row: int, column: int, month: int) -> Flag:
    message = f"{month} 月有兩欄（{grid.address(row, column)}），後一欄未讀取。"
    return Flag("month-again", message, row)


def body_rows(heads: list[TableHead], grid: Grid) -> Iterator[tuple[TableHead, range]]:
    """Each head with the rows below it, as far as the next head."""
    ends = [*(head.top for head in heads[1:]), grid.last_row + 1]
    for head, end in zip(heads, ends, strict=False):
        yield head, range(head.bottom + 1, end)
