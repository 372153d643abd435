"""Doubts about a table's content: numbers, weights, missing cells, lost pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from plans.documents.model import Column, ColumnKind, RowKind
from plans.documents.numbering import BULLET, DIGIT, SMALL, read_mark

from .reading import Flag
from .table_rows import Drawn

_WEIGHT = re.compile(r"[(（]\s*(\d{1,3}(?:\.\d+)?)\s*[%％]\s*[)）]\s*[。；]?$")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*[%％]?")
_SUB_MARK = re.compile(r"(\d{1,2})-(\d{1,2})[.、．]")
_NO_GAPS = {ColumnKind.MONTH, ColumnKind.NOTE}
USUALLY_FILLED = 0.8
HUNDRED = Decimal(100)


def table_flags(
    columns: Sequence[Column], rows: Sequence[Drawn], kinds: Sequence[RowKind]
) -> list[Flag]:
    """Every doubt, in the order of the rows."""
    data = [row for row, kind in zip(rows, kinds, strict=True) if kind is RowKind.DATA]
    flags = [*_numbers(columns, data), *_missing(columns, data)]
    quoting = _quoting(data)
    for index, column in enumerate(columns):
        if column.kind is ColumnKind.WEIGHT:
            flags += _weight_column(data, index)
        if column.kind is not ColumnKind.MONTH:
            flags += _weights(data, index)
        if column.kind is not ColumnKind.MONTH and index not in quoting:
            flags += _lists(data, index)
    return sorted(flags, key=lambda flag: flag.line)


def _numbers(columns: Sequence[Column], rows: Sequence[Drawn]) -> Iterator[Flag]:
    """項次 that stand twice or jump."""
    for index, column in enumerate(columns):
        if column.kind is not ColumnKind.NUMBER:
            continue
        before = 0
        for row in rows:
            text = row.texts[index].rstrip(".、")
            if not text.isdecimal():
                continue
            if int(text) == before:
                message = f"項次 {text} 重複；前面可能缺頁。"
                yield Flag("double-number", message, row.line)
            elif int(text) != before + 1:
                message = f"項次由 {before} 跳到 {text}，可能缺頁。"
                yield Flag("skipped-number", message, row.line)
            before = int(text)


def _missing(columns: Sequence[Column], rows: Sequence[Drawn]) -> Iterator[Flag]:
    """Cells left empty in a column that is otherwise filled."""
    usual = [
        index
        for index, column in enumerate(columns)
        if column.kind not in _NO_GAPS and _share(rows, index) >= USUALLY_FILLED
    ]
    for row in rows:
        empty = [i for i in usual if not row.texts[i] and i not in row.joined]
        names = "、".join(_name(columns[i], i) for i in empty)
        if names:
            yield Flag("missing-cell", f"「{names}」沒有內容，請核對。", row.line)


def _share(rows: Sequence[Drawn], index: int) -> float:
    own = [row for row in rows if index not in row.joined]
    return (
        sum(bool(row.texts[index]) for row in own) / max(1, len(own))
        if len(own) > 2
        else 0
    )


def _name(column: Column, index: int) -> str:
    return column.name or column.group or f"第 {index + 1} 欄"


def _weights(rows: Sequence[Drawn], index: int) -> Iterator[Flag]:
    """Indicators of one cell whose weights do not sum to 100 %."""
    for row in rows:
        items = [t for t in row.texts[index].split("\n") if t]
        found = [Decimal(m[1]) for t in items if (m := _WEIGHT.search(t))]
        total = sum(found, Decimal(0))
        if len(found) >= 2 and 2 * len(found) > len(items) and total != HUNDRED:
            message = f"考核指標權重合計 {total}%，不是 100%；可能缺頁或漏字。"
            yield Flag("open-weights", message, row.line)


def _weight_column(rows: Sequence[Drawn], index: int) -> Iterator[Flag]:
    """A column of weights that sums to 100 % neither as a whole nor by group."""
    own = [row for row in rows if index not in row.joined and row.texts[index]]
    found = [_PERCENT.fullmatch(row.texts[index]) for row in own]
    weights = [Decimal(match[1]) for match in found if match]
    if len(weights) < 2 or len(weights) < len(own):
        return
    sums: list[Decimal] = []
    for row, weight in zip(own, weights, strict=True):
        if 0 in row.joined and sums:
            sums[-1] += weight
        else:
            sums.append(weight)
    total = sum(sums, Decimal(0))
    if total not in {HUNDRED, Decimal(1)} and set(sums) != {HUNDRED}:
        message = f"權重合計 {total}%，不是 100%；請核對。"
        yield Flag("open-weights", message, own[0].line)


def _quoting(rows: Sequence[Drawn]) -> set[int]:
    """Columns that cite 一、二、 of a text, seen by the same number side by side."""
    quoting: set[int] = set()
    for row in rows:
        marks = [_numbered(text)[:2] for text in row.texts]
        quoting |= {
            index
            for index, (level, number) in enumerate(marks)
            if level == SMALL and number > 1 and marks.count((level, number)) > 1
        }
    return quoting


def _lists(rows: Sequence[Drawn], index: int) -> Iterator[Flag]:
    """Lists in cells whose numbers jump."""
    last: dict[int, int] = {}
    for row in rows:
        if index not in row.joined and row.texts[index]:
            jumps, last = _jumps(row.texts[index], last)
            for typed in jumps:
                message = f"儲存格內的編號「{typed}」之前缺少編號，可能缺頁或漏字。"
                yield Flag("skipped-number", message, row.line)


def _jumps(text: str, before: dict[int, int]) -> tuple[list[str], dict[int, int]]:
    """Marks that follow neither within the cell nor from the cell above."""
    jumps: list[str] = []
    last: dict[int, int] = {}
    for line in text.split("\n"):
        level, number, mark = _numbered(line)
        if not level:
            continue
        known = last.get(level, before.get(level, 0) if not last else 0)
        if number not in {1, known, known + 1} or (number == known and level in last):
            jumps.append(mark)
        last = {k: v for k, v in last.items() if k < level} | {level: number}
    return jumps, last or before


def _numbered(line: str) -> tuple[int, int, str]:
    """Level, number and mark of a line; 「2-1.」 counts as 2."""
    sub = _SUB_MARK.match(line)
    if sub:
        return DIGIT, int(sub[1]), sub[0]
    found = read_mark(line)
    if found is None or found.level == BULLET:
        return 0, 0, ""
    return found.level, found.number, line[: found.length].strip()
