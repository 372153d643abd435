"""Review as people do it: four at four machines, by keyboard, and with what goes wrong."""

import pytest
from django.conf import settings
from django.urls import reverse

from offices.models import Role
from plans.cycle import Actor
from plans.models import Approval, Block, Remark, State, Submission
from plans.workflow import agree
from tests.browser.conftest import PASSWORD, PHONE
from tests.factories import make_member
from tests.plans.cycle import Cycle, current

pytestmark = pytest.mark.browser


@pytest.fixture
def cycle(office):
    return Cycle(office=office)


def at(submission, name="submission"):
    return reverse(f"plans:{name}", args=[submission.plan_id, submission.pk])


def by_keyboard(page, locator):
    """Press a button or link as those do who have no mouse."""
    locator.focus()
    page.keyboard.press("Enter")


def write(page, block, words):
    """The body of a point, on the plan page."""
    page.goto(block.plan.get_absolute_url())
    page.locator(f"#b{block.pk} .line").first.click()
    page.locator(".block-form [name=body]").fill(words)
    page.keyboard.press("Control+Enter")
    page.locator(".plan-note").wait_for()


def send(page, cycle):
    page.goto(cycle.plan.get_absolute_url())
    by_keyboard(page, page.get_by_role("link", name="送核", exact=True))
    page.get_by_label("送核說明").fill("請審核")
    by_keyboard(page, page.get_by_role("button", name="送核"))
    page.get_by_text("已送核，並通知審核的人。").wait_for()


def open_from_queue(page):
    page.goto("/review/")
    by_keyboard(page, page.locator(".queue tbody a"))
    page.locator("#review").wait_for()


def agree_by_keyboard(page):
    open_from_queue(page)
    by_keyboard(page, page.get_by_role("button", name="同意，往下一步"))
    page.get_by_text("已同意。").wait_for()


def approve_by_keyboard(page, number):
    open_from_queue(page)
    by_keyboard(page, page.get_by_role("link", name="核定…"))
    page.get_by_label("文號").fill(number)
    page.locator("#line-preview", has_text=number).wait_for()
    by_keyboard(page, page.get_by_role("button", name="核定", exact=True))
    page.get_by_text("已核定，這一版已經凍結留存。").wait_for()


def test_four_people_bring_a_plan_to_approval_and_review_its_amendment(cycle, visit_as):
    people = (cycle.writer, cycle.head, cycle.coordinator, cycle.chief)
    writer, head, coordinator, chief = (visit_as(member.user) for member in people)

    send(writer, cycle)
    agree_by_keyboard(head)
    agree_by_keyboard(coordinator)
    approve_by_keyboard(chief, "明東戶字第1140000123號")

    write(writer, cycle.second, "縮短民眾等候時間為八分鐘。")
    writer.reload()
    assert "修正中" in writer.locator(".cycle").inner_text()
    send(writer, cycle)
    open_from_queue(head)
    changes = head.locator("article.change")
    assert changes.count() == 1
    assert "為八分鐘" in changes.locator("ins").inner_text()
    assert "縮短民眾等候時間" in changes.inner_text()

    head.keyboard.press("n")
    head.keyboard.press("r")
    head.locator(".panel-form textarea:focus").wait_for()
    head.keyboard.type("請寫依據")
    head.keyboard.press("Control+Enter")
    head.locator(".verdict.is-return").wait_for()
    head.get_by_label("意見（同意時可空白）").fill("目標的依據不明")
    by_keyboard(head, head.get_by_role("button", name="退回修正"))
    head.get_by_text("已退回修正，並通知送核的人。").wait_for()

    writer.goto(cycle.plan.get_absolute_url())
    told = writer.locator(".cycle").inner_text()
    for words in ("退回修正", "目標的依據不明", "請寫依據"):
        assert words in told
    cycle.plan.refresh_from_db()
    assert cycle.plan.returned_parts == [f"b{cycle.second.pk}"]
    assert Approval.objects.count() == 1


def test_changes_are_judged_by_keys_alone(cycle, visit_as, assert_accessible):
    submission = cycle.submit()
    page = visit_as(cycle.head.user)
    page.goto(at(submission))

    page.keyboard.press("n")
    page.locator("#change-1:focus").wait_for()
    page.keyboard.press("a")
    page.locator("#panel-1 .verdict").wait_for()
    page.keyboard.press("n")
    page.keyboard.press("c")
    page.locator("#change-2 textarea:focus").wait_for()
    assert_accessible(page)
    page.keyboard.type("nap 這些字母寫得進去")
    page.keyboard.press("Control+Enter")
    page.locator("#change-2 .remarks").wait_for()
    page.keyboard.press("n")
    page.keyboard.press("r")
    page.locator("#change-3 textarea:focus").wait_for()
    page.keyboard.press("Escape")
    page.locator("#change-3 textarea").wait_for(state="detached")
    page.keyboard.press("p")

    page.locator("#change-2:focus").wait_for()
    assert "已逐項審核 1／3 處" in page.locator("#review-progress").inner_text()
    assert Remark.objects.get().text == "nap 這些字母寫得進去"
    assert page.locator("#change-1").evaluate(
        "e => getComputedStyle(e.querySelector('ins')).textDecorationLine"
    ) == ("underline")


