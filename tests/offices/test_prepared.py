"""Queries compiled once give what the queries themselves give."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from offices.models import Deputy, MemberRole, Role
from offices.permissions import roles_today
from offices.prepared import Prepared
from tests.factories import make_member, make_office

pytestmark = pytest.mark.django_db


def test_arguments_take_their_own_places():
    def build(day: date, user: int) -> QuerySet[MemberRole, tuple[object, ...]]:
        return MemberRole.objects.held_on(day, user).values_list("role", "member")

    prepared = Prepared(build, day=date, user=int)
    office = make_office()
    absent = make_member(office, Role.CHIEF)
    stands_in = make_member(office, Role.READER)
    today = timezone.localdate()
    Deputy.objects.create(
        member=absent, deputy=stands_in, starts_on=today, ends_on=today
    )

    assert set(prepared(day=today, user=stands_in.user_id)) == {
        (Role.READER, stands_in.pk),
        (Role.CHIEF, absent.pk),
    }
    tomorrow = today + timedelta(days=1)
    assert prepared(user=stands_in.user_id, day=tomorrow) == [
        (Role.READER, stands_in.pk)
    ]
    assert prepared(user=absent.user_id, day=today) == [(Role.CHIEF, absent.pk)]


def test_a_key_that_no_column_holds_finds_nothing():
    prepared = Prepared(
        lambda user: MemberRole.objects.filter(member=user).values_list("pk"), user=int
    )

    assert prepared(user=10**30) == []


def test_roles_are_asked_for_once(django_assert_num_queries):
    user = make_member(make_office(), Role.COORDINATOR).user
    roles_today(user)

    with django_assert_num_queries(0):
        roles_today(user)
