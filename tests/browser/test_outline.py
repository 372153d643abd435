"""The plan page used as people use it: by keyboard, by mouse, by two at once."""

import pytest

from offices.models import Role
from plans.models import Block
from tests.factories import make_plan, make_point, make_table

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(office):
    plan = make_plan(office)
    chapter = make_point(plan, "實施要領")
    make_point(plan, "服務流程", chapter)
    make_point(plan, "服務態度", chapter)
    make_point(plan, "考核獎懲")
    return plan


def named(heading):
    return Block.objects.get(heading=heading)


def open_by_click(page, plan, heading):
    page.goto(plan.get_absolute_url())
    page.locator(".paper .line").get_by_text(heading).click()
    page.locator(".block-form textarea:focus").wait_for()


def note(page):
    page.locator(".plan-note").wait_for()
    return page.locator("#plan-status").inner_text()


def test_a_point_is_written_and_moved_by_keyboard_alone(
    sign_in, plan, assert_accessible
):
    page = sign_in()
    page.goto(plan.get_absolute_url())
    assert_accessible(page)

    page.locator(f"#b{named('服務態度').pk} a.edit").focus()
    page.keyboard.press("Enter")
    page.locator(".block-form textarea").first.wait_for()
    assert_accessible(page)
    page.keyboard.type("與禮貌")
    page.keyboard.press("Alt+ArrowUp")
    assert "已上移" in note(page)
    page.keyboard.press("Control+Enter")
    page.locator(".block-form").wait_for(state="detached")

    moved = named("服務態度與禮貌")
    assert moved.position == 0
    page.locator(f"#b{moved.pk} a.edit:focus").wait_for()
    assert page.locator("#outline").get_by_text("一、服務態度與禮貌").is_visible()


def test_typed_text_comes_back_until_it_is_given_up(sign_in, plan):
    page = sign_in()
    page.on("dialog", lambda dialog: dialog.accept())
    open_by_click(page, plan, "服務流程")
    page.keyboard.type("未存")

    open_by_click(page, plan, "服務流程")

    page.locator(".unsent").wait_for()
    field = page.locator(".block-form [name=heading]")
    assert field.input_value() == "服務流程未存"
    page.keyboard.press("Escape")
    page.locator(".block-form").wait_for(state="detached")
    open_by_click(page, plan, "服務流程")
    assert field.input_value() == "服務流程"


def test_signing_out_wipes_what_was_typed(sign_in, plan):
    page = sign_in()
    page.on("dialog", lambda dialog: dialog.accept())
    open_by_click(page, plan, "服務流程")
    page.keyboard.type("祕密")
    page.goto("/")

    page.locator(".site-user summary").click()
    page.get_by_role("button", name="登出").click()
    page.wait_for_url("**/sign-in/**")

    kept = page.evaluate(
        "Object.keys(sessionStorage).filter(k => k.startsWith('unsent'))"
    )
    assert kept == []


def test_two_people_save_one_point_and_both_texts_survive(
    sign_in, plan, assert_accessible
):
    mine, other = sign_in(), sign_in(Role.COORDINATOR)
    for page, words in ((other, "他寫的一段"), (mine, "我寫的一段")):
        open_by_click(page, plan, "服務流程")
        page.locator(".block-form [name=body]").fill(words)

    other.keyboard.press("Control+Enter")
    note(other)
    mine.keyboard.press("Control+Enter")
    mine.locator(".conflict").wait_for()

    assert_accessible(mine)
    mine.get_by_role("button", name="用合併後的").click()
    note(mine)
    assert named("服務流程").body == "我寫的一段\n他寫的一段"


def test_a_deleted_point_is_put_back(sign_in, plan):
    page = sign_in()
    open_by_click(page, plan, "服務流程")

    page.get_by_role("button", name="刪除", exact=True).click()
    page.get_by_role("button", name="復原").click()
    page.get_by_text("已復原").wait_for()

    assert named("服務流程").position == 0


def test_a_reference_goes_to_the_caret(sign_in, plan):
    page = sign_in()
    open_by_click(page, plan, "考核獎懲")
    page.locator(".block-form [name=body]").fill("依辦理")
    page.locator(".block-form [name=body]").press("Home")
    page.keyboard.press("ArrowRight")

    page.locator(".block-more summary").click()
    page.locator("select[name=target]").select_option(str(named("實施要領").pk))
    page.get_by_role("button", name="插入參照").click()
    page.keyboard.press("Control+Enter")
    note(page)

    assert page.locator(".paper .text").get_by_text("依壹辦理").is_visible()


def test_nothing_runs_over_the_edge_of_a_phone(sign_in, plan):
    page = sign_in(viewport={"width": 400, "height": 800})

    open_by_click(page, plan, "服務流程")

    assert page.evaluate("document.documentElement.scrollWidth") == 400


def test_a_point_is_edited_without_javascript(sign_in, plan):
    page = sign_in(java_script_enabled=False)
    page.goto(plan.get_absolute_url())

    page.locator(f"#b{named('服務流程').pk} a.edit").press("Enter")
    page.locator("[name=body]").fill("沒有腳本也能存")
    page.get_by_role("button", name="儲存").click()
    page.wait_for_url(f"**{plan.get_absolute_url()}#*")

    assert named("服務流程").body == "沒有腳本也能存"


def test_the_outline_shows_where_the_reader_is(sign_in, plan):
    for _ in range(30):
        make_point(plan, "再一章")
    page = sign_in()
    page.goto(plan.get_absolute_url())
    current = page.locator("#outline [aria-current]")
    assert "實施要領" in current.inner_text()

    page.locator(".paper .line").get_by_text("再一章").last.scroll_into_view_if_needed()
    page.mouse.wheel(0, 5000)
    page.locator("#outline [aria-current]", has_text="再一章").wait_for()
    page.get_by_label("只列各章與附件").check()

    assert page.locator("#outline").get_by_text("服務流程").is_hidden()


def test_what_was_typed_into_a_row_comes_back_too(sign_in, plan):
    row = make_table(plan, rows=[("主動服務", "到府收件")]).rows.get()
    page = sign_in()
    page.on("dialog", lambda dialog: dialog.accept())
    cell = page.locator(".row-form textarea").first
    for _ in range(2):
        page.goto(plan.get_absolute_url())
        page.locator(f"#r{row.pk} td").first.click()
        page.locator(".row-form textarea:focus").wait_for()
        page.keyboard.type("未存")

    assert page.locator(".unsent").is_visible()
    assert cell.input_value() == "主動服務未存未存"
    page.get_by_role("button", name="儲存", exact=True).click()
    page.locator(".row-form").wait_for(state="detached")

    page.locator(f"#r{row.pk} td").first.click()
    page.locator(".row-form").wait_for()
    assert page.locator(".unsent").is_hidden()
