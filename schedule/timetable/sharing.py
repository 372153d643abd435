"""Who has what of an item, from the cells of its name, units, points and owners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from .model import Share
from .wording import read_owners, read_points

# A unit's label or name ("" where none is typed), its points and its owners.
Part = tuple[str, Decimal | None, tuple[str, ...]]
# Where items stand for which no 課室 is named.
NO_UNIT = "未分課室"
_BETWEEN_UNITS = re.compile(r"[/／、,，;；\n]+")


def units_in(text: str) -> list[str]:
    """「民政課／社會課」 as its units, each once."""
    typed = ("".join(part.split()) for part in _BETWEEN_UNITS.split(text))
    return list(dict.fromkeys(filter(None, typed)))


def completed(
    parts: Sequence[Part], points: Sequence[str], owners: Sequence[str]
) -> Iterator[Part]:
    """The parts with what columns of their own hold, a line for each part.

    Lines that are left over belong to the last part.
    """
    for place, (label, own, names) in enumerate(parts):
        until = len(owners) if place == len(parts) - 1 else place + 1
        more = read_owners("\n".join(owners[place:until]))
        if own is None and place < len(points):
            own = read_points(points[place])
        yield label, own, tuple(dict.fromkeys((*names, *more)))


def shares_of(
    units: Sequence[str], parts: Sequence[Part], labels: Mapping[str, str]
) -> tuple[Share, ...]:
    """One share for each unit; ``labels`` gives 民政課 for 民."""
    if len(units) == 1 and len(parts) <= 1:
        _, points, owners = parts[0] if parts else ("", None, ())
        return (Share(units[0], points, owners),)
    left = list(units)
    shares: dict[str, Share] = {}
    for label, points, owners in parts:
        unit = _unit_of(label, left or units, labels)
        left = [name for name in left if name != unit]
        shares[unit] = with_both(shares.get(unit), Share(unit, points, owners))
    return (*shares.values(), *(Share(unit) for unit in left))


def names_a_unit(label: str, units: Sequence[str], labels: Mapping[str, str]) -> bool:
    """Whether a word in brackets is a unit's: 民 of 民政課, not 含夜間."""
    return label in labels or any(label[:1] in unit for unit in units)


def _unit_of(label: str, units: Sequence[str], labels: Mapping[str, str]) -> str:
    """The unit that a label stands for; its own word where it fits none."""
    named = labels.get(label, label)
    if named in units:
        return named
    fits = [unit for unit in units if label and label[0] in unit]
    if fits:
        return next((u for u in fits if u.startswith(label)), fits[0])
    return named or units[0]


def with_both(before: Share | None, more: Share) -> Share:
    """A unit that is named twice has both parts."""
    if before is None:
        return more
    given = [p for p in (before.points, more.points) if p is not None]
    points = sum(given, Decimal(0)) if given else None
    owners = dict.fromkeys((*before.owners, *more.owners))
    return Share(before.unit, points, tuple(owners))
