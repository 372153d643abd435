"""Joint items stand on several of our sheets: what was edited on one of them counts.

Where two sheets say different things, the unit's own sheet decides on its share, else
the first sheet; the person is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any

from plans.readers.reading import Flag

from ..model import Item, Method, Share
from .seen import UNKNOWN, SeenItem, SeenMethod, decided

_FIELDS = {
    "name": "專案名稱",
    "indicators": "考核指標",
    "scored_from": "成績統計起月",
    "scored_until": "成績統計迄月",
    "note": "備註",
}


class Copies:
    """The copies of one item; ``sheet_units`` are the units whose sheets were read."""

    def __init__(self, seen: Sequence[SeenItem], sheet_units: Iterable[str]) -> None:
        self.seen, self.sheet_units = seen, frozenset(sheet_units)
        self.flags: list[Flag] = []

    def joined(self) -> Item:
        """One item, with what was edited on any of the sheets."""
        item = self._fields() if len(self.seen) > 1 else self.seen[0].item
        self._tell_missing(item)
        return replace(item, methods=self._methods(item))

    def _fields(self) -> Item:
        values = {
            name: self._decided(words, attrgetter(name))
            for name, words in _FIELDS.items()
        }
        shares = self._shares()
        old = self.seen[0].before
        is_same = old is not None and shares == old.shares
        points = old.points if old and is_same else _sum(shares)
        return replace(self.seen[0].item, shares=shares, points=points, **values)

    def _shares(self) -> tuple[Share, ...]:
        units = self._decided("課室", lambda item: [s.unit for s in item.shares])
        shares = []
        for unit in units:
            share = self._decided(
                f"「{unit}」的配分或承辦人",
                partial(_share_of, unit),
                unit,
            )
            shares.append(share or Share(unit))
        return tuple(shares)

    def _decided(self, words: str, value: Callable[[Item], Any], unit: str = "") -> Any:
        """What the sheets say, that of ``unit`` first."""
        seen = (
            sorted(self.seen, key=lambda one: one.unit != unit) if unit else self.seen
        )
        pairs = [
            (value(s.item), value(s.before) if s.before else UNKNOWN) for s in seen
        ]
        found, differs = decided(pairs)
        if differs:
            self._tell(words)
        return found

    def _tell(self, words: str) -> None:
        first = self.seen[0]
        places = "、".join(seen.address for seen in self.seen)
        message = (
            f"合辦項目「{first.item.name}」的{words}在各工作表改得不一樣"
            f"（{places}），請核對。"
        )
        self.flags.append(Flag("joint-conflict", message, first.row))

    def _tell_missing(self, item: Item) -> None:
        """An item that was deleted on one of its sheets only is kept."""
        old = self.seen[0].before
        had = {share.unit for share in old.shares} if old else set()
        shown = {seen.unit for seen in self.seen}
        for share in item.shares:
            if share.unit in (had & self.sheet_units) - shown:
                message = (
                    f"合辦項目「{item.name}」只在「{share.unit}」的工作表刪除，仍然保留；"
                    "要刪除請在各課室的工作表都刪除。"
                )
                self.flags.append(Flag("joint-missing", message, self.seen[0].row))

    def _methods(self, item: Item) -> tuple[Method, ...]:
        """In the order of the first sheet; what others show goes where it stood."""
        placed: list[tuple[int | None, Method]] = []
        for number, seen in enumerate(self.seen):
            met = [method for _, method in placed]
            done = {key for other in self.seen[:number] for key in other.method_keys}
            for one in seen.methods:
                method = self._method(one) if one.key else one.method
                is_met = one.key in done or (not one.key and method in met)
                if method and not is_met:
                    place = one.place if one.key else None
                    _insert(placed, place, method, at_end=not number)
        met_places = {place for place, _ in placed}
        for place, method in self._unseen():
            if place not in met_places:
                _insert(placed, place, method)
        gone = self._gone(item)
        return tuple(method for _, method in placed if method.unit not in gone)

    def _method(self, one: SeenMethod) -> Method | None:
        """The method on all sheets that show it; None where one of them deleted it."""
        pairs: list[tuple[Method | None, Any]] = []
        for seen in self.seen:
            found = next((m for m in seen.methods if m.key == one.key), None)
            before = (found or one).before or UNKNOWN
            if found:
                pairs.append((found.method, before))
            elif one.before and one.before.unit in {"", seen.unit}:
                pairs.append((None, before))
        method, differs = decided(pairs)
        if differs:
            self._tell("考核方式")
            return next((now for now, _ in pairs if now), None)
        return method if isinstance(method, Method) else None

    def _unseen(self) -> list[tuple[int, Method]]:
        """Methods of units on whose own sheets the item was not seen."""
        shown = {seen.unit for seen in self.seen}
        unseen = {place: m for seen in self.seen for place, m in seen.others}
        found = sorted(unseen.items(), key=itemgetter(0))
        return [(place, method) for place, method in found if method.unit not in shown]

    def _gone(self, item: Item) -> set[str]:
        """Units that had a share of the item and have none any more."""
        old = self.seen[0].before
        had = {share.unit for share in old.shares} if old else set()
        return had - {share.unit for share in item.shares}


def _insert(
    placed: list[tuple[int | None, Method]],
    place: int | None,
    method: Method,
    *,
    at_end: bool = False,
) -> None:
    """Before the first that stood behind it; new ones, and those in order, at the end."""
    later = (
        index
        for index, (other, _) in enumerate(placed)
        if place is not None and other is not None and other > place
    )
    index = len(placed) if at_end else next(later, len(placed))
    placed.insert(index, (place, method))


def _share_of(unit: str, item: Item) -> Share | None:
    return next((share for share in item.shares if share.unit == unit), None)


def _sum(shares: Iterable[Share]) -> Decimal | None:
    given = [share.points for share in shares if share.points is not None]
    return sum(given, Decimal(0)) if given else None
