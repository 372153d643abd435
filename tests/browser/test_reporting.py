"""「本期填報」 in a real browser: by keyboard alone, two people, no JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from offices.models import Role
from schedule.models import Report
from tests.browser.conftest import DESK, NARROW, PHONE
from tests.factories import (
    make_indicator,
    make_item,
    make_member,
    make_method,
    make_plan,
    make_unit,
)
from tests.schedule.reporting.made import make_past_period, make_period, make_report

pytestmark = pytest.mark.browser
SAVED = re.compile("已儲存")


class Rows:
    """Three rows of one 承辦人, with what they said the period before."""

    def __init__(self, office):
        self.plan = make_plan(office)
        self.unit = make_unit(office, "民政課", "民")
        self.member = make_member(office, Role.OWNER, unit=self.unit)
        self.period = make_period(self.plan)
        past = make_past_period(self.plan)
        self.shares = [self._share(name) for name in ("巡守", "收件", "清查")]
        for share in self.shares:
            make_report(past, share, words="上期已訪視")
        args = [self.plan.pk, self.period.pk]
        self.address = reverse("schedule:report_period", args=args)

    def _share(self, name):
        item = make_item(self.plan, self.unit, name=name, owners=[self.member])
        make_method(item, "001100000000")
        make_indicator(item)
        return item.shares.get()

    def words(self):
        reports = Report.objects.filter(period=self.period).order_by("share")
        return list(reports.values_list("words", flat=True))


@pytest.fixture
def rows(office):
    return Rows(office)


@pytest.fixture
def open_report(visit_as, rows):
    def act(**kwargs):
        page = visit_as(rows.member.user, **kwargs)
        page.goto(rows.address)
        return page

    return act


def row(page, share):
    return page.locator(f"#row-{share.pk}")


def test_three_rows_by_keyboard_alone(open_report, rows):
    page = open_report()
    first = row(page, rows.shares[0])
    first.locator("[name$=-percent]").focus()

    keys = page.keyboard
    keys.type("50")
    keys.press("Tab")
    keys.type("第一列")
    keys.press("Enter")
    expect(page.locator("[data-reported]")).to_have_text("1")
    keys.type("50")
    keys.press("Tab")
    keys.type("第二列")
    keys.press("Shift+Enter")
    keys.type("換行")
    keys.press("Control+Enter")
    expect(page.locator("[data-reported]")).to_have_text("2")
    keys.type("55")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Enter")
    expect(page.locator("[data-reported]")).to_have_text("3")

    assert rows.words() == ["第一列", "第二列\n換行", "上期已訪視"]
    assert row(page, rows.shares[1]).get_attribute("open") is None
    third = row(page, rows.shares[2])
    expect(third.locator("[data-carried]")).to_be_visible()
    expect(third.locator("[data-light]")).to_contain_text("超前")
    expect(page.get_by_role("button", name="儲存全部")).to_be_focused()


def test_behind_asks_why_before_it_is_saved(open_report, rows):
    page = open_report()
    first = row(page, rows.shares[0])
    cause = first.locator("[name$=-cause]")
    expect(cause).to_be_hidden()

    first.locator("[name$=-words]").fill("場地整修")
    first.locator("[name$=-percent]").fill("20")
    expect(cause).to_be_visible()
    first.locator("[name$=-percent]").press("Enter")

    expect(cause).to_be_focused()
    expect(first).to_contain_text("請填寫落後原因")
    assert rows.words() == []
    cause.fill("場地整修")
    first.locator("[name$=-remedy]").fill("改借禮堂")
    first.locator("[name$=-remedy]").press("Enter")
    expect(first.locator("[data-state]")).to_have_text(SAVED)
    expect(first.locator("[data-light]")).to_contain_text("嚴重落後")


PASTE = """([target, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  target.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""


def test_cells_of_a_spreadsheet_fill_downwards(open_report, rows):
    page = open_report()
    field = row(page, rows.shares[0]).locator("[name$=-percent]").element_handle()

    page.evaluate(PASTE, [field, '50\t甲\r\n60\t"乙一\n乙二"\r\n70\t丙\r\n80\t丁\r\n'])

    expect(row(page, rows.shares[0])).to_contain_text("另有 1 列貼不下")
    expect(page.locator("[data-said]")).to_have_text("3 列尚未儲存")
    page.get_by_role("button", name="儲存全部").click()
    page.wait_for_load_state()
    assert rows.words() == ["甲", "乙一\n乙二", "丙"]


def test_a_paragraph_of_several_lines_is_pasted_as_it_is(open_report, rows):
    page = open_report()
    field = row(page, rows.shares[0]).locator("[name$=-words]").element_handle()

    page.evaluate(PASTE, [field, "第一段\n第二段"])

    expect(page.locator("[data-said]")).to_have_text("")


def test_two_people_in_one_row_keep_both_texts(open_report, rows):
    page = open_report()
    make_report(rows.period, rows.shares[0], words="對方的文字")
    first = row(page, rows.shares[0])
    first.locator("[name$=-percent]").fill("55")
    first.locator("[name$=-words]").fill("我的文字")
    first.locator("[name$=-words]").press("Enter")

    expect(first.get_by_role("alert")).to_contain_text("對方的文字")
    assert rows.words() == ["對方的文字"]
    first.get_by_role("button", name="兩份都留").click()
    first.locator("[name$=-words]").press("Enter")
    expect(first.locator("[data-state]")).to_have_text(SAVED)
    assert rows.words() == ["對方的文字\n我的文字"]


def test_a_lost_connection_loses_no_text(open_report, rows):
    page = open_report()
    first = row(page, rows.shares[0])
    page.context.set_offline(True)
    first.locator("[name$=-percent]").fill("55")
    first.locator("[name$=-words]").fill("離線的字")
    first.locator("[name$=-words]").press("Enter")

    expect(first.locator("[data-state]")).to_contain_text("連不上系統")
    page.context.set_offline(False)
    first.locator("[name$=-words]").press("Enter")
    expect(first.locator("[data-state]")).to_have_text(SAVED)
    assert rows.words() == ["離線的字"]


def test_without_javascript_one_button_saves_all(open_report, rows):
    page = open_report(java_script_enabled=False)
    for share in rows.shares[:2]:
        row(page, share).locator("[name$=-percent]").fill("50")
        row(page, share).locator("[name$=-words]").fill("沒有程式")

    page.get_by_role("button", name="儲存全部").click()

    expect(page.locator("#messages")).to_contain_text("已儲存 2 列")
    assert rows.words() == ["沒有程式", "沒有程式"]


@pytest.mark.parametrize("viewport", [DESK, PHONE, NARROW])
def test_the_pages_are_accessible(visit_as, rows, office, viewport, assert_accessible):
    make_report(rows.period, rows.shares[0], is_done=True)
    keeper = make_member(office, Role.COORDINATOR).user
    make_item(rows.plan, rows.unit, name="研考的", owners=[rows.member])
    args = [rows.plan.pk, rows.period.pk]
    page = visit_as(rows.member.user, viewport=viewport)
    page.goto(rows.address)
    assert_accessible(page)
    page = visit_as(keeper, viewport=viewport)
    for name, more in (
        ("report_row", [rows.shares[0].pk]),
        ("report_matrix", []),
        ("period", []),
    ):
        page.goto(reverse(f"schedule:{name}", args=[*args, *more]))
        assert_accessible(page)
    page.goto(reverse("schedule:periods", args=args[:1]))
    assert_accessible(page)
    page.goto(reverse("schedule:report_settings", args=[office.pk]))
    assert_accessible(page)
    item = rows.shares[0].item_id
    page.goto(reverse("schedule:item_evidence", args=[rows.plan.pk, item]))
    assert_accessible(page)
