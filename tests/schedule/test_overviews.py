"""年度概覽: how much there is in each month, and what is still open."""

import re
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from offices.models import Role
from schedule.compose import timetable_of
from schedule.forms.filters import GridFilterForm
from schedule.grid import grid_of
from schedule.models import Schedule
from schedule.pages.year import year_of
from tests.factories import (
    make_indicator,
    make_item,
    make_member,
    make_method,
    make_office,
    make_plan,
    make_point,
    make_share,
    make_unit,
)
from tests.schedule.pages import (
    HOSTILE,
    Links,
    at,
    html_of,
    link_of,
    sums_in,
)

pytestmark = pytest.mark.django_db
MARCH, APRIL = "001000000000", "000100000000"


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def keeper(plan, client):
    """研考, signed in."""
    user = make_member(plan.office, Role.COORDINATOR).user
    client.force_login(user)
    return user


@pytest.fixture
def units(plan):
    return (
        make_unit(plan.office, "民政課", "民", position=0),
        make_unit(plan.office, "社會課", "社", position=1),
    )


def test_a_cell_counts_the_items_of_the_month_and_their_own_points(plan, units):
    first, second = units
    joint = make_item(plan, first, points=Decimal("10.5"))
    make_share(joint, second, points=Decimal("4.5"))
    make_method(joint, MARCH)
    make_method(make_item(plan, first, points=2), MARCH)
    make_method(make_item(plan, first, points=7), APRIL)

    year = year_of(timetable_of(plan))

    march = [(one.months[2].items, one.months[2].points) for one in year.units]
    assert march == [(2, Decimal("12.5")), (1, Decimal("4.5"))]
    assert (year.months[2].items, year.months[2].points) == (2, Decimal(17))
    assert (year.whole.items, year.whole.points) == (3, Decimal(24))


def test_rows_of_one_unit_count_for_that_unit_alone(plan, units):
    first, second = units
    joint = make_item(plan, first, second)
    make_method(joint, MARCH, unit=first)
    make_method(joint, APRIL, unit=second)

    year = year_of(timetable_of(plan))

    counts = [[load.items for load in one.months[2:4]] for one in year.units]
    assert counts == [[1, 0], [0, 1]]


def test_tints_have_five_levels_by_the_number_of_items(plan, units):
    for months in ("1" * 12, "011111111111", "001111111111", "000111111111"):
        make_method(make_item(plan, units[0]), months)
    make_method(make_item(plan, units[0]), "000010000000")
    make_method(make_item(plan, units[1]), "000000000001")

    year = year_of(timetable_of(plan))

    assert [load.level for load in year.units[0].months[:6]] == [1, 2, 3, 4, 5, 4]
    assert [load.level for load in year.units[1].months[10:]] == [0, 1]


def test_points_that_nobody_gave_are_none(plan, units):
    make_method(make_item(plan, units[0]), MARCH)

    year = year_of(timetable_of(plan))

    assert year.whole.points is None
    assert year.bars() == []


def test_every_number_leads_to_exactly_those_items(client, keeper, plan):
    odd = make_unit(plan.office, "人文&觀光 課", "人")
    make_method(make_item(plan, odd, name="春季花展"), MARCH)
    make_method(make_item(plan, odd, name="秋季花展"), "000000001000")
    html = html_of(client.get(at("year", plan)))

    queries = {
        urlsplit(href).query for words, href in Links(html).found if "項" in words
    }

    for query in queries:
        asked = {key: value[0] for key, value in parse_qs(query).items()}
        timetable = timetable_of(plan)
        form = GridFilterForm(asked, timetable=timetable)
        grid = grid_of(timetable, form.wanted(), lambda item: True)
        names = {item.item.name for unit in grid.units for item in unit.items}
        wanted = {"3": {"春季花展"}, "9": {"秋季花展"}}.get(asked.get("month", ""))
        assert names == (wanted or {"春季花展", "秋季花展"}), query
    assert len(queries) == 6


@pytest.mark.parametrize(
    ("total", "words"),
    [
        ("100", "尚差13.5分（總計應為100分）"),
        ("80", "超過6.5分（總計應為80分）"),
        ("86.5", "合計正確"),
    ],
)
def test_the_points_are_held_against_the_total(
    client, keeper, plan, units, total, words
):
    Schedule.objects.create(plan=plan, total=Decimal(total))
    make_item(plan, units[0], points=Decimal("86.5"))

    html = html_of(client.get(at("year", plan)))

    assert sums_in(html) == f"1個項目，配分合計86.5分，{words}。"


