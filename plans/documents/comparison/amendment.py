"""The 修正對照表: new and old text side by side, each point in a row, with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..cells import read_lines
from ..headings import one_line
from ..model import Annex, Cell, Column, Document, Point, Row, Table, walk
from .amendment_texts import Side, Subject, remark, side_lines
from .comparing import places
from .model import Difference, Mark, NodeKind, Place
from .texts import JOINED

TABLE_ID = "amendment"


class Unchanged(StrEnum):
    """What a 修正對照表 does with points that stay: leave out, or 「本點未修正」."""

    OMIT = "omit"
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Words:
    """What the paper calls its columns and its points."""

    heads: tuple[str, str, str]
    unit: str
    partly: str


RULE = Words(("修正規定", "現行規定", "說明"), "點", "部分規定修正")
LAW = Words(("修正條文", "現行條文", "說明"), "條", "部分條文修正")
WHOLLY = "修正"
_WIDTHS = (7.0, 7.0, 5.0)


def scope_title(new: Document, difference: Difference, *, law: bool = False) -> str:
    """「修正」 where more than half of the points were added, deleted, changed or moved
    (全案修正), else 「部分規定修正」, for laws 「部分條文修正」."""
    touched = sum(
        change.node is NodeKind.POINT and not change.is_only_renumbered
        for change in difference.changes
    )
    every = (new.children, *(annex.children for annex in new.annexes))
    points = sum(isinstance(b, Point) for blocks in every for b in walk(blocks))
    words = LAW if law else RULE
    return WHOLLY if 2 * touched > points else words.partly


def amendment_table(
    old: Document,
    new: Document,
    difference: Difference,
    *,
    remarks: Mapping[str, str] | None = None,
    unchanged: Unchanged = Unchanged.OMIT,
    law: bool = False,
    scope: str = WHOLLY,
) -> Document:
    """The 修正對照表 from ``old`` (現行規定) to ``new`` (修正規定), ready to be printed.

    One landscape annex with one table, in the order of the new text: a row for each
    changed point with its own paragraphs, for each changed row, column or head of a
    table, and for the title.  New and deleted words are underlined.  Row ids are the
    keys of the changes.  ``remarks`` are the 說明 by key, several lines if need be; a
    row without one says what follows from its marks (點次變更, 移列 …).  Settings of the
    layout, lines of the revision history and mere item numbers are not listed.
    ``scope`` stands in the title before 對照表, see scope_title.
    """
    words = LAW if law else RULE
    rows = tuple(
        _row(subject, remarks or {}, words)
        for subject in subjects(places(old, new, difference))
        if subject.is_changed
        or (unchanged is Unchanged.SAY and subject.place.node in _SAID)
    )
    columns = tuple(map(_column, words.heads, _WIDTHS))
    note = "" if rows else "沒有修正的規定。"
    return _paper(
        new, f"{full_title(new)}{scope}對照表", Table(columns, rows, "", note, TABLE_ID)
    )


def _paper(new: Document, title: str, table: Table) -> Document:
    """The table alone, on landscape pages of the new document's office."""
    return Document(
        new.office,
        new.year,
        "",
        annexes=(Annex("", title, (table,), landscape=True),),
        style=new.style,
    )


# What says that it was not changed, where asked to.
_SAID = {NodeKind.POINT, NodeKind.PARAGRAPH}


def full_title(document: Document) -> str:
    """The title in one line, with the office before it."""
    title = "".join(document.title.split("\n"))
    return title if title.startswith(document.office) else document.office + title


def subjects(found: Sequence[Place]) -> list[Subject]:
    """What the table may speak of, in its order: see Subject."""
    below = _below(found)
    inside = {id(one) for ones in below.values() for one in ones}
    leads = _leads(found)
    return [
        Subject(place, tuple(below.get(place.key, ())), leads.get(id(place), ""))
        for place in found
        if place.node is not NodeKind.REVISION and id(place) not in inside
    ]


def _below(found: Sequence[Place]) -> dict[str, list[Place]]:
    """The paragraphs of each point, the rows of a table that is whole in one text."""
    kinds = {place.key: place.node for place in found}
    alone = {place.key: place.marks & {Mark.ADDED, Mark.DELETED} for place in found}
    below: dict[str, list[Place]] = defaultdict(list)
    for place in found:
        of_point = kinds.get(place.parent) is NodeKind.POINT
        of_table = kinds.get(place.parent) is NodeKind.TABLE
        if (of_point and place.node is NodeKind.PARAGRAPH) or (
            of_table and alone[place.parent] and place.marks == alone[place.parent]
        ):
            below[place.parent].append(place)
    return below


def _leads(found: Sequence[Place]) -> dict[int, str]:
    """What the first cell of each table row says, also where it is joined: in the new
    text, of a deleted row in the old one."""
    said: dict[tuple[Side, str, str], str] = {}
    leads: dict[int, str] = {}
    for place in found:
        if place.node is not NodeKind.ROW or not place.parts:
            continue
        first = place.parts[0]
        for side, text in ((Side.OLD, first.old), (Side.NEW, first.new)):
            stands = place.in_old if side is Side.OLD else place.in_new
            if stands and text != JOINED:
                said[side, place.parent, first.field] = one_line(text)
        side = Side.NEW if place.in_new else Side.OLD
        leads[id(place)] = said.get((side, place.parent, first.field), "")
    return leads


def _column(name: str, width: float) -> Column:
    return Column(name, width=width)


def _row(subject: Subject, remarks: Mapping[str, str], words: Words) -> Row:
    keys = (subject.place.key, *(one.key for one in subject.below))
    typed = "\n".join(filter(None, (remarks.get(key, "") for key in keys)))
    reason = read_lines(typed.strip() or remark(subject, words.unit))
    return Row(
        (
            Cell(side_lines(subject, Side.NEW)),
            Cell(side_lines(subject, Side.OLD)),
            Cell(reason),
        ),
        id="-".join(subject.place.key.split()),
    )
