"""What other apps keep for a plan that is carried over: they carry it themselves.

They register a Carrier when they are ready, as with annexes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from offices.models import User

from .documents.model import Annex
from .documents.proofs.finding import Part, Replacement
from .documents.proofs.galley import Passage
from .models import Plan

# The field of a place (see Finding.field), and what to put there.
Fix = tuple[str, Replacement]


@dataclass(frozen=True, slots=True)
class Place:
    """A part that another app keeps: its key (item3), and what people see of it.

    ``version`` is None where it is not one of the parts to be confirmed; ``is_open``
    says whether the user who asked may change it.  ``passages`` are its texts, those
    called "owners" lists of names.
    """

    key: str
    part: Part
    where: str
    url: str
    version: int | None
    is_open: bool
    passages: tuple[Passage, ...]


class Carrier(Protocol):
    """What an app does with what it keeps for a plan that is carried over."""

    def carry(
        self, source: Plan, plan: Plan, ids: Mapping[str, str], *, by: User | None
    ) -> Mapping[str, str]:
        """Copy it from one plan to the other; the keys of its copies, old → new.

        ``ids`` are those of the text.  The number of queries does not grow with it.
        """

    def versions(self, plan: Plan) -> Mapping[str, int]:
        """The versions of its parts that are to be confirmed, by key, in one query."""

    def places(self, plan: Plan, user: User) -> Sequence[Place]:
        """All its parts in reading order, in a fixed number of queries."""

    def as_this_year(self, annex: Annex, source: Plan, plan: Plan) -> Annex:
        """Last year's annex under the heads that it has this year, so that rows are
        compared cell by cell; another's annex as it is."""

    def rewrite(
        self, plan: Plan, place: str, fixes: Sequence[Fix], *, by: User
    ) -> bool:
        """Put words for words in one of its parts; False for another's place.

        Raises Gone.
        """


_carriers: list[Carrier] = []


def register(carrier: Carrier) -> None:
    """Called once by the app, when it is ready."""
    _carriers.append(carrier)


def carriers() -> tuple[Carrier, ...]:
    """Those that registered."""
    return tuple(_carriers)
