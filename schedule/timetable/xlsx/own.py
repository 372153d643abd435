"""Our own workbook, edited or not → Timetable: rows are told by their hidden keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from plans.readers.reading import Flag

from ..from_tables import Settings, TimetableReading
from .grid import Grid
from .layout import Head
from .own_origin import by_origin
from .own_rows import OwnRow, read_item, read_own_method
from .own_sheets import OwnSheet, copied_sheet, own_sheets
from .own_table import OwnTable
from .seen import SeenItem, SeenMethod

_ID = re.compile(r"[\w-]{1,40}")


def read_own(grids: Sequence[Grid], settings: Settings) -> TimetableReading:
    """Everything that the sheets say; items without a row on them are absent.

    ``is_whole`` is False where items belong to units without a sheet in the file, and
    for the file of another plan.
    """
    found = own_sheets(grids)
    flags = list(found.flags)
    read: list[tuple[OwnSheet, list[SeenItem]]] = []
    for sheet in found.sheets:
        reader = _SheetReader(sheet, settings)
        reader.read()
        if sheet.is_copy and not _is_of(reader.items, sheet.unit):
            flags.append(copied_sheet(sheet))
            continue
        read.append((sheet, reader.items))
        flags += reader.flags
    table = OwnTable(read, settings)
    timetable = table.timetable()
    flags += table.flags
    reading = TimetableReading(timetable, tuple(flags), is_whole=table.is_whole)
    return by_origin(reading, found.sheets, settings)


def _id_in(key: str) -> str:
    """The id that a key is; "" for 「#3」, which only counts, and for what was typed."""
    return key if _ID.fullmatch(key) else ""


def _is_of(items: Iterable[SeenItem], unit: str) -> bool:
    """Whether a copied sheet was made the sheet of another unit."""
    return any(share.unit == unit for seen in items for share in seen.item.shares)


class _SheetReader:
    """Goes through the rows of one sheet."""

    def __init__(self, sheet: OwnSheet, settings: Settings) -> None:
        self.sheet, self.settings = sheet, settings
        self.items: list[SeenItem] = []
        self.flags: list[Flag] = []

    def read(self) -> None:
        for number in range(self.sheet.head.bottom + 1, self.sheet.grid.last_row + 1):
            row = OwnRow(self.sheet, number, self.settings)
            if not (row.is_blank or row.is_total):
                self._row(row)
            self.flags += row.flags

    def _row(self, row: OwnRow) -> None:
        if self._begins(row):
            seen = self._begun(row)
            self.items.append(seen)
        elif self.items:
            seen = self._continued(row)
        else:
            address = row.address(Head.NAME)
            row.doubt("no-name", f"{address}沒有專案名稱，這一列未讀取。")
            return
        self._add_method(row, seen)

    def _begins(self, row: OwnRow) -> bool:
        """Whether the row is an item's first: a new key, or a name of its own.

        A name that was only filled down stands beside a method not seen yet.
        """
        key, named = row.item_key, bool(row.typed(Head.NAME))
        last = self.items[-1] if self.items else None
        if not key or last is None:
            return named or bool(key)
        if all(seen.origin != key for seen in self.items):
            return True
        is_copied = row.method_key in last.method_keys or not row.method_key
        return named and (last.origin != key or is_copied)

    def _continued(self, row: OwnRow) -> SeenItem:
        """The item of the row's key, the last one for a row without."""
        same = [s for s in self.items if row.item_key and s.origin == row.item_key]
        return (same or self.items)[-1]

    def _begun(self, row: OwnRow) -> SeenItem:
        key = row.item_key
        is_copied = self.sheet.is_copy or any(
            s.origin == key for s in self.items if key
        )
        old = row.memo.item if row.memo else None
        is_known = bool(key) and not is_copied
        item = read_item(row, old)
        if is_known:
            item = replace(item, id=_id_in(key))
        return SeenItem(
            item,
            self.sheet.unit,
            row.number,
            row.address(Head.NAME),
            row.address(Head.INDICATORS),
            before=old if is_known else None,
            key=key if is_known else "",
            origin=key,
            others=row.memo.others if row.memo and is_known else (),
        )

    def _add_method(self, row: OwnRow, seen: SeenItem) -> None:
        old = row.memo.method if row.memo and row.method_key else None
        method = read_own_method(row, seen.item, old)
        if method is None:
            return
        key = row.method_key if seen.key else ""
        key = "" if key in seen.method_keys else key
        method = replace(method, id=_id_in(key))
        before = replace(old, id=method.id, confirmed=True) if old and key else None
        place = row.memo.place if row.memo else 0
        seen.methods.append(SeenMethod(method, before, key, place))
