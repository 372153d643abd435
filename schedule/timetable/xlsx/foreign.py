"""A workbook that an office made by hand → tables for read_control_tables.

All meaning is decided there; here doubtful numbers are kept in the text, and whatever
is in doubt gets the address of its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plans.documents.model import Cell, Column, ColumnKind, Line, RowKind, Table
from plans.readers.reading import Flag, Severity

from ..columns import Columns, control_columns
from ..from_tables import Settings, TimetableReading, item_flags, read_control_tables
from ..model import Item
from ..wording import read_name, without_note
from .foreign_numbers import check_numbers, with_lines
from .foreign_tables import SheetTable, sheet_tables
from .grid import Grid
from .weights import located_item_flags, settled

_UNIT_TITLE = re.compile(r"\S{1,12}[課科室處組所股隊站館]|\S{1,10}中心")
_LABELLED_TITLE = re.compile(
    r"(附[件表]\s*[\d一二三四五六七八九十]+(?:-\d+)?)[\s:：、]*(.+)"
)


def read_foreign(grids: Sequence[Grid], settings: Settings) -> TimetableReading:
    """What the control tables of all sheets say."""
    found: list[SheetTable] = []
    flags: list[Flag] = []
    for grid in grids:
        tables = sheet_tables(grid)
        flags += grid.flags if tables else [_no_table(grid)]
        found += [_prepared(one, settings) for one in tables]
    flags += [
        flag for one in found for flag in (*one.flags, *_year_flags(one, settings))
    ]
    typed = replace(settings, fills_are_typed=True)
    reading = read_control_tables([one.table for one in found], typed)
    return _located(reading, found, flags)


def _no_table(grid: Grid) -> Flag:
    message = f"工作表「{grid.name}」沒有作業時程管制表，未讀取。"
    return Flag("no-control-table", message, severity=Severity.INFO)


def _year_flags(one: SheetTable, settings: Settings) -> Iterator[Flag]:
    year = one.head.year
    if year and year != settings.year:
        message = (
            f"工作表「{one.grid.name}」是 {year} 年度的管制表，"
            f"這份計畫是 {settings.year} 年度。"
        )
        yield Flag("other-year", message, one.head.top)


def _prepared(one: SheetTable, settings: Settings) -> SheetTable:
    """The table with its unit, and without numbers that are none."""
    columns = control_columns(one.table)
    if columns is None:
        one.flags.append(_no_table(one.grid))
        return one
    check_numbers(one, columns)
    one.table = _gathered(one.table, columns)
    _put_unit(one, columns, settings)
    return one


def _gathered(table: Table, columns: Columns) -> Table:
    """All indicators of an item in its first row: what is merged beside them is certain."""
    rows = list(table.rows)
    first = -1
    for number, row in enumerate(rows):
        if row.kind is not RowKind.DATA or not row.cells[columns.name].joined:
            first = number
            continue
        for column in (columns.indicators, columns.weight):
            if column >= 0 and first >= 0:
                moved = rows[number].cells[column].lines
                above = rows[first].cells[column].lines
                rows[first] = with_lines(rows[first], column, (*above, *moved))
                rows[number] = with_lines(rows[number], column, ())
    return replace(table, rows=tuple(rows))


def _put_unit(one: SheetTable, columns: Columns, settings: Settings) -> None:
    """Where no cell names a unit, the sheet is its unit's: 「民政課」."""
    rows = [row for row in one.table.rows if row.kind is RowKind.DATA]
    has_column = columns.unit >= 0
    if not rows or (has_column and any(r.cells[columns.unit].lines for r in rows)):
        return
    name = "".join(one.grid.name.split())
    if name not in settings.labels.values() and not _UNIT_TITLE.fullmatch(name):
        message = f"工作表「{one.grid.name}」沒有寫課室，請在匯入後補上。"
        one.flags.append(Flag("no-unit", message, one.head.bottom))
        return
    unit = Cell((Line(name),))
    first = Column("課室", kind=ColumnKind.UNIT)
    others = list(one.table.columns)
    if has_column:
        others[columns.unit] = replace(others[columns.unit], kind=ColumnKind.TEXT)
    one.table = replace(
        one.table,
        columns=(first, *others),
        rows=tuple(replace(row, cells=(unit, *row.cells)) for row in one.table.rows),
    )
    one.columns = [one.columns[0], *one.columns]


def _located(
    reading: TimetableReading, found: Sequence[SheetTable], flags: Sequence[Flag]
) -> TimetableReading:
    """Items without impossible weights, and what is in doubt of them with its cell."""
    told = {flag for item in reading.timetable.items() for flag in item_flags(item)}
    label, title = _label_and_title(found)
    timetable = reading.timetable.mapped(_settled)
    timetable = replace(timetable, label=label, title=title)
    places = _places(found)
    located = [
        flag
        for item in timetable.items()
        for flag in located_item_flags(item, *places.get(_key(item.name), ("", 0)))
    ]
    others = [flag for flag in reading.flags if flag not in told]
    return replace(
        reading,
        timetable=timetable,
        flags=(*flags, *others, *located),
        fragments=tuple(_settled(item) for item in reading.fragments),
    )


def _settled(item: Item) -> Item:
    return replace(item, indicators=tuple(settled(one) for one in item.indicators))


def _places(found: Iterable[SheetTable]) -> dict[str, tuple[str, int]]:
    """Address and row of the indicators of each item, by its name."""
    places: dict[str, tuple[str, int]] = {}
    for one in found:
        columns = control_columns(one.table)
        if columns is None:
            continue
        for number, row in enumerate(one.table.rows):
            lines = (line.text for line in row.cells[columns.name].lines)
            text, _ = without_note("\n".join(lines))
            column = columns.indicators if columns.indicators >= 0 else columns.name
            place = one.address(number, column), one.rows[number]
            places.setdefault(_key(read_name(text).name), place)
    return places


def _key(name: str) -> str:
    return "".join(name.split())


def _label_and_title(found: Iterable[SheetTable]) -> tuple[str, str]:
    """「附件1」 and the title, where all sheets have the same above their heads."""
    titles = {one.table.title for one in found}
    title = titles.pop() if len(titles) == 1 else ""
    labelled = _LABELLED_TITLE.fullmatch(title)
    return (labelled[1], labelled[2]) if labelled else ("", title)
