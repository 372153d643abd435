"""The page of review: the text with its changes, what was said of them, whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from offices.models import User

from ..documents.comparison import Change
from ..freezing import Altered
from ..models import Approval, State, Submission, SubmissionQuerySet, SubmissionStep
from ..permissions import can_edit_something, can_withdraw
from ..versions import LAST, NOW, Pair, side_of
from .acting import may_remark
from .differing import Compared, comparison_of
from .entries import OutlineEntry, Show, outline
from .panels import Opinions, Panel, Rights
from .people import who
from .presence import others_here
from .steps import Turns

COUNTED = {
    "added": "增",
    "deleted": "刪",
    "changed": "改",
    "moved": "移",
    "renumbered": "改號",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: which text, all of it or changes only, and the
    change whose form is to be open."""

    show: Show = Show.BOTH
    whole: bool = False
    at: int = 0
    opened: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was not taken: what is wrong, and what was typed into ``field``."""

    problem: str
    typed: str = ""
    field: str = ""


def for_review(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """With all that the page asks of a submission, in two queries."""
    steps = SubmissionStep.objects.select_related("by", "acting_for__user", "unit")
    return submissions.select_related(
        *("plan__office", "plan__source", "base"),
        *("unit", "submitted_by", "acting_for__user"),
    ).prefetch_related(Prefetch("steps", steps))


def size_words(counts: dict[str, int]) -> str:
    """增 3、刪 1、改 12"""
    found = [f"{word} {counts[k]}" for k, word in COUNTED.items() if counts.get(k)]
    return "、".join(found) or "沒有修改"


class ReviewPage:
    """Everything on the page, in a number of queries that no plan changes."""

    def __init__(
        self,
        submission: Submission,
        user: User,
        asked: Asked | None = None,
        refused: Refused | None = None,
    ) -> None:
        self.submission, self.user = submission, user
        self.asked, self.refused = asked or Asked(), refused
        self.turns = Turns(submission, user)

    @cached_property
    def compared(self) -> Compared | None:
        """None where what is stored is not what was frozen."""
        try:
            return comparison_of(self.submission)
        except Altered:
            return None

    @property
    def changes(self) -> Sequence[Change]:
        """What can be judged; nothing where the texts are not intact."""
        return self.compared.changes if self.compared else ()

    @cached_property
    def opinions(self) -> Opinions:
        return Opinions(
            self.submission, self.compared.number_of if self.compared else {}
        )

    @cached_property
    def rights(self) -> Rights:
        if not self.submission.is_pending:
            return Rights()
        deciding = self.turns.deciding
        remarks = may_remark(self.user, self.submission)
        return Rights(deciding is not None, remarks, deciding.pk if deciding else 0)

    @cached_property
    def panels(self) -> Sequence[Panel]:
        return [self.panel(number) for number in range(1, len(self.changes) + 1)]

    def panel(self, number: int) -> Panel:
        """That of the change with this number, its form open where it is asked for."""
        change = self.changes[number - 1]
        panel = self.opinions.panel(number, change, self.rights)
        if number != self.asked.at:
            return panel
        said = self.refused or Refused("")
        return panel.with_form(self.asked.opened, said.typed, said.problem)

    @cached_property
    def outline(self) -> list[OutlineEntry]:
        return outline(self.compared) if self.compared else []

    @property
    def shows(self) -> list[Show]:
        return list(Show)

    @property
    def size(self) -> str:
        return size_words(self.submission.counts)

    @property
    def submitter(self) -> str:
        return who(self.submission.submitted_by, self.submission.acting_for)

    @property
    def judged(self) -> int:
        return self.opinions.judged_among(self.changes)

    @cached_property
    def others(self) -> list[str]:
        return others_here(self.submission, self.user)

    @cached_property
    def approval(self) -> Approval | None:
        """The version that came of this submission."""
        if self.submission.outcome != Submission.Outcome.APPROVED:
            return None
        approvals = self.submission.plan.approvals.without_content()
        return approvals.filter(submission=self.submission).first()

    @cached_property
    def before(self) -> Submission | None:
        """The submission before this one, where it was returned: for what was said."""
        older = self.submission.plan.submissions.filter(pk__lt=self.submission.pk)
        last = older.defer("content", "base_content").first()
        was_returned = last and last.outcome == Submission.Outcome.RETURNED
        return last if was_returned else None

    @property
    def amendments(self) -> str:
        """The pair whose 修正對照表 shows these changes; "" where there is none, as
        the plan has moved on or there is nothing to compare with."""
        submission = self.submission
        old = side_of(submission.base) if submission.base else ""
        if not old and submission.plan.source_id:
            old = LAST
        new = side_of(self.approval) if self.approval else ""
        if submission.is_pending:
            new = NOW
        return Pair(old, new).name if old and new else ""

    @property
    def unjudged(self) -> int:
        """How many changes this person could still accept at once."""
        return len(self.changes) - self.judged if self.rights.judges else 0

    @property
    def may_mend(self) -> bool:
        """Whether the plan waits for this person to mend what was returned."""
        plan = self.submission.plan
        is_returned = self.submission.outcome == Submission.Outcome.RETURNED
        waits = is_returned and plan.state == State.RETURNED
        return waits and can_edit_something(self.user, plan)

    @property
    def may_withdraw(self) -> bool:
        return self.submission.is_pending and can_withdraw(self.user, self.submission)
