"""編修歷程: the histories of a plan's rows, told as sittings of people.

What somebody changes without a pause of half an hour is one sitting.  Other apps
register the histories that they keep for a plan when they are ready, as with annexes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import CharField, F, QuerySet, Value

from offices.models import User

from .models import Plan

PAUSE = timedelta(minutes=30)
# Older changes are left out of the page; the rows keep them.
MOST_CHANGES = 20_000
LONGEST_WORDS = 60
WORDS_AROUND = 12
ARRANGED = "調整"
VERBS = {"+": "新增", "~": "修改", "-": "刪除"}


@dataclass(frozen=True, slots=True)
class Kept:
    """The history of one kind of rows.

    ``records`` gives those of a plan, deleted rows included; ``name`` says what a
    record is about, ``words`` what it says, ``url`` where it stands ("" for nowhere);
    each of a record of simple-history.
    """

    code: str
    records: Callable[[Plan], QuerySet[Any]]
    name: Callable[[Any], str]
    words: Callable[[Any], str]
    url: Callable[[Plan, Any], str]


_kept: dict[str, Kept] = {}


def register(*kept: Kept) -> None:
    """Called once by the keeping app, when it is ready."""
    _kept.update({one.code: one for one in kept})


class Saved(NamedTuple):
    """One saved change; ``pk`` is that of the row, ``record`` that of its history."""

    at: datetime
    user: int | None
    code: str
    pk: int
    record: int


@dataclass(slots=True)
class Sitting:
    """What one person changed without a pause; ``saved`` is in order of time."""

    user: int | None
    saved: list[Saved] = field(default_factory=list)
    person: str = ""

    @property
    def begins(self) -> datetime:
        return self.saved[0].at

    @property
    def ends(self) -> datetime:
        return self.saved[-1].at

    @property
    def places(self) -> int:
        """How many rows were changed, each counted once."""
        return len({(one.code, one.pk) for one in self.saved})

    @property
    def key(self) -> str:
        """Names the sitting in an address."""
        return f"{self.saved[0].code}{self.saved[0].record}"


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a sitting: what it said before and what it said at the end."""

    verb: str
    name: str
    old: str
    new: str
    url: str


def saved_in(plan: Plan) -> list[Saved]:
    """All saved changes of the plan, the oldest first.  One query."""
    queries = [
        kept.records(plan)
        .order_by()
        .values_list(
            "history_date",
            "history_user_id",
            Value(code, output_field=CharField()),
            F("id"),
            "history_id",
        )
        for code, kept in sorted(_kept.items())
    ]
    if not queries:
        return []
    first, *others = queries
    newest = first.union(*others, all=True).order_by("-history_date", "-history_id")
    return [Saved(*row) for row in newest[:MOST_CHANGES]][::-1]


def sittings(saved: Iterable[Saved]) -> list[Sitting]:
    """The newest first; ``saved`` is in order of time.  Linear in its length."""
    found: list[Sitting] = []
    last: dict[int | None, Sitting] = {}
    for one in saved:
        sitting = last.get(one.user)
        if sitting is None or one.at - sitting.ends > PAUSE:
            sitting = last[one.user] = Sitting(one.user)
            found.append(sitting)
        sitting.saved.append(one)
    return sorted(found, key=lambda sitting: sitting.ends, reverse=True)


def people_of(found: Iterable[Sitting]) -> dict[int, str]:
    """The names of those who sat, by pk.  One query."""
    keys = {sitting.user for sitting in found if sitting.user is not None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)}


def tell(
    plan: Plan, chosen: Sequence[Sitting], saved: Sequence[Saved], *, most: int
) -> list[list[Told]]:
    """What was changed in each chosen sitting, at most ``most`` rows of each.

    ``saved`` are all changes of the plan: they tell what a row said before.  One
    query for each kind of rows, however many are told.
    """
    before = _records_before(saved)
    wanted = [_rows_of(sitting)[:most] for sitting in chosen]
    keys = defaultdict(set)
    for rows in wanted:
        for first, last in rows:
            keys[last.code].add(last.record)
            if previous := before.get((first.code, first.record)):
                keys[first.code].add(previous)
    records = {code: _records(plan, code, found) for code, found in keys.items()}
    return [
        [_told(plan, first, last, before, records) for first, last in rows]
        for rows in wanted
    ]


def _records_before(saved: Iterable[Saved]) -> dict[tuple[str, int], int]:
    """The record before each record, of the same row."""
    before: dict[tuple[str, int], int] = {}
    latest: dict[tuple[str, int], int] = {}
    for one in saved:
        row = one.code, one.pk
        if row in latest:
            before[one.code, one.record] = latest[row]
        latest[row] = one.record
    return before


def _rows_of(sitting: Sitting) -> list[tuple[Saved, Saved]]:
    """The first and the last change of each row, the row changed last first."""
    by_row = sorted(sitting.saved, key=lambda one: (one.code, one.pk))
    ends = []
    for _, group in groupby(by_row, key=lambda one: (one.code, one.pk)):
        changes = list(group)
        ends.append((changes[0], changes[-1]))
    return sorted(ends, key=lambda pair: (pair[1].at, pair[1].record), reverse=True)


def _records(plan: Plan, code: str, keys: Collection[int]) -> dict[int, Any]:
    """By key; ``keys`` came from the histories of the plan and need no second look."""
    kept = _kept[code].records(plan).model._base_manager
    found = kept.filter(history_id__in=keys)
    return {record.history_id: record for record in found}


def _told(
    plan: Plan,
    first: Saved,
    last: Saved,
    before: dict[tuple[str, int], int],
    records: dict[str, dict[int, Any]],
) -> Told:
    """A row that says the same again was put elsewhere, or set otherwise."""
    kept, found = _kept[last.code], records[last.code]
    record = found[last.record]
    previous = found.get(before.get((first.code, first.record), 0))
    is_gone, is_new = record.history_type == "-", previous is None
    old = kept.words(record if is_new else previous) if is_gone or not is_new else ""
    new = "" if is_gone else kept.words(record)
    url = "" if is_gone else kept.url(plan, record)
    if old == new and not is_gone:
        return Told(ARRANGED, kept.name(record), "", _short(new), url)
    verb = VERBS["-" if is_gone else "+" if is_new else "~"]
    if old and new:
        old, new = _around_the_change(old, new)
    return Told(verb, kept.name(record), _short(old), _short(new), url)


def _around_the_change(old: str, new: str) -> tuple[str, str]:
    """Two texts, one of them long, with only a few words around where they differ."""
    if max(len(old), len(new)) <= LONGEST_WORDS:
        return old, new
    start = max(0, _same(old, new) - WORDS_AROUND)
    old, new = old[start:], new[start:]
    end = max(0, _same(old[::-1], new[::-1]) - WORDS_AROUND)
    before, after = "…" if start else "", "…" if end else ""
    old, new = old[: len(old) - end], new[: len(new) - end]
    return f"{before}{old}{after}", f"{before}{new}{after}"


def _same(one: str, other: str) -> int:
    """How many characters at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1] + "…"
