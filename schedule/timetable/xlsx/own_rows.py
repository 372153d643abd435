"""One row of our own sheet → what it says of an item and of a method.

A remembered value stays as long as the cell still shows what we print of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from plans.readers.reading import Flag, Severity

from ..from_tables import Settings
from ..model import Item, Method
from ..wording import read_method
from .cells import (
    NotReadable,
    item_texts,
    method_texts,
    read_examines,
    read_indicators,
    read_kinds,
    read_roc_month,
    read_units,
)
from .layout import Head
from .memo import RowMemo, read_row
from .months import shown
from .own_months import NOTHING, OwnMonths, own_months
from .own_sheets import OwnSheet
from .shares import read_shares
from .weights import settled, weight_flags

_ITEM_HEADS = (Head.UNITS, Head.INDICATORS, Head.NOTE, Head.FROM, Head.UNTIL)
_METHOD_HEADS = (Head.METHOD, Head.KINDS, Head.EXAMINES, Head.ONLY_UNIT)
_TOTAL = re.compile(r"\s*(?:合\s*計|小\s*計|總\s*計|總\s*分|月份格[:：])")


@dataclass(slots=True)
class OwnRow:
    """The cells of one row; ``flags`` gathers what is in doubt while it is read."""

    sheet: OwnSheet
    number: int
    settings: Settings
    flags: list[Flag] = field(default_factory=list)
    memo: RowMemo | None = None
    months: OwnMonths = field(init=False)

    def __post_init__(self) -> None:
        start = self.sheet.columns.get(Head.MEMO)
        if start and self.item_key:
            columns = range(start, self.sheet.grid.last_column + 1)
            own = (self.sheet.grid.own(self.number, column) for column in columns)
            self.memo = read_row("".join(cell.text for cell in own))
        old = self.memo.method if self.memo else None
        self.months = own_months(self.sheet, self.number, old)

    @property
    def item_key(self) -> str:
        return self.text(Head.ITEM_KEY) or ""

    @property
    def method_key(self) -> str:
        return self.text(Head.METHOD_KEY) or ""

    def text(self, head: Head) -> str | None:
        """What stands in the row's own cell; None where its column was taken away."""
        column = self.sheet.columns.get(head)
        return self.sheet.grid.own(self.number, column).text if column else None

    def typed(self, head: Head) -> str:
        return (self.text(head) or "").strip()

    def address(self, head: Head) -> str:
        return self.sheet.grid.address(self.number, self.sheet.columns.get(head, 1))

    def doubt(
        self, code: str, message: str, severity: Severity = Severity.WARNING
    ) -> None:
        self.flags.append(Flag(code, message, self.number, severity=severity))

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be seen in it, although something was."""
        if any(self.typed(head) for head in (Head.NAME, *_ITEM_HEADS, *_METHOD_HEADS)):
            return False
        return self._goes_on or (self.months.shown == NOTHING and not self.was_blank)

    @property
    def _goes_on(self) -> bool:
        """Whether it is only there because the row above would be too high."""
        column = self.sheet.columns.get(Head.METHOD, 0)
        merge = self.sheet.grid.covered_by(self.number, column)
        return not self.item_key and merge is not None and merge.top < self.number

    @property
    def was_blank(self) -> bool:
        method = self.memo.method if self.memo else None
        return bool(
            method
            and not any(method_texts(method).values())
            and shown(method) == NOTHING
        )

    @property
    def is_total(self) -> bool:
        return not self.item_key and bool(_TOTAL.match(self.typed(Head.NUMBER)))


def _kept(row: OwnRow, head: Head, expected: Mapping[Head, str]) -> bool:
    """Whether a cell still shows what it was written with."""
    text = row.text(head)
    return text is None or text.strip() == expected.get(head, "").strip()


def read_item(row: OwnRow, old: Item | None) -> Item:
    """The item that begins in the row, without its methods."""
    expected = item_texts(old, row.sheet.memo.labels) if old else {}
    if old and not row.typed(Head.NAME):
        row.doubt("no-name", f"{row.address(Head.NAME)}沒有專案名稱，沿用原來的名稱。")
        expected |= {head: "" for head in _ITEM_HEADS if not row.typed(head)}
        expected[Head.NAME] = ""
    item = old or Item("", ())
    if not (
        old and _kept(row, Head.NAME, expected) and _kept(row, Head.UNITS, expected)
    ):
        item = _with_shares(row, item, old)
    if not _kept(row, Head.INDICATORS, expected):
        found = read_indicators(row.typed(Head.INDICATORS))
        item = replace(item, indicators=tuple(settled(one) for one in found))
    if not _kept(row, Head.NOTE, expected):
        item = replace(item, note=row.typed(Head.NOTE))
    address = row.address(Head.INDICATORS)
    row.flags += weight_flags(row.typed(Head.INDICATORS), address, row.number)
    return _with_interval(row, item, expected)


def _with_shares(row: OwnRow, item: Item, old: Item | None) -> Item:
    units = read_units(row.typed(Head.UNITS)) or tuple(s.unit for s in item.shares)
    if not row.typed(Head.NAME):
        return item
    found = read_shares(
        row.typed(Head.NAME),
        units or ((row.sheet.unit,) if row.sheet.unit else ()),
        row.sheet.memo.labels,
        row.settings.labels,
    )
    for code, words in found.doubts:
        row.doubt(code, f"{row.address(Head.NAME)}{words}")
    return replace(item, name=found.name, shares=found.shares, points=found.points)


def _with_interval(row: OwnRow, item: Item, expected: Mapping[Head, str]) -> Item:
    months = {Head.FROM: item.scored_from, Head.UNTIL: item.scored_until}
    for head in months:
        if _kept(row, head, expected):
            continue
        try:
            months[head] = read_roc_month(row.typed(head))
        except NotReadable as error:
            text = row.typed(head)[:20]
            row.doubt("bad-month", f"{row.address(head)}「{text}」看不懂，{error}。")
    first, until = months[Head.FROM], months[Head.UNTIL]
    return replace(item, scored_from=first, scored_until=until)


def read_own_method(row: OwnRow, item: Item, old: Method | None) -> Method | None:
    """The method of the row; None where it shows none, or its cells were cleared."""
    typed = any(map(row.typed, _METHOD_HEADS)) or row.months.shown != NOTHING
    if not typed and not (old and row.was_blank):
        return None
    expected = method_texts(old) if old else {}
    lines = row.typed(Head.METHOD).split("\n")
    proposed = Method()
    if row.typed(Head.METHOD):
        proposed = read_method(lines, row.settings.year, row.settings.kinds)
    method = old or proposed
    if not _kept(row, Head.METHOD, expected):
        method = replace(method, text=proposed.text, mark=proposed.mark)
    if not _kept(row, Head.KINDS, expected):
        method = replace(method, kinds=_kinds(row))
    if not _kept(row, Head.ONLY_UNIT, expected):
        method = replace(method, unit=_unit(row, item))
    return _with_months(row, _with_examines(row, method, item, expected), old)


def _kinds(row: OwnRow) -> tuple[str, ...]:
    found = read_kinds(row.typed(Head.KINDS))
    for kind in found:
        if kind not in row.settings.kinds:
            message = f"{row.address(Head.KINDS)}「{kind}」不是本機關的考核方式種類。"
            row.doubt("unknown-kind", message)
    return found


def _unit(row: OwnRow, item: Item) -> str:
    """The one unit of the item that a cell names, by its name or its label."""
    typed = "".join(row.typed(Head.ONLY_UNIT).split())
    units = [share.unit for share in item.shares]
    named = row.settings.labels.get(typed, typed)
    if not typed or named in units:
        return named
    message = (
        f"{row.address(Head.ONLY_UNIT)}「{typed}」不是這個項目的課室，視為各課室。"
    )
    row.doubt("other-unit", message)
    return ""


def _with_examines(
    row: OwnRow, method: Method, item: Item, expected: Mapping[Head, str]
) -> Method:
    most = len(item.indicators)
    if _kept(row, Head.EXAMINES, expected):
        return method
    try:
        found = read_examines(row.typed(Head.EXAMINES), most)
    except NotReadable as error:
        text = row.typed(Head.EXAMINES)[:20]
        message = f"{row.address(Head.EXAMINES)}「{text}」看不懂，{error}。"
        row.doubt("bad-examines", message)
        return method
    return replace(method, examines=found)


def _with_months(row: OwnRow, method: Method, old: Method | None) -> Method:
    """The months as the cells show them; a new row without any keeps its proposal."""
    place = f"工作表「{row.sheet.grid.name}」第 {row.number} 列的"
    for doubt in row.months.doubts():
        row.doubt(doubt.code, f"{place}{doubt.words}", doubt.severity)
    if old is None and row.months.shown == NOTHING:
        return method
    if old and shown(old) == row.months.shown:
        return replace(method, confirmed=True)
    pattern, stages = row.months.shown
    own = stages or (() if old else method.stages)
    return replace(method, months=pattern, stages=own, confirmed=True)
