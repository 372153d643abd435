"""The page of one's calendar links: which may be made, and taken back."""

import pytest
from django.urls import reverse

from offices.models import Role
from schedule.models import Feed
from tests.factories import (
    make_deputy,
    make_feed,
    make_member,
    make_office,
    make_unit,
    make_user,
)

PAGE = "/calendar/"


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def unit(office):
    return make_unit(office)


@pytest.fixture
def member(office, unit):
    return make_member(office, unit=unit, user=make_user(full_name="甘文"))


def address(feed):
    return reverse("schedule:feed", args=[feed.secret])


def offered(client):
    page = client.get(PAGE)
    return [
        (str(office), [str(one) for one in (*members, *units)])
        for office, members, units in page.context["offers"]
    ]


def test_a_member_may_subscribe_to_their_items_and_their_unit(
    client, office, member, unit
):
    make_unit(office, "社會課", "社")
    client.force_login(member.user)

    assert offered(client) == [(str(office), ["甘文", "綜合課"])]


def test_coordinators_may_subscribe_to_every_unit(client, office, unit):
    make_unit(office, "社會課", "社", position=1)
    make_unit(make_office("遠方機關"), "遠方課", "遠")
    coordinator = make_member(
        office, Role.COORDINATOR, user=make_user(full_name="史乃")
    )
    client.force_login(coordinator.user)

    assert offered(client) == [(str(office), ["史乃", "綜合課", "社會課"])]


def test_who_acts_for_the_coordinator_may_subscribe_to_every_unit(
    client, office, member, unit
):
    make_unit(office, "社會課", "社", position=1)
    make_deputy(make_member(office, Role.COORDINATOR), member)
    client.force_login(member.user)

    assert offered(client)[0][1] == ["甘文", "綜合課", "社會課"]


def test_a_person_of_no_office_is_told_there_is_nothing(client, db):
    client.force_login(make_user())

    assert "沒有可以訂閱的項目" in client.get(PAGE).content.decode()


def test_a_link_is_made_once_and_shown_with_its_address(client, member):
    client.force_login(member.user)

    client.post("/calendar/new/", {"member": member.pk})
    page = client.post("/calendar/new/", {"member": member.pk}, follow=True)

    feed = Feed.objects.get()
    assert f'value="http://testserver{address(feed)}"' in page.content.decode()
    assert "知道網址的人不用登入就能看到" in page.content.decode()
    assert (feed.created_by, feed.member) == (member.user, member)


def test_nobody_makes_links_of_what_they_may_not_read(client, office, member, unit):
    other = make_unit(office, "社會課", "社")
    foreign = make_unit(make_office("遠方機關"))
    client.force_login(member.user)
    colleague = make_member(office)

    for data in (
        {"unit": other.pk},
        {"unit": foreign.pk},
        {"member": colleague.pk},
        {"member": member.pk, "unit": unit.pk},
        {},
    ):
        assert client.post("/calendar/new/", data).status_code == 404
    assert not Feed.objects.exists()


def test_a_revoked_link_opens_nothing_and_a_new_one_is_another(client, member):
    feed = make_feed(member)
    client.force_login(member.user)

    client.post(f"/calendar/{feed.pk}/revoke/")
    client.post("/calendar/new/", {"member": member.pk})

    assert client.get(address(feed)).status_code == 404
    assert Feed.objects.get().secret != feed.secret


def test_nobody_revokes_anothers_link(client, office, member):
    feed = make_feed(member)
    client.force_login(make_member(office, Role.COORDINATOR).user)

    assert client.post(f"/calendar/{feed.pk}/revoke/").status_code == 404
    assert Feed.objects.filter(pk=feed.pk).exists()


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_asks_the_database_the_same_for_any_number_of_links(
    client, office, member, count, django_assert_num_queries
):
    for number in range(count):
        unit = make_unit(office, f"第{number}課", str(number))
        make_feed(unit, created_by=member.user)
        make_unit(office, f"另{number}課", f"另{number}")
    client.force_login(member.user)

    with django_assert_num_queries(7):
        client.get(PAGE)
