"""The name cell of our own sheet → name, shares and points of an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..model import Share
from ..sharing import NO_UNIT
from .cells import read_name_cell


@dataclass(slots=True)
class ReadShares:
    """``doubts`` are codes with words to follow the cell's address."""

    name: str
    shares: tuple[Share, ...] = ()
    doubts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def points(self) -> Decimal | None:
        given = [s.points for s in self.shares if s.points is not None]
        return sum(given, Decimal(0)) if given else None


def read_shares(
    text: str,
    units: Sequence[str],
    written: Mapping[str, str],
    labels: Mapping[str, str],
) -> ReadShares:
    """The shares in the order of ``units``, then those of units that only the name has.

    ``written`` gives the label with which the sheet shows a unit, ``labels`` the
    office's unit for a label.
    """
    cell = read_name_cell(text, is_joint=len(units) > 1)
    found = ReadShares(cell.named.name)
    for words in cell.doubtful:
        found.doubts.append(("bad-points", f"「{words[:30]}」看不懂配分，請更正。"))
    shares: dict[str, Share] = {}
    for label, points, owners in cell.named.parts:
        left = [unit for unit in units if unit not in shares]
        unit = _unit_of(label, left, written, labels)
        if unit not in units and units:
            words = f"有「{label}」的配分，但課室欄沒有這個課室，請核對。"
            found.doubts.append(("other-unit", words))
        shares[unit] = Share(unit, points, owners)
    every = dict.fromkeys([*units, *shares])
    found.shares = tuple(shares.get(unit, Share(unit)) for unit in every or [NO_UNIT])
    if not every:
        found.doubts.append(("no-unit", "沒有課室，請補上。"))
    return found


def _unit_of(
    label: str,
    left: Sequence[str],
    written: Mapping[str, str],
    labels: Mapping[str, str],
) -> str:
    """The unit that a label stands for; without a label the next one."""
    known = [unit for unit in left if written.get(unit, unit[:1]) == label]
    if known:
        return known[0]
    if label in labels:
        return labels[label]
    begins = [unit for unit in left if unit.startswith(label)]
    return begins[0] if begins else label
