"""Annexes of a plan that another app keeps: it registers them, the paper prints them.

That keeps the arrow of imports one way: the next kind of annex changes nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from .documents.model import Annex
from .models import Plan


@dataclass(frozen=True, slots=True)
class PlacedAnnex:
    """An annex, and how many of the plan's annexes stand before it."""

    annex: Annex
    place: int = 0


class AnnexKeeper(Protocol):
    """What an app says of the annexes it keeps."""

    def annexes(self, plan: Plan) -> Sequence[PlacedAnnex]:
        """The annexes of the plan, none where there is nothing to print."""

    def edit_url(self, plan: Plan, key: str) -> str | None:
        """Where the annex, table or row ``key`` is edited; None for a foreign key."""


_keepers: list[AnnexKeeper] = []


def register(keeper: AnnexKeeper) -> None:
    """Called once by the keeping app, when it is ready."""
    _keepers.append(keeper)


def with_kept_annexes(plan: Plan, own: Sequence[Annex]) -> tuple[Annex, ...]:
    """The plan's own annexes with those of all keepers at their places."""
    annexes = list(own)
    for placed in sorted(_placed(plan), key=lambda placed: placed.place):
        annexes.insert(placed.place, placed.annex)
    return tuple(annexes)


def kept_url(plan: Plan, key: str) -> str | None:
    """Where a part that a keeper printed is edited; None where it is the plan's own."""
    found = (keeper.edit_url(plan, key) for keeper in _keepers)
    return next((url for url in found if url is not None), None)


def _placed(plan: Plan) -> Iterator[PlacedAnnex]:
    for keeper in _keepers:
        yield from keeper.annexes(plan)
