"""A plan with the people of a whole chain, for the tests of its cycle."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from offices.models import Member, Office, Role, Unit, User
from plans.approving import Signed, approve
from plans.cycle import Actor
from plans.models import Approval, Plan, Submission, SubmissionStep
from plans.workflow import agree, submit
from tests.factories import make_member, make_office, make_plan, make_point, make_unit

SIGNED = Signed(on=date(2025, 1, 16), verb="訂定", reference="明東戶字第1140000123號")


@dataclass
class Cycle:
    """One office with a writer, a head, 研考 and a chief, and a plan of three points."""

    office: Office = field(default_factory=make_office)

    def __post_init__(self) -> None:
        self.unit: Unit = make_unit(self.office)
        self.writer = self._member(Role.OWNER, unit=self.unit)
        self.head = self._member(Role.UNIT_HEAD, unit=self.unit)
        self.coordinator = self._member(Role.COORDINATOR)
        self.chief = self._member(Role.CHIEF)
        self.reader = self._member(Role.READER)
        self.plan: Plan = make_plan(self.office)
        self.first = make_point(self.plan, "計畫依據")
        self.second = make_point(self.plan, "計畫目標", body="縮短民眾等候時間。")
        self.last = make_point(self.plan, "本計畫奉核定後實施。")

    def _member(self, role: Role, **kwargs: object) -> Member:
        member: Member = make_member(self.office, role, **kwargs)
        return member

    def submit(self, by: Member | None = None, note: str = "") -> Submission:
        member = by or self.writer
        self.plan.refresh_from_db()
        return submit(self.plan, by=Actor(member.user), unit=member.unit, note=note)

    def agree_until_last(self, submission: Submission) -> SubmissionStep:
        """Head and 研考 agree; the step that approves."""
        for member in (self.head, self.coordinator):
            agree(submission, step=current(submission), by=Actor(member.user))
        return current(submission)

    def approve(self, signed: Signed = SIGNED) -> Approval:
        """Through the whole chain."""
        submission = self.submit()
        step = self.agree_until_last(submission)
        approval = approve(
            submission, step=step, by=Actor(self.chief.user), signed=signed
        )
        self.plan.refresh_from_db()
        return approval


def current(submission: Submission) -> SubmissionStep:
    """The step that decides next."""
    state = SubmissionStep.State.CURRENT
    return submission.steps.get(state=state, only_comments=False)


def fresh(user: User) -> User:
    """As a new request has it, roles not yet asked for."""
    return User.objects.get(pk=user.pk)
