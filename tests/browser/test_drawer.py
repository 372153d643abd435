"""The drawer beside the month grid: saved as one leaves a field, and nothing is lost."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from offices.models import Role
from schedule.models import Method, Share
from tests.browser.conftest import NARROW
from tests.factories import (
    make_indicator,
    make_item,
    make_member,
    make_method,
    make_unit,
)

pytestmark = pytest.mark.browser
MARCH = "001000000000"
NAME = "里鄰聯繫"


@pytest.fixture
def units(office):
    return make_unit(office, "民政課", "民"), make_unit(
        office, "社會課", "社", position=1
    )


@pytest.fixture
def row(plan, units):
    """The only row of a joint item with two indicators."""
    item = make_item(plan, *units, name=NAME, points=2)
    make_indicator(item, "聯繫紀錄", 60)
    make_indicator(item, "回訪紀錄", 40)
    return make_method(item, MARCH, text="實地（3月）", kinds=["實地"])


@pytest.fixture
def drawer(visit_as, office, plan, row):
    """The drawer of the item, opened by 研考."""
    page = visit_as(make_member(office, Role.COORDINATOR).user)
    page.goto(reverse("schedule:grid", args=[plan.pk]))
    return opened(page)


def opened(page):
    page.locator("#month-grid").get_by_role("link", name=NAME).first.click()
    drawer = page.get_by_label("項目內容")
    expect(drawer).to_contain_text("配分與承辦人")
    return drawer


def points(item):
    rows = Share.objects.filter(item=item).order_by("unit__position")
    return list(rows.values_list("points", flat=True))


def becomes(page, told, wanted):
    for _ in range(100):
        if told() == wanted:
            break
        page.wait_for_timeout(50)
    assert told() == wanted


def held_back(page, address):
    """Saves to the address wait in this list until continue_() is called on them."""
    held = []

    def hold(route):
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    page.route(address, hold)
    return held


def wait_for(page, held, count):
    for _ in range(100):
        if len(held) == count:
            break
        page.wait_for_timeout(50)
    assert len(held) == count


def test_points_save_themselves_and_stand_in_the_grid(
    drawer, assert_accessible, row, plan
):
    page = drawer.page
    drawer.get_by_role("link", name="編輯配分").click()
    first = drawer.get_by_label("民政課")
    expect(first).to_be_focused()

    first.fill("4.5")
    first.press("Tab")

    expect(drawer.get_by_text("已儲存")).to_be_visible()
    expect(drawer.locator(".sum")).to_have_text("配分合計 6.5分")
    assert points(row.item) == [4.5, 2]
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#month-grid")).to_contain_text("4.5分")
    expect(page.get_by_role("link", name=NAME).first).to_be_focused()


def test_words_of_a_row_save_themselves_and_stand_in_the_grid(
    drawer, assert_accessible, row
):
    page = drawer.page
    drawer.get_by_role("link", name="實地（3月）").click()
    text = drawer.get_by_label("考核方式（月份）")

    text.fill("書面（3月）")
    drawer.get_by_label("書面").check()
    drawer.get_by_label("2. 回訪紀錄").check()
    drawer.get_by_label("階段名稱").fill("3 整備")
    drawer.get_by_label("階段名稱").press("Tab")

    def saved():
        words = ("text", "kinds", "examines", "stages", "months")
        return Method.objects.values_list(*words).get()

    becomes(
        page, saved, ("書面（3月）", ["實地", "書面"], [2], [[3, 3, "整備"]], MARCH)
    )
    assert_accessible(page)
    drawer.get_by_role("link", name="回到項目內容").click()
    expect(drawer.locator(".method")).to_contain_text("階段：3–3月 整備")
    page.get_by_role("button", name="關閉").click()
    expect(page.locator("#month-grid .way a").first).to_have_text("書面（3月）")


def test_what_is_typed_while_saving_is_kept_and_saved(drawer, row):
    page = drawer.page
    drawer.get_by_role("link", name="編輯配分").click()
    held = held_back(page, "**/points/")
    drawer.get_by_label("民政課").fill("5")
    drawer.get_by_label("民政課").press("Tab")
    wait_for(page, held, 1)
    drawer.get_by_label("社會課").press_sequentially("7")

    held[0].continue_()
    expect(drawer.get_by_text("已儲存")).to_be_visible()
    expect(drawer.get_by_label("社會課")).to_be_focused()
    drawer.get_by_label("社會課").press("Tab")
    wait_for(page, held, 2)
    held[1].continue_()

    becomes(page, lambda: points(row.item), [5, 7])


def test_a_box_ticked_while_saving_is_saved_too(drawer, row):
    page = drawer.page
    drawer.get_by_role("link", name="實地（3月）").click()
    held = held_back(page, f"**/methods/{row.pk}/")
    drawer.get_by_label("書面").check()
    wait_for(page, held, 1)
    drawer.get_by_label("網頁").check()

    held[0].continue_()
    wait_for(page, held, 2)
    held[1].continue_()

    def kinds():
        return Method.objects.get(pk=row.pk).kinds

    becomes(page, kinds, ["實地", "書面", "網頁"])


def test_closing_saves_what_is_being_typed(drawer, row):
    drawer.get_by_role("link", name="編輯配分").click()
    drawer.get_by_label("民政課").fill("8")

    drawer.page.keyboard.press("Escape")

    expect(drawer).to_be_hidden()
    assert points(row.item) == [8, 2]


def test_what_was_refused_is_not_closed_unasked(drawer, row):
    page = drawer.page
    drawer.get_by_role("link", name="編輯配分").click()
    drawer.get_by_label("民政課").fill("很多")
    close = page.get_by_role("button", name="關閉")

    close.click()
    expect(drawer).to_contain_text("「很多」不是數字")
    expect(drawer).to_contain_text("有一格還沒有存入")
    close.click()

    expect(drawer).to_be_hidden()
    assert points(row.item) == [2, 2]


def test_a_mended_mistake_is_saved_and_closes(drawer, row):
    page = drawer.page
    drawer.get_by_role("link", name="編輯配分").click()
    first = drawer.get_by_label("民政課")
    first.fill("很多")
    first.press("Tab")
    expect(drawer).to_contain_text("「很多」不是數字")

    first.fill("9")
    page.keyboard.press("Escape")

    expect(drawer).to_be_hidden()
    assert points(row.item) == [9, 2]


def test_a_lost_connection_keeps_the_drawer_open(drawer, row):
    page = drawer.page
    drawer.get_by_role("link", name="編輯配分").click()
    page.route("**/points/", lambda route: route.abort())
    drawer.get_by_label("民政課").fill("6")
    page.keyboard.press("Escape")
    expect(drawer).to_contain_text("有一格還沒有存入")

    page.unroute("**/points/")
    drawer.get_by_role("button", name="儲存").click()

    expect(drawer.get_by_text("已儲存")).to_be_visible()
    assert points(row.item) == [6, 2]


def test_a_conflict_waits_for_the_person(drawer, office, row, visit_as, plan):
    other = visit_as(make_member(office, Role.COORDINATOR).user)
    other.goto(reverse("schedule:grid", args=[plan.pk]))
    theirs = opened(other)
    for one in (drawer, theirs):
        one.get_by_role("link", name="編輯配分").click()
    theirs.get_by_label("民政課").fill("3")
    theirs.get_by_label("民政課").press("Tab")
    expect(theirs.get_by_text("已儲存")).to_be_visible()

    drawer.get_by_label("社會課").fill("4")
    drawer.get_by_label("社會課").press("Tab")
    expect(drawer.get_by_role("alert").first).to_contain_text("別人也改了這個項目")
    drawer.get_by_label("社會課").fill("5")
    drawer.get_by_label("社會課").press("Tab")
    drawer.page.wait_for_timeout(300)  # saving by itself would have been done
    assert points(row.item) == [3, 2]
    drawer.get_by_role("button", name="儲存").click()

    becomes(drawer.page, lambda: points(row.item), [2, 5])


def test_cells_and_words_of_one_row_do_not_meet(visit_as, office, plan, row):
    page = visit_as(make_member(office, Role.COORDINATOR).user)
    page.goto(reverse("schedule:grid", args=[plan.pk]))
    page.get_by_role("button", name="編輯月份").click()
    drawer = opened(page)
    drawer.get_by_role("link", name="實地（3月）").click()
    july = page.locator(f"tr[data-m='{row.pk}'] > td:nth-last-child(6)").first
    july.focus()
    page.keyboard.press("1")
    becomes(page, lambda: Method.objects.get(pk=row.pk).months, "001000100000")

    drawer.get_by_label("考核方式（月份）").fill("改過的文字")
    page.keyboard.press("Escape")

    expect(drawer).to_be_hidden()
    expect(page.locator("#month-grid .way a").first).to_have_text("改過的文字")
    saved = Method.objects.get(pk=row.pk)
    assert (saved.text, saved.months) == ("改過的文字", "001000100000")
    expect(july).to_have_text("預定")
    assert page.locator("#month-grid td[tabindex='0']").count() == 1


def test_the_drawer_fits_a_narrow_window(
    visit_as, office, plan, row, assert_accessible
):
    page = visit_as(make_member(office, Role.COORDINATOR).user, viewport=NARROW)
    page.goto(reverse("schedule:grid", args=[plan.pk]))
    drawer = opened(page)
    for name in ("編輯配分", "實地（3月）", "編輯指標"):
        drawer.get_by_role("link", name=name).click()
        expect(drawer.get_by_role("link", name=name)).to_have_count(
            0 if name == "實地（3月）" else 1
        )
    expect(drawer.get_by_role("button", name="儲存")).to_have_count(3)

    assert_accessible(page)
    assert drawer.evaluate("(one) => one.scrollWidth <= one.clientWidth")


def test_the_history_stands_apart_from_the_delete_button(visit_as, office, row):
    page = visit_as(make_member(office, Role.COORDINATOR).user)
    page.goto(row.item.get_absolute_url())

    button = page.get_by_role("button", name="刪除這個項目").bounding_box()
    history = page.locator(
        "details.sheet", has_text=re.compile("變更紀錄")
    ).bounding_box()

    assert history["y"] - (button["y"] + button["height"]) >= 16
