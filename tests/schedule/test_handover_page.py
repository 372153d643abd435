"""The page that hands over: shown first, done once, refused in words."""

from datetime import date

import pytest
import time_machine

from offices.models import Role
from schedule.handover import givers
from schedule.models import Ownership
from tests.factories import (
    make_item,
    make_member,
    make_office,
    make_ownership,
    make_plan,
    make_unit,
    make_user,
)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-06-10 10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def plan(office):
    return make_plan(office)


@pytest.fixture
def unit(office):
    return make_unit(office)


def make_person(office, name, **kwargs):
    return make_member(office, user=make_user(full_name=name), **kwargs)


@pytest.fixture
def giver(office):
    return make_person(office, "甘文")


@pytest.fixture
def taker(office):
    return make_person(office, "史乃")


def spans(item):
    rows = Ownership.objects.filter(share__item=item).order_by("pk")
    return [(row.name, row.starts_on, row.ends_on) for row in rows]


def test_givers_are_members_who_own_something_now_or_later(
    office, plan, unit, giver, taker
):
    former = make_person(office, "巫申", is_active=False)
    make_person(office, "葛午")
    past = make_person(office, "尤酉")
    item = make_item(plan, unit, owners=[giver, former, "葛午", "外聘委員"])
    make_ownership(item.shares.get(), past, ends_on=date(2025, 5, 31))

    found = givers(plan, date(2025, 6, 10))

    assert set(found) == {giver, former}


@pytest.fixture
def coordinator(office, client):
    member = make_member(office, Role.COORDINATOR)
    client.force_login(member.user)
    return member


@pytest.fixture
def url(plan, coordinator):
    return f"/plans/{plan.pk}/schedule/handover/"


def sent(giver, taker, day="114/7/1", **kwargs):
    return {"giver": giver.pk, "taker": taker.pk, "day": day, **kwargs}


def test_the_page_offers_owners_and_active_members_and_todays_date(
    client, url, office, plan, unit, giver, taker
):
    gone = make_person(office, "巫申", is_active=False)
    make_item(plan, unit, owners=[giver, gone])

    page = client.get(url)

    fields = page.context["form"].fields
    names = {
        key: [name for _, name in fields[key].choices] for key in ("giver", "taker")
    }
    assert names["giver"] == ["請選擇", "甘文", "巫申，已停用"]
    assert "史乃" in names["taker"]
    assert "巫申，已停用" not in names["taker"]
    assert 'value="114/6/10"' in page.content.decode()


def test_the_preview_lists_what_will_move_and_changes_nothing(
    client, url, plan, unit, giver, taker
):
    make_item(plan, unit, name="路燈養護", owners=[giver])
    both = make_item(plan, unit, name="綠化維護", owners=[giver, taker])
    make_item(plan, unit, name="別人的事", owners=[taker])

    page = client.get(url, sent(giver, taker)).content.decode()

    assert "路燈養護" in page
    assert "「史乃」本來就是承辦人" in page
    assert "別人的事" not in page
    assert "從 114/7/1 起，「甘文」的 2 個項目由「史乃」承辦" in page
    assert spans(both) == [("甘文", None, None), ("史乃", None, None)]


def test_a_post_that_was_not_confirmed_shows_the_preview(
    client, url, plan, unit, giver, taker
):
    item = make_item(plan, unit, owners=[giver])

    response = client.post(url, sent(giver, taker))

    assert response.status_code == 422
    assert "確定移交" in response.content.decode()
    assert spans(item) == [("甘文", None, None)]


def test_confirmed_it_is_done_once_and_told(client, url, plan, unit, giver, taker):
    item = make_item(plan, unit, owners=[giver])
    data = sent(giver, taker, confirmed="1")

    first = client.post(url, data, follow=True).content.decode()
    second = client.post(url, data, follow=True).content.decode()

    assert "已把「甘文」的 1 個項目從 114/7/1 起移交給「史乃」。" in first
    assert "「甘文」從 114/7/1 起沒有承辦的項目，不需要移交。" in second
    assert len(spans(item)) == 2


def test_giver_and_taker_must_be_two(client, url, plan, unit, giver):
    item = make_item(plan, unit, owners=[giver])

    response = client.post(url, sent(giver, giver, confirmed="1"))

    assert response.status_code == 422
    assert "是同一位，請改選" in response.content.decode()
    assert spans(item) == [("甘文", None, None)]


@pytest.mark.parametrize("day", ["112/12/31", "116/1/1", "明天", ""])
def test_days_far_away_or_unreadable_are_refused(
    client, url, plan, unit, giver, taker, day
):
    item = make_item(plan, unit, owners=[giver])

    response = client.post(url, sent(giver, taker, day, confirmed="1"))

    assert response.status_code == 422
    assert response.context["form"].errors["day"]
    assert spans(item) == [("甘文", None, None)]


@pytest.mark.parametrize("day", ["113/1/1", "115/12/31"])
def test_days_within_a_year_of_the_plan_are_taken(
    client, url, plan, unit, giver, taker, day
):
    make_item(plan, unit, owners=[giver])

    response = client.post(url, sent(giver, taker, day, confirmed="1"))

    assert response.status_code == 302


def test_members_of_other_offices_and_former_ones_do_not_take(
    client, url, office, plan, unit, giver
):
    make_item(plan, unit, owners=[giver])
    former = make_person(office, "巫申", is_active=False)

    for taker in (make_member(make_office()), former):
        response = client.post(url, sent(giver, taker, confirmed="1"))

        assert response.status_code == 422


def test_an_old_plan_proposes_the_last_day_it_takes(client, office, coordinator):
    old = make_plan(office, year=110)

    page = client.get(f"/plans/{old.pk}/schedule/handover/").content.decode()

    assert 'value="111/12/31"' in page


def test_the_preview_asks_the_database_the_same_for_any_number_of_items(
    client, url, plan, unit, giver, taker, django_assert_max_num_queries
):
    for number in range(12):
        make_item(plan, unit, name=f"第{number}項", owners=[giver])

    with django_assert_max_num_queries(18):
        client.get(url, sent(giver, taker))


def test_tabs_of_coordinators_are_not_shown_to_others(client, office, plan, unit):
    make_item(plan, unit)
    pages = []
    for role in (Role.COORDINATOR, Role.OWNER):
        client.force_login(make_member(office, role).user)
        pages.append(client.get(f"/plans/{plan.pk}/schedule/").content.decode())

    assert f"/plans/{plan.pk}/schedule/handover/" in pages[0]
    assert f"/plans/{plan.pk}/schedule/handover/" not in pages[1]
    assert f"/plans/{plan.pk}/schedule/settings/" not in pages[1]