def test_single_keys_can_be_turned_off_for_good(cycle, visit_as):
    submission = cycle.submit()
    page = visit_as(cycle.head.user)
    page.goto(at(submission))
    page.get_by_label("使用單鍵").uncheck()
    page.reload()

    assert not page.get_by_label("使用單鍵").is_checked()
    page.locator("#change-1").focus()
    page.keyboard.press("a")
    page.keyboard.press("n")
    assert page.locator("#change-1:focus").count() == 1
    page.get_by_role("button", name="下一處").press("Enter")
    page.locator("#change-2:focus").wait_for()
    assert not submission.judgements.exists()


def test_all_of_it_without_javascript(cycle, visit_as):
    submission = cycle.submit()
    page = visit_as(cycle.head.user, java_script_enabled=False)
    page.goto(at(submission))
    page.locator("#change-1").get_by_role("button", name="同意").click()
    page.locator("#change-2").get_by_role("link", name="退回…").click()
    page.locator("#change-2 textarea").fill("請列數據")
    page.get_by_role("button", name="退回這一處").click()
    page.get_by_role("link", name="全文").click()
    page.locator("#change-3").get_by_role("link", name="意見…").click()
    page.locator("#change-3 textarea").fill("文字通順")
    page.locator("#change-3").get_by_role("button", name="加註意見").click()
    assert "all=1" in page.url
    page.get_by_label("意見（同意時可空白）").fill("目標要能衡量")
    page.get_by_role("button", name="退回修正").click()

    submission.refresh_from_db()
    assert submission.outcome == Submission.Outcome.RETURNED
    assert {j.verdict for j in submission.judgements.all()} == {"accepted", "returned"}
    assert submission.remarks.get().text == "文字通順"


def type_remark(page, submission, words):
    page.goto(at(submission))
    page.keyboard.press("n")
    page.keyboard.press("c")
    page.locator("#change-1 textarea:focus").wait_for()
    page.keyboard.type(words)


def lose_session(page):
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def sign_in_by_hand(page, user):
    page.locator("[name=username]").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登入").click()


def test_words_outlive_the_session_and_come_back_after_signing_in(cycle, visit_as):
    submission = cycle.submit()
    page = visit_as(cycle.head.user)
    type_remark(page, submission, "登入結束前打的字")
    lose_session(page)
    page.get_by_role("button", name="加註意見").first.click()
    page.wait_for_url("**/sign-in/**")

    sign_in_by_hand(page, cycle.head.user)
    field = page.locator("#change-1 textarea")
    field.wait_for()
    page.locator("#change-1 .unsent:visible").wait_for()
    assert field.input_value() == "登入結束前打的字"
    page.keyboard.press("Control+Enter")
    page.locator("#change-1 .remarks").wait_for()

    assert submission.remarks.get().text == "登入結束前打的字"
    page.reload()
    page.wait_for_load_state()
    assert page.locator("#change-1 textarea").count() == 0


def test_signing_in_again_in_another_tab_is_enough(cycle, visit_as):
    submission = cycle.submit()
    page = visit_as(cycle.head.user)
    type_remark(page, submission, "另一個分頁登入後再送")
    lose_session(page)
    other = page.context.new_page()
    other.goto("/sign-in/")
    sign_in_by_hand(other, cycle.head.user)
    other.wait_for_url("**/")

    page.keyboard.press("Control+Enter")

    page.locator("#change-1 .remarks").wait_for()
    assert submission.remarks.get().text == "另一個分頁登入後再送"


def test_what_is_said_of_the_whole_outlives_the_session_too(cycle, visit_as):
    submission = cycle.submit()
    page = visit_as(cycle.head.user)
    page.goto(at(submission))
    page.get_by_label("意見（同意時可空白）").fill("還沒送出的理由")
    lose_session(page)
    page.get_by_role("button", name="退回修正").click()
    page.wait_for_url("**/sign-in/**")

    sign_in_by_hand(page, cycle.head.user)

    page.locator("#review").wait_for()
    assert page.get_by_label("意見（同意時可空白）").input_value() == "還沒送出的理由"
    page.get_by_role("button", name="退回修正").click()
    page.get_by_text("已退回修正").first.wait_for()
    assert page.locator(".unsent:visible").count() == 0


