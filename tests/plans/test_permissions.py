"""Role × state × act: what the table allows, and what deputies and leavers may do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from offices.models import Role
from plans.cycle import Actor
from plans.models import Plan, State
from plans.permissions import (
    ACT_WORDS,
    PERMISSIONS,
    Act,
    can_review,
    can_withdraw,
    held_for_step,
    may,
    member_acted_for,
)
from plans.workflow import skip
from tests.factories import make_deputy, make_member, make_office, make_plan
from tests.plans.cycle import Cycle, current, fresh

pytestmark = pytest.mark.django_db

HANDBOOK = Path(__file__).resolve().parents[2] / "docs/handbook.md"


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_exactly_the_roles_of_the_table_may(act, state):
    office = make_office()
    plan = make_plan(office, state=state)
    allowed = {role for role in Role if may(make_member(office, role).user, plan, act)}

    assert allowed == set(PERMISSIONS[act].get(state, ()))


@pytest.mark.parametrize("act", Act)
def test_nobody_of_another_office_may_anything(act):
    plans = [make_plan(state=state) for state in State]
    stranger = make_member(make_office(), *Role).user

    assert not any(may(stranger, plan, act) for plan in plans)


def test_the_handbook_shows_the_table():
    text = HANDBOOK.read_text(encoding="utf-8")

    for act, states in PERMISSIONS.items():
        for state, roles in states.items():
            names = "、".join(role.label for role in Role if role in roles)
            assert f"| {ACT_WORDS[act]} | {state.label} | {names} |" in text


@pytest.fixture
def cycle():
    return Cycle()


def test_a_deputy_reviews_within_the_dates_and_is_named_with_the_absent(cycle):
    deputy = make_member(cycle.office, Role.READER)
    make_deputy(cycle.head, deputy)
    step = current(cycle.submit())

    assert can_review(deputy.user, step)
    assert member_acted_for(held_for_step(deputy.user, step)) == cycle.head


def test_a_deputy_whose_dates_have_ended_reviews_nothing(cycle):
    deputy = make_member(cycle.office, Role.READER)
    yesterday = timezone.localdate() - timedelta(days=1)
    make_deputy(cycle.head, deputy, starts_on=yesterday, ends_on=yesterday)

    assert not can_review(deputy.user, current(cycle.submit()))


def test_ones_own_role_comes_before_a_lent_one(cycle):
    make_deputy(make_member(cycle.office, Role.UNIT_HEAD, unit=cycle.unit), cycle.head)
    step = current(cycle.submit())

    assert member_acted_for(held_for_step(cycle.head.user, step)) is None


def test_the_head_of_another_unit_has_no_turn(cycle):
    other = make_member(cycle.office, Role.UNIT_HEAD)

    assert not can_review(other.user, current(cycle.submit()))


def test_a_head_who_left_leaves_the_step_to_be_skipped(cycle):
    submission = cycle.submit()
    cycle.head.is_active = False
    cycle.head.save()
    step = current(submission)
    assert not can_review(fresh(cycle.head.user), step)

    assert may(cycle.coordinator.user, submission.plan, Act.SKIP)
    skip(submission, step=step, by=Actor(cycle.coordinator.user), reason="主管出缺")

    assert current(submission).role == Role.COORDINATOR


def test_nobody_is_the_head_of_a_deleted_unit(cycle):
    step = current(cycle.submit())
    other = make_member(cycle.office, Role.UNIT_HEAD)
    step.unit = None
    step.save()

    assert not can_review(cycle.head.user, step)
    assert not can_review(other.user, step)


def test_the_submitter_and_the_keeper_withdraw(cycle):
    submission = cycle.submit()
    colleague = make_member(cycle.office, Role.OWNER)

    assert can_withdraw(cycle.writer.user, submission)
    assert can_withdraw(cycle.coordinator.user, submission)
    assert not can_withdraw(colleague.user, submission)
    assert not can_withdraw(cycle.chief.user, submission)


def test_one_query_answers_all_questions(cycle, django_assert_num_queries):
    user, plan = fresh(cycle.writer.user), Plan.objects.get(pk=cycle.plan.pk)

    with django_assert_num_queries(1):
        assert [may(user, plan, act) for act in Act].count(True) == 3
