"""The score sheet by keyboard alone, down the column."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from schedule.models import Score
from schedule.scoring.rounds import close_round
from tests.browser.conftest import PHONE
from tests.schedule.scoring.making import (
    cells_in,
    make_assessor,
    make_scored_item,
    make_test_round,
    score,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def head(plan):
    return make_assessor(plan)


@pytest.fixture
def cells(plan, unit):
    return [
        key
        for name in ("里鄰聯繫", "巡守輔導")
        for key in cells_in(make_scored_item(plan, unit, name=name))
    ]


@pytest.fixture
def round_(plan, head, cells):
    return make_test_round(plan, head)


@pytest.fixture
def sheet(visit_as, head, round_):
    def act(**kwargs):
        page = visit_as(head.user, **kwargs)
        page.goto(reverse("schedule:round", args=[round_.plan_id, round_.pk]))
        return page

    return act


def field(page, cell):
    return page.locator(f'[name="{cell}"]')


def said(page, cell):
    return page.locator(f"#said-{cell}")


def stored():
    return {one.cell: one.value for one in Score.objects.all()}


def test_a_column_is_filled_by_enter_and_arrows(sheet, cells):
    page = sheet()
    field(page, cells[0]).focus()

    for value in ("80", "85.5", "90"):
        page.keyboard.type(value)
        page.keyboard.press("Enter")
    page.keyboard.type("75")
    page.keyboard.press("ArrowUp")

    expect(field(page, cells[2])).to_be_focused()
    for cell in cells:
        expect(said(page, cell)).to_have_text("已儲存")
    assert stored() == dict(zip(cells, [80, 85.5, 90, 75], strict=True))
    expect(page.locator("#sum-all")).to_have_text("合計 16.62／20 分")


def test_tab_leads_to_the_comment_and_both_are_saved(sheet, cells):
    page = sheet()
    field(page, cells[0]).focus()

    page.keyboard.type("80")
    page.keyboard.press("Tab")
    page.keyboard.type("佐證齊全")
    page.keyboard.press("Enter")

    expect(page.locator(f'[name="{cells[1]}-comment"]')).to_be_focused()
    expect(page.locator(f"#version-{cells[0]}")).to_have_value("2")
    assert Score.objects.get().comment == "佐證齊全"


def test_a_wrong_value_is_told_at_the_cell_and_kept(sheet, cells, assert_accessible):
    page = sheet()
    first = field(page, cells[0])
    first.fill("180")
    first.press("Enter")

    expect(said(page, cells[0])).to_contain_text("超出範圍，請輸入 0 到 100")
    expect(first).to_have_attribute("aria-invalid", "true")
    expect(first).to_have_value("180")
    assert_accessible(page)
    first.fill("80")
    first.press("Enter")

    expect(said(page, cells[0])).to_have_text("已儲存")
    expect(first).not_to_have_attribute("aria-invalid", "true")
    assert stored() == {cells[0]: 80}


@pytest.mark.parametrize(("button", "value"), [("用我的", 70), ("用另一個", 90)])
def test_a_clash_is_settled_at_the_cell(sheet, cells, round_, head, button, value):
    page = sheet()
    score(round_, head, {cells[0]: "90"})
    field(page, cells[0]).fill("70")
    field(page, cells[0]).press("Enter")
    expect(said(page, cells[0])).to_contain_text("「90」")

    page.get_by_role("button", name=button).click()

    expect(said(page, cells[0])).to_have_text("已儲存")
    expect(field(page, cells[0])).to_have_value(str(value))
    assert stored() == {cells[0]: value}


def test_a_round_that_closed_meanwhile_keeps_what_was_typed(sheet, cells, round_, head):
    page = sheet()
    close_round(round_, by=head.user)

    field(page, cells[0]).fill("70")
    field(page, cells[0]).press("Enter")

    expect(said(page, cells[0])).to_contain_text("已經結束")
    expect(field(page, cells[0])).to_have_value("70")
    assert stored() == {}


def test_without_javascript_one_form_saves_the_unit(sheet, cells):
    page = sheet(java_script_enabled=False)
    for cell, value in zip(cells, ("80", "81", "82", "830"), strict=True):
        field(page, cell).fill(value)

    page.locator("#score-sheet").get_by_role("button", name="儲存").click()

    expect(said(page, cells[3])).to_contain_text("超出範圍")
    expect(field(page, cells[3])).to_have_value("830")
    assert stored() == dict(zip(cells[:3], [80, 81, 82], strict=True))


def test_a_phone_shows_the_sheet_without_scrolling_sideways(
    sheet, cells, assert_fit_for_all
):
    page = sheet(viewport=PHONE)

    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    assert_fit_for_all(page)


def test_results_and_comparison_are_fit_for_all(
    visit_as, plan, cells, head, assert_fit_for_all
):
    first = make_test_round(plan, head, name="自評")
    score(first, head, dict.fromkeys(cells, "80"))
    close_round(first, by=head.user)
    second = make_test_round(plan, head, name="初評", earlier=first)
    score(second, head, dict.fromkeys(cells, "90"))
    close_round(second, by=head.user)
    page = visit_as(head.user)

    for name in ("results", "round_compare", "round"):
        page.goto(reverse(f"schedule:{name}", args=[plan.pk, second.pk]))
        assert_fit_for_all(page)
