"""What a calendar link opens: for whom, and what stands in it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from schedule.feeds import shown_plans
from tests.factories import (
    make_feed,
    make_item,
    make_member,
    make_method,
    make_office,
    make_ownership,
    make_plan,
    make_unit,
    make_user,
)

PAGE = "/calendar/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-06-10 10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def unit(office):
    return make_unit(office)


@pytest.fixture
def plan(office):
    return make_plan(office)


@pytest.fixture
def member(office, unit):
    return make_member(office, unit=unit, user=make_user(full_name="甘文"))


@pytest.fixture
def owned(plan, unit, member):
    """An item of the member's, with one run of months."""
    item = make_item(plan, unit, name="路燈養護", owners=[member])
    make_method(item)
    return item


def address(feed):
    return reverse("schedule:feed", args=[feed.secret])


def calendar(client, feed):
    """The file's text with its lines whole again."""
    response = client.get(address(feed))
    assert response.status_code == 200
    return response.content.decode().replace("\r\n ", "")


def names_in(client, feed):
    lines = calendar(client, feed).split("\r\n")
    return [line.removeprefix("SUMMARY:") for line in lines if "SUMMARY" in line]


def test_a_members_calendar_has_their_items_of_today(client, plan, unit, owned, member):
    colleague = make_member(plan.office)
    make_method(make_item(plan, unit, name="別人的事", owners=[colleague]))
    past = make_item(plan, unit, name="移交出去", owners=[])
    make_method(past)
    make_ownership(past.shares.get(), member, ends_on=date(2025, 6, 9))

    assert names_in(client, make_feed(member)) == ["路燈養護"]


def test_a_members_calendar_leaves_out_whom_it_is_not(
    client, plan, unit, owned, member
):
    namesake = make_member(plan.office, user=make_user(full_name="甘文"))
    make_method(make_item(plan, unit, name="同名者的事", owners=[namesake]))
    make_method(make_item(plan, unit, name="不知是誰", owners=["甘文"]))

    assert names_in(client, make_feed(member)) == ["路燈養護"]


def test_a_name_from_paper_is_nobodys(client, plan, unit, member):
    make_method(make_item(plan, unit, name="紙上的事", owners=["甘文"]))

    assert names_in(client, make_feed(member)) == []


def test_a_units_calendar_has_its_whole_sheet(client, plan, unit, owned, member):
    make_method(make_item(plan, make_unit(plan.office, "社會課", "社"), name="別課"))
    make_method(make_item(plan, unit, name="綠化維護"))

    feed = make_feed(unit, created_by=member.user)

    assert names_in(client, feed) == ["路燈養護", "綠化維護"]
    assert "X-WR-CALNAME:綜合課管制項目" in calendar(client, feed)


def test_deleted_items_leave_the_calendar(client, owned, member):
    owned.removed_at = "2025-06-01T00:00:00+08:00"
    owned.save()

    assert names_in(client, make_feed(member)) == []


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        ([112, 113], [113]),
        ([113, 114], [114]),
        ([113, 114, 115], [114, 115]),
        ([116], [116]),
        ([], []),
    ],
)
def test_plans_of_this_year_and_later_are_shown_else_of_the_latest(
    office, unit, years, shown
):
    for year in years:
        make_item(make_plan(office, year=year), unit)
    make_plan(office, year=117)  # nothing in it yet

    plans = shown_plans(office, date(2025, 6, 10))

    assert [plan.year for plan in plans] == shown


def test_the_file_is_told_to_be_a_calendar_for_its_reader_alone(client, owned, member):
    response = client.get(address(make_feed(member)))

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_an_unchanged_calendar_is_not_sent_again(client, owned, member):
    feed = make_feed(member)
    known = client.get(address(feed)).headers["ETag"]
    asked = {"if-none-match": known}

    unchanged = client.get(address(feed), headers=asked)
    owned.name = "路燈汰換"
    owned.save()
    changed = client.get(address(feed), headers=asked)

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert changed.status_code == 200


def test_a_calendar_is_read_only(client, member):
    feed = make_feed(member)

    head = client.head(address(feed))
    post = client.post(address(feed))

    assert (head.status_code, head.content) == (200, b"")
    assert post.status_code == 405


def test_an_address_nobody_made_opens_nothing(client, db):
    assert client.get("/calendar/abcdefghijklmnopqrstuv.ics").status_code == 404


def test_the_link_of_an_inactive_user_opens_nothing(client, member):
    feed = make_feed(member)
    member.user.is_active = False
    member.user.save()

    assert client.get(address(feed)).status_code == 404


def test_who_left_the_office_reads_no_more_and_is_told(client, member, unit):
    feeds = [make_feed(member), make_feed(unit, created_by=member.user)]
    member.is_active = False
    member.save()
    client.force_login(member.user)

    answers = [client.get(address(feed)).status_code for feed in feeds]
    page = client.get(PAGE).content.decode()

    assert answers == [404, 404]
    assert page.count("您已不屬於這個機關") == 2


@pytest.mark.parametrize("count", [1, 6])
def test_a_calendar_asks_the_database_the_same_for_any_number_of_items(
    client, plan, unit, member, count, django_assert_num_queries
):
    for number in range(count):
        make_method(make_item(plan, unit, name=f"第{number}項", owners=[member]))
    feed = make_feed(member)

    with django_assert_num_queries(6):
        client.get(address(feed))
