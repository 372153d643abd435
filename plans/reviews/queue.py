"""「待我審核」: whose turn it is, what a person sent up, and what was decided lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch, Q
from django.utils import timezone

from offices.models import User
from offices.permissions import roles_today

from ..chain import last_decision
from ..cycle import NotNow
from ..models import Presence, Submission, SubmissionQuerySet, SubmissionStep
from ..models.review import REVIEWING
from ..workflow import agree
from .acting import actor_at, steps_in_turn
from .page import size_words
from .people import who
from .presence import names_of

# So many changes can be overlooked in one line; more deserve to be opened.
LIGHT = 10
RECENT_DAYS = 30
MOST_RECENT = 20


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One submission; ``step`` is the one whose turn it is, of this person if any."""

    submission: Submission
    step: SubmissionStep | None
    is_last: bool
    others: list[str]

    @property
    def submitter(self) -> str:
        return who(self.submission.submitted_by, self.submission.acting_for)

    @property
    def size(self) -> str:
        return size_words(self.submission.counts)

    @property
    def is_light(self) -> bool:
        """Whether it may be agreed to together with others."""
        counts = self.submission.counts
        changes = sum(n for name, n in counts.items() if name != "renumbered")
        decides = self.step is not None and not self.step.only_comments
        return decides and not self.is_last and changes <= LIGHT

    @property
    def days(self) -> int:
        """How long this step has been waiting."""
        since = self.step.since if self.step else None
        if since is None:
            return self.submission.days_waiting
        return (timezone.localdate() - timezone.localdate(since)).days


class Queue:
    """One person's queue, in a number of queries that no queue changes."""

    def __init__(self, user: User) -> None:
        self.user = user
        reviewing = {r.office for r in roles_today(user) if r.role in REVIEWING}
        pending = _light(Submission.objects.visible_to(user).pending())
        mine = Q(submitted_by=user) | Q(plan__office__in=reviewing)
        found = list(pending.filter(mine).order_by("submitted_at", "pk"))
        self.waiting = [line for s in found for line in self._in_turn(s)]
        self.own = [self._line(s) for s in found if s.submitted_by_id == user.pk]

    @property
    def recent(self) -> list[Submission]:
        """Decided within RECENT_DAYS: what the person sent up or took a step of."""
        since = timezone.now() - timedelta(days=RECENT_DAYS)
        decided = Submission.objects.visible_to(self.user).filter(decided_at__gte=since)
        took = SubmissionStep.objects.filter(by=self.user).values("submission")
        mine = decided.filter(Q(submitted_by=self.user) | Q(pk__in=took))
        light = mine.select_related("plan", "submitted_by")
        return list(
            light.defer("content", "base_content").order_by("-decided_at")[:MOST_RECENT]
        )

    @property
    def has_light(self) -> bool:
        return any(line.is_light for line in self.waiting)

    def _in_turn(self, submission: Submission) -> Iterable[QueueLine]:
        steps = submission.steps.all()
        last = last_decision(list(steps))
        for step in steps_in_turn(self.user, steps):
            yield QueueLine(submission, step, step == last, self._others(submission))

    def _line(self, submission: Submission) -> QueueLine:
        steps = submission.steps.all()
        current = next((s for s in steps if s.is_current and not s.only_comments), None)
        return QueueLine(submission, current, False, self._others(submission))

    def _others(self, submission: Submission) -> list[str]:
        return names_of(submission.present.all(), self.user)


@dataclass(frozen=True, slots=True)
class Together:
    """What became of several agreed to at once: plans by name, or what was wrong."""

    agreed: list[str]
    refused: list[str]


def agree_together(user: User, wanted: Iterable[str]) -> Together:
    """Agree at each of these open steps (keys); each counts by itself.

    Steps that are not the person's, heavy ones and last ones are left alone.
    """
    keys, agreed, refused = set(wanted), [], []
    for line in Queue(user).waiting:
        if line.step is None or str(line.step.pk) not in keys or not line.is_light:
            continue
        try:
            agree(line.submission, step=line.step, by=actor_at(user, line.step))
        except NotNow as late:
            refused.append(f"「{line.submission.plan}」{late}")
        else:
            agreed.append(f"「{line.submission.plan}」")
    return Together(agreed, refused)


def _light(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Without the frozen texts, which are whole plans."""
    present = Presence.objects.select_related("user")
    return (
        submissions.defer("content", "base_content")
        .select_related("plan__office", "unit", "submitted_by", "acting_for__user")
        .prefetch_related("steps", Prefetch("present", present))
    )
