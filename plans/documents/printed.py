"""Tables as they are printed: rows cut for pages, marks that hang, labels said again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise

from .balance import balanced
from .cells import MarkedLines
from .flow import Slice, flow, settle, sliced, whole_rows
from .grid import Area, Head, heads, spans
from .model import Column, ColumnKind, Document, Line, Row, Table, walk
from .outline import resolve
from .widths import LEAST_BESIDE, column_ems, column_percents, hang

LONGEST_REMINDER = 24
LONGEST_VERTICAL = 12
# Column widths are reckoned carefully: a head may be so many ems longer.
HEAD_AIR = 0.3

# Row ids at which a page begins, by table id.
Cuts = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A paragraph of a cell: its mark, how deep its list stands, its text.

    ``runs`` are the text in parts, each with whether it is underlined; none where
    nothing is.
    """

    mark: str
    text: str
    depth: int
    hang: int
    runs: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as it is printed; ``reminder`` stands where a cut cell is reopened.

    ``follows`` and ``goes_on`` tell that no rule parts it from the slice above or
    below.
    """

    area: Area
    lines: tuple[PrintedLine, ...]
    kind: ColumnKind
    shaded: bool
    vertical: bool
    follows: bool = False
    goes_on: bool = False
    is_reopened: bool = False
    reminder: str = ""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row or a slice of one; see flow.Slice."""

    row: Row
    cells: tuple[PrintedCell, ...]
    keeps: bool = False
    loose: bool = False
    begins_page: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table ready to be printed; a provisional one only finds out where pages end."""

    table: Table
    percents: tuple[float, ...]
    heads: tuple[tuple[Head, ...], ...]
    rows: tuple[PrintedRow, ...]
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table's print depends on beside the table itself.

    ``cuts`` are None while it is unknown where pages begin; ``open_id`` names the
    row that gives its place to a form on the screen.
    """

    document: Document
    paged: bool = False
    cuts: Cuts | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)
    open_id: str = ""

    def printed(self, table: Table) -> PrintedTable:
        """``table`` with its cells cut where pages begin or a form is open."""
        slices = self._slices(table)
        pieces = sliced(table, slices)
        landscape = _lies_across(table, self.document)
        room = column_ems(table, landscape=landscape)
        rows = tuple(
            PrintedRow(
                one.row,
                tuple(self._cell(pieces, slices, room, area) for area in areas),
                one.keeps,
                one.loose,
                one.row.id in self._begins(table),
            )
            for one, areas in zip(
                slices, spans(pieces, self._cut_rows(pieces)), strict=True
            )
        )
        return PrintedTable(
            table,
            column_percents(table, landscape=landscape),
            tuple(tuple(map(self._head(room), row)) for row in heads(table.columns)),
            rows,
            self.cuts is None and any(one.follows for one in slices),
        )

    def _head(self, room: Sequence[float]) -> Callable[[Head], Head]:
        """Breaks the words of a head where a page is too narrow for them."""

        def broken(head: Head) -> Head:
            if not self.paged or head.vertical or head.kind is ColumnKind.MONTH:
                return head
            width = sum(room[head.column : head.column + head.colspan]) + HEAD_AIR
            lines = [balanced(line, width) for line in head.text.splitlines()]
            return replace(head, text="\n".join(chain.from_iterable(lines)))

        return broken

    def _slices(self, table: Table) -> tuple[Slice, ...]:
        if not self.paged:
            return whole_rows(table, self.document.style)
        return page_slices(table, self.document, self.cuts)

    def _begins(self, table: Table) -> Collection[str]:
        return (self.cuts or {}).get(table.id, ())

    def _cut_rows(self, table: Table) -> set[int]:
        begins = self._begins(table)
        cuts = {index for index, row in enumerate(table.rows) if row.id in begins}
        for index, row in enumerate(table.rows):
            if row.id and row.id == self.open_id:
                cuts |= {index, index + 1}
        return cuts

    def _cell(
        self,
        table: Table,
        slices: Sequence[Slice],
        room: Sequence[float],
        area: Area,
    ) -> PrintedCell:
        column = table.columns[area.column]
        width = sum(room[area.column : area.column + area.colspan])
        origin = self._origin(slices, area)
        lines = tuple(self._lines(slices[origin].marked[area.column], width))
        return PrintedCell(
            area,
            () if origin < area.row else lines,
            column.kind,
            table.rows[area.origin].cells[area.column].shaded,
            column.vertical,
            self._is_provisional and _follows(slices, area.row, area.column),
            self._is_provisional
            and _follows(slices, area.row + area.rowspan, area.column),
            origin < area.row and bool(lines),
            _reminder(column, lines),
        )

    @property
    def _is_provisional(self) -> bool:
        return self.cuts is None

    def _origin(self, slices: Sequence[Slice], area: Area) -> int:
        """The row whose text ``area`` shows, or repeats where all of it stands above."""
        row = area.origin
        if self._is_provisional:
            return row
        while _goes_up(slices[row], area.column):
            row -= 1
        return row

    def _lines(self, marked: MarkedLines, room: float) -> Iterator[PrintedLine]:
        """Marks hang where at least LEAST_BESIDE ems of text have room beside them."""
        around: list[int] = []
        for mark, line in marked:
            around = [level for level in around if level < line.level]
            depth, width = len(around), hang(mark)
            if room - depth - width / 4 < LEAST_BESIDE:
                depth = width = 0
            text = resolve(line.text, self.numbers)
            yield PrintedLine(mark, text, depth, width, self._runs(line))
            around += [line.level] if line.level else []

    def _runs(self, line: Line) -> tuple[tuple[str, bool], ...]:
        if not line.underlined:
            return ()
        edges = sorted({0, len(line.text), *chain.from_iterable(line.underlined)})
        begins = {begin for begin, _ in line.underlined}
        return tuple(
            (resolve(line.text[begin:end], self.numbers), begin in begins)
            for begin, end in pairwise(edges)
        )


def page_slices(
    table: Table, document: Document, cuts: Cuts | None
) -> tuple[Slice, ...]:
    """The rows as printed: finely sliced while it is unknown where pages begin."""
    slices = flow(table, document.style, landscape=_lies_across(table, document))
    return slices if cuts is None else settle(slices, cuts.get(table.id, ()))


def _lies_across(table: Table, document: Document) -> bool:
    return any(
        block is table
        for annex in document.annexes
        if annex.landscape
        for block in walk(annex.children)
    )


def _goes_up(one: Slice, column: int) -> bool:
    """Whether the text of ``column`` stands further up."""
    follows = column in one.follows or one.row.cells[column].joined
    return follows and not one.marked[column]


def _follows(slices: Sequence[Slice], index: int, column: int) -> bool:
    return index < len(slices) and column in slices[index].follows


def _reminder(column: Column, lines: tuple[PrintedLine, ...]) -> str:
    """What is said again where a cut cell is reopened: a label, but not a list."""
    longest = LONGEST_VERTICAL if column.vertical else LONGEST_REMINDER
    words = " ".join(line.mark + line.text for line in lines)
    if len(words) <= longest:
        return words
    return words[: longest - 1] + "…" if len(lines) == 1 else ""
