"""A submission beside what it is compared with: every change has a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..documents.comparison import Change, Difference, Place, compare, places
from ..documents.comparison.model import Ref
from ..documents.model import Document
from ..freezing import Altered, is_intact, read_document
from ..models import Submission

# Two texts are compared once for the many requests of one review; the key are the
# frozen texts themselves, so that what is kept cannot be out of date.
KEPT = 8


@dataclass(frozen=True)
class Compared:
    """``new`` is what was submitted, ``places`` every part of both texts in order."""

    new: Document
    difference: Difference
    places: tuple[Place, ...]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What people judge, in reading order: number 1 is the first."""
        found = self.difference.changes
        return tuple(change for change in found if not change.is_only_renumbered)

    @cached_property
    def renumbered(self) -> tuple[Change, ...]:
        """What only got another number because of others."""
        return tuple(c for c in self.difference.changes if c.is_only_renumbered)

    @cached_property
    def numbers(self) -> Mapping[Ref, int]:
        """The number of each change by kind and key."""
        return {(c.node, c.key): n for n, c in enumerate(self.changes, 1)}

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """The number of the first change with a key."""
        return {c.key: n for n, c in reversed([*enumerate(self.changes, 1)])}


def comparison_of(submission: Submission) -> Compared:
    """The submission and its base.  Raises Altered where one of them is not intact."""
    base = submission.base
    if not is_intact(submission) or (base is not None and not is_intact(base)):
        raise Altered
    old = base.content if base is not None else submission.base_content
    return _compared(old, submission.content)


def compared(old: Document, new: Document) -> Compared:
    """Two documents that are not frozen, as a draft and the version before it."""
    difference = compare(old, new)
    return Compared(new, difference, places(old, new, difference))


@lru_cache(maxsize=KEPT)
def _compared(old: str, new: str) -> Compared:
    return compared(read_document(old), read_document(new))
