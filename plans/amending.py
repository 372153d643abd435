"""修正對照表 of a plan: which one is asked for, and the 說明 that people type into it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from offices.models import User

from .cycle import locked
from .documents.comparison import Difference, compare
from .documents.comparison.amendment import Unchanged, amendment_table, scope_title
from .documents.model import Document
from .models import AmendmentNote, Approval, Plan
from .versions import LAST, NOW, Pair, document_named, side_of

_SIDE = r"(v[1-9]\d{0,17}|now|last)"
_ASKED = re.compile(rf"{_SIDE}-{_SIDE}(\.say)?(\.law)?")


class StaleNote(Exception):
    """Somebody saved in between; ``current`` is what stands there now."""

    def __init__(self, current: AmendmentNote) -> None:
        super().__init__("這一列的說明剛才已由別人修改。")
        self.current = current


@dataclass(frozen=True, slots=True)
class Asked:
    """Which 修正對照表: of which pair, with points that stay or without, in which words."""

    pair: Pair
    unchanged: Unchanged = Unchanged.OMIT
    law: bool = False

    @classmethod
    def parse(cls, name: str) -> Asked | None:
        """From "v12-now", "v12-v15.say.law"; None for what names no comparison."""
        found = _ASKED.fullmatch(name)
        if found is None or found[1] == found[2]:
            return None
        unchanged = Unchanged.SAY if found[3] else Unchanged.OMIT
        return cls(Pair(found[1], found[2]), unchanged, law=bool(found[4]))

    @property
    def name(self) -> str:
        """As an address and an Export name it; parse() reads it back."""
        said = ".say" if self.unchanged is Unchanged.SAY else ""
        return f"{self.pair.name}{said}{'.law' if self.law else ''}"

    @property
    def is_with_draft(self) -> bool:
        return NOW in {self.pair.old, self.pair.new}


@dataclass(frozen=True)
class Amendment:
    """Two Documents, what differs, and the 說明 typed so far, by the key of the change."""

    asked: Asked
    old: Document
    new: Document
    notes: Mapping[str, AmendmentNote]

    @cached_property
    def difference(self) -> Difference:
        return compare(self.old, self.new)

    @cached_property
    def document(self) -> Document:
        """The paper; a row without a 說明 says what follows from the change."""
        return self._table({key: note.text for key, note in self.notes.items()})

    @cached_property
    def untold(self) -> Document:
        """The paper as it would be if nobody had typed anything."""
        return self._table({})

    def _table(self, remarks: Mapping[str, str]) -> Document:
        return amendment_table(
            self.old,
            self.new,
            self.difference,
            remarks=remarks,
            unchanged=self.asked.unchanged,
            law=self.asked.law,
            scope=scope_title(self.new, self.difference, law=self.asked.law),
        )


def amendment_of(plan: Plan, asked: Asked) -> Amendment | None:
    """None where the plan has not both sides.  Raises Altered."""
    old = document_named(plan, asked.pair.old)
    new = document_named(plan, asked.pair.new)
    if old is None or new is None:
        return None
    return Amendment(asked, old, new, notes_of(plan, asked.pair))


def notes_of(plan: Plan, pair: Pair) -> dict[str, AmendmentNote]:
    """By the key of the change; an emptied one stays, for its version.  One query."""
    notes = plan.amendment_notes.filter(pair=pair.name).select_related("by")
    return {note.key: note for note in notes}


def stamp_of(plan: Plan, pair: Pair) -> str:
    """Tells one state of what the plan's edition does not tell from another.

    That is the 說明, and the plan of last year where it is one of the sides; "" where
    there is nothing of it.  One query, and one for last year's plan.
    """
    notes = plan.amendment_notes.filter(pair=pair.name).exclude(text="")
    known: list[object] = [*sorted(notes.values_list("key", "text"))]
    if LAST in {pair.old, pair.new} and plan.source:
        known.append(plan.source.edition)
    return hashlib.sha256(repr(known).encode()).hexdigest()[:16] if known else ""


@transaction.atomic
def save_note(
    plan: Plan, pair: Pair, key: str, *, text: str, version: int, by: User
) -> AmendmentNote:
    """Keep the 說明 if it still is at ``version`` (0: there was none); else StaleNote.

    An empty text gives the row its own words back.
    """
    plan = locked(plan)
    current = plan.amendment_notes.filter(pair=pair.name, key=key).first()
    note = current or AmendmentNote(plan=plan, pair=pair.name, key=key, version=0)
    if note.text == text:
        return note
    if note.version != version:
        raise StaleNote(note)
    note.text, note.by, note.at = text, by, timezone.now()
    note.version += 1
    note.save()
    return note


@dataclass(frozen=True, slots=True)
class Side:
    """One thing to compare: "v12", "now" or "last", and what people call it."""

    name: str
    words: str
    approval: Approval | None = None


def sides_of(plan: Plan) -> list[Side]:
    """Last year's plan, the versions, the oldest first, and the plan as it is now.

    One query, and one for last year's plan where there is one.
    """
    source = plan.source
    last = [Side(LAST, f"{source.year}年度的計畫")] if source else []
    approvals = reversed(plan.approvals.without_content())
    versions = [Side(side_of(one), str(one), one) for one in approvals]
    return [*last, *versions, Side(NOW, "現在的內容")]


def side_words(plan: Plan, pair: Pair) -> tuple[str, str]:
    """What the old and the new side are called.  One query."""
    known = {side.name: side.words for side in sides_of(plan)}
    return known.get(pair.old, pair.old), known.get(pair.new, pair.new)


def with_options(asked: Asked, *, say: bool, law: bool) -> Asked:
    """The same comparison, told otherwise."""
    unchanged = Unchanged.SAY if say else Unchanged.OMIT
    return replace(asked, unchanged=unchanged, law=law)
