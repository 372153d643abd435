"""A plan's way from draft to approval, one verb at a time."""

from __future__ import annotations

import pytest

from offices.audit.models import AuditEvent
from offices.models import Role
from offices.notices.models import Notice
from plans.approving import approve, close, reopen
from plans.chain import BY_SUBMITTER, NO_UNIT, chain_of, replace_chain
from plans.cycle import Actor, NotNow
from plans.documents.model import Point
from plans.editing import save_block
from plans.freezing import document_of
from plans.models import ChainStep, Frozen, Judgement, State, Submission
from plans.removal import delete_block
from plans.workflow import (
    agree,
    comment,
    judge,
    remark,
    send_back,
    skip,
    submit,
    withdraw,
)
from tests.factories import make_deputy, make_member, make_point
from tests.plans.cycle import SIGNED, Cycle, current

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle():
    return Cycle()


def write(cycle, block, text):
    block.refresh_from_db()
    return save_block(
        block,
        version=block.version,
        heading=block.heading,
        body=text,
        by=cycle.writer.user,
    )


def steps_of(submission):
    return [(step.name, step.state) for step in submission.steps.all()]


def test_submitting_freezes_what_the_plan_says(cycle):
    submission = cycle.submit(note="依民政局來函修正")

    assert submission.plan.state == State.SUBMITTED
    assert [
        p.heading for p in document_of(submission).children if isinstance(p, Point)
    ] == [
        "計畫依據",
        "計畫目標",
        "本計畫奉核定後實施。",
    ]
    assert submission.counts["added"] == 3
    assert steps_of(submission) == [
        ("課室主管審核", "current"),
        ("研考審核", "waiting"),
        ("秘書／首長核定", "waiting"),
    ]


def test_a_submission_is_read_only_to_its_writers(cycle):
    cycle.submit()

    with pytest.raises(Frozen):
        write(cycle, cycle.second, "提高滿意度。")

    cycle.second.refresh_from_db()
    assert cycle.second.body == "縮短民眾等候時間。"


def test_a_plan_is_submitted_once(cycle):
    cycle.submit()

    with pytest.raises(NotNow, match="送核中"):
        cycle.submit()

    assert Submission.objects.count() == 1


def test_each_step_hands_on_to_the_next(cycle):
    submission = cycle.submit()

    agree(submission, step=current(submission), by=Actor(cycle.head.user), note="可")
    agree(submission, step=current(submission), by=Actor(cycle.coordinator.user))

    assert steps_of(submission) == [
        ("課室主管審核", "agreed"),
        ("研考審核", "agreed"),
        ("秘書／首長核定", "current"),
    ]


def test_a_second_click_agrees_to_nothing(cycle):
    submission = cycle.submit()
    step = current(submission)
    agree(submission, step=step, by=Actor(cycle.head.user))

    with pytest.raises(NotNow, match="剛才已經同意"):
        agree(submission, step=step, by=Actor(cycle.head.user))


def test_the_last_step_approves_and_does_nothing_else(cycle):
    submission = cycle.submit()
    last = cycle.agree_until_last(submission)

    with pytest.raises(NotNow, match="核定日期"):
        agree(submission, step=last, by=Actor(cycle.chief.user))
    with pytest.raises(NotNow, match="不能略過"):
        skip(submission, step=last, by=Actor(cycle.coordinator.user), reason="出國")


def test_approving_before_its_turn_is_refused(cycle):
    submission = cycle.submit()

    with pytest.raises(NotNow, match="還沒輪到"):
        approve(
            submission,
            step=current(submission),
            by=Actor(cycle.chief.user),
            signed=SIGNED,
        )


def test_an_approval_is_frozen_with_its_line_of_history(cycle):
    approval = cycle.approve()

    assert cycle.plan.state == State.APPROVED
    assert approval.number == 1
    line = document_of(approval).revisions[-1]
    assert (line.year, line.month, line.day) == (114, 1, 16)
    assert (line.verb, line.number) == ("訂定", "明東戶字第1140000123號")
    assert cycle.plan.revisions.get() == approval.line


def test_two_people_approve_and_one_version_is_made(cycle):
    submission = cycle.submit()
    step = cycle.agree_until_last(submission)
    approve(submission, step=step, by=Actor(cycle.chief.user), signed=SIGNED)

    with pytest.raises(NotNow, match="已核定"):
        approve(submission, step=step, by=Actor(cycle.chief.user), signed=SIGNED)

    assert cycle.plan.approvals.count() == 1


