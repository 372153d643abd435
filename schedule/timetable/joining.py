"""Items as they were seen on several sheets → one Timetable, joint items once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from plans.readers.reading import Flag

from .annex import share_words
from .model import Item, Method, Timetable, UnitSheet
from .wording import indicator_text


@dataclass(frozen=True, slots=True)
class Sighting:
    """An item, and the table in which it was seen (counted from 0)."""

    item: Item
    table: int


def item_key(item: Item) -> tuple[frozenset[str], str]:
    """What makes two items of different sheets one: their units and their name."""
    return frozenset(share.unit for share in item.shares), "".join(item.name.split())


def assembled(sightings: Sequence[Sighting], year: int) -> Timetable:
    """The sheets of all units, each in the order of its own table.

    A joint item seen in two sheets is one; methods that not all of them show belong
    each to the unit of their sheet.
    """
    own = _own_units(sightings)
    joined = [(group, _joined(group, own)) for group in _groups(sightings)]
    placed: dict[str, list[tuple[int, int, Item]]] = defaultdict(list)
    order = {id(sighting): place for place, sighting in enumerate(sightings)}
    for group, item in joined:
        for share in item.shares:
            home = _home(group, share.unit, own)
            placed[share.unit].append((home.table, order[id(home)], item))
    return Timetable(year, tuple(_sheets(sightings, placed)))


def differing(sightings: Sequence[Sighting]) -> Iterator[Flag]:
    """A joint item is stored as it was first seen: what another sheet says otherwise."""
    for first, *others in _groups(sightings):
        for other in others:
            told = _otherwise(first.item, other.item)
            if told:
                name = f"「{first.item.name}」"
                message = f"{name}在兩張管制表中不同，採用先出現的；另一張為：{told}"
                yield Flag("joint-differs", message)


def _otherwise(first: Item, other: Item) -> str:
    """The words of ``other`` that ``first`` does not have, methods apart."""
    indicators = map(indicator_text, other.indicators)
    shares = (f"{share.unit} {share_words(share)}" for share in other.shares)
    told = (
        "；".join(indicators) if other.indicators != first.indicators else "",
        "、".join(shares) if set(other.shares) != set(first.shares) else "",
        other.note if other.note != first.note else "",
    )
    return "／".join(filter(None, told))


def _groups(sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Sightings of the same joint item; all others each for itself."""
    seen: dict[object, list[Sighting]] = defaultdict(list)
    for number, sighting in enumerate(sightings):
        is_joint = sighting.item.is_joint
        seen[item_key(sighting.item) if is_joint else number].append(sighting)
    return list(seen.values())


def _own_units(sightings: Iterable[Sighting]) -> dict[int, set[str]]:
    """The units whose sheet a table is: those of the items that are not joint.

    A table of joint items alone is the sheet of the one unit that they share and
    that has no sheet elsewhere.
    """
    own: dict[int, set[str]] = defaultdict(set)
    shared: dict[int, set[str]] = {}
    for sighting in sightings:
        units = {share.unit for share in sighting.item.shares}
        if not sighting.item.is_joint:
            own[sighting.table] |= units
        shared[sighting.table] = shared.get(sighting.table, units) & units
    taken = set().union(*own.values())
    for table, units in shared.items():
        left = units - taken
        if table not in own and len(left) == 1:
            own[table] = left
    return own


def _home(group: Sequence[Sighting], unit: str, own: dict[int, set[str]]) -> Sighting:
    """Where the unit's own sheet shows the item, else where it was seen first."""
    return next((s for s in group if unit in own[s.table]), group[0])


def _joined(group: Sequence[Sighting], own: dict[int, set[str]]) -> Item:
    first = group[0].item
    if all(s.item.methods == first.methods for s in group):
        return first
    common = [m for m in first.methods if all(m in s.item.methods for s in group)]
    methods: dict[Method, None] = {}
    for sighting in group:
        units = [s.unit for s in first.shares if s.unit in own[sighting.table]]
        unit = units[0] if len(units) == 1 else ""
        for method in sighting.item.methods:
            methods[method if method in common else replace(method, unit=unit)] = None
    return replace(first, methods=tuple(methods))


def _sheets(
    sightings: Iterable[Sighting], placed: dict[str, list[tuple[int, int, Item]]]
) -> Iterable[UnitSheet]:
    """Units in the order in which they have a sheet; then those named beside others."""
    named = dict.fromkeys(
        share.unit for s in sightings if not s.item.is_joint for share in s.item.shares
    )
    for unit in dict.fromkeys([*named, *placed]):
        items = sorted(placed[unit], key=lambda found: found[:2])
        yield UnitSheet(unit, tuple(item for *_, item in items))
