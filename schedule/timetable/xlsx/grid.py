"""The cells of a worksheet as a person sees them: text, colour, what is merged."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import (
    get_column_letter,
    range_boundaries,
)

from plans.readers.reading import Flag, Severity

from .package import (
    BREAKAGES,
    BROKEN,
    Package,
    SheetPart,
    UnreadableWorkbook,
    open_package,
)
from .values import cell_text, colour_of

MOST_COLUMNS = 256
MOST_MERGED = 300_000
MOST_FLAGS = 20
# Rows below the last value that may still hold colours.
ROWS_BELOW = 50
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z0-9$:]{2,30})"')
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GridCell:
    """``colour`` is "" for none and for white."""

    text: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells; rows and columns count from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def area(self) -> int:
        height, width = self.bottom - self.top + 1, self.right - self.left + 1
        return max(0, height) * max(0, width)

    def places(self) -> Iterator[Place]:
        for row in range(self.top, self.bottom + 1):
            yield from ((row, column) for column in range(self.left, self.right + 1))

    def __str__(self) -> str:
        first = f"{get_column_letter(self.left)}{self.top}"
        return f"{first}:{get_column_letter(self.right)}{self.bottom}"


_NOTHING = GridCell()


@dataclass(slots=True)
class Grid:
    """A worksheet: cells that hold anything, by row and column counted from 1."""

    name: str
    cells: Mapping[Place, GridCell]
    merges: Mapping[Place, Merge] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    last_row: int = field(init=False)
    last_column: int = field(init=False)

    def __post_init__(self) -> None:
        self.last_row = max((row for row, _ in self.cells), default=0)
        self.last_column = max((column for _, column in self.cells), default=0)

    def own(self, row: int, column: int) -> GridCell:
        """What is stored at the place itself."""
        return self.cells.get((row, column), _NOTHING)

    def seen(self, row: int, column: int) -> GridCell:
        """What a person sees there: a covered cell shows the one that covers it."""
        merge = self.covered_by(row, column)
        return self.own(merge.top, merge.left) if merge else self.own(row, column)

    def covered_by(self, row: int, column: int) -> Merge | None:
        """The merged cells below which the place lies; text of its own wins."""
        merge = self.merges.get((row, column))
        if merge is None or (merge.top, merge.left) == (row, column):
            return None
        return None if self.own(row, column).text else merge

    def address(self, row: int, column: int) -> str:
        return f"工作表「{self.name}」{get_column_letter(column)}{row}"


@dataclass(frozen=True, slots=True)
class Grids:
    sheets: tuple[Grid, ...]
    flags: tuple[Flag, ...] = ()


def read_grids(data: bytes) -> Grids:
    """The visible worksheets of a workbook.  Raises UnreadableWorkbook."""
    package = open_package(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(
                BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            visible = [part for part in package.sheets if not part.is_hidden]
            sheets = tuple(_grid(part, book[part.name]) for part in visible)
            book.close()
    except UnreadableWorkbook:
        raise
    except BREAKAGES as error:
        raise UnreadableWorkbook(BROKEN) from error
    return Grids(sheets, tuple(_package_flags(package)))


def _package_flags(package: Package) -> Iterator[Flag]:
    for part in package.sheets:
        if part.is_hidden:
            message = f"工作表「{part.name}」是隱藏的，未讀取。"
            yield Flag("hidden-sheet", message, severity=Severity.INFO)
    if package.has_links:
        message = "檔案連結到其他活頁簿；連結未開啟，只讀取儲存格現有的值。"
        yield Flag("external-links", message, severity=Severity.INFO)


def _grid(part: SheetPart, sheet: Any) -> Grid:
    sheet.reset_dimensions()
    cells: dict[Place, GridCell] = {}
    errors: list[Place] = []
    rows = sheet.iter_rows(max_col=MOST_COLUMNS)
    for row in islice(rows, part.last_row + ROWS_BELOW):
        for cell in row:
            if cell.value is None and not getattr(cell, "has_style", False):
                continue
            found = GridCell(
                cell_text(cell.value, cell.number_format), colour_of(cell.fill)
            )
            if found.text or found.colour:
                cells[cell.row, cell.column] = found
            if cell.data_type == "e":
                errors.append((cell.row, cell.column))
    grid = Grid(part.name, cells)
    merges, overlaps = _merges(part)
    grid.merges = merges
    flags = (*overlaps, *_error_flags(grid, errors), *_formula_flags(part))
    grid.flags = flags
    return grid


def _merges(part: SheetPart) -> tuple[dict[Place, Merge], list[Flag]]:
    """The merged cells by each place in them; of two that overlap the first counts."""
    found: dict[Place, Merge] = {}
    flags: list[Flag] = []
    area = 0
    for reference in _MERGE.findall(part.xml):
        left, top, right, bottom = range_boundaries(reference.decode("ascii"))
        bottom = min(bottom, part.last_row + ROWS_BELOW)
        merge = Merge(top, left, bottom, min(right, MOST_COLUMNS))
        area += merge.area
        if area > MOST_MERGED:
            raise UnreadableWorkbook(
                f"工作表「{part.name}」的合併儲存格範圍過大（{merge}），未讀取。"
            )
        places = list(merge.places())
        other = next((found[place] for place in places if place in found), None)
        if other:
            flags.append(_overlap(part, other, merge))
        else:
            found |= dict.fromkeys(places, merge)
    return found, flags[:MOST_FLAGS]


def _overlap(part: SheetPart, one: Merge, other: Merge) -> Flag:
    message = (
        f"工作表「{part.name}」的合併儲存格 {one} 與 {other} 重疊，後者視為未合併。"
    )
    return Flag("overlapping-merges", message, other.top)


def _error_flags(grid: Grid, errors: list[Place]) -> Iterator[Flag]:
    for row, column in errors[:MOST_FLAGS]:
        text = grid.own(row, column).text
        message = f"{grid.address(row, column)}是錯誤值「{text}」，請更正。"
        yield Flag("cell-error", message, row)


def _formula_flags(part: SheetPart) -> Iterator[Flag]:
    """Formulas that no program has computed: they read as nothing."""
    bare = [a for a, value in _FORMULA.findall(part.xml) if not _is_computed(a, value)]
    for attributes in bare[:MOST_FLAGS]:
        found = _ADDRESS.search(attributes)
        address = found[1].decode("ascii") if found else ""
        message = (
            f"工作表「{part.name}」{address}是沒有計算結果的公式，讀不到內容；"
            "請用 Excel 開啟後存檔再匯入，或直接填入內容。"
        )
        yield Flag("bare-formula", message, int(re.sub(r"\D", "", address) or 0))


def _is_computed(attributes: bytes, value: bytes) -> bool:
    """Whether the empty result is one: that of a text formula such as =\"\"."""
    return bool(value) and b't="str"' in attributes
