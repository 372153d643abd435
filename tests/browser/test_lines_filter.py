"""The box above the lines of a plan: finds them, and never loses what is ticked."""

import pytest
from django.urls import reverse

from offices.models import Role
from schedule.linking import keys_of
from tests.factories import make_item, make_member, make_plan, make_point

pytestmark = pytest.mark.browser


@pytest.fixture
def page(office, visit_as):
    """The links of an item of a plan with two chapters, the first one opened."""
    plan = make_plan(office)
    for chapter, points in [
        ("實施策略", ["簡化申請書表", "推廣線上申請"]),
        ("推動作法", ["每季檢討一次"]),
    ]:
        parent = make_point(plan, chapter)
        for words in points:
            make_point(plan, words, parent)
    item = make_item(plan)
    page = visit_as(make_member(office, Role.COORDINATOR).user)
    page.goto(reverse("schedule:links", args=[plan.pk, item.pk]))
    page.item = item
    page.locator("summary", has_text="實施策略").click()
    return page


def lines_in_sight(page):
    labels = page.locator("#lines-form li:visible label").all_inner_texts()
    return [label.split("\u3000")[-1].strip() for label in labels]


def test_typing_leaves_the_lines_that_say_all_words(page):
    page.get_by_label("只列出含有這些字的").fill("申請 線上")

    assert lines_in_sight(page) == ["推廣線上申請"]
    assert page.locator("#lines-found").inner_text() == "找到 1 項"


def test_clearing_the_box_brings_the_page_back_as_it_was(page):
    before = lines_in_sight(page)
    box = page.get_by_label("只列出含有這些字的")

    box.fill("檢討")
    found = lines_in_sight(page)
    box.fill("")

    assert found == ["每季檢討一次"]
    assert lines_in_sight(page) == before


def test_what_is_ticked_stays_in_sight_and_is_saved(page):
    page.get_by_label("簡化申請書表").check()
    box = page.get_by_label("只列出含有這些字的")

    box.fill("檢討")
    box.press("Enter")  # saves nothing yet
    page.get_by_label("每季檢討一次").check()
    in_sight = lines_in_sight(page)
    page.get_by_role("button", name="儲存").click()

    page.get_by_text("已儲存對應的計畫內容").wait_for()
    assert in_sight == ["簡化申請書表", "每季檢討一次"]
    assert len(keys_of(page.item)) == 2


def test_the_page_is_fit_for_all(page, assert_fit_for_all):
    page.get_by_label("簡化申請書表").check()

    assert_fit_for_all(page)
