"""The Document: one immutable value between every reader, writer and comparison.

A Document is what stands on the paper, minus everything that can be computed:
numbers are never stored, only levels.  All ids are opaque strings that survive
from the database row to the paper and back ("" where there is no row yet).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class RowKind(StrEnum):
    """What a table row is for: most are DATA."""

    DATA = "data"
    LEAD = "lead"
    GROUP = "group"
    TOTAL = "total"


class ColumnKind(StrEnum):
    """What a table column holds; the kind decides alignment and later checks."""

    TEXT = "text"
    NUMBER = "number"
    UNIT = "unit"
    PERSON = "person"
    POINTS = "points"
    WEIGHT = "weight"
    MONTH = "month"
    DATE = "date"
    TARGET = "target"
    MONEY = "money"
    STATUS = "status"
    NOTE = "note"


class Brackets(StrEnum):
    """（一） or (一): the newer reading of 文書處理手冊 §16.4 is FULL."""

    FULL = "full"
    HALF = "half"


class Tens(StrEnum):
    """How ten and above are written in the formal set: 拾、拾壹 or 壹拾、壹拾壹."""

    SHORT = "short"
    LONG = "long"


class DigitMark(StrEnum):
    """What follows an Arabic item number: 1、 (文書處理手冊) or 1. (many plans)."""

    COMMA = "comma"
    DOT = "dot"


@dataclass(frozen=True, slots=True)
class NumberingStyle:
    """An office's way of writing item marks."""

    brackets: Brackets = Brackets.FULL
    tens: Tens = Tens.SHORT
    digit_mark: DigitMark = DigitMark.COMMA


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a cell: ``level`` 0 carries no mark, 1–8 as in numbering.

    ``start`` is the number at which a list (re)starts here; 0 continues the list.
    ``underlined`` are ranges of characters, (begin, end), in order and apart.
    """

    text: str
    level: int = 0
    start: int = 0
    underlined: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row holds in one column.

    ``joined`` cells are printed as one with the cell above and hold no lines.
    ``span`` counts the columns covered to the right; covered cells are empty.
    ``shaded`` marks a month that is planned; the text, if any, is printed in it.
    """

    lines: tuple[Line, ...] = ()
    joined: bool = False
    span: int = 1
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; ``cells`` has exactly one Cell per column of the table."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.DATA
    id: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column, as data.

    ``group`` is the upper head that neighbouring columns share (two-row head);
    where all names below it are empty, the group is one head over its columns.
    ``width`` is relative to the other columns of the table.
    ``joins_down`` says that cells of this column are usually joined downwards.
    ``continues`` says that lists in this column count on from row to row, until
    a column further left begins a new cell.
    """

    name: str
    group: str = ""
    kind: ColumnKind = ColumnKind.TEXT
    width: float = 1.0
    joins_down: bool = False
    continues: bool = False
    vertical: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its own caption and the note printed below it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    note: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text without a number."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered point (點).

    ``level`` is the kind of mark, 1 壹、 to 8 ·, and always deeper than the
    parent point's.  ``heading`` stands on the line of the mark; ``body`` holds
    one paragraph per line and stands under it.
    """

    level: int
    heading: str
    body: str = ""
    children: tuple[Block, ...] = ()
    id: str = ""


Block = Point | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex (附件) on pages of its own; ``label`` is typed: 附件1, 附表二."""

    label: str
    title: str = ""
    children: tuple[Block, ...] = ()
    landscape: bool = True
    id: str = ""


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One line of the revision history (歷次修訂) under the title.

    The date may lack its day, month or all of it (0); ``ordinal`` 0 prints no
    「第n次」; ``number`` is the 文號 as printed, ``approval`` the word after it.
    ``dotted`` prints 98.4.3 where False prints 98年4月3日.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    ordinal: int = 0
    verb: str = "修訂"
    number: str = ""
    approval: str = ""
    dotted: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover page: the plan's title, and the words at its foot."""

    title: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole plan as it stands on paper.

    ``office`` is the full name of the agency (機關全銜); ``year`` the ROC year;
    ``title`` may hold line breaks and is printed as typed, office included.
    """

    office: str
    year: int
    title: str
    children: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()
    revisions: tuple[RevisionLine, ...] = ()
    style: NumberingStyle = field(default_factory=NumberingStyle)
    cover: Cover | None = None
    running_head: str = ""
    body_size: float = 16.0


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block in reading order, parents before their children."""
    for block in blocks:
        yield block
        if isinstance(block, Point):
            yield from walk(block.children)


def tables(document: Document) -> Iterator[Table]:
    """Yield every table of the document in reading order, annexes last."""
    for children in (document.children, *(a.children for a in document.annexes)):
        yield from (block for block in walk(children) if isinstance(block, Table))


def logical_rows(table: Table) -> int:
    """How many rows a person counts: in a numbered table its items, else its rows.

    An item (項次) that is printed on several rows, one per method, counts once.
    """
    numbers = [i for i, c in enumerate(table.columns) if c.kind is ColumnKind.NUMBER]
    if not numbers:
        return len(table.rows)
    return sum(not row.cells[numbers[0]].joined for row in table.rows)
