"""Which plan our own workbook is of, and what it held when it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plans.readers.reading import Flag

from ..from_tables import Settings, TimetableReading
from ..model import Item, Timetable
from .own_sheets import OwnSheet

OTHER_PLAN = "other-plan"


def by_origin(
    reading: TimetableReading, sheets: Sequence[OwnSheet], settings: Settings
) -> TimetableReading:
    """The reading as far as the file can be trusted to know this plan's items.

    A file of another plan is read like one made by hand: items have no ids, nothing
    is deleted, and the frame of the table (title, label, total) stays.
    """
    others = [sheet.memo.origin for sheet in sheets if _is_elsewhere(sheet, settings)]
    if not others:
        return replace(reading, held=_held(sheets))
    message = (
        f"這個檔案是從另一份計畫「{others[0].name}」匯出的，不是這份計畫的。"
        "項目改依課室和名稱比對，不會刪除任何項目，附件的名稱和總分也不變。"
    )
    timetable = reading.timetable
    return replace(
        reading,
        timetable=Timetable(timetable.year, timetable.mapped(_unknown).sheets),
        flags=(Flag(OTHER_PLAN, message), *reading.flags),
        is_whole=False,
    )


def _is_elsewhere(sheet: OwnSheet, settings: Settings) -> bool:
    return settings.plan not in {"", sheet.memo.origin.key or settings.plan}


def _held(sheets: Sequence[OwnSheet]) -> frozenset[str] | None:
    """What every sheet held: sheets of two files may have been put together."""
    known = [sheet.memo.held for sheet in sheets if sheet.memo.held is not None]
    return frozenset.intersection(*known) if known else None


def _unknown(item: Item) -> Item:
    methods = tuple(replace(method, id="") for method in item.methods)
    return replace(item, id="", methods=methods)
