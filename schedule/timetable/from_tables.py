"""Tables as they stand on paper → Timetable, with flags for all that is in doubt.

A joint item that stands in two sheets becomes one item; what a lost page left of an
item (no name, a list that does not begin) is kept apart as a fragment, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from plans.documents.cells import MarkedLines, marked_rows
from plans.documents.model import Row, RowKind, Table
from plans.documents.numbering import DIGIT
from plans.readers.reading import Flag, Severity

from .cell_values import STYLE, read_indicators, read_month_cells, typed_lines
from .columns import Columns, control_columns, unread_flags
from .joining import Sighting, assembled, differing
from .model import Indicator, Item, Method, Timetable
from .months import NO_MONTHS
from .sharing import NO_UNIT, Part, completed, names_a_unit, shares_of, units_in
from .wording import (
    USUAL_KINDS,
    NamedItem,
    indicator_text,
    interval_of,
    plain_number,
    read_method,
    read_name,
    read_weight,
    unknown_kinds,
    without_note,
)

HUNDRED = Decimal(100)

# The printed lines of a row's cells, each with its mark.
MarkedRow = Sequence[MarkedLines]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader has to know: the ROC year, and the office's own words.

    ``labels`` gives the unit that a label stands for (民 → 民政課); ``fills_are_typed``
    says that a person coloured the months; ``plan`` is our spreadsheets' key of it.
    """

    year: int
    kinds: Sequence[str] = USUAL_KINDS
    labels: Mapping[str, str] = field(default_factory=dict)
    fills_are_typed: bool = False
    plan: str = ""


@dataclass(frozen=True, slots=True)
class TimetableReading:
    """What was found; ``fragments`` are nameless rests of items that lost their page.

    ``is_whole`` says that each sheet holds all items of its unit, as our own
    spreadsheet does: an item that it lacks was deleted there, if it is among ``held``,
    the ids of all items when the sheets were written (None: not known).
    """

    timetable: Timetable
    flags: tuple[Flag, ...] = ()
    fragments: tuple[Item, ...] = ()
    is_whole: bool = False
    held: frozenset[str] | None = None


@dataclass(slots=True)
class _Open:
    """An item while its rows are being read."""

    name: str
    units: list[str]
    parts: list[Part]
    is_fragment: bool
    indicators: list[Indicator] = field(default_factory=list)
    methods: list[Method] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_numbered: bool = False


def read_control_tables(
    tables: Iterable[Table], settings: Settings
) -> TimetableReading:
    """Everything that the control tables among ``tables`` say; others are passed over."""
    sightings: list[Sighting] = []
    fragments: list[Item] = []
    flags: list[Flag] = []
    for place, table in enumerate(tables):
        columns = control_columns(table)
        if columns:
            reader = _TableReader(table, columns, settings, place)
            reader.read()
            sightings += reader.sightings
            fragments += reader.fragments
            flags += reader.flags
    timetable = assembled(sightings, settings.year)
    flags += differing(sightings)
    flags += [flag for item in timetable.items() for flag in item_flags(item)]
    return TimetableReading(timetable, tuple(flags), tuple(fragments))


def item_flags(item: Item) -> list[Flag]:
    """Sums that do not close, and items without weights."""
    weights = [i.weight for i in item.indicators if i.weight is not None]
    named = f"「{item.name}」"
    if not weights:
        words = f"{named}的考核指標沒有權重。"
        return [Flag("no-weights", words, severity=Severity.INFO)]
    missing = len(item.indicators) - len(weights)
    total = plain_number(sum(weights, Decimal(0)))
    if missing:
        words = f"{named}有 {missing} 項考核指標缺權重，其餘合計 {total}%。"
    elif sum(weights) != HUNDRED:
        words = f"{named}的考核指標權重合計 {total}%，不是 100%。"
    else:
        return []
    return [Flag("open-weights", words)]


