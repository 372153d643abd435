"""The comparison laid out for reading: only what changed, or the whole text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..documents.comparison import Mark, NodeKind, Place, TextChange
from ..documents.headings import one_line
from .differing import Compared

OUTLINED = frozenset({NodeKind.POINT, NodeKind.ANNEX})
IN_TABLES = frozenset({NodeKind.COLUMN, NodeKind.ROW})


class Show(StrEnum):
    """Which text is shown; FINAL is the new one as it will be printed."""

    OLD = "old"
    NEW = "new"
    BOTH = "both"
    FINAL = "final"

    @property
    def word(self) -> str:
        """原文, 修正後, 對照 or 定稿."""
        return {"old": "原文", "new": "修正後", "both": "對照", "final": "定稿"}[self]


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of the text; ``number`` is that of its change, 0 where there is none.

    ``trail`` names what it stands in, outermost first.  A table that is shown as one
    has ``columns`` and ``rows``.
    """

    place: Place
    number: int = 0
    trail: tuple[str, ...] = ()
    columns: tuple[Entry, ...] = ()
    rows: tuple[Entry, ...] = ()

    @property
    def words(self) -> list[str]:
        """增, 改 and so on, as many as fit."""
        return [mark.word for mark in Mark if mark in self.place.marks]

    @property
    def moved_from(self) -> str:
        """Where what was moved stood: 「伍、（一）7.」; "" for all else."""
        place = self.place
        is_moved = Mark.MOVED in place.marks
        return f"{place.old_path}{place.old_number}" if is_moved else ""

    @property
    def parts(self) -> tuple[TextChange, ...]:
        """The texts to show of a change: of a row or of settings those that differ,
        after the first one, which says what row it is."""
        parts, node = self.place.parts, self.place.node
        is_whole = not self.place.in_old or not self.place.in_new
        if is_whole or node not in {NodeKind.ROW, NodeKind.HEAD, NodeKind.COLUMN}:
            return parts
        lead = parts[:1] if node is not NodeKind.HEAD else ()
        return tuple(p for p in parts if p.is_changed or p in lead)

    def cell(self, column: str) -> TextChange | None:
        """What a row says in the column with this key."""
        return next((p for p in self.place.parts if p.field == column), None)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline: the changes of this point itself and of what it holds
    without a line of its own."""

    key: str
    number: str
    text: str
    depth: int
    is_gone: bool
    changes: tuple[int, ...]
    words: tuple[str, ...]


def changed_entries(compared: Compared) -> Iterator[Entry]:
    """What changed, in reading order, each with the trail that leads to it."""
    trails = _Trails(compared)
    inside = _inside_tables(compared)
    for place in compared.places:
        number = compared.numbers.get((place.node, place.key), 0)
        if not number:
            continue
        entry = Entry(place, number, trails.to(place))
        is_whole_table = place.node is NodeKind.TABLE and not (
            place.in_old and place.in_new
        )
        yield _as_table(entry, inside, compared) if is_whole_table else entry


def all_entries(compared: Compared) -> Iterator[Entry]:
    """Every part of both texts; rows and columns stand in their tables."""
    inside = _inside_tables(compared)
    for place in compared.places:
        if place.node in IN_TABLES:
            continue
        entry = _entry(place, compared)
        is_table = place.node is NodeKind.TABLE
        yield _as_table(entry, inside, compared) if is_table else entry


def outline(compared: Compared) -> list[OutlineEntry]:
    """Points and annexes of both texts, with the numbers of the changes in each."""
    around = {p.key: p for p in compared.places if p.node not in IN_TABLES}
    found: dict[str, list[int]] = defaultdict(list)
    words: dict[str, list[str]] = defaultdict(list)
    for place in compared.places:
        number = compared.numbers.get((place.node, place.key), 0)
        holder: Place | None = place
        while holder and holder.node not in OUTLINED:
            holder = around.get(holder.parent)
        if number and holder:
            found[holder.key].append(number)
            words[holder.key] += Entry(place).words
    return [
        OutlineEntry(
            place.key,
            place.new_number or place.old_number,
            _heading(place),
            place.depth,
            not place.in_new,
            tuple(found[place.key]),
            tuple(dict.fromkeys(words[place.key])),
        )
        for place in compared.places
        if place.node in OUTLINED
    ]


class _Trails:
    """What each place stands in."""

    def __init__(self, compared: Compared) -> None:
        self.holders = {p.key: p for p in compared.places if p.node not in IN_TABLES}

    def to(self, place: Place) -> tuple[str, ...]:
        trail: list[str] = []
        holder = self.holders.get(place.parent)
        while holder is not None:
            number = holder.new_number or holder.old_number
            trail.append(f"{number}{_heading(holder)}" or holder.node.word)
            holder = self.holders.get(holder.parent)
        return tuple(reversed(trail))


def _heading(place: Place) -> str:
    """The first text of a place, as it is now."""
    wanted = ("title",) if place.node is NodeKind.ANNEX else ("heading", "title")
    texts = [p for p in place.parts if p.field in wanted] or list(place.parts[:1])
    return one_line(texts[0].new or texts[0].old) if texts else ""


def _inside_tables(compared: Compared) -> Mapping[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place in compared.places:
        if place.node in IN_TABLES:
            found[place.parent].append(place)
    return found


def _entry(place: Place, compared: Compared) -> Entry:
    return Entry(place, compared.numbers.get((place.node, place.key), 0))


def _as_table(
    entry: Entry, inside: Mapping[str, list[Place]], compared: Compared
) -> Entry:
    parts = [_entry(place, compared) for place in inside.get(entry.place.key, ())]
    return Entry(
        entry.place,
        entry.number,
        entry.trail,
        tuple(e for e in parts if e.place.node is NodeKind.COLUMN),
        tuple(e for e in parts if e.place.node is NodeKind.ROW),
    )
