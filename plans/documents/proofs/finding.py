"""What a check finds: where, which words, how grave, and what would mend it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

CONTEXT = 12


class Grade(StrEnum):
    """How grave a finding is; only an ERROR stops 送核."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def word(self) -> str:
        return {"error": "錯誤", "warning": "提醒", "note": "資訊"}[self]

    @property
    def sign(self) -> str:
        """Stands beside the word, so that the grade is not told by colour."""
        return {"error": "✕", "warning": "▲", "note": "ⓘ"}[self]


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """A line of the published catalogue: why the check exists, and how to mend."""

    code: str
    name: str
    grade: Grade
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Part:
    """What findings are listed under: a chapter of the plan, or a unit (課室)."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """Put ``new`` for ``old`` where that begins, at ``start`` of ``text``."""

    old: str
    new: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that one check found.

    ``place`` is the id of the block, row or revision line, "title" for what stands in
    the plan's settings; ``field`` tells the texts of one place apart: heading, body,
    label, a column's id.  ``where`` says the place in words (肆、一); ``found`` are the
    words in question, between ``before`` and ``after``.
    """

    check: str
    grade: Grade
    place: str
    part: Part
    where: str
    message: str
    before: str = ""
    found: str = ""
    after: str = ""
    field: str = ""
    fix: Replacement | None = None

    @property
    def digest(self) -> str:
        """The same as long as the same words are found at the same place."""
        return _digest(self.field, self.before, self.found, self.after)

    @property
    def key(self) -> str:
        """Tells this finding from all others of its document."""
        start = str(self.fix.start) if self.fix else ""
        return _digest(self.check, self.place, self.digest, start)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
