"""What stands around the month grid: filters, what is offered to whom, the first steps."""

import pytest

from offices.models import Role
from tests.factories import (
    make_indicator,
    make_item,
    make_member,
    make_method,
    make_office,
    make_unit,
)
from tests.schedule.pages import Links, at, html_of

MARCH = "001000000000"


def grid(client, plan, **query):
    return html_of(client.get(at("grid", plan), query))


@pytest.fixture
def writer(plan, client):
    """承辦人 of 社會課, signed in."""
    own = make_unit(plan.office, "社會課", "社", position=1)
    member = make_member(plan.office, Role.OWNER, unit=own)
    client.force_login(member.user)
    return member


def test_items_are_found_by_their_indicators(client, plan, keeper, unit):
    road = make_item(plan, unit, name="路燈養護")
    make_indicator(road, "故障路燈三日內修復，修復率達95%。")
    make_indicator(road, "巡查紀錄。")
    make_method(road)
    make_method(make_item(plan, unit, name="修復老屋"), text="修復（3月）")

    both = grid(client, plan, indicator="修復率 三日內")
    split = grid(client, plan, indicator="修復率 巡查")
    blank = grid(client, plan, indicator="　")

    assert ("路燈養護" in both, "修復老屋" in both) == (True, False)
    assert "沒有符合的項目" in split
    assert ("路燈養護" in blank, "修復老屋" in blank) == (True, True)
    assert 'name="indicator" value="修復率 三日內"' in both


def test_indicators_are_one_filter_among_others(client, plan, keeper, unit):
    for name, months in (("三月的", MARCH), ("四月的", "000100000000")):
        item = make_item(plan, unit, name=name)
        make_indicator(item, "訪視紀錄。")
        make_method(item, months)

    page = grid(client, plan, indicator="訪視", month="4")

    assert ("三月的" in page, "四月的" in page) == (False, True)


@pytest.mark.parametrize("count", [1, 12])
def test_a_filter_by_indicator_costs_one_query_more(
    client, plan, keeper, unit, count, django_assert_num_queries
):
    for _ in range(count):
        item = make_item(plan, unit)
        make_indicator(item, "訪視紀錄。")
        make_method(item)

    with django_assert_num_queries(7):
        grid(client, plan, indicator="訪視")


def test_editing_is_offered_where_a_shown_row_may_be_edited(client, plan, writer, unit):
    make_method(make_item(plan, unit, name="別課的"))
    make_method(make_item(plan, writer.unit, name="自己的"))

    all_rows = grid(client, plan)
    own_rows = grid(client, plan, unit=writer.unit.name)
    foreign_rows = grid(client, plan, unit=unit.name)

    offered = [
        'id="edit-months"' in page for page in (all_rows, own_rows, foreign_rows)
    ]
    assert offered == [True, True, False]
    assert 'id="grid-tools"' not in foreign_rows


def test_an_item_without_a_row_has_no_months_to_edit(client, plan, writer):
    make_item(plan, writer.unit)

    assert 'id="edit-months"' not in grid(client, plan)


def test_proposals_are_counted_for_who_may_confirm_them(client, plan, writer, unit):
    make_method(make_item(plan, unit), is_confirmed=False)
    none_of_theirs = grid(client, plan)
    make_method(make_item(plan, writer.unit), is_confirmed=False)
    plan.touch()

    one_of_theirs = grid(client, plan)

    assert "月份待確認。" not in none_of_theirs
    assert "1 列的月份待確認。" in one_of_theirs


def ways_to_begin(page):
    """The addresses that the empty page itself leads to."""
    (_, begun) = page.split('<div class="sheet empty">')
    return [href for _, href in Links(begun.split("</div>")[0]).found]


def test_the_empty_page_leads_to_the_first_steps(client, plan, keeper, unit):
    assert ways_to_begin(grid(client, plan)) == [
        at("import", plan),
        at("item_create", plan),
    ]


def test_the_empty_page_leads_a_writer_to_a_new_item(client, plan, writer):
    assert ways_to_begin(grid(client, plan)) == [at("item_create", plan)]


def test_the_empty_page_leads_a_reader_nowhere(client, plan):
    client.force_login(make_member(plan.office, Role.READER).user)

    assert ways_to_begin(grid(client, plan)) == []


def test_indicators_of_other_offices_find_nothing(client, plan, keeper):
    foreign = make_item(make_office("遠方機關").plans.create(year=114, title="計畫"))
    make_indicator(foreign, "訪視紀錄。")

    assert "訪視紀錄" not in grid(client, plan, indicator="訪視")
