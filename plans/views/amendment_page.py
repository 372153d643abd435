"""What the page of a 修正對照表 shows: its rows, and 說明 with the form that changes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse

from offices.models import User

from ..amending import Amendment, Asked, with_options
from ..documents.comparison import Mark
from ..documents.comparison.amendment import Unchanged
from ..documents.model import Cell, Line, Point, Row, tables
from ..forms.versions import NoteForm
from ..kept_parts import KEY, is_words, parts_of
from ..models import AmendmentNote, Plan
from ..permissions import Act, may
from ..versions import NOW, Pair
from .outline import at_this_minute

Runs = list[tuple[str, bool]]


@dataclass(frozen=True)
class NoteCell:
    """說明 of one row: what is said, the form, and what another saved meanwhile."""

    key: str
    words: str
    form: NoteForm
    is_typed: bool = False
    editable: bool = False
    saved: str = ""
    theirs: AmendmentNote | None = None

    @property
    def is_open(self) -> bool:
        return bool(self.theirs or self.form.errors)


@dataclass(frozen=True)
class TableRow:
    """One row as the page shows it; ``restore_url`` where the old words can come back."""

    new: list[Runs]
    old: list[Runs]
    note: NoteCell
    restore_url: str = ""


def heads(amendment: Amendment | None) -> list[str]:
    """What the columns are called."""
    if amendment is None:
        return []
    return [column.name for column in next(tables(amendment.document)).columns]


def options(asked: Asked) -> list[tuple[str, str, bool]]:
    """Ways to tell the same: words, name of the comparison, whether it is this one."""
    said = asked.unchanged is Unchanged.SAY
    ways = [
        ("只列有修正的點", with_options(asked, say=False, law=asked.law), not said),
        ("未修正的點也列出", with_options(asked, say=True, law=asked.law), said),
        ("規定用語", with_options(asked, say=said, law=False), not asked.law),
        ("法規用語（條文）", with_options(asked, say=said, law=True), asked.law),
    ]
    return [(words, way.name, is_this) for words, way, is_this in ways]


def rows_of(
    user: User, plan: Plan, amendment: Amendment, typed: NoteCell | None
) -> Iterator[TableRow]:
    """The table's rows; ``typed`` stands in place of the 說明 it is about."""
    editable = may(user, plan, Act.EXPLAIN)
    told = next(tables(amendment.document)).rows
    untold = next(tables(amendment.untold)).rows
    restorable = _restorable(user, plan, amendment)
    for row, plain in zip(told, untold, strict=True):
        note = typed if typed and typed.key == row.id else None
        yield TableRow(
            [_runs(line) for line in row.cells[0].lines],
            [_runs(line) for line in row.cells[1].lines],
            note or _note_cell(row, plain, amendment.notes, editable=editable),
            _restore_url(plan, amendment.asked.pair, row.id)
            if row.id in restorable
            else "",
        )


def _note_cell(
    row: Row, plain: Row, notes: Mapping[str, AmendmentNote], *, editable: bool
) -> NoteCell:
    note = notes.get(row.id)
    typed = note.text if note else ""
    start = typed or text_of(plain.cells[2])
    form = _form(row.id, start, note.version if note else 0)
    return NoteCell(row.id, text_of(row.cells[2]), form, bool(typed), editable)


def _form(key: str, text: str, version: int) -> NoteForm:
    initial = {"key": key, "text": text, "version": version}
    return NoteForm(initial=initial, auto_id=f"note-{key}-%s")


def text_of(cell: Cell) -> str:
    """A cell as a person types it."""
    return "\n".join(line.text for line in cell.lines)


def _runs(line: Line) -> Runs:
    """The line in parts, each with whether it is underlined."""
    edges = [0, *(at for span in line.underlined for at in span), len(line.text)]
    parts = [(line.text[a:b], bool(i % 2)) for i, (a, b) in enumerate(pairwise(edges))]
    return [part for part in parts if part[0]]


def _restorable(user: User, plan: Plan, amendment: Amendment) -> set[str]:
    """The rows whose old words the user may put back: a point with its paragraphs."""
    pair = amendment.asked.pair
    if not (pair.new == NOW and pair.old.startswith("v") and may(user, plan, Act.EDIT)):
        return set()
    reworded = {
        change.key
        for change in amendment.difference.changes
        if change.marks & {Mark.CHANGED, Mark.DELETED} and KEY.fullmatch(change.key)
    }
    points = (p for p in parts_of(amendment.old) if isinstance(p, Point))
    with_words = {
        point.id
        for point in points
        if any(is_words(one) and one.id in reworded for one in point.children)
    }
    found = reworded | with_words
    return found & set(plan.returned_parts) if plan.returned_parts else found


def _restore_url(plan: Plan, pair: Pair, key: str) -> str:
    version = int(pair.old.removeprefix("v"))
    return reverse("plans:restore_part", args=[plan.pk, version, key])


def row_of(amendment: Amendment, key: str) -> Row | None:
    """The row as it is without 說明; None for what is not in the table."""
    rows = next(tables(amendment.untold)).rows
    return next((row for row in rows if row.id == key), None)


def saved_cell(plain: Row, note: AmendmentNote) -> NoteCell:
    """What was just saved."""
    words = note.text or text_of(plain.cells[2])
    form = _form(plain.id, words, note.version)
    saved = at_this_minute("已儲存")
    return NoteCell(plain.id, words, form, bool(note.text), editable=True, saved=saved)


def conflict_cell(key: str, mine: str, plain: Row, theirs: AmendmentNote) -> NoteCell:
    """Mine stays in the form, over the version that theirs has."""
    words = theirs.text or text_of(plain.cells[2])
    form = _form(key, mine, theirs.version)
    return NoteCell(key, words, form, bool(theirs.text), editable=True, theirs=theirs)