def test_what_changed_behind_a_submission_is_not_approved(cycle):
    submission = cycle.submit()
    step = cycle.agree_until_last(submission)
    cycle.office.name = "明山市服務中心"
    cycle.office.save()

    with pytest.raises(NotNow, match="送核之後內容有變動"):
        approve(submission, step=step, by=Actor(cycle.chief.user), signed=SIGNED)

    assert not cycle.plan.approvals.exists()


def test_an_edit_after_approval_is_an_amendment(cycle):
    approval = cycle.approve()

    write(cycle, cycle.second, "縮短民眾等候時間，並提高滿意度。")

    cycle.plan.refresh_from_db()
    assert cycle.plan.state == State.AMENDING
    assert cycle.plan.state_since > approval.approved_at
    submission = cycle.submit()
    assert submission.base == approval
    assert submission.counts == {
        "added": 0,
        "deleted": 0,
        "changed": 1,
        "moved": 0,
        "renumbered": 0,
    }


def test_nothing_new_needs_no_approval(cycle):
    cycle.approve()

    with pytest.raises(NotNow, match="已核定"):
        cycle.submit()


def test_only_what_was_returned_is_open_again(cycle):
    submission = cycle.submit()
    key = f"b{cycle.second.pk}"
    by = Actor(cycle.head.user)
    judge(submission, key=key, verdict="returned", reason="請寫明分鐘數", by=by)
    judge(submission, key=f"b{cycle.first.pk}", verdict="accepted", by=by)

    send_back(submission, step=current(submission), by=by, reason="目標要能衡量")

    cycle.plan.refresh_from_db()
    assert cycle.plan.state == State.RETURNED
    assert cycle.plan.returned_parts == [key]
    write(cycle, cycle.second, "等候時間縮短為八分鐘。")
    cycle.plan.refresh_from_db()
    assert cycle.plan.state == State.RETURNED
    again = cycle.submit()
    assert again.plan.returned_parts == []


def test_what_was_deleted_is_brought_back_in_an_open_plan(cycle):
    cycle.approve()
    cycle.plan.refresh_from_db()
    delete_block(cycle.first, by=cycle.writer.user)
    submission = cycle.submit()
    by = Actor(cycle.head.user)
    key = f"b{cycle.first.pk}"
    judge(submission, key=key, verdict="returned", reason="依據要留著", by=by)

    send_back(submission, step=current(submission), by=by, reason="請復原")

    cycle.plan.refresh_from_db()
    assert cycle.plan.returned_parts == []


def test_a_judgement_can_be_changed_until_the_decision(cycle):
    submission = cycle.submit()
    by = Actor(cycle.head.user)
    judge(submission, key="b1", verdict="returned", reason="再想想", by=by)
    judge(submission, key="b1", verdict="accepted", by=by)

    assert submission.judgements.get().verdict == Judgement.Verdict.ACCEPTED


def test_what_is_settled_takes_no_more_words(cycle):
    submission = cycle.submit()
    withdraw(submission, by=Actor(cycle.writer.user))

    with pytest.raises(NotNow, match="已撤回"):
        remark(submission, key="", text="晚了", by=Actor(cycle.head.user))


def test_withdrawing_opens_the_plan(cycle):
    withdraw(cycle.submit(), by=Actor(cycle.writer.user))

    cycle.plan.refresh_from_db()
    assert cycle.plan.state == State.DRAFT
    write(cycle, cycle.second, "再改一次。")


def test_withdrawing_an_amendment_leaves_an_amendment(cycle):
    cycle.approve()
    write(cycle, cycle.second, "改一處。")

    withdraw(cycle.submit(), by=Actor(cycle.writer.user))

    cycle.plan.refresh_from_db()
    assert cycle.plan.state == State.AMENDING


def test_the_submitters_own_step_is_passed(cycle):
    submission = cycle.submit(by=cycle.head)

    step = submission.steps.earliest("position")
    assert (step.state, step.by, step.note) == ("agreed", cycle.head.user, BY_SUBMITTER)
    assert current(submission).role == Role.COORDINATOR


def test_a_lent_role_passes_no_step(cycle):
    make_deputy(cycle.coordinator, cycle.writer)

    submission = cycle.submit()

    assert [step.state for step in submission.steps.all()] == [
        "current",
        "waiting",
        "waiting",
    ]


