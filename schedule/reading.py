"""A file or pasted text → what its control table says, whatever its format."""

from __future__ import annotations

from dataclasses import replace

from offices.models import Office
from plans.documents.model import Annex, Table, tables
from plans.importing import UnusableTextError, plain_source
from plans.models import Plan
from plans.readers.reading import Flag, Reading
from plans.readers.text import Unreadable, decode, fold, read

from .models import kinds_of
from .timetable.columns import control_columns
from .timetable.from_tables import Settings, TimetableReading, read_control_tables
from .timetable.xlsx.memo import Origin
from .timetable.xlsx.reader import UnreadableWorkbook, is_workbook, read_workbook

LARGEST_FILE = 10 * 1024 * 1024
NOTHING_FOUND = (
    "找不到作業時程管制表：需要有「專案名稱」和 1月到12月各欄的表格。"
    "請從試算表或計畫全文複製整個表格（連同表頭）再貼上。"
)


class NoTimetable(ValueError):
    """Nothing in the source can be a control table; the message says why."""


def settings_for(plan: Plan) -> Settings:
    """The year and the words of the plan's office.  Two queries."""
    office = plan.office
    key = origin_of(plan).key
    return Settings(plan.year, kinds_of(office), labels_of(office), plan=key)


def origin_of(plan: Plan) -> Origin:
    """What tells the plan's spreadsheets from those of others, of other machines too."""
    return Origin(f"{plan.pk}-{plan.created_at:%Y%m%d%H%M%S%f}", str(plan))


def labels_of(office: Office) -> dict[str, str]:
    """Unit names by label: 民 → 民政課."""
    return dict(office.units.values_list("label", "name"))


def read_source(data: bytes, plan: Plan) -> TimetableReading:
    """A spreadsheet or a text.  Raises NoTimetable with a sentence for the person."""
    if len(data) > LARGEST_FILE:
        raise NoTimetable("檔案超過 10 MB，不像是管制表；請只匯入管制表本身。")
    settings = settings_for(plan)
    try:
        if is_workbook(data):
            found = read_workbook(data, settings)
        else:
            found = read_text(plain_source(decode(data)), settings)
    except (UnreadableWorkbook, Unreadable, UnusableTextError) as error:
        raise NoTimetable(str(error)) from error
    if not any(found.timetable.items()):
        raise NoTimetable(NOTHING_FOUND)
    return found


def read_text(text: str, settings: Settings) -> TimetableReading:
    """The control tables of a plan's text, with the doubts of the text's own reader."""
    reading = read(text)
    document = fold(reading, {})
    found = read_control_tables(tables(document), settings)
    annex = next((a for a in document.annexes if _holds_control(a)), None)
    timetable = replace(
        found.timetable,
        title=annex.title if annex else "",
        label=annex.label if annex else "",
    )
    flags = (*_flags_of_tables(reading), *found.flags)
    return replace(found, timetable=timetable, flags=flags)


def _holds_control(annex: Annex) -> bool:
    return any(isinstance(b, Table) and control_columns(b) for b in annex.children)


def _flags_of_tables(reading: Reading) -> list[Flag]:
    """What the reader of texts doubts about the control tables; shading is ours to tell."""
    keys = {p.key for p in reading.pieces if p.table and control_columns(p.table)}
    ours = {"shaded-months", "open-weights"}
    return [f for f in reading.flags if f.key in keys and f.code not in ours]
