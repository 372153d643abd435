"""The steps of a submission in words: who has taken or will take each, when, for whom."""

from __future__ import annotations

from dataclasses import dataclass

from offices.models import User

from ..chain import last_decision
from ..models import Submission, SubmissionStep
from .acting import is_coordinator, steps_in_turn
from .people import reviewers_by_step, who

SYMBOLS = {
    SubmissionStep.State.WAITING: "○",
    SubmissionStep.State.CURRENT: "▶",
    SubmissionStep.State.AGREED: "✓",
    SubmissionStep.State.RETURNED: "↩",
    SubmissionStep.State.SKIPPED: "－",
    SubmissionStep.State.COMMENTED: "✓",
}
COMING = frozenset({SubmissionStep.State.WAITING, SubmissionStep.State.CURRENT})


@dataclass(frozen=True, slots=True)
class StepLine:
    """``people`` are those who may take a step that is still to come."""

    step: SubmissionStep
    symbol: str
    who: str
    people: list[str]
    is_mine: bool
    is_last: bool

    @property
    def is_coming(self) -> bool:
        """Whether somebody will still be asked; nobody is once the review is over."""
        return self.step.state in COMING and self.step.submission.is_pending

    @property
    def word(self) -> str:
        """What became of the step."""
        if self.step.state in COMING and not self.is_coming:
            return "沒有進行"
        if self.is_last and self.step.state == SubmissionStep.State.AGREED:
            return "核定"
        return self.step.get_state_display()


class Turns:
    """The steps as this person sees them.  One query beside the steps themselves."""

    def __init__(self, submission: Submission, user: User) -> None:
        self.submission, self.user = submission, user
        self.steps = list(submission.steps.all())
        self.last = last_decision(self.steps)
        self.mine = steps_in_turn(user, self.steps) if submission.is_pending else []

    @property
    def lines(self) -> list[StepLine]:
        names = reviewers_by_step(self.submission.plan.office, self.steps)
        return [
            StepLine(
                step,
                SYMBOLS[SubmissionStep.State(step.state)],
                who(step.by, step.acting_for),
                people,
                step in self.mine,
                step == self.last,
            )
            for step, people in zip(self.steps, names, strict=True)
        ]

    @property
    def deciding(self) -> SubmissionStep | None:
        """The open step at which this person decides."""
        return next((s for s in self.mine if not s.only_comments), None)

    @property
    def commenting(self) -> list[SubmissionStep]:
        """The open 會辦 of this person."""
        return [s for s in self.mine if s.only_comments]

    @property
    def approves(self) -> bool:
        """Whether it is this person's turn to approve (核定)."""
        return self.deciding is not None and self.deciding == self.last

    @property
    def skippable(self) -> list[SubmissionStep]:
        """The open steps of others that this person may pass over as 研考."""
        pending = self.submission.is_pending
        if not pending or not is_coordinator(self.user, self.submission.plan):
            return []
        passed = [*self.mine, self.last]
        return [s for s in self.steps if s.is_current and s not in passed]

    @property
    def sent_back(self) -> SubmissionStep | None:
        """The step that returned the plan."""
        returned = SubmissionStep.State.RETURNED
        return next((s for s in self.steps if s.state == returned), None)
