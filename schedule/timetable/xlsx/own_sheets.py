"""Which worksheets are our own, whose each is, and where its columns stand now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plans.readers.heads import squeezed
from plans.readers.reading import Flag

from ..sharing import NO_UNIT
from .grid import Grid
from .heads import TableHead, table_heads
from .layout import EMPTY_SHEET, MARK, VERSION, Head, sheet_titles
from .memo import SheetMemo, read_sheet
from .package import UnreadableWorkbook

_MARK = re.compile(rf"{MARK} (\d{{1,6}})")


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A worksheet that we wrote; ``columns`` has the place of each head that stands.

    ``is_copy`` says that a person made it from another sheet of the file.
    """

    grid: Grid
    head: TableHead
    unit: str
    memo: SheetMemo
    columns: Mapping[Head, int]
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class OwnSheets:
    sheets: tuple[OwnSheet, ...]
    flags: tuple[Flag, ...] = ()


def is_own(grid: Grid) -> bool:
    """Whether we wrote the sheet.  Raises UnreadableWorkbook for a later version's."""
    return _mark_place(grid) is not None


def own_sheets(grids: Sequence[Grid]) -> OwnSheets:
    """The sheets that we wrote, copies told from what they were made of."""
    found: list[OwnSheet] = []
    flags: list[Flag] = []
    for grid in grids:
        sheet = _own_sheet(grid)
        if sheet:
            found.append(sheet)
            flags += [*grid.flags, *sheet.head.flags, *_lost_columns(sheet)]
        else:
            message = f"工作表「{grid.name}」不是本系統匯出的管制表，未讀取。"
            flags.append(Flag("foreign-sheet", message))
    return OwnSheets(tuple(_with_copies(found)), tuple(flags))


def _mark_place(grid: Grid) -> tuple[int, int] | None:
    for place, cell in grid.cells.items():
        found = _MARK.fullmatch(cell.text)
        if found and int(found[1]) > VERSION:
            raise UnreadableWorkbook("檔案由較新版本的系統匯出，請更新系統後再匯入。")
        if found:
            return place
    return None


def _own_sheet(grid: Grid) -> OwnSheet | None:
    mark, heads = _mark_place(grid), table_heads(grid)
    if mark is None or not heads:
        return None
    row, column = mark
    memo = "".join(
        grid.own(row, right).text for right in range(column + 2, grid.last_column + 1)
    )
    return OwnSheet(
        grid,
        heads[0],
        grid.own(row, column + 1).text or _unit_by_title(grid),
        read_sheet(memo),
        _columns(heads[0]),
    )


def _unit_by_title(grid: Grid) -> str:
    """A sheet that lost its hidden unit is its title's, unless that names none."""
    return "" if grid.name in {EMPTY_SHEET, NO_UNIT} else grid.name


def _columns(head: TableHead) -> dict[Head, int]:
    """The first column under each head that is ours, wherever it was moved."""
    names = {squeezed(one): one for one in Head}
    found: dict[Head, int] = {}
    for column, texts in head.names.items():
        one = names.get(squeezed(texts[-1]))
        if one:
            found.setdefault(one, column)
    return found


def _lost_columns(sheet: OwnSheet) -> Iterator[Flag]:
    for head in Head:
        if head not in sheet.columns and head is not Head.NUMBER:
            message = (
                f"工作表「{sheet.grid.name}」找不到「{head}」欄，沿用匯出時的內容。"
            )
            yield Flag("lost-column", message, sheet.head.bottom)


def _with_copies(sheets: Sequence[OwnSheet]) -> Iterator[OwnSheet]:
    """Of several sheets with one unit, those not titled as we do are copies."""
    for sheet in sheets:
        same = [other for other in sheets if other.unit == sheet.unit]
        original = next((one for one in same if _has_its_title(one)), same[0])
        if sheet is original:
            yield sheet
        else:
            name = "".join(sheet.grid.name.split())
            yield replace(sheet, unit=name, is_copy=True)


def _has_its_title(sheet: OwnSheet) -> bool:
    return sheet.grid.name == sheet_titles([sheet.unit])[0]


def copied_sheet(sheet: OwnSheet) -> Flag:
    """That a copy whose items are still those of the other sheet was left out."""
    message = (
        f"工作表「{sheet.grid.name}」是另一個工作表的複本，課室欄沒有改成"
        f"「{sheet.unit}」，未讀取。"
    )
    return Flag("copied-sheet", message)
