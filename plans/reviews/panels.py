"""What stands beside one change: its judgement, the remarks on it, and what can be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from offices.templatetags.roc import roc_datetime

from ..documents.comparison import Change
from ..models import Judgement, Remark, Submission
from .people import who

OPENABLE = ("return", "remark")


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement or a remark in words; ``about`` is the number of its change."""

    who: str
    at: str
    text: str
    word: str = ""
    is_return: bool = False
    about: int = 0


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do with changes; ``step`` is the key of the open step."""

    judges: bool = False
    remarks: bool = False
    step: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """``opened`` is the form that is open ("return", "remark"); ``typed`` and
    ``problem`` are of a form that was refused."""

    number: int
    key: str
    name: str
    rights: Rights
    judgement: Said | None = None
    remarks: Sequence[Said] = ()
    opened: str = ""
    typed: str = ""
    problem: str = ""

    def with_form(self, opened: str, typed: str = "", problem: str = "") -> Panel:
        return replace(self, opened=opened, typed=typed, problem=problem)


class Opinions:
    """All judgements and remarks of a submission, in two queries."""

    def __init__(self, submission: Submission, number_of: Mapping[str, int]) -> None:
        judged = submission.judgements.select_related("by", "acting_for__user")
        self.judgements = {one.key: _judged(one, number_of) for one in judged}
        self.remarks: dict[str, list[Said]] = defaultdict(list)
        for one in submission.remarks.select_related("by", "acting_for__user"):
            self.remarks[one.key].append(_remarked(one, number_of))

    @property
    def on_the_whole(self) -> list[Said]:
        return self.remarks[""]

    @property
    def returned(self) -> list[Said]:
        """The changes judged 退回, in reading order."""
        found = [one for one in self.judgements.values() if one.is_return]
        return sorted(found, key=lambda one: one.about)

    def judged_among(self, changes: Iterable[Change]) -> int:
        """How many of the changes have a judgement."""
        return sum(change.key in self.judgements for change in changes)

    def panel(self, number: int, change: Change, rights: Rights) -> Panel:
        key = change.key
        judged, remarks = self.judgements.get(key), self.remarks.get(key, ())
        return Panel(number, key, f"第 {number} 處", rights, judged, remarks)


def _judged(one: Judgement, number_of: Mapping[str, int]) -> Said:
    return Said(
        who(one.by, one.acting_for),
        roc_datetime(one.at),
        one.reason,
        one.get_verdict_display(),
        one.verdict == Judgement.Verdict.RETURNED,
        number_of.get(one.key, 0),
    )


def _remarked(one: Remark, number_of: Mapping[str, int]) -> Said:
    return Said(
        who(one.by, one.acting_for),
        roc_datetime(one.at),
        one.text,
        about=number_of.get(one.key, 0),
    )
