"""An item as one of our sheets shows it, and as it was when the sheet was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model import Item, Method

# What a new item or method was before: equal to nothing else.
UNKNOWN: Any = object()


@dataclass(frozen=True, slots=True)
class SeenMethod:
    """``before`` is None for a new row, ``place`` its place among the item's methods."""

    method: Method
    before: Method | None = None
    key: str = ""
    place: int = 0


@dataclass(slots=True)
class SeenItem:
    """One item on one sheet, its methods apart.

    ``before`` is None for a new one; ``key`` tells it on other sheets, "" for a new
    one, and ``origin`` is the key that stands in its row, which a copy shares.
    ``others`` are the methods that the sheet does not show, with their places.
    """

    item: Item
    unit: str
    row: int
    address: str
    indicators_address: str
    before: Item | None = None
    key: str = ""
    origin: str = ""
    others: Sequence[tuple[int, Method]] = ()
    methods: list[SeenMethod] = field(default_factory=list)

    @property
    def method_keys(self) -> set[str]:
        return {seen.key for seen in self.methods if seen.key}


def decided(pairs: Iterable[tuple[Any, Any]]) -> tuple[Any, bool]:
    """Of (now, before) on several sheets the value that a person changed.

    The second result says that several changed it, each to something else.
    """
    every = list(pairs)
    changed = [now for now, before in every if before is UNKNOWN or now != before]
    differs = any(now != changed[0] for now in changed[1:])
    return (changed or [every[0][0]])[0], differs