class _TableReader:
    """One table, row by row."""

    def __init__(
        self, table: Table, columns: Columns, settings: Settings, place: int
    ) -> None:
        self.table, self.columns, self.settings = table, columns, settings
        self.place = place
        self.sightings: list[Sighting] = []
        self.fragments: list[Item] = []
        self.flags: list[Flag] = list(unread_flags(table, columns))
        self._open: _Open | None = None
        self._units: list[str] = []

    def read(self) -> None:
        marked = marked_rows(self.table, STYLE)
        for row, cells in zip(self.table.rows, marked, strict=True):
            if row.kind is RowKind.DATA:
                self._row(row, cells)
            elif row.kind is RowKind.GROUP and self.columns.unit < 0:
                self._units = units_in("\n".join(self._texts(row, 0)))
        self._close()
        if any(one.item.shares[0].unit == NO_UNIT for one in self.sightings):
            message = f"表格沒有寫出課室的項目，先列在「{NO_UNIT}」。"
            self.flags.append(Flag("no-unit", message))

    def _row(self, row: Row, cells: MarkedRow) -> None:
        found = self._indicators(cells)
        open_ = self._opened(row, cells, found)
        if open_ is None:
            return
        open_.indicators += found
        lines = self._cell(cells, self.columns.indicators)
        open_.is_numbered |= any(line.level == DIGIT for _, line in lines)
        open_.notes += self._texts(row, self.columns.note)
        method = self._method(row, cells)
        if method:
            open_.methods.append(method)

    def _opened(
        self, row: Row, cells: MarkedRow, found: Sequence[Indicator]
    ) -> _Open | None:
        """The item to which the row belongs."""
        text, note = without_note("\n".join(self._texts(row, self.columns.name)))
        named = read_name(text)
        if named.name or named.parts:
            self._begin(row, named).notes += note.splitlines()
        elif self._is_torn(row, cells, found):
            self._begin(row, NamedItem(""))
        elif self._open:
            self._go_on(self._open, row)
        return self._open

    def _begin(self, row: Row, named: NamedItem) -> _Open:
        """Open the item that the row names; without a name, a fragment."""
        self._close()
        self._units = self._units_of(row) or self._units
        parts, name = named.parts, named.name
        label = parts[0][0] if len(parts) == 1 else ""
        units = self._units or ([] if len(parts) > 1 else [NO_UNIT])
        if label and not names_a_unit(label, units, self.settings.labels):
            name, parts = f"{name}（{label}）", (("", *parts[0][1:]),)
        own = parts or [(unit, None, ()) for unit in units]
        filled = self._completed(own, row)
        self._open = _Open(name, list(units), filled, is_fragment=not named.name)
        return self._open

    def _completed(self, parts: Sequence[Part], row: Row) -> list[Part]:
        points = self._texts(row, self.columns.points)
        return list(completed(parts, points, self._texts(row, self.columns.owners)))

    def _go_on(self, found: _Open, row: Row) -> None:
        """Units and owners that stand in rows below the item's first."""
        new = [unit for unit in self._units_of(row) if unit not in found.units]
        if new:
            found.units += new
            found.parts += self._completed([(unit, None, ()) for unit in new], row)
        else:
            found.parts[-1:] = self._completed(found.parts[-1:], row)

    def _is_torn(self, row: Row, cells: MarkedRow, found: Sequence[Indicator]) -> bool:
        """Whether a row without a name goes on in a list that is not the item's."""
        own = self._open
        if own is None:
            return self._says_something(row)
        if own.is_fragment or not found:
            return False
        lines = [line for _, line in self._cell(cells, self.columns.indicators)]
        first = next((line.start for line in lines if line.level == DIGIT), 0)
        counts_on = first in {0, len(own.indicators) + 1}
        total = sum(i.weight or 0 for i in [*own.indicators, *found])
        # The end of an indicator, but the last one above has its end.
        is_rest = own.is_numbered and not lines[0].level
        is_other = is_rest and own.indicators[-1].weight is not None
        return is_other or not counts_on or total > HUNDRED

    def _indicators(self, cells: MarkedRow) -> list[Indicator]:
        typed = self._cell(cells, self.columns.weight)
        weights = [read_weight(line.text) for _, line in typed]
        found = read_indicators(self._cell(cells, self.columns.indicators), weights)
        if weights and len(weights) != len(found):
            words = "、".join(line.text for _, line in typed)
            message = f"權重「{words}」與 {len(found)} 項考核指標的數目不同，未列入。"
            self.flags.append(Flag("unmatched-weights", message))
        return found

    def _method(self, row: Row, cells: MarkedRow) -> Method | None:
        lines = typed_lines(self._cell(cells, self.columns.method))
        months = {m: row.cells[place] for m, place in self.columns.months.items()}
        pattern, stages = read_month_cells(
            months, fills_are_typed=self.settings.fills_are_typed
        )
        if not lines and pattern == NO_MONTHS:
            return None
        method = Method()
        if lines:
            method = read_method(lines, self.settings.year, self.settings.kinds)
        if pattern != NO_MONTHS:
            own = stages or method.stages
            method = replace(method, months=pattern, stages=own, confirmed=True)
        for word in unknown_kinds(method.text, self.settings.kinds):
            message = f"「{word}」不是本機關的考核方式種類，只留在文字裡。"
            self.flags.append(Flag("unknown-kind", message, severity=Severity.INFO))
        return method

    def _close(self) -> None:
        """Keep the open item, or the fragment that it is."""
        if self._open is None:
            return
        item = self._item(self._open)
        if self._open.is_fragment:
            self.fragments.append(item)
            self.flags.append(_lost_page(item))
        else:
            self.sightings.append(Sighting(item, self.place))
        self._open = None

    def _item(self, found: _Open) -> Item:
        first, until = interval_of(m.text for m in found.methods) or (None, None)
        shares = shares_of(found.units, found.parts, self.settings.labels)
        points = [s.points for s in shares if s.points is not None]
        return Item(
            found.name,
            shares,
            sum(points, Decimal(0)) if points else None,
            tuple(found.indicators),
            tuple(found.methods),
            first,
            until,
            "\n".join(found.notes),
        )

    def _says_something(self, row: Row) -> bool:
        counted = {self.columns.number, self.columns.unit, *self.columns.unread}
        cells = (c for place, c in enumerate(row.cells) if place not in counted)
        return any(cell.lines for cell in cells)

    def _units_of(self, row: Row) -> list[str]:
        return units_in("\n".join(self._texts(row, self.columns.unit)))

    def _texts(self, row: Row, place: int) -> list[str]:
        return [line.text for line in row.cells[place].lines] if place >= 0 else []

    def _cell(self, cells: MarkedRow, place: int) -> MarkedLines:
        return cells[place] if place >= 0 else ()


def _lost_page(item: Item) -> Flag:
    rest = "；".join(indicator_text(i) for i in item.indicators)
    owner = "、".join(name for share in item.shares for name in share.owners)
    message = "有一項的前一頁遺失，無法判斷屬於哪個項目，未列入：" + "／".join(
        filter(None, [owner, rest[:400]])
    )
    return Flag("lost-page", message)
