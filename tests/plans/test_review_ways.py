"""The ways on from a review: all at once, to the versions, back to what was returned."""

import pytest
from django.urls import reverse

from offices.audit.models import Act, AuditEvent
from plans.carrying import carry_over
from plans.cycle import Actor
from plans.editing import move_block_up
from plans.models import Block, Judgement, Plan
from plans.versions import side_of
from plans.workflow import judge, send_back
from tests.factories import make_deputy, make_point, make_table
from tests.plans.cycle import Cycle, current
from tests.plans.requests import at, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle():
    return Cycle()


def sign_in(client, member):
    client.force_login(member.user)
    return client


def review(submission, name="submission"):
    return reverse(f"plans:{name}", args=[submission.plan_id, submission.pk])


def html(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def returned(cycle, *keys):
    """A submission of which the head returned these changes."""
    submission = cycle.submit()
    by = Actor(cycle.head.user)
    for key in keys:
        judge(submission, key=key, verdict="returned", reason="請改", by=by)
    send_back(submission, step=current(submission), by=by, reason="請改正後再送")
    cycle.plan.refresh_from_db()
    return submission


def test_the_rest_is_accepted_at_once_and_what_was_judged_stays(client, cycle):
    submission = cycle.submit()
    by = Actor(cycle.head.user)
    key = f"b{cycle.second.pk}"
    judge(submission, key=key, verdict="returned", reason="請列分鐘", by=by)

    answer = sign_in(client, cycle.head).post(
        review(submission, "accept_rest"),
        {"step": current(submission).pk, "show": "new", "all": "1"},
    )

    assert answer["Location"] == f"{review(submission)}?show=new&all=1"
    verdicts = dict(submission.judgements.values_list("key", "verdict"))
    assert verdicts.pop(key) == Judgement.Verdict.RETURNED
    assert set(verdicts.values()) == {Judgement.Verdict.ACCEPTED}
    assert {f"b{cycle.first.pk}", f"b{cycle.last.pk}"} <= set(verdicts)
    assert AuditEvent.objects.filter(act=Act.JUDGED).count() == 2
    assert "其餘全部同意" not in html(client, review(submission))


def test_all_at_once_is_for_those_whose_turn_it_is(client, cycle):
    submission = cycle.submit()
    data = {"step": current(submission).pk}

    answer = sign_in(client, cycle.writer).post(review(submission, "accept_rest"), data)

    assert answer.status_code == 403
    assert "其餘全部同意" not in html(client, review(submission))
    assert not submission.judgements.exists()


def test_all_at_once_is_too_late_after_the_step(client, cycle):
    submission = cycle.submit()
    step = current(submission)
    send_back(submission, step=step, by=Actor(cycle.head.user), reason="請改")

    answer = sign_in(client, cycle.head).post(
        review(submission, "accept_rest"), {"step": step.pk}
    )

    assert answer.status_code == 409
    assert not submission.judgements.exists()


def test_an_approved_review_leads_to_its_version_and_its_table(client, cycle):
    first = cycle.approve()
    move_block_up(Block.objects.get(pk=cycle.second.pk), by=cycle.writer.user)
    second = cycle.approve()

    page = html(sign_in(client, cycle.reader), review(second.submission))

    pair = f"{side_of(first)}-{side_of(second)}"
    assert f'href="{second.get_absolute_url()}"' in page
    assert f'href="{at("amendments", cycle.plan, pair)}"' in page
    assert "<strong>核定</strong>" in page
    assert "原在 貳、" in page


def test_a_review_under_way_leads_to_the_table_of_its_changes(client, cycle):
    nothing_before = cycle.submit()
    page = html(sign_in(client, cycle.head), review(nothing_before))
    assert "修正對照表" not in page
    send_back(
        nothing_before,
        step=current(nothing_before),
        by=Actor(cycle.head.user),
        reason="請改",
    )

    version = cycle.approve()
    move_block_up(Block.objects.get(pk=cycle.second.pk), by=cycle.writer.user)
    page = html(client, review(cycle.submit()))

    assert at("amendments", cycle.plan, f"{side_of(version)}-now") in page


def test_a_plan_carried_over_says_that_it_is_compared_with_last_year(client, cycle):
    by = cycle.coordinator.user
    plan = carry_over(cycle.plan, office=cycle.office, year=115, title="115年度", by=by)
    cycle.plan = Plan.objects.get(pk=plan.pk)
    sign_in(client, cycle.writer)

    before = html(client, at("submit", cycle.plan))
    after = html(client, review(cycle.submit()))

    assert "與去年（114年度）的計畫不同之處" in before
    assert "還有 3 項「尚未確認」" in before
    assert "與去年（114年度）的計畫比較" in after
    assert at("amendments", cycle.plan, "last-now") in after


def test_a_lent_role_passes_no_step_before_or_after_sending(client, cycle):
    make_deputy(cycle.coordinator, cycle.writer)

    page = html(sign_in(client, cycle.writer), at("submit", cycle.plan))
    client.post(at("submit", cycle.plan), {"note": ""})

    assert "視為同意" not in page
    states = cycle.plan.submissions.get().steps.values_list("state", flat=True)
    assert list(states) == ["current", "waiting", "waiting"]


def test_what_was_returned_is_one_click_away_and_said_again(client, cycle):
    key = f"b{cycle.second.pk}"
    submission = returned(cycle, key)

    writer = html(sign_in(client, cycle.writer), review(submission))
    reader = html(sign_in(client, cycle.reader), review(submission))
    again = html(client, review(cycle.submit()))

    assert f'href="{cycle.plan.get_absolute_url()}#{key}">到計畫改正' in writer
    assert "到計畫改正" not in reader
    assert reader.count("沒有進行") == 2
    assert f'href="{review(submission)}"' in again


def test_a_missing_reason_is_said_at_its_field(client, cycle):
    submission = cycle.submit()

    answer = sign_in(client, cycle.head).post(
        review(submission, "send_back"), {"step": current(submission).pk, "note": ""}
    )

    field = answer.content.decode().split('id="decide-note"')[1].split(">")[0]
    assert answer.status_code == 422
    assert "autofocus" in field
    assert 'aria-describedby="decide-problem"' in field


def test_nobody_is_offered_to_skip_their_own_step(client, cycle):
    submission = cycle.submit(by=cycle.writer)
    sign_in(client, cycle.coordinator)
    assert "略過「課室主管審核」" in html(client, review(submission))

    step = current(submission)
    sign_in(client, cycle.head).post(review(submission, "agree"), {"step": step.pk})

    assert "略過" not in html(sign_in(client, cycle.coordinator), review(submission))


def test_where_only_parts_are_open_nothing_else_is_offered(client, cycle):
    returned(cycle, f"b{cycle.second.pk}")
    sign_in(client, cycle.writer)

    page = html(client, cycle.plan.get_absolute_url())
    form = html(client, at("block", cycle.plan, cycle.second.pk))

    assert "現在只有退回的項目可以修改" in page
    assert "計畫目標</a>：" in page
    for closed in ("計畫設定", "在最後新增", "修訂紀錄</a>"):
        assert closed not in page
    for closed in ('data-act="up"', "＋同層項目", "移到它之下"):
        assert closed not in form
    assert 'data-act="delete"' in form


def test_deleting_is_not_offered_where_what_stands_below_is_closed(client, cycle):
    make_point(cycle.plan, "一、分項", cycle.second)
    returned(cycle, f"b{cycle.second.pk}")

    form = html(sign_in(client, cycle.writer), at("block", cycle.plan, cycle.second.pk))

    assert 'data-act="delete"' not in form


def test_a_returned_table_can_be_named_anew(client, cycle):
    table = make_table(cycle.plan, rows=[("主動服務", "到府收件")], heading="分工表")
    returned(cycle, f"b{table.pk}")
    sign_in(client, cycle.writer)
    address = at("table", cycle.plan, table.pk)

    page = html(client, address)
    answer = client.post(address, typed(table, heading="課室分工表"))

    table.refresh_from_db()
    assert (answer.status_code, table.heading) == (302, "課室分工表")
    assert "儲存表名與附註" in page
    for closed in ("欄位設定", "＋在最後加一列", "刪除表格"):
        assert closed not in page


def test_a_returned_row_is_saved_without_javascript(client, cycle):
    table = make_table(cycle.plan, rows=[("主動服務", "到府收件"), ("便民", "預約")])
    row = table.rows.first()
    address = at("row", cycle.plan, row.pk)
    texts = dict.fromkeys((f"c{c.pk}-text" for c in table.columns.all()), "到宅")
    cycle.approve()
    sign_in(client, cycle.writer).post(address, {"version": row.version} | texts)
    returned(cycle, f"r{row.pk}")

    form = html(client, address)
    data = {"version": row.version + 1} | dict.fromkeys(texts, "到宅收件")
    answer = client.post(address, data, follow=True)

    assert answer.status_code == 200
    assert "到宅收件" in answer.content.decode()
    assert "儲存表名與附註" not in answer.content.decode()
    assert client.post(at("table", cycle.plan, table.pk)).status_code == 403
    for closed in ("＋下方加列", "分成兩列", "儲存並開下一列"):
        assert closed not in form


def test_the_first_change_after_approval_renews_what_the_page_says(client, cycle):
    cycle.approve()
    sign_in(client, cycle.writer)
    assert 'id="cycle"' not in html(client, at("proof_marks", cycle.plan))

    move_block_up(Block.objects.get(pk=cycle.second.pk), by=cycle.writer.user)
    marks = html(client, at("proof_marks", cycle.plan))

    assert 'id="cycle"' in marks
    assert "修正中" in marks


def test_the_checks_lead_on_to_sending(client, cycle):
    way = f'href="{at("submit", cycle.plan)}"'

    assert way in html(sign_in(client, cycle.writer), at("proof", cycle.plan))
    assert way not in html(sign_in(client, cycle.reader), at("proof", cycle.plan))


def test_the_notice_says_whose_turn_it_is(client, cycle):
    cycle.submit()

    page = html(sign_in(client, cycle.head), reverse("offices:notices"))

    assert f"「{cycle.plan}」輪到您審核：{cycle.writer.user}送核" in page
