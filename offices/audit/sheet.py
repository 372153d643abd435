"""The audit trail as a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from ..templatetags.roc import roc_second
from .models import AuditEvent

HEAD = {
    "編號": 8,
    "時間": 18,
    "時間（UTC）": 30,
    "機關": 24,
    "人員": 24,
    "代理": 24,
    "來源位址": 16,
    "動作": 18,
    "對象": 36,
    "說明": 48,
    "前一筆的雜湊": 20,
    "雜湊": 20,
}
# More take a person longer than a page may; days narrow them down.
MOST_EVENTS = 10_000
LONGEST_TEXT = 32_767
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# What openpyxl itself takes for a formula or an error.
_TAKEN_AMISS = (*_FORMULA_STARTS, "#")
# What XML cannot hold, and what a program would read as a character written so.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_sheet(events: Iterable[AuditEvent]) -> bytes:
    """An XLSX with one row for each event, in the order given."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("稽核軌跡")
    for letter, width in zip("ABCDEFGHIJKL", HEAD.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, name, is_head=True) for name in HEAD])
    for event in events:
        sheet.append([event.number, *(_cell(sheet, text) for text in _texts(event))])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _texts(event: AuditEvent) -> Iterator[str]:
    yield roc_second(event.at)
    yield event.at.astimezone(UTC).isoformat(timespec="microseconds")
    yield event.office_name
    yield event.actor_name
    yield event.acting_for_name
    yield event.address
    yield event.act_words
    yield event.target_name
    yield event.details_words
    yield event.previous
    yield event.digest


def _cell(sheet: Any, text: str, *, is_head: bool = False) -> Any:
    """A text stays a text whatever it begins with, also when a person edits it."""
    plain = _ILLEGAL.sub("", text)[:LONGEST_TEXT]
    kept = _ESCAPED.sub("_x005F_", plain)
    if not is_head and not plain.startswith(_TAKEN_AMISS):
        return kept
    cell = WriteOnlyCell(sheet, value=kept)
    cell.data_type = "s"
    if plain.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    if is_head:
        cell.font = Font(bold=True)
    return cell