def test_a_double_click_approves_once(cycle, visit_as):
    submission = cycle.submit()
    cycle.agree_until_last(submission)
    page = visit_as(cycle.chief.user)
    page.goto(at(submission, "approve"))

    page.get_by_role("button", name="核定", exact=True).dblclick()

    page.get_by_text("已核定，這一版已經凍結留存。").wait_for()
    assert Approval.objects.count() == 1


def test_the_slower_of_two_chiefs_is_told_and_keeps_the_words(
    cycle, visit_as, assert_fit_for_all
):
    submission = cycle.submit()
    cycle.agree_until_last(submission)
    secretary = make_member(cycle.office, Role.CHIEF)
    first, second = visit_as(cycle.chief.user), visit_as(secretary.user)
    for page in (first, second):
        page.goto(at(submission, "approve"))
    second.get_by_label("備註").fill("奉首長指示")

    first.get_by_role("button", name="核定", exact=True).click()
    first.get_by_text("已核定，這一版已經凍結留存。").wait_for()
    with second.expect_response(lambda answer: answer.status == 409):
        second.get_by_role("button", name="核定", exact=True).click()

    second.get_by_text("剛才已核定").wait_for()
    assert second.get_by_label("備註").input_value() == "奉首長指示"
    assert Approval.objects.count() == 1
    assert_fit_for_all(second)


def test_a_form_that_is_open_when_the_plan_is_sent_up_keeps_its_text(cycle, visit_as):
    page = visit_as(cycle.coordinator.user, java_script_enabled=False)
    page.goto(reverse("plans:block", args=[cycle.plan.pk, cycle.second.pk]))
    page.locator("[name=body]").fill("送核之後才按儲存的文字")
    cycle.submit()

    page.get_by_role("button", name="儲存", exact=True).click()

    said = page.locator("main")
    assert "計畫正在送核" in said.inner_text()
    shown = said.inner_text() + "".join(
        field.input_value() for field in said.locator("textarea").all()
    )
    assert "送核之後才按儲存的文字" in shown
    assert Block.objects.get(pk=cycle.second.pk).body == "縮短民眾等候時間。"


def test_a_form_that_was_open_while_the_plan_was_approved_makes_an_amendment(
    cycle, visit_as
):
    page = visit_as(cycle.coordinator.user)
    page.goto(cycle.plan.get_absolute_url())
    page.locator(f"#b{cycle.second.pk} .line").first.click()
    page.locator(".block-form [name=body]").fill("核定之後才按儲存的文字")
    approval = cycle.approve()

    page.keyboard.press("Control+Enter")
    page.locator(".plan-note").wait_for()

    cycle.plan.refresh_from_db()
    assert cycle.plan.state == State.AMENDING
    assert "核定之後" not in approval.content


def test_reviewers_see_each_other(cycle, visit_as):
    submission = cycle.submit()
    first, second = visit_as(cycle.head.user), visit_as(cycle.coordinator.user)
    first.goto(at(submission))
    first.wait_for_load_state("networkidle")

    second.goto(at(submission))

    second.get_by_text(f"{cycle.head.user} 正在看").wait_for()


@pytest.mark.parametrize("query", ["", "?all=1", "?show=final", "?at=2&do=return"])
def test_the_page_is_fit_for_all(cycle, visit_as, assert_fit_for_all, query):
    cycle.approve()
    for block, words in ((cycle.second, "縮短為八分鐘。"), (cycle.first, "依計畫。")):
        Block.objects.filter(pk=block.pk).update(body=words)
    cycle.plan.touch()
    submission = cycle.submit()
    agree(submission, step=current(submission), by=Actor(cycle.head.user), note="可")
    page = visit_as(cycle.coordinator.user)
    page.goto(at(submission) + query)

    assert_fit_for_all(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_pages_around_the_review_are_fit_for_all(cycle, visit_as, assert_fit_for_all):
    submission = cycle.submit()
    for member, address in (
        (cycle.head, "/review/"),
        (cycle.writer, "/review/"),
        (cycle.writer, cycle.plan.get_absolute_url()),
    ):
        page = visit_as(member.user)
        page.goto(address)
        assert_fit_for_all(page)
    cycle.agree_until_last(submission)
    page = visit_as(cycle.chief.user)
    page.goto(at(submission, "approve"))
    assert_fit_for_all(page)
