"""Whose an item is: the member's it is linked to, on every page alike."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from offices.models import Role
from schedule.feeds import calendar_of
from schedule.handover import givers, moves
from schedule.pages.my_items import my_items
from tests.factories import (
    make_deputy,
    make_feed,
    make_item,
    make_member,
    make_method,
    make_ownership,
    make_plan,
    make_unit,
)
from tests.schedule.pages import Links, at, html_of

EMPTY, MARCH = "0" * 12, "001000000000"
JULY = date(2025, 7, 1)


@pytest.fixture
def plan(db):
    """A plan of this year, so that calendars show it."""
    return make_plan(year=timezone.localdate().year - 1911)


@pytest.fixture
def member(plan, client):
    """承辦人 of another unit than the items', signed in."""
    own_unit = make_unit(plan.office, "社會課", "社")
    member = make_member(plan.office, Role.OWNER, unit=own_unit)
    client.force_login(member.user)
    return member


def what_is_theirs(client, plan, member, method):
    """For each place that tells whose an item is, whether it is the member's."""
    taker = make_member(plan.office)
    grid = html_of(client.get(at("grid", plan)))
    edit = at("item_edit", plan, method.item_id)
    answer = client.post(
        at("months", plan, method.pk), {"was": method.months, "months": method.months}
    )
    return {
        "offered in the grid": "data-e" in grid,
        "offered in the overview": edit in _links(client, at("year", plan)),
        "allowed": answer.status_code == 200,
        "我的項目": bool(my_items(member.user, timezone.localdate())),
        "calendar": b"SUMMARY" in calendar_of(make_feed(member), timezone.localdate()),
        "handed over": bool(moves(plan, giver=member, taker=taker, day=JULY)),
        "giver": member in givers(plan, JULY),
    }


def _links(client, address):
    return {href for _, href in Links(html_of(client.get(address))).found}


def item_of(plan, unit, owner):
    """An item with one share that is owned, and one that is not: the overview says so."""
    item = make_item(plan, unit, make_unit(plan.office, "經建課", "經"))
    make_ownership(item.shares.first(), owner)
    return make_method(item, MARCH)


def test_the_linked_member_owns_the_item_everywhere(client, plan, unit, member):
    method = item_of(plan, unit, member)

    found = what_is_theirs(client, plan, member, method)

    assert set(found.values()) == {True}, found


def test_a_name_alone_makes_nobody_an_owner_anywhere(client, plan, unit, member):
    method = item_of(plan, unit, member.user.full_name)

    found = what_is_theirs(client, plan, member, method)

    assert set(found.values()) == {False}, found


def test_a_deputy_is_offered_what_the_absent_owns(client, plan, unit, member):
    method = item_of(plan, unit, member)
    deputy = make_member(plan.office, Role.READER)
    make_deputy(member, deputy)
    client.force_login(deputy.user)

    grid = html_of(client.get(at("grid", plan)))

    assert f'data-m="{method.pk}" data-p="{MARCH}" data-e' in grid


def test_idle_items_offer_links_to_their_owner_alone(
    client, plan, unit, member, chapter
):
    own = item_of(plan, unit, member).item
    named = make_item(plan, unit, name="同名", owners=[member.user.full_name])

    links = _links(client, at("coverage", plan))

    ways = {reverse("schedule:links", args=[plan.pk, one.pk]) for one in (own, named)}
    found = {way for way in ways if any(href.startswith(way) for href in links)}
    assert found == {at("links", plan, own.pk)}


@pytest.mark.parametrize("items", [1, 12])
@pytest.mark.parametrize("role", [Role.OWNER, Role.READER])
def test_asking_whose_they_are_costs_one_query(
    client, plan, unit, items, role, django_assert_num_queries
):
    member = make_member(plan.office, role)
    for _ in range(items):
        make_method(make_item(plan, unit, owners=[member]), EMPTY)
    client.force_login(member.user)

    with django_assert_num_queries(7 if role == Role.OWNER else 6):
        html_of(client.get(at("grid", plan)))
