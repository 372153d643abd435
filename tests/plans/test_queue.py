"""「待我審核」: whose turn it is, several at once, and how long it has waited."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from offices.models import Role
from plans.chain import replace_chain
from plans.cycle import Actor
from plans.models import ChainStep, Submission, SubmissionStep
from plans.reviews.presence import arrive
from plans.workflow import agree, submit, withdraw
from tests.factories import make_deputy, make_member, make_plan, make_point
from tests.plans.cycle import Cycle, current

pytestmark = pytest.mark.django_db
QUEUE = "/review/"


@pytest.fixture
def cycle():
    return Cycle()


def html(client, member):
    client.force_login(member.user)
    response = client.get(QUEUE)
    assert response.status_code == 200
    return response.content.decode()


def another(cycle, points=1):
    """One more plan of the office under review, with so many changes."""
    plan = make_plan(cycle.office)
    for _ in range(points):
        make_point(plan, "服務措施")
    return submit(plan, by=Actor(cycle.writer.user), unit=cycle.unit)


def test_only_those_whose_turn_it_is_find_the_plan(client, cycle):
    submission = cycle.submit()

    for member in (cycle.coordinator, cycle.chief, cycle.reader):
        assert "現在沒有輪到您" in html(client, member)
    page = html(client, cycle.head)
    assert submission.get_absolute_url() in page
    assert "增 3" in page
    assert f"{cycle.unit}・{cycle.writer.user}" in page

    agree(submission, step=current(submission), by=Actor(cycle.head.user))
    assert submission.get_absolute_url() in html(client, cycle.coordinator)


def test_a_deputy_finds_what_waits_for_the_absent(client, cycle):
    submission = cycle.submit()
    deputy = make_member(cycle.office, Role.READER)
    make_deputy(cycle.head, deputy)

    assert submission.get_absolute_url() in html(client, deputy)


def test_opinions_are_asked_for_in_the_queue_too(client, cycle):
    replace_chain(
        cycle.office,
        [
            ChainStep(
                name="會辦秘書室",
                role=Role.UNIT_HEAD,
                unit=cycle.unit,
                only_comments=True,
            ),
            ChainStep(name="首長", role=Role.CHIEF),
        ],
        by=cycle.coordinator.user,
    )
    cycle.submit()

    assert "會辦秘書室（會辦）" in html(client, cycle.head)
    assert "首長（核定）" in html(client, cycle.chief)


def test_a_submitter_sees_where_the_plan_is(client, cycle):
    cycle.submit()

    page = html(client, cycle.writer)

    assert "還在審核中" in page
    assert "課室主管審核" in page


def test_what_was_decided_lately_is_listed_for_a_month(client, cycle):
    submission = cycle.submit()
    withdraw(submission, by=Actor(cycle.writer.user))
    assert "已撤回" in html(client, cycle.writer)

    long_ago = timezone.now() - timedelta(days=31)
    Submission.objects.update(decided_at=long_ago)
    assert "已撤回" not in html(client, cycle.writer)


def test_how_long_a_step_waits_is_told_in_days(client, cycle):
    cycle.submit()
    SubmissionStep.objects.filter(state="current").update(
        since=timezone.now() - timedelta(days=4)
    )

    assert "4 天" in html(client, cycle.head)


def test_who_else_looks_at_it_is_told_for_half_a_minute(client, cycle):
    submission = cycle.submit()
    arrive(submission, cycle.chief.user)
    assert f"{cycle.chief.user} 正在看" in html(client, cycle.head)

    submission.present.update(seen_at=timezone.now() - timedelta(seconds=31))
    assert "正在看" not in html(client, cycle.head)


class TestTogether:
    def agree(self, client, member, *submissions):
        client.force_login(member.user)
        steps = [current(submission).pk for submission in submissions]
        return client.post(QUEUE, {"steps": steps}, follow=True).content.decode()

    def test_several_light_ones_go_on_at_once(self, client, cycle):
        first, second, third = cycle.submit(), another(cycle), another(cycle)

        said = self.agree(client, cycle.head, first, second)

        assert "已同意" in said
        roles = [current(one).role for one in (first, second, third)]
        assert roles == [Role.COORDINATOR, Role.COORDINATOR, Role.UNIT_HEAD]

    def test_heavy_ones_are_opened_first(self, client, cycle):
        heavy = another(cycle, points=11)

        said = self.agree(client, cycle.head, heavy)

        assert "沒有可以一起同意的" in said
        assert current(heavy).role == Role.UNIT_HEAD
        assert 'name="steps"' not in said

    def test_the_last_step_is_never_taken_so(self, client, cycle):
        submission = cycle.submit()
        cycle.agree_until_last(submission)

        said = self.agree(client, cycle.chief, submission)

        assert "沒有可以一起同意的" in said
        assert current(submission).role == Role.CHIEF

    def test_nobody_agrees_for_others(self, client, cycle):
        submission = cycle.submit()

        self.agree(client, cycle.coordinator, submission)

        assert current(submission).role == Role.UNIT_HEAD

    @pytest.mark.parametrize("steps", [[], ["x"], ["²"], ["9" * 40]])
    def test_strange_choices_do_nothing(self, client, cycle, steps):
        client.force_login(cycle.head.user)

        answer = client.post(QUEUE, {"steps": steps}, follow=True)

        assert "沒有可以一起同意的" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_a_long_queue_costs_the_same_queries(
    client, cycle, count, django_assert_num_queries
):
    for _ in range(count):
        arrive(another(cycle), cycle.chief.user)
    client.force_login(cycle.head.user)

    with django_assert_num_queries(7):
        client.get(reverse("plans:queue"))
