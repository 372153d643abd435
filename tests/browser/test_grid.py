"""The month grid in a real browser: the mouse, two people, filters, no JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from offices.models import Role
from schedule.models import Item
from tests.browser.conftest import DESK, NARROW, PASSWORD
from tests.browser.months import EMPTY, becomes, cells, stored
from tests.factories import (
    make_indicator,
    make_item,
    make_member,
    make_method,
    make_unit,
)

pytestmark = pytest.mark.browser
SAVED = re.compile("已儲存")


@pytest.fixture
def sign_in_again():
    """Sign in by hand in another tab of the same browser."""

    def act(page, user):
        tab = page.context.new_page()
        tab.goto("/sign-in/")
        tab.locator("[name=username]").fill(user.username)
        tab.locator("[name=password]").fill(PASSWORD)
        tab.get_by_role("button", name="登入").click()
        tab.wait_for_url("**/")
        tab.close()

    return act


def test_nothing_changes_before_editing_is_turned_on(visit_as, plan, keeper, rows):
    page = visit_as(keeper)
    page.goto(reverse("schedule:grid", args=[plan.pk]))

    cells(page, rows[0]).nth(2).click()

    assert stored(rows[0]) == EMPTY
    expect(page.locator("#grid-tools")).to_be_hidden()


def test_clicking_cycles_forwards_and_backwards(open_grid, keeper, rows):
    page = open_grid(keeper)
    march = cells(page, rows[0]).nth(2)

    march.click()
    becomes(page, rows[0], "001000000000")
    march.click()
    expect(march).to_have_text("重點")
    becomes(page, rows[0], "002000000000")
    march.click(modifiers=["Shift"])
    expect(march).to_have_text("預定")
    becomes(page, rows[0], "001000000000")

    expect(page.locator("#count-1")).to_have_text("1")
    expect(page.locator("#grid-state")).to_contain_text(SAVED)


def test_dragging_paints_a_range_in_one_request(open_grid, keeper, rows):
    page = open_grid(keeper)
    posts = []
    page.on("request", lambda r: posts.append(r) if r.method == "POST" else None)
    first, last = cells(page, rows[0]).nth(2), cells(page, rows[0]).nth(6)

    first.hover()
    page.mouse.down()
    last.hover()
    page.mouse.up()

    becomes(page, rows[0], "001111100000")
    page.wait_for_timeout(200)  # lets what was sent be told
    assert len(posts) == 1


def test_the_last_filter_is_told_in_words(visit_as, plan, keeper, rows):
    page = visit_as(keeper)
    address = reverse("schedule:grid", args=[plan.pk])
    query = "?unit=民政課&person=&month=7&q=巡守&indicator=紀錄&unconfirmed=on&x=1"
    page.goto(address + query)
    page.goto(address)

    last = page.locator("#last-filter a")

    expect(last).to_have_text(
        "民政課、7月、名稱或方式含有「巡守」、考核指標含有「紀錄」、只看月份待確認"
    )
    last.click()
    expect(page.get_by_label("考核指標含有")).to_have_value("紀錄")


def test_a_last_filter_that_filters_nothing_any_more_is_not_told(
    visit_as, plan, keeper, rows
):
    page = visit_as(keeper)
    address = reverse("schedule:grid", args=[plan.pk])
    page.goto(f"{address}?unit=裁撤的課&month=13")

    page.goto(address)

    expect(page.locator("#last-filter")).to_be_hidden()


def test_two_people_on_one_cell_are_asked(open_grid, keeper, rows, office):
    page = open_grid(keeper)
    colleague = make_member(office, Role.COORDINATOR).user
    other = open_grid(colleague)
    cells(other, rows[0]).nth(2).click()
    becomes(other, rows[0], "001000000000")

    cells(page, rows[0]).nth(2).click(modifiers=["Shift"])
    clash = page.locator("#grid-clash")
    expect(clash).to_contain_text(f"{colleague}剛才把3月改為「預定」")
    assert stored(rows[0]) == "001000000000"
    clash.get_by_role("button", name="用我的").click()

    becomes(page, rows[0], "002000000000")
    expect(clash).to_be_empty()


def test_two_people_on_two_cells_are_put_together(open_grid, keeper, rows, office):
    page = open_grid(keeper)
    other = open_grid(make_member(office, Role.COORDINATOR).user)
    cells(other, rows[0]).nth(2).click()
    becomes(other, rows[0], "001000000000")

    cells(page, rows[0]).nth(5).click()

    becomes(page, rows[0], "001001000000")
    expect(cells(page, rows[0]).nth(2)).to_have_text("預定")


def test_a_lost_connection_loses_nothing(open_grid, keeper, rows):
    page = open_grid(keeper)
    page.route("**/months/", lambda route: route.abort())

    cells(page, rows[0]).nth(2).click()
    clash = page.locator("#grid-clash")
    expect(clash).to_contain_text("還沒有存入")
    page.unroute("**/months/")
    clash.get_by_role("button", name="再試一次").click()

    becomes(page, rows[0], "001000000000")


def test_a_session_that_ended_loses_nothing(open_grid, sign_in_again, keeper, rows):
    page = open_grid(keeper)
    page.context.clear_cookies(name="sessionid")

    cells(page, rows[0]).nth(2).click()
    clash = page.locator("#grid-clash")
    expect(clash).to_contain_text("請在新分頁登入")
    sign_in_again(page, keeper)
    clash.get_by_role("button", name="再試一次").click()

    becomes(page, rows[0], "001000000000")


def test_rows_of_other_units_are_read_only(open_grid, office, plan, unit, rows):
    own = make_unit(office, "社會課", "社")
    mine = make_method(make_item(plan, own), EMPTY)
    page = open_grid(make_member(office, Role.OWNER, unit=own).user)

    cells(page, rows[0]).nth(2).click()
    expect(page.locator("#grid-state")).to_contain_text("只能閱讀")
    cells(page, mine).nth(2).click()

    becomes(page, mine, "001000000000")
    assert stored(rows[0]) == EMPTY


def test_the_drawer_shows_the_item_and_gives_the_place_back(open_grid, keeper, rows):
    make_indicator(rows[0].item, "聯繫紀錄", 100)
    page = open_grid(keeper)
    link = page.get_by_role("link", name="里鄰聯繫", exact=True)

    link.click()
    drawer = page.get_by_label("項目內容")
    expect(drawer).to_contain_text("聯繫紀錄")
    page.keyboard.press("Escape")

    expect(drawer).to_be_hidden()
    expect(link).to_be_focused()


def test_weights_save_themselves_in_the_drawer(
    open_grid, assert_accessible, keeper, rows
):
    item = rows[0].item
    make_indicator(item, "甲", 60)
    make_indicator(item, "乙", 35)
    page = open_grid(keeper)
    page.get_by_role("link", name="里鄰聯繫", exact=True).click()
    drawer = page.get_by_label("項目內容")
    drawer.get_by_role("link", name="編輯指標").click()
    weights = drawer.get_by_label("權重％")

    weights.first.fill("50")
    weights.first.press("Tab")
    expect(drawer.get_by_text("已儲存")).to_be_visible()
    assert [i.weight for i in item.indicators.all()] == [50, 35]
    weights.first.fill("abc")
    weights.first.press("Tab")
    expect(drawer).to_contain_text("「abc」不是數字")
    weights.first.fill("50")
    weights.first.press("=")
    expect(drawer.locator(".sum")).to_contain_text("合計正確")

    expect(drawer.get_by_text("已儲存")).to_be_visible()
    assert [i.weight for i in item.indicators.all()] == [50, 50]
    assert_accessible(page)


@pytest.mark.parametrize("viewport", [DESK, NARROW])
def test_the_grid_is_fit_for_all_while_editing(
    open_grid, assert_accessible, keeper, rows, viewport
):
    page = open_grid(keeper, viewport=viewport)

    assert_accessible(page)
    sizes = page.evaluate(
        "[...document.querySelectorAll('tr[data-m] > td:nth-last-child(-n + 12)')]"
        ".map((c) => [c.offsetWidth, c.offsetHeight])"
    )
    assert all(width >= 24 and height >= 24 for width, height in sizes)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript_a_row_is_edited_on_its_page(visit_as, plan, keeper, rows):
    page = visit_as(keeper, java_script_enabled=False)
    page.goto(reverse("schedule:grid", args=[plan.pk]))
    page.locator(f'tr[data-m="{rows[0].pk}"] .way a').click()

    page.get_by_role("group", name="預定的月份").get_by_label("3月").check()
    page.get_by_role("button", name="儲存").click()

    assert stored(rows[0]) == "001000000000"


def test_weights_are_summed_while_typing_and_closed_by_one_key(
    visit_as, plan, keeper, unit
):
    item = make_item(plan, unit)
    make_indicator(item, "甲", 60)
    make_indicator(item, "乙", 35)
    page = visit_as(keeper)
    page.goto(reverse("schedule:indicators", args=[plan.pk, item.pk]))
    total = page.locator(".sum")

    expect(total).to_have_text("權重合計 95%，尚差 5%。")
    page.locator("[name=rows-0-weight]").press("=")
    expect(total).to_have_text("權重合計 100%，合計正確。")
    page.get_by_role("button", name="儲存", exact=True).click()

    assert [i.weight for i in Item.objects.get().indicators.all()] == [60, 40]
