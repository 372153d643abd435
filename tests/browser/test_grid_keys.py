"""The month grid by keyboard alone: one tab stop, arrows, and months that are typed."""

import re

import pytest
from playwright.sync_api import expect

from schedule.models import Method
from tests.browser.months import EMPTY, becomes, cells, stored
from tests.factories import make_item, make_method

pytestmark = pytest.mark.browser


def test_the_keyboard_alone_does_everything(open_grid, keeper, rows):
    page = open_grid(keeper)
    press = page.keyboard.press
    table = page.locator("#month-grid")
    expect(table).to_have_attribute("role", "grid")
    assert table.locator('td[tabindex="0"]').count() == 1

    press("ArrowRight")
    press("Space")
    becomes(page, rows[0], "010000000000")
    press("End")
    press("2")
    press("ArrowDown")
    press("Home")
    for _ in range(3):
        press("Shift+ArrowRight")
    assert table.locator('[aria-selected="true"]').count() == 4
    press("1")
    expect(cells(page, rows[1]).nth(3)).to_have_text("預定")
    becomes(page, rows[1], "111100000000")
    press("Escape")
    press("Delete")

    becomes(page, rows[0], "010000000002")
    becomes(page, rows[1], "111000000000")


def test_every_cell_has_a_spoken_name(open_grid, keeper, rows):
    page = open_grid(keeper)
    april = cells(page, rows[0]).nth(3)

    expect(april).to_have_attribute("aria-label", "里鄰聯繫 4月 空白 實地")
    april.click()
    expect(april).to_have_attribute("aria-label", "里鄰聯繫 4月 預定 實地")


def test_months_can_be_typed(open_grid, keeper, rows):
    page = open_grid(keeper)
    box = page.locator("#row-months")
    cells(page, rows[1]).nth(0).focus()
    page.keyboard.press("ArrowRight")

    box.fill("3-6、9*")
    box.press("Enter")
    becomes(page, rows[1], "001111002000")
    box.fill("13")
    box.press("Enter")

    expect(page.locator("#grid-state")).to_contain_text("沒有 13 月")
    expect(box).to_have_attribute("aria-invalid", "true")
    assert stored(rows[1]) == "001111002000"


@pytest.mark.parametrize("mended", ["3", "13"])
def test_a_mistake_is_marked_until_it_is_mended(open_grid, keeper, rows, mended):
    page = open_grid(keeper)
    box = page.locator("#row-months")
    state = page.locator("#grid-state")
    wrong = re.compile("is-invalid")
    box.fill("31")
    box.press("Enter")
    expect(box).to_have_class(wrong)

    box.fill(mended)

    expect(box).not_to_have_class(wrong)
    expect(state).to_be_empty()
    box.press("Enter")
    (expect(box).not_to_have_class if mended == "3" else expect(box).to_have_class)(
        wrong
    )


def test_a_mistake_belongs_to_its_row(open_grid, keeper, rows):
    page = open_grid(keeper)
    box = page.locator("#row-months")
    box.fill("13")
    box.press("Enter")

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")

    expect(box).to_have_value("")
    expect(box).not_to_have_attribute("aria-invalid", "true")


def test_tab_leads_from_the_grid_to_the_months_box_and_on(open_grid, keeper, rows):
    page = open_grid(keeper)
    page.keyboard.press("ArrowDown")
    stops = []

    for _ in range(4):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.textContent"
            )
        )

    assert stops[:3] == ["row-months", "copy-months", "paste-months"]
    assert stops[3].startswith("點一格換成下一種")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="最近刪除的項目")).to_be_focused()
    for _ in range(5):
        page.keyboard.press("Shift+Tab")
    expect(cells(page, rows[1]).nth(0)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_label("精簡顯示")).to_be_focused()


def test_arrows_lead_from_the_months_to_the_links_of_the_row(open_grid, keeper, rows):
    page = open_grid(keeper)
    press = page.keyboard.press
    grid = page.locator("#month-grid")
    ways = grid.get_by_role("link", name="實地")

    press("ArrowLeft")
    expect(ways.first).to_be_focused()
    press("ArrowDown")
    expect(ways.nth(1)).to_be_focused()
    press("ArrowLeft")
    expect(grid.get_by_role("link", name="巡守輔導")).to_be_focused()
    press("ArrowRight")
    press("ArrowRight")
    expect(cells(page, rows[1]).nth(0)).to_be_focused()
    page.get_by_label("精簡顯示").check()
    cells(page, rows[1]).nth(0).focus()
    press("ArrowLeft")  # what is not in sight is passed over

    expect(grid.get_by_role("link", name="巡守輔導")).to_be_focused()
    assert page.locator("#month-grid [tabindex='0']").count() == 1


def test_links_are_tab_stops_again_when_editing_ends(open_grid, keeper, rows):
    page = open_grid(keeper)

    page.get_by_role("button", name="完成").click()

    assert page.locator("#month-grid [tabindex]").count() == 0
    expect(page.locator(".grid-scroll")).to_have_attribute("tabindex", "0")


def test_the_cell_at_hand_is_never_behind_the_tools(
    open_grid, plan, unit, keeper, rows
):
    more = [make_method(make_item(plan, unit), EMPTY) for _ in range(30)]
    page = open_grid(keeper)
    in_sight = """() => {
      const cell = document.activeElement, box = cell.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return cell === top || cell.contains(top);
    }"""

    for _ in more:
        page.keyboard.press("ArrowDown")
        page.wait_for_function(in_sight)  # scrolling is smooth


def test_what_was_typed_goes_to_its_own_row(open_grid, keeper, rows):
    page = open_grid(keeper)
    cells(page, rows[0]).nth(0).focus()
    page.locator("#row-months").fill("7-8")

    cells(page, rows[1]).nth(4).click()

    becomes(page, rows[0], "000000110000")
    becomes(page, rows[1], "000010000000")
    expect(page.locator("#row-months")).to_have_value("5")


def test_a_rows_pattern_is_copied_by_key_and_by_button(open_grid, keeper, rows):
    Method.objects.filter(pk=rows[0].pk).update(months="000110002000")
    page = open_grid(keeper)
    page.keyboard.press("Control+c")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+v")
    becomes(page, rows[1], "000110002000")
    page.locator("#row-months").fill("無")
    page.locator("#row-months").press("Enter")
    becomes(page, rows[1], EMPTY)
    cells(page, rows[0]).nth(0).focus()
    page.get_by_role("button", name="複製").click()
    cells(page, rows[1]).nth(0).focus()
    page.get_by_role("button", name="貼上").click()

    becomes(page, rows[1], "000110002000")
