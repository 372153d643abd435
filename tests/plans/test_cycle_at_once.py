"""The cycle of a plan with several people at the same moment, each with a connection."""

from __future__ import annotations

from threading import Barrier, Event

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from offices.audit.models import Act, AuditChain, AuditEvent
from offices.audit.proof import verify
from offices.audit.recording import record
from offices.models import Role
from offices.notices.mailing import send_digests
from offices.notices.models import Notice
from offices.notices.sending import notify
from offices.units import delete_unit
from plans.approving import approve
from plans.carrying import carry_over
from plans.chain import replace_chain
from plans.compose import compose
from plans.cycle import Actor, NotNow
from plans.editing import save_block
from plans.freezing import document_of, freeze
from plans.masthead import delete_plan
from plans.models import Block, ChainStep, Frozen, Plan, State, Submission
from plans.workflow import agree, send_back, submit, withdraw
from tests.factories import make_unit
from tests.plans.cycle import SIGNED, Cycle, current, fresh
from tests.plans.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

# As often as two people are let run into each other.
TIMES = 8
PATIENCE = 20  # seconds

several_at_once = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one person write at a time"
)


@pytest.fixture
def cycle():
    return Cycle()


def outcome(act):
    """The name of what a verb raised that people are told in words, else "done"."""
    try:
        act()
    except (NotNow, Frozen) as late:
        return type(late).__name__
    return "done"


def tried(act):
    return lambda: outcome(act)


def write(cycle, text):
    block = Block.objects.get(pk=cycle.second.pk)
    save_block(
        block,
        version=block.version,
        heading=block.heading,
        body=text,
        by=fresh(cycle.writer.user),
    )


def is_whole(cycle):
    return verify(AuditChain.objects.get(pk=cycle.office.pk)).is_whole


def test_two_submit_at_once_and_one_review_begins(cycle):
    for _ in range(TIMES):
        plan = Plan.objects.get(pk=cycle.plan.pk)
        by = Actor(fresh(cycle.writer.user))

        def send(plan=plan, by=by):
            submit(plan, by=by, unit=cycle.unit)

        assert sorted(at_once(tried(send), tried(send))) == ["NotNow", "done"]
        withdraw(Submission.objects.pending().get(), by=by)

    assert Submission.objects.count() == TIMES
    assert is_whole(cycle)


def test_two_approve_at_once_and_one_version_is_made(cycle):
    for number in range(1, TIMES + 1):
        if number > 1:
            write(cycle, f"第 {number} 次修正。")
        submission = cycle.submit()
        step = cycle.agree_until_last(submission)

        def sign(submission=submission, step=step):
            mine = Submission.objects.get(pk=submission.pk)
            by = Actor(fresh(cycle.chief.user))
            approve(mine, step=step, by=by, signed=SIGNED)

        assert sorted(at_once(tried(sign), tried(sign))) == ["NotNow", "done"]
        assert cycle.plan.approvals.count() == number
        assert cycle.plan.revisions.count() == number


def test_an_edit_and_a_submission_at_once_agree_on_the_text(cycle):
    """Either the text is in what was submitted, or it was not saved."""
    for number in range(TIMES):
        text = f"等候 {number} 分鐘。"

        sent, saved = at_once(
            tried(cycle.submit), tried(lambda text=text: write(cycle, text))
        )

        submission = Submission.objects.pending().get()
        plan = Plan.objects.get(pk=cycle.plan.pk)
        assert sent == "done"
        assert freeze(compose(plan)).digest == submission.digest
        assert (text in submission.content) == (saved == "done")
        withdraw(submission, by=Actor(cycle.writer.user))


def test_an_edit_and_an_approval_at_once_agree_on_the_text(cycle):
    """What is written while the chief signs is never part of the version."""
    for number in range(TIMES):
        if number:
            write(cycle, f"修正 {number}。")
        submission = cycle.submit()
        step = cycle.agree_until_last(submission)
        text = f"等候 {number} 分鐘。"

        def sign(submission=submission, step=step):
            mine = Submission.objects.get(pk=submission.pk)
            by = Actor(fresh(cycle.chief.user))
            approve(mine, step=step, by=by, signed=SIGNED)

        signed, saved = at_once(
            tried(sign), tried(lambda text=text: write(cycle, text))
        )

        plan = Plan.objects.get(pk=cycle.plan.pk)
        assert signed == "done"
        version = plan.approvals.latest("number")
        assert text not in version.content
        assert plan.state == (State.AMENDING if saved == "done" else State.APPROVED)
        assert document_of(version).title


def test_sent_back_and_withdrawn_at_once_is_settled_once(cycle):
    for _ in range(TIMES):
        submission = cycle.submit()
        step = current(submission)

        def back(submission=submission, step=step):
            mine = Submission.objects.get(pk=submission.pk)
            by = Actor(fresh(cycle.head.user))
            send_back(mine, step=step, by=by, reason="請補附件")

        def take(submission=submission):
            mine = Submission.objects.get(pk=submission.pk)
            withdraw(mine, by=Actor(fresh(cycle.writer.user)))

        assert sorted(at_once(tried(back), tried(take))) == ["NotNow", "done"]
        submission.refresh_from_db()
        plan = Plan.objects.get(pk=cycle.plan.pk)
        was_returned = submission.outcome == Submission.Outcome.RETURNED
        assert plan.state == (State.RETURNED if was_returned else State.DRAFT)


