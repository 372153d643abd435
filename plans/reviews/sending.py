"""The page before 送核: what changed, who will review it, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from offices.models import Role, User
from offices.permissions import roles_today

from ..bases import Base, base_of
from ..carried import count_waiting
from ..chain import BY_SUBMITTER, NO_UNIT, chain_of
from ..compose import compose
from ..models import ChainStep, Plan
from .acting import writer_of
from .differing import Compared, compared
from .entries import Entry, changed_entries
from .page import COUNTED, size_words
from .people import reviewers_by_step


@dataclass(frozen=True, slots=True)
class ComingStep:
    """A step of the chain, with the people whose turn it will be; ``passed`` says why
    nobody is asked."""

    step: ChainStep
    people: list[str]
    passed: str
    is_last: bool


class SubmitPage:
    """What a person sees before sending a plan up."""

    def __init__(self, plan: Plan, user: User) -> None:
        self.plan, self.user = plan, user
        self.actor, self.unit = writer_of(user, plan)

    @cached_property
    def base(self) -> Base:
        return base_of(self.plan)

    @cached_property
    def compared(self) -> Compared:
        return compared(self.base.document, compose(self.plan))

    @cached_property
    def changes(self) -> list[Entry]:
        return list(changed_entries(self.compared))

    @cached_property
    def unconfirmed(self) -> int:
        """How much of last year's nobody has confirmed for this year."""
        return count_waiting(self.plan)

    @property
    def size(self) -> str:
        counts = self.compared.difference.counts
        return size_words({name: getattr(counts, name) for name in COUNTED})

    @cached_property
    def steps(self) -> list[ComingStep]:
        """As the steps will be laid out for this submitter."""
        chain = chain_of(self.plan.office)
        last = [step for step in chain if not step.only_comments][-1:]
        passed = ["" if step in last else self._passed(step) for step in chain]
        people = reviewers_by_step(self.plan.office, chain)
        return [
            ComingStep(step, names, why, step in last)
            for step, names, why in zip(chain, people, passed, strict=True)
        ]

    @property
    def has_gap(self) -> bool:
        """Whether a step will come that nobody can take."""
        return any(not s.people and not s.passed for s in self.steps)

    def _passed(self, step: ChainStep) -> str:
        if step.role == Role.UNIT_HEAD and step.unit is None:
            if self.unit is None:
                return NO_UNIT
            step.unit = self.unit
        lender = self.actor.acting_for.pk if self.actor.acting_for else None
        passes = any(
            held.office == self.plan.office_id
            and held.role == step.role
            and step.unit_id in {None, held.unit}
            # A lent role passes nothing unless the plan is submitted with it.
            and (not held.is_lent or held.member == lender)
            for held in roles_today(self.user)
        )
        return BY_SUBMITTER if passes else ""
