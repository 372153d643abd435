"""我的項目: what a person owns today, in every office, nearest months first."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from offices.models import Role
from schedule.pages.my_items import my_items
from tests.factories import (
    make_deputy,
    make_item,
    make_member,
    make_method,
    make_office,
    make_ownership,
    make_plan,
    make_share,
    make_unit,
    make_user,
)
from tests.schedule.pages import HOSTILE, html_of

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 10)  # March of 114
MARCH, APRIL, JULY = "001000000000", "000100000000", "000000100000"
YEAR_ROUND, NO_MONTHS = "1" * 12, "0" * 12


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-03-10 10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def unit():
    return make_unit(make_office(), "民政課", "民")


@pytest.fixture
def member(unit):
    return make_member(unit.office, unit=unit)


@pytest.fixture
def plan(unit):
    return make_plan(unit.office)


def own(member, plan, unit, months=MARCH, **kwargs):
    """An item of the member with one row."""
    item = make_item(plan, unit, owners=[member], **kwargs)
    make_method(item, months, text=f"實地{months}")
    return item


def told(plans):
    """The names of items by the titles of their sections, for each plan."""
    return [
        {s.title: [one.mine.item.name for one in s.items] for s in one.sections}
        for one in plans
    ]


def page(client, user, query=""):
    client.force_login(user)
    return html_of(client.get(reverse("schedule:my_items") + query))


def test_nearest_months_come_first(member, plan, unit):
    own(member, plan, unit, JULY, name="七月的")
    own(member, plan, unit, APRIL, name="下個月的")
    own(member, plan, unit, MARCH, name="這個月的")

    assert told(my_items(member.user, TODAY)) == [
        {
            "本月（3月）": ["這個月的"],
            "下個月（4月）": ["下個月的"],
            "其他月份": ["七月的"],
        }
    ]


def test_a_row_of_both_months_stands_once_and_is_counted_below(member, plan, unit):
    own(member, plan, unit, YEAR_ROUND, name="整年的")

    (mine,) = my_items(member.user, TODAY)

    sections = [(s.title, s.rows, s.told) for s in mine.sections]
    assert sections == [("本月（3月）", 1, 0), ("下個月（4月）", 0, 1)]


def test_rows_of_one_item_go_to_their_own_months(member, plan, unit):
    item = own(member, plan, unit, MARCH)
    make_method(item, JULY, text="書面")

    (mine,) = my_items(member.user, TODAY)

    rows = [
        [row.method.text for one in s.items for row in one.rows] for s in mine.sections
    ]
    assert rows == [[f"實地{MARCH}"], ["書面"]]


def test_items_without_rows_or_months_are_not_forgotten(member, plan, unit):
    make_item(plan, unit, owners=[member], name="空項目")
    own(member, plan, unit, NO_MONTHS, name="沒排月份")

    assert told(my_items(member.user, TODAY)) == [{"其他月份": ["空項目", "沒排月份"]}]


def test_in_december_next_month_is_that_of_next_years_plan(member, unit):
    this_year = make_plan(unit.office, year=114)
    next_year = make_plan(unit.office, year=115)
    own(member, this_year, unit, "100000000001", name="今年")
    own(member, next_year, unit, "100000000001", name="明年")

    plans = my_items(member.user, date(2025, 12, 5))

    assert told(plans) == [{"下個月（1月）": ["明年"]}, {"本月（12月）": ["今年"]}]


def test_plans_of_other_years_come_after_and_have_no_near_months(member, plan, unit):
    old = make_plan(unit.office, year=112)
    own(member, old, unit, MARCH, name="舊項目")
    own(member, plan, unit, MARCH, name="新項目")

    plans = my_items(member.user, TODAY)

    assert told(plans) == [{"本月（3月）": ["新項目"]}, {"全年": ["舊項目"]}]
    assert [one.is_current for one in plans] == [True, False]


def test_only_what_is_owned_today_and_stands_is_shown(member, plan, unit):
    other = make_member(unit.office, unit=unit)
    own(other, plan, unit, name="別人的")
    own(member, plan, unit, name="刪掉的", removed_at="2025-01-01T00:00Z")
    past = make_share(
        make_item(plan, unit, name="移交出去的"),
        make_unit(unit.office, "社會課", "社"),
    )
    make_ownership(past, member, ends_on=date(2025, 3, 9))
    coming = make_item(plan, unit, name="還沒接手的").shares.get()
    make_ownership(coming, member, starts_on=date(2025, 3, 11))
    begun = make_item(plan, unit, name="今天起的").shares.get()
    make_ownership(begun, member, starts_on=TODAY, ends_on=TODAY)

    assert told(my_items(member.user, TODAY)) == [{"其他月份": ["今天起的"]}]


def test_names_alone_make_nobody_an_owner(member, plan, unit):
    make_item(plan, unit, owners=[member.user.full_name])

    assert my_items(member.user, TODAY) == ()


def test_a_deputy_has_the_items_of_the_other_in_these_days_only(member, plan, unit):
    deputy = make_member(unit.office, unit=unit)
    own(member, plan, unit, name="代理的")
    own(deputy, plan, unit, name="自己的")
    make_deputy(member, deputy, days=1)

    now = my_items(deputy.user, TODAY)
    with time_machine.travel("2025-03-12 10:00:00+08:00", tick=False):
        later = my_items(deputy.user, date(2025, 3, 12))

    assert told(now) == [{"本月（3月）": ["代理的", "自己的"]}]
    assert now[0].people == (deputy.user.full_name, member.user.full_name)
    assert told(later) == [{"本月（3月）": ["自己的"]}]


def test_items_of_all_offices_of_a_person_are_shown(member, plan, unit):
    elsewhere = make_unit(make_office("遠方機關"), "秘書室", "秘")
    second = make_member(elsewhere.office, user=member.user)
    own(member, plan, unit, name="這裡的")
    own(second, make_plan(elsewhere.office), elsewhere, name="那裡的")

    names = [list(one.values()) for one in told(my_items(member.user, TODAY))]

    assert names == [[["這裡的"]], [["那裡的"]]]


def test_who_left_an_office_sees_its_items_no_more(member, plan, unit):
    own(member, plan, unit)
    member.is_active = False
    member.save()

    assert my_items(member.user, TODAY) == ()


def test_a_joint_item_shows_the_persons_units_and_rows_only(member, plan, unit):
    other = make_unit(unit.office, "社會課", "社")
    item = make_item(plan, unit, owners=[member], points=7)
    make_share(item, other, points=5)
    make_method(item, MARCH, text="大家的")
    make_method(item, MARCH, text="社會課的", unit=other)

    (mine,) = my_items(member.user, TODAY)

    (shown,) = mine.sections[0].items
    assert shown.mine.units == "民政課"
    assert shown.mine.points == 7
    assert [row.method.text for row in shown.rows] == ["大家的"]


def test_a_month_shows_only_its_rows(client, member, plan, unit):
    own(member, plan, unit, MARCH, name="三月的")
    own(member, plan, unit, JULY, name="七月的")

    html = page(client, member.user, "?month=7")

    assert "七月的" in html
    assert "三月的" not in html
    assert '<option value="7" selected>' in html


def test_words_leave_the_items_that_say_all_of_them(client, member, plan, unit):
    own(member, plan, unit, name="防汛整備", note="含抽水機")
    own(member, plan, unit, name="路面維護")

    html = page(client, member.user, "?q=防汛+抽水機")

    assert "防汛整備" in html
    assert "路面維護" not in html


@pytest.mark.parametrize("query", ["?month=13", "?month=x&q=" + "字" * 99])
def test_a_senseless_filter_shows_everything(client, member, plan, unit, query):
    own(member, plan, unit, name="防汛整備")

    assert "防汛整備" in page(client, member.user, query)


def test_nothing_found_leads_back_to_everything(client, member, plan, unit):
    own(member, plan, unit)

    html = page(client, member.user, "?q=沒有這種項目")

    assert f'沒有符合的項目。<a href="{reverse("schedule:my_items")}">' in html


def test_who_owns_nothing_is_told_how_items_come_here(client):
    user = make_user(full_name="林小華")

    html = page(client, user)

    assert "您今天沒有承辦的項目" in html
    assert "林小華" in html


def test_an_item_leads_to_its_page_and_the_person_to_the_grid(
    client, member, plan, unit
):
    item = own(member, plan, unit)

    html = page(client, member.user)

    assert f'href="{item.get_absolute_url()}"' in html
    grid = reverse("schedule:grid", args=[plan.pk])
    (query,) = re.findall(rf'href="{grid}\?([^"]*)"', html)
    shown = client.get(f"{grid}?{query}").content.decode()
    assert item.name in shown


def test_the_menu_marks_this_page(client, member):
    html = page(client, member.user)

    assert f'<a href="{reverse("schedule:my_items")}" aria-current="page">' in html
    assert html.count("aria-current") == 1


def test_hostile_names_are_escaped(client, unit):
    person = make_member(unit.office, user=make_user(full_name=HOSTILE))
    make_deputy(
        person, make_member(unit.office, Role.OWNER, user=(user := make_user()))
    )
    item = own(person, make_plan(unit.office), unit, name=HOSTILE)
    make_method(item, MARCH, text=HOSTILE, mark="<b>")

    html = page(client, user)

    assert HOSTILE not in html
    assert "代理&lt;img" in html


@pytest.mark.parametrize("count", [1, 3])
def test_more_items_cost_no_more_queries(
    client, member, unit, count, django_assert_num_queries
):
    for year in range(114, 114 + count):
        item = own(member, make_plan(unit.office, year=year), unit)
        make_method(item, JULY)
    client.force_login(member.user)

    # One of them asks for overdue defects.
    with django_assert_num_queries(6):
        html_of(client.get(reverse("schedule:my_items")))