def test_without_a_total_only_the_keeper_is_told_to_set_one(
    client, keeper, plan, units
):
    make_item(plan, units[0], points=3)
    hint = "還沒有填「配分總計」"

    kept = html_of(client.get(at("year", plan)))
    client.force_login(make_member(plan.office, Role.READER).user)
    read = html_of(client.get(at("year", plan)))

    assert sums_in(kept) == sums_in(read) == "1個項目，配分合計3分。"
    assert hint in kept
    assert hint not in read


@pytest.mark.parametrize(("year", "marks"), [(114, 1), (113, 0)])
def test_this_month_is_marked_in_the_plan_of_this_year(client, year, marks):
    plan = make_plan(year=year)
    make_method(make_item(plan))

    with time_machine.travel("2025-03-10 10:00:00+08:00", tick=False):
        client.force_login(make_member(plan.office, Role.COORDINATOR).user)
        html = html_of(client.get(at("year", plan)))

    assert html.count('aria-current="date"') == marks
    assert html.count(">3月<small>本月</small>") == marks


def test_open_ends_lead_to_the_page_that_mends_them(client, keeper, plan, units):
    owner = make_member(plan.office, unit=units[0])
    short = make_item(plan, units[0], name="權重不足", points=1, owners=[owner])
    make_indicator(short, weight=Decimal("95"))
    make_method(short)
    bare = make_item(plan, units[0], name="空項目")
    idle = make_item(plan, units[0], name="沒排月份", points=1, owners=[owner])
    row = make_method(idle, "0" * 12)

    html = html_of(client.get(at("year", plan)))

    ends = [(words, urlsplit(href).path) for words, href in Links(html).found]
    for name, target, pk in [
        ("權重不足", "indicators", short.pk),
        ("空項目", "item_edit", bare.pk),
        ("空項目", "method_create", bare.pk),
        ("沒排月份", "method", row.pk),
    ]:
        assert (name, at(target, plan, pk)) in ends
    assert "尚差 5%" in html


def test_open_ends_of_others_lead_to_the_item_only(client, plan, units):
    bare = make_item(plan, units[0], name="空項目")
    client.force_login(make_member(plan.office, Role.READER).user)

    html = html_of(client.get(at("year", plan)))

    assert link_of(html, "空項目") == bare.get_absolute_url()


def test_many_open_ends_of_a_kind_are_folded(client, keeper, plan, units):
    for _ in range(17):
        make_method(make_item(plan, units[0]))
    make_item(plan, units[0], owners=["林小華"])

    html = html_of(client.get(at("year", plan)))

    folded = re.findall(r'<details class="open-kind"( open)?>\s*<summary>([^<]+)', html)
    assert folded == [("", "沒有承辦人（17 項）"), (" open", "沒有考核方式（1 項）")]


def test_an_empty_plan_says_how_to_begin(client, keeper, plan):
    assert "還沒有管制項目" in html_of(client.get(at("year", plan)))
    assert "還沒有管制項目" in html_of(client.get(at("coverage", plan)))


def test_other_offices_see_nothing(client, plan):
    client.force_login(make_member(make_office("遠方機關"), Role.COORDINATOR).user)

    response = client.get(at("year", plan))

    assert response.status_code == 404


def test_hostile_names_are_escaped(client, keeper, plan):
    unit = make_unit(plan.office, HOSTILE, "駭")
    make_point(plan, HOSTILE, make_point(plan, "實施策略"))
    item = make_item(plan, unit, name=HOSTILE, points=1, note=HOSTILE)
    make_method(item)

    html = html_of(client.get(at("year", plan)))

    assert HOSTILE not in html
    assert "&lt;img src=x" in html


@pytest.mark.parametrize("count", [1, 3])
def test_more_items_cost_no_more_queries(
    client, keeper, plan, count, django_assert_num_queries
):
    owner = make_member(plan.office)
    for number in range(count):
        unit = make_unit(plan.office, f"第{number}課", f"{number}")
        item = make_item(plan, unit, points=1, owners=[owner])
        make_method(item)
        make_indicator(item, weight=90)

    with django_assert_num_queries(7):
        html_of(client.get(at("year", plan)))