def test_a_submitter_without_unit_has_no_head_to_ask(cycle):
    submission = cycle.submit(by=cycle.coordinator)

    head, coordinator, chief = submission.steps.all()
    assert (head.state, head.note) == ("skipped", NO_UNIT)
    assert coordinator.state == "agreed"
    assert chief.is_current


def test_a_chief_who_submits_still_signs(cycle):
    submission = submit(cycle.plan, by=Actor(cycle.chief.user), unit=cycle.unit)

    assert submission.steps.latest("position").state == "waiting"


def test_commenting_steps_are_open_beside_and_decide_nothing(cycle):
    replace_chain(
        cycle.office,
        [
            ChainStep(
                name="會辦秘書室",
                role=Role.UNIT_HEAD,
                unit=cycle.unit,
                only_comments=True,
            ),
            ChainStep(name="研考審核", role=Role.COORDINATOR),
            ChainStep(name="核定", role=Role.CHIEF),
        ],
        by=cycle.coordinator.user,
    )
    submission = cycle.submit()
    aside, deciding, _ = submission.steps.all()
    assert aside.is_current
    assert deciding.is_current

    agree(submission, step=deciding, by=Actor(cycle.coordinator.user))
    comment(submission, step=aside, by=Actor(cycle.head.user), note="無意見")

    assert steps_of(submission) == [
        ("會辦秘書室", "commented"),
        ("研考審核", "agreed"),
        ("核定", "current"),
    ]
    with pytest.raises(NotNow, match="不是會辦"):
        comment(
            submission,
            step=current(submission),
            by=Actor(cycle.chief.user),
            note="好",
        )


def test_an_office_without_a_chain_has_the_usual_one(cycle):
    assert [step.role for step in chain_of(cycle.office)] == [
        Role.UNIT_HEAD,
        Role.COORDINATOR,
        Role.CHIEF,
    ]


def test_a_step_without_people_is_skipped_with_a_reason(cycle):
    submission = cycle.submit()
    cycle.head.is_active = False
    cycle.head.save()

    skip(
        submission,
        step=current(submission),
        by=Actor(cycle.coordinator.user),
        reason="課長調職，尚未派代",
    )

    assert current(submission).role == Role.COORDINATOR


def test_a_closed_plan_stays_as_it_is_until_reopened(cycle):
    cycle.approve()
    by = Actor(cycle.coordinator.user)
    close(cycle.plan, by=by)

    with pytest.raises(Frozen):
        write(cycle, cycle.second, "補一句。")

    reopen(cycle.plan, by=by, reason="漏列一項")
    cycle.plan.refresh_from_db()
    assert cycle.plan.state == State.APPROVED


def test_an_unapproved_plan_is_not_closed(cycle):
    with pytest.raises(NotNow, match="才能結案"):
        close(cycle.plan, by=Actor(cycle.coordinator.user))


def test_every_verb_is_told_in_the_trail(cycle):
    deputy = make_member(cycle.office, Role.READER)
    make_deputy(cycle.chief, deputy)
    submission = cycle.submit()
    step = cycle.agree_until_last(submission)
    acting = Actor(deputy.user, acting_for=cycle.chief)

    approval = approve(submission, step=step, by=acting, signed=SIGNED)

    told = list(AuditEvent.objects.order_by("number"))
    assert [event.act for event in told] == [
        "submitted",
        "agreed",
        "agreed",
        "approved",
    ]
    assert told[-1].actor == deputy.user.pk
    assert told[-1].acting_for == cycle.chief.user.pk
    assert approval.acting_for == cycle.chief


def test_those_whose_turn_it_is_are_told(cycle):
    submission = cycle.submit()
    assert [n.user for n in Notice.objects.all()] == [cycle.head.user]

    send_back(
        submission,
        step=current(submission),
        by=Actor(cycle.head.user),
        reason="缺附件",
    )

    urgent = Notice.objects.filter(is_urgent=True)
    assert {n.user for n in urgent} == {cycle.writer.user, cycle.coordinator.user}
    assert all("缺附件" in n.text for n in urgent)


def test_a_point_added_after_a_whole_return_is_allowed(cycle):
    submission = cycle.submit()
    send_back(
        submission, step=current(submission), by=Actor(cycle.head.user), reason="重寫"
    )

    cycle.plan.refresh_from_db()
    assert cycle.plan.returned_parts == []
    make_point(cycle.plan, "補充說明")
