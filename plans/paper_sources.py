"""What a PDF is made from: the plan as it is, or what other modules register.

That way the job that makes files knows nothing of versions and comparisons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .compose import compose
from .documents.model import Document
from .documents.part import part_of
from .models import Plan


@dataclass(frozen=True)
class PaperSource:
    """The plan as it is now, or its annex ``part``.

    ``edition`` tells when what was printed is out of date; 0 where no edition does.
    ``stamp`` is what it depends on besides.  ``is_lasting``: made once and kept.
    """

    plan: Plan
    part: str

    is_lasting = False
    # Whether it is listed under 核定版本.
    is_of_versions = False
    # Whether the names of 承辦人 and the like may stand in it.
    names_people = True

    @property
    def edition(self) -> int:
        return self.plan.edition

    @property
    def stamp(self) -> str:
        return ""

    @property
    def words(self) -> str:
        """What it is called in the audit trail and behind a file's name."""
        return "附件" if self.part else ""

    @property
    def back_url(self) -> str:
        """The page it is printed from."""
        return self.plan.get_absolute_url()

    def document(self) -> Document | None:
        """None where the part is gone.  Raises Altered for what is no longer proven."""
        return part_of(compose(self.plan), self.part)


@dataclass(frozen=True, slots=True)
class Kind:
    """Sources besides the plan: which ``part`` names one, and what it is made from.

    ``source`` gives None for one that the plan has not.
    """

    names: Callable[[str], bool]
    source: Callable[[Plan, str], PaperSource | None]


_kinds: list[Kind] = []


def register(kind: Kind) -> None:
    """Called once for each kind, when the app is ready."""
    _kinds.append(kind)


def is_of_plan(part: str) -> bool:
    """Whether ``part`` is the plan's own: "", or the id of an annex or of its table."""
    return not any(kind.names(part) for kind in _kinds)


def paper_source_of(plan: Plan, part: str) -> PaperSource | None:
    """What ``part`` is made from; None for one that the plan has not.

    Without a query for the plan's own paper.
    """
    for kind in _kinds:
        if kind.names(part):
            return kind.source(plan, part)
    return PaperSource(plan, part)
