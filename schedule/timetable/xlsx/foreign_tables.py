"""A worksheet that an office made by hand → Tables: lines, shades, joined and wide cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from plans.documents.cells import read_lines
from plans.documents.model import Cell, Column, ColumnKind, Line, Row, RowKind, Table
from plans.readers.cell_text import clean_cell
from plans.readers.heads import kind_of
from plans.readers.reading import Flag, Severity
from plans.readers.row_kinds import row_kind
from plans.readers.table_rows import Drawn

from .grid import Grid
from .heads import TableHead, body_rows, table_heads
from .row_months import MonthReader, background_of

# In these every typed line counts by itself.
_AS_TYPED = frozenset(
    {ColumnKind.UNIT, ColumnKind.NUMBER, ColumnKind.WEIGHT, ColumnKind.POINTS}
)
_ROWS_TO_TITLE = 3


@dataclass(slots=True)
class SheetTable:
    """A table, and where its columns and rows stand on the sheet, counted from 1."""

    grid: Grid
    head: TableHead
    columns: list[int]
    rows: list[int]
    table: Table
    flags: list[Flag] = field(default_factory=list)

    def address(self, row: int, column: int) -> str:
        """The cell at places of the table, counted from 0."""
        return self.grid.address(self.rows[row], self.columns[column])


def sheet_tables(grid: Grid) -> list[SheetTable]:
    """The control tables of a sheet; one whose head is repeated lower down goes on."""
    parts: list[tuple[TableHead, list[int]]] = []
    for head, rows in body_rows(table_heads(grid), grid):
        filled = [row for row in rows if _is_filled(grid, head, row)]
        if parts and _goes_on(grid, parts[-1][0], head, filled):
            parts[-1][1].extend(filled)
        else:
            parts.append((head, filled))
    return [_Part(grid, head, rows).found() for head, rows in parts]


def _is_filled(grid: Grid, head: TableHead, row: int) -> bool:
    """Whether the row has text anywhere, or a month of it has a colour."""
    return any(grid.own(row, column).text for column in head.names) or any(
        grid.own(row, month).text or grid.own(row, month).colour
        for month in head.months
    )


def _goes_on(
    grid: Grid, first: TableHead, head: TableHead, rows: Sequence[int]
) -> bool:
    """Whether a head is printed again, and the items do not count from 1 anew."""
    if (first.names, first.months) != (head.names, head.months):
        return False
    columns = [c for c in head.names if _column(head, c).kind is ColumnKind.NUMBER]
    numbers = [grid.own(row, column).text for column in columns for row in rows]
    typed = [number.strip(" .、") for number in numbers if number.strip()]
    return bool(columns) and typed[:1] != ["1"]


def _column(head: TableHead, place: int) -> Column:
    if place in head.months:
        return Column(f"{head.months[place]}月", kind=ColumnKind.MONTH)
    names = head.names[place]
    group = names[0] if len(names) > 1 else ""
    return Column(names[-1], group, kind_of(names[-1]))


class _Part:
    """The rows below one head while they become a Table."""

    def __init__(self, grid: Grid, head: TableHead, rows: list[int]) -> None:
        self.grid, self.head, self.rows = grid, head, rows
        self.places = sorted((*head.names, *head.months))
        self.columns = [_column(head, place) for place in self.places]
        self.kinds = self._kinds()
        data = [r for r, k in zip(rows, self.kinds, strict=True) if k is RowKind.DATA]
        self.background = background_of(grid, head, data)
        self.months = MonthReader(grid, head, self.background)

    def found(self) -> SheetTable:
        rows = tuple(
            Row(tuple(self._cells(row)), kind)
            for row, kind in zip(self.rows, self.kinds, strict=True)
        )
        table = Table(tuple(self.columns), rows, self._title())
        flags = [*self.head.flags, *self._flags()]
        return SheetTable(self.grid, self.head, self.places, self.rows, table, flags)

    def _kinds(self) -> list[RowKind]:
        drawn = [
            Drawn([self.grid.own(row, place).text for place in self.places], row)
            for row in self.rows
        ]
        return [row_kind(drawn, index, len(self.places)) for index in range(len(drawn))]

    def _cells(self, row: int) -> Iterator[Cell]:
        for place, column in zip(self.places, self.columns, strict=True):
            if column.kind is ColumnKind.MONTH:
                yield self._month(row, place)
            else:
                yield self._fixed(row, place, column.kind)

    def _fixed(self, row: int, place: int, kind: ColumnKind) -> Cell:
        merge = self.grid.covered_by(row, place)
        if merge:
            return Cell(joined=merge.top < row)
        typed = self.grid.own(row, place).text.split("\n")
        if kind in _AS_TYPED:
            lines = (" ".join(line.split()) for line in typed)
            return Cell(tuple(Line(line) for line in lines if line))
        return Cell(read_lines("\n".join(clean_cell(line) for line in typed)))

    def _month(self, row: int, place: int) -> Cell:
        cell = self.months.cell(row, place)
        if not cell.span:
            return Cell()
        text = " ".join(cell.text.split())
        lines = (Line(text),) if text else ()
        return Cell(lines, span=cell.span, shaded=bool(cell.fill))

    def _title(self) -> str:
        """The nearest text above the head that stands alone, or beside 「附件1」."""
        first = max(1, self.head.top - _ROWS_TO_TITLE)
        for row in range(self.head.top - 1, first - 1, -1):
            columns = range(1, self.grid.last_column + 1)
            texts = [t for c in columns if (t := self.grid.own(row, c).text.strip())]
            if texts:
                is_title = len(texts) == 1 or texts[0].startswith(("附件", "附表"))
                return " ".join(" ".join(texts[:2]).split()) if is_title else ""
        return ""

    def _flags(self) -> Iterator[Flag]:
        name, line = self.grid.name, self.head.bottom
        if self.background:
            message = (
                f"工作表「{name}」多數月份格填同一個底色，視為表格的底色，"
                "不當作預定的月份，請核對。"
            )
            yield Flag("background-colour", message, line)
        for place in self._unnamed():
            message = f"{self.grid.address(line, place)}沒有欄名，這一欄未讀取。"
            yield Flag("unnamed-column", message, line, severity=Severity.INFO)

    def _unnamed(self) -> list[int]:
        """Columns with text below no head."""
        return [
            place
            for place in range(1, self.grid.last_column + 1)
            if place not in self.places
            and any(self.grid.own(row, place).text for row in self.rows)
        ]
