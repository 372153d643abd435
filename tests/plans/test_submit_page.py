"""Sending a plan up, closing it and opening it again; what the plan page says of it."""

import pytest
from django.urls import reverse

from offices.models import Role
from plans.approving import close
from plans.cycle import Actor
from plans.editing import save_block
from plans.models import GradeSetting, Plan, State
from tests.factories import make_deputy, make_member
from tests.plans.cycle import Cycle, current

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle():
    return Cycle()


def sign_in(client, member):
    client.force_login(member.user)
    return client


def at(name, cycle):
    return reverse(f"plans:{name}", args=[cycle.plan.pk])


def html(client, name, cycle):
    response = client.get(at(name, cycle))
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_what_is_sent_and_who_reviews(client, cycle):
    page = html(sign_in(client, cycle.writer), "submit", cycle)

    assert "增 3" in page
    assert "第一次送核" in page
    for member in (cycle.head, cycle.coordinator, cycle.chief):
        assert str(member.user) in page
    assert f"由{cycle.unit}・{cycle.writer.user}送核" in page.replace("\n", "")


def test_sending_goes_to_the_review_with_the_note(client, cycle):
    answer = sign_in(client, cycle.writer).post(at("submit", cycle), {"note": "新訂"})

    submission = cycle.plan.submissions.get()
    assert answer["Location"] == submission.get_absolute_url()
    assert (submission.note, submission.unit) == ("新訂", cycle.unit)
    assert submission.submitted_by == cycle.writer.user


def test_a_deputy_sends_for_the_absent_and_from_their_unit(client, cycle):
    deputy = make_member(cycle.office, Role.READER)
    make_deputy(cycle.writer, deputy)

    sign_in(client, deputy).post(at("submit", cycle), {"note": ""})

    submission = cycle.plan.submissions.get()
    assert submission.acting_for == cycle.writer
    assert submission.unit == cycle.unit


def test_own_roles_come_before_lent_ones(client, cycle):
    make_deputy(cycle.writer, cycle.coordinator)

    sign_in(client, cycle.coordinator).post(at("submit", cycle), {})

    submission = cycle.plan.submissions.get()
    assert submission.acting_for is None
    assert submission.unit is None


def test_steps_of_the_sender_are_said_to_be_passed(client, cycle):
    page = html(sign_in(client, cycle.coordinator), "submit", cycle)

    assert "視為同意" in page
    assert "不屬於任何課室" in page


def test_a_step_without_people_is_warned_of(client, cycle):
    cycle.chief.is_active = False
    cycle.chief.save()

    page = html(sign_in(client, cycle.writer), "submit", cycle)

    assert "目前沒有人可以審這一步" in page


def blocked(cycle):
    """A point that says 身份 in an office that takes wrong words for errors."""
    GradeSetting.objects.create(office=cycle.office, code="word", grade="error")
    block = cycle.second
    block.refresh_from_db()
    save_block(
        block,
        version=block.version,
        heading=block.heading,
        body="核對身份證明。",
        by=cycle.writer.user,
    )


def test_errors_stop_and_lead_to_the_field(client, cycle):
    blocked(cycle)
    sign_in(client, cycle.writer)
    page = html(client, "submit", cycle)

    answer = client.post(at("submit", cycle), {"note": "已備妥"})

    assert f"/blocks/{cycle.second.pk}/" in page
    assert '<button class="btn btn-primary" type="submit">送核' not in page
    assert answer.status_code == 422
    assert "已備妥" in answer.content.decode()
    assert not cycle.plan.submissions.exists()


def test_a_note_without_end_is_refused_and_kept(client, cycle):
    answer = sign_in(client, cycle.writer).post(
        at("submit", cycle), {"note": "字" * 2001}
    )

    assert answer.status_code == 422
    assert "最多 2000 個字" in answer.content.decode()


def test_a_second_click_sends_nothing_twice(client, cycle):
    sign_in(client, cycle.writer).post(at("submit", cycle), {})

    again = client.post(at("submit", cycle), {}, follow=True)

    assert "沒有再做一次" in again.content.decode()
    assert cycle.plan.submissions.count() == 1


def test_somebody_else_sent_it_meanwhile(client, cycle):
    cycle.submit()
    sign_in(client, cycle.coordinator)

    late = client.post(at("submit", cycle), {"note": "我也要送"})
    looked = client.get(at("submit", cycle), follow=True)

    assert late.status_code == 409
    assert "我也要送" in late.content.decode()
    assert "不能送核" in looked.content.decode()


@pytest.mark.parametrize("who", ["reader", "chief"])
def test_those_who_do_not_write_send_nothing(client, cycle, who):
    answer = sign_in(client, getattr(cycle, who)).post(at("submit", cycle), {})

    assert answer.status_code == 403


def test_an_amendment_is_compared_with_the_version_before(client, cycle):
    cycle.approve()
    block = cycle.second
    block.refresh_from_db()
    save_block(
        block,
        version=block.version,
        heading=block.heading,
        body="縮短為八分鐘。",
        by=cycle.writer.user,
    )

    page = html(sign_in(client, cycle.writer), "submit", cycle)

    assert "自第 1 版之後的修改" in page
    assert "改 1" in page


STATES = [
    (State.DRAFT, "草稿", "送核"),
    (State.AMENDING, "修正中", "送核"),
    (State.APPROVED, "已核定", "結案"),
    (State.CLOSED, "已結案", "重新開啟"),
]


@pytest.mark.parametrize(("state", "word", "way"), STATES)
def test_the_plan_page_names_the_state_and_the_next_step(
    client, cycle, state, word, way
):
    Plan.objects.filter(pk=cycle.plan.pk).update(state=state)

    page = html(sign_in(client, cycle.coordinator), "detail", cycle)
    section = page.split('class="cycle"')[1].split("</section>")[0]
    listed = client.get("/").content.decode()

    assert word in section
    assert f">{way}</a>" in section
    assert word in listed


def test_readers_are_offered_no_step(client, cycle):
    page = html(sign_in(client, cycle.reader), "detail", cycle)

    assert "草稿" in page
    assert ">送核</a>" not in page


def test_a_plan_under_review_leads_to_the_review(client, cycle):
    submission = cycle.submit()

    head = html(sign_in(client, cycle.head), "detail", cycle)
    writer = html(sign_in(client, cycle.writer), "detail", cycle)

    assert "進行審核" in head
    assert "查看審核" in writer
    assert current(submission).name in writer


def test_a_plan_is_closed_and_opened_again_with_a_reason(client, cycle):
    cycle.approve()
    sign_in(client, cycle.coordinator)

    client.post(at("close", cycle))
    silent = client.post(at("reopen", cycle), {"reason": ""})
    cycle.plan.refresh_from_db()
    assert (silent.status_code, cycle.plan.state) == (422, State.CLOSED)

    client.post(at("reopen", cycle), {"reason": "漏列一項"})
    cycle.plan.refresh_from_db()
    assert cycle.plan.state == State.APPROVED


def test_closing_twice_or_too_early_is_said_in_words(client, cycle):
    sign_in(client, cycle.coordinator)
    early = client.post(at("close", cycle))
    cycle.approve()
    close(cycle.plan, by=Actor(cycle.coordinator.user))

    twice = client.post(at("close", cycle))

    for answer in (early, twice):
        assert answer.status_code == 409
        assert "才能結案" in answer.content.decode()


def test_opening_what_is_open_keeps_the_reason_on_the_page(client, cycle):
    answer = sign_in(client, cycle.coordinator).post(
        at("reopen", cycle), {"reason": "補一項"}
    )

    assert answer.status_code == 409
    assert "補一項" in answer.content.decode()