def test_a_chain_replaced_while_plans_are_submitted_is_taken_whole(cycle):
    """Managing the office and submitting hold each other up, but never for good."""
    names = (["甲一", "甲二"], ["乙一", "乙二", "乙三"])
    for number in range(TIMES):
        steps = names[number % 2]

        def replace(steps=steps):
            chain = [ChainStep(name=name, role=Role.CHIEF) for name in steps]
            replace_chain(cycle.office, chain, by=fresh(cycle.coordinator.user))

        at_once(tried(cycle.submit), replace)

        submission = Submission.objects.pending().get()
        laid = [step.name for step in submission.steps.all()]
        assert laid in (["課室主管審核", "研考審核", "秘書／首長核定"], *names)
        withdraw(submission, by=Actor(cycle.writer.user))

    assert is_whole(cycle)


def test_a_unit_deleted_while_its_step_is_taken(cycle):
    """Both wait for the trail; the one that holds it waits for nobody."""
    for number in range(TIMES):
        unit = make_unit(cycle.office, f"臨時課{number}", label=f"臨{number}")
        chain = [
            ChainStep(name="審核", role=Role.COORDINATOR, unit=unit),
            ChainStep(name="核定", role=Role.CHIEF),
        ]
        replace_chain(cycle.office, chain, by=cycle.coordinator.user)
        submission = cycle.submit()
        step = current(submission)

        def take(submission=submission, step=step):
            mine = Submission.objects.get(pk=submission.pk)
            agree(mine, step=step, by=Actor(fresh(cycle.coordinator.user)))

        def drop(unit=unit):
            delete_unit(unit, by=fresh(cycle.coordinator.user))

        assert at_once(tried(take), tried(drop)) == ["done", "done"]
        withdraw(submission, by=Actor(cycle.writer.user))


def test_last_years_draft_deleted_while_this_years_is_submitted(cycle):
    by = cycle.coordinator.user
    for number in range(TIMES):
        last = carry_over(
            cycle.plan, office=cycle.office, year=200 + number, title="舊", by=by
        )
        plan = carry_over(
            last, office=cycle.office, year=300 + number, title="新", by=by
        )

        def send(plan=plan):
            submit(plan, by=Actor(fresh(cycle.writer.user)), unit=cycle.unit)

        def drop(last=last):
            delete_plan(last, by=fresh(by))

        assert at_once(tried(send), tried(drop)) == ["done", "done"]


@several_at_once
def test_an_office_managed_while_its_people_get_notices(cycle):
    """Whoever holds the office waits for the trail; a notice names the office."""
    told = Barrier(2)

    def manage():
        with cycle.office.locked():
            told.wait(PATIENCE)
            record(Act.UNIT_ADDED, by=None, office=cycle.office, target="某課")

    def notice():
        with transaction.atomic():
            notify([cycle.head.user], office=cycle.office, text="通知", url="/")
            record(Act.SUBMITTED, by=None, office=cycle.office, target="計畫")
            told.wait(PATIENCE)

    at_once(manage, notice)

    assert AuditEvent.objects.count() == 2


@several_at_once
def test_nobody_waits_for_a_mail_server(cycle, settings):
    """While a digest is under way its receiver's work is stored."""
    cycle.writer.user.email = "writer@example.gov.tw"
    cycle.writer.user.save()
    Notice.objects.create(
        user=cycle.writer.user, office=cycle.office, text="通知", url="/"
    )
    settings.EMAIL_BACKEND = f"{__name__}.SlowServer"
    SlowServer.reached, SlowServer.go_on = Event(), Event()

    def work():
        SlowServer.reached.wait(PATIENCE)
        write(cycle, "等候八分鐘。")
        SlowServer.go_on.set()

    sent, _ = at_once(send_digests, work)

    assert sent == 1
    assert SlowServer.was_freed


class SlowServer(BaseEmailBackend):
    """A mail server that answers when it is told to."""

    reached: Event
    go_on: Event
    was_freed = False

    def send_messages(self, messages):
        self.reached.set()
        type(self).was_freed = self.go_on.wait(5)
        return len(messages)


def test_events_of_many_people_make_one_chain(cycle):
    def tell():
        for _ in range(5):
            record(Act.SIGNED_IN, by=None, office=cycle.office, target="某人")

    at_once(*[tell] * 6)

    numbers = AuditEvent.objects.filter(chain=cycle.office.pk).order_by("number")
    assert list(numbers.values_list("number", flat=True)) == list(range(1, 31))
    assert is_whole(cycle)


def test_digests_sent_twice_at_once_are_one_mail(cycle):
    user = cycle.writer.user
    user.email = "writer@example.gov.tw"
    user.save()
    Notice.objects.create(user=user, office=cycle.office, text="通知", url="/")

    assert sorted(at_once(send_digests, send_digests)) == [0, 1]
    assert len(mail.outbox) == 1
