"""Every page, by the access matrix: axe, size of targets, focus, and narrow windows.

A new address is in the matrix (test_access.py sees to it) and therefore here too.
"""

import pytest
from django.urls import reverse

from plans.exports import layout
from plans.models import Block, Export, Row
from plans.removal import delete_block
from plans.tables.rows import delete_row
from tests.access_matrix import MATRIX, Target, make_people
from tests.factories import (
    make_member,
    make_plan,
    make_point,
    make_table,
    make_user,
)

pytestmark = pytest.mark.browser

# Downloads, and pieces of pages.
NO_PAGE = {
    "offices:audit_file",
    "plans:amendment_file",
    "plans:file",
    "plans:proof_marks",  # a fragment for htmx
    "schedule:feed",
    "schedule:file",
}
ERROR_PAGES = ["400", "403", "403_csrf", "404", "413", "500"]
FLAGGED = """壹、計畫目標
縮短民眾等候的時間。
貳、實施要領
貳、考核
一、權重
項次\t工作項目\t權重
1\t櫃檯禮貌\t60%
2\t到府收件\t30%
"""


def pages():
    """The addresses that some person gets a page from."""
    for access in MATRIX:
        some_page = 200 in access.get.values() or access.name == "plans:draft"
        if some_page and access.name not in NO_PAGE:
            yield pytest.param(access, id=access.name)


@pytest.mark.parametrize("access", list(pages()))
def test_page_is_accessible(access, office, visit_as, assert_fit_for_all):
    people = make_people(office)
    target = Target(office)
    if access.get["coordinator"] == 200:
        visitor = people["coordinator"]
    elif access.get["chief"] == 200:
        visitor = people["chief"]
    elif access.get["anonymous"] == 200:
        visitor = None
    else:
        visitor = target.draft.created_by

    page = visit_as(visitor)
    answer = page.goto(reverse(access.name, kwargs=access.arguments(target)))

    assert answer.status == 200
    assert_fit_for_all(page)


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_page_is_accessible(name, rendered, assert_fit_for_all):
    assert_fit_for_all(rendered(f"{name}.html", {"request_id": "9f2c"}))


def test_locked_out_page_is_accessible(rendered, assert_fit_for_all):
    assert_fit_for_all(rendered("offices/locked_out.html", {"failure_limit": 5}))


def test_open_point_and_its_conflict_are_accessible(
    office, visit_as, assert_fit_for_all
):
    point = make_point(make_plan(office), "服務流程", body="原來的一段。")
    page = visit_as(make_member(office).user)
    page.goto(point.plan.get_absolute_url())
    page.locator(f"#b{point.pk} .line").click()
    page.locator(".block-form [name=body]").fill("我寫的一段。")
    page.locator(".block-more summary").click()
    assert_fit_for_all(page)

    Block.objects.filter(pk=point.pk).update(body="他寫的一段。", version=7)
    page.get_by_role("button", name="儲存").click()

    page.locator(".conflict").wait_for()
    assert_fit_for_all(page)


def test_open_row_and_its_conflict_are_accessible(office, visit_as, assert_fit_for_all):
    plan = make_plan(office)
    table = make_table(plan, rows=[("主動服務", "到府收件"), (None, "預約辦理")])
    row = table.rows.last()
    page = visit_as(make_member(office).user)
    page.goto(plan.get_absolute_url())
    page.locator(f"#r{row.pk} td").last.click()
    page.locator(".row-form textarea").last.fill("我寫的。")
    page.locator(".row-more summary").click()
    assert_fit_for_all(page)

    Row.objects.filter(pk=row.pk).update(version=7)
    page.get_by_role("button", name="儲存", exact=True).click()

    page.locator(".conflict").wait_for()
    assert_fit_for_all(page)


def test_what_was_deleted_meanwhile_is_accessible(office, visit_as, assert_fit_for_all):
    plan = make_plan(office)
    point = make_point(plan, "服務流程")
    table = make_table(plan, rows=[("主動服務", "到府收件"), ("便民", "預約辦理")])
    page = visit_as(make_member(office).user)
    for place, name in ((point, "block"), (table.rows.last(), "row")):
        page.goto(reverse(f"plans:{name}", args=[plan.pk, place.pk]))
        (delete_block if name == "block" else delete_row)(place, by=make_user())

        with page.expect_navigation():  # as without htmx: a page of its own
            page.evaluate(f"document.querySelector('.{name}-form').submit()")

        page.locator(f"#{name}-gone").wait_for()
        assert_fit_for_all(page)


def test_confirming_an_import_is_accessible(office, visit_as, assert_fit_for_all):
    page = visit_as(make_member(office).user)
    page.goto(reverse("plans:import"))
    page.get_by_label("年度").fill("114")
    page.get_by_label("計畫名稱").fill("114年度服務計畫")
    page.get_by_label("貼上計畫文字").fill(FLAGGED)
    page.get_by_role("button", name="讀入並確認").click()

    page.locator(".piece.flagged").first.wait_for()
    assert_fit_for_all(page)


@pytest.mark.parametrize("state", Export.State.values)
def test_every_state_of_an_export_is_accessible(
    state, office, visit_as, assert_fit_for_all
):
    plan = make_plan(office)
    words = "字型檔讀不到。"
    Export.objects.create(
        plan=plan, edition=plan.edition, layout=layout(), state=state, message=words
    )
    page = visit_as(make_member(office).user)

    page.goto(reverse("plans:export", args=[plan.pk]))

    assert_fit_for_all(page)


def test_a_refused_form_is_accessible(office, visit_as, assert_fit_for_all):
    plan = make_plan(office)
    page = visit_as(make_member(office).user)
    page.goto(reverse("plans:revisions", args=[plan.pk]))
    page.get_by_label("日期").fill("113.13.1")

    page.get_by_role("button", name="新增").click()

    page.locator(".is-invalid").wait_for()
    assert_fit_for_all(page)
