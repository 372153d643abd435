"""說明 of a 修正對照表, saved where it stands; two people at once."""

import pytest
from django.urls import reverse

from plans.amending import save_note
from plans.editing import save_block
from plans.versions import Pair
from tests.factories import make_member, make_plan, make_point, make_user
from tests.plans.approved import approve_as_it_is

pytestmark = pytest.mark.browser


@pytest.fixture
def amended(office):
    plan = make_plan(office)
    point = make_point(plan, "每年檢討一次")
    plan.pair = f"v{approve_as_it_is(plan).pk}-now"
    save_block(point, version=1, heading="每季檢討一次", body="", by=make_user())
    plan.key = f"b{point.pk}"
    return plan


@pytest.fixture
def page(amended, office, visit_as):
    page = visit_as(make_member(office).user)
    page.goto(reverse("plans:amendments", args=[amended.pk, amended.pair]))
    page.locator(".note-edit summary").click()
    page.get_by_label("說明", exact=True).last.fill("配合業務需要。")
    return page


def test_a_reason_is_saved_in_place(amended, page, assert_fit_for_all):
    page.get_by_role("button", name="儲存").click()

    page.get_by_text("已儲存").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert amended.amendment_notes.get().text == "配合業務需要。"
    assert_fit_for_all(page)


def test_a_conflict_keeps_both(amended, page, assert_fit_for_all):
    pair = Pair.parse(amended.pair)
    save_note(amended, pair, amended.key, text="他的話。", version=0, by=make_user())

    page.get_by_role("button", name="儲存").click()

    page.get_by_text("他的：").wait_for()
    assert page.get_by_label("我的").input_value() == "配合業務需要。"
    assert_fit_for_all(page)
    page.get_by_role("button", name="儲存").click()
    page.get_by_text("已儲存").wait_for()
    assert amended.amendment_notes.get().text == "配合業務需要。"
