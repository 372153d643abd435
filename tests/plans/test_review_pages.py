"""The page of review: what it shows, what is judged there, and nothing typed is lost."""

from dataclasses import replace

import pytest
from django.urls import reverse

from offices.models import Role
from plans.chain import replace_chain
from plans.cycle import Actor
from plans.editing import save_block
from plans.freezing import freeze
from plans.models import Block, ChainStep, Judgement, Plan, State, Submission
from plans.removal import delete_block
from plans.reviews.differing import _compared
from plans.workflow import agree, judge, remark, send_back, withdraw
from tests.factories import (
    make_deputy,
    make_member,
    make_office,
    make_plan,
    make_point,
    make_table,
    make_unit,
)
from tests.plans.cycle import Cycle, current

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def cycle():
    return Cycle()


def write(cycle, block, body):
    block.refresh_from_db()
    save_block(
        block,
        version=block.version,
        heading=block.heading,
        body=body,
        by=cycle.writer.user,
    )


@pytest.fixture
def amended(cycle):
    """Approved once; then one point changed, one deleted, one added, and sent again."""
    cycle.approve()
    write(cycle, cycle.second, "縮短民眾等候時間為八分鐘。")
    delete_block(Block.objects.get(pk=cycle.first.pk), by=cycle.writer.user)
    cycle.added = make_point(cycle.plan, "附則")
    return cycle.submit(note="依民政局來函修正")


def sign_in(client, member):
    client.force_login(member.user)
    return client


def at(submission, name="submission", **query):
    keys = [submission.plan_id, submission.pk]
    return reverse(f"plans:{name}", args=keys, query=query or None)


def page(client, submission, **query):
    response = client.get(at(submission, **query))
    assert response.status_code == 200
    return response.content.decode()


def change_of(submission, block):
    return {
        "step": current(submission).pk,
        "key": f"b{block.pk}",
        "show": "both",
    }


def changes_in(html):
    """The text of the page, without what is only renumbered."""
    text = html.split('id="review-text"')[1]
    return text.split('class="renumbered"')[0].split("對整份的意見")[0]


def test_only_what_changed_is_listed_with_words_and_numbers(client, cycle, amended):
    html = page(sign_in(client, cycle.head), amended)

    assert html.count("<article") == 3
    assert "增 1、刪 1、改 1" in html
    assert "<del>" in html
    assert "〔刪：</span>計畫依據" in html
    assert "〔增：</span>為八分鐘" in html
    assert "依民政局來函修正" in html
    assert "本計畫奉核定後實施。" not in changes_in(html)
    assert "另有 1 處只改編號" in html


def test_the_whole_text_holds_what_stayed_too(client, cycle, amended):
    html = page(sign_in(client, cycle.head), amended, all="1")

    assert "本計畫奉核定後實施。" in changes_in(html)
    assert html.count("<article") == 3


@pytest.mark.parametrize(
    ("show", "seen", "hidden"),
    [
        ("old", "計畫依據", "為八分鐘"),
        ("new", "為八分鐘", "〔刪："),
        ("final", "為八分鐘", "〔增："),
    ],
)
def test_each_text_can_be_shown_alone(client, cycle, amended, show, seen, hidden):
    html = page(sign_in(client, cycle.head), amended, show=show)

    assert seen in changes_in(html)
    assert hidden not in changes_in(html)


def test_unknown_wishes_of_the_address_give_the_usual_page(client, cycle, amended):
    html = page(sign_in(client, cycle.head), amended, show="x", all="y", at="²", do="z")

    assert html.count("<article") == 3


def test_the_outline_marks_where_something_changed(client, cycle, amended):
    html = page(sign_in(client, cycle.head), amended)
    outline = html.split('id="outline"')[1].split("</nav>")[0]

    assert outline.count('class="dot"') == 3
    assert "（第 1 處）" in outline
    assert 'class="outline-1 is-gone"' in outline


def test_steps_tell_who_when_and_for_whom(client, cycle):
    deputy = make_member(cycle.office, Role.READER)
    make_deputy(cycle.head, deputy)
    submission = cycle.submit()
    sign_in(client, deputy).post(
        at(submission, "agree"), {"step": current(submission).pk, "note": "可"}
    )

    html = page(client, submission)

    assert f"{deputy.user}（代理 {cycle.head.user}）" in html
    assert str(cycle.coordinator.user) in html


def test_a_change_is_judged_and_judged_again(client, cycle, amended):
    sign_in(client, cycle.head)
    data = change_of(amended, cycle.second)

    first = client.post(
        at(amended, "judge"), data | {"verdict": "returned", "reason": "請列數據"}
    )
    client.post(at(amended, "judge"), data | {"verdict": "accepted"})

    assert first.status_code == 302
    assert "#change-" in first["Location"]
    assert amended.judgements.get().verdict == Judgement.Verdict.ACCEPTED
    assert amended.judgements.get().by == cycle.head.user


def test_htmx_gets_the_place_beside_the_change_alone(client, cycle, amended):
    sign_in(client, cycle.head)
    data = change_of(amended, cycle.second) | {"verdict": "accepted"}

    answer = client.post(at(amended, "judge"), data, headers=HTMX)
    form = client.get(at(amended, at="1", do="return"), headers=HTMX)

    assert "已逐項審核 1／3 處" in answer.content.decode()
    assert "<article" not in answer.content.decode()
    assert 'name="reason"' in form.content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_returning_needs_a_reason_and_keeps_the_form_open(
    client, cycle, amended, headers
):
    data = change_of(amended, cycle.second) | {"verdict": "returned", "reason": " "}

    answer = sign_in(client, cycle.head).post(
        at(amended, "judge"), data, headers=headers
    )

    assert answer.status_code == 422
    assert "請寫下退回的原因" in answer.content.decode()
    assert not amended.judgements.exists()


def test_a_foreign_key_is_no_change_of_this_submission(client, cycle, amended):
    data = change_of(amended, cycle.last) | {"verdict": "accepted"}

    answer = sign_in(client, cycle.head).post(at(amended, "judge"), data)

    assert answer.status_code == 404


@pytest.mark.parametrize("act", ["judge", "agree", "send_back"])
def test_those_whose_turn_it_is_not_are_refused(client, cycle, amended, act):
    data = change_of(amended, cycle.second) | {"verdict": "accepted", "note": "可"}

    for member in (cycle.writer, cycle.coordinator, cycle.chief, cycle.reader):
        answer = sign_in(client, member).post(at(amended, act), data)
        assert answer.status_code == 403

    amended.refresh_from_db()
    assert amended.is_pending
    assert not amended.judgements.exists()


def test_the_head_of_another_unit_has_no_turn(client, cycle, amended):
    other = make_unit(cycle.office, name="行政課", label="行")
    head = make_member(cycle.office, Role.UNIT_HEAD, unit=other)

    answer = sign_in(client, head).post(
        at(amended, "agree"), {"step": current(amended).pk}
    )

    assert answer.status_code == 403


def test_a_submission_of_another_plan_is_not_found(client, cycle, amended):
    other = make_plan(cycle.office)
    address = reverse("plans:submission", args=[other.pk, amended.pk])

    assert sign_in(client, cycle.head).get(address).status_code == 404


def test_a_member_of_the_agency_above_reads_and_does_nothing(client, cycle, amended):
    above = make_office("明山市政府")
    cycle.office.parent = above
    cycle.office.save()
    superior = make_member(above, Role.SUPERIOR)

    html = page(sign_in(client, superior), amended)
    answer = client.post(at(amended, "remark"), {"key": "", "text": "請說明"})

    assert 'name="verdict"' not in html
    assert answer.status_code == 403


def test_submitter_and_reviewer_talk_in_remarks(client, cycle, amended):
    data = change_of(amended, cycle.second)
    sign_in(client, cycle.head).post(
        at(amended, "remark"), data | {"text": "為何八分？"}
    )
    sign_in(client, cycle.writer).post(at(amended, "remark"), data | {"text": "依民調"})

    html = page(client, amended)

    assert [r.text for r in amended.remarks.all()] == ["為何八分？", "依民調"]
    assert html.index("為何八分？") < html.index("依民調")


def test_an_empty_remark_is_refused_in_words(client, cycle, amended):
    answer = sign_in(client, cycle.head).post(
        at(amended, "remark"), {"key": "", "text": "  "}
    )

    assert answer.status_code == 422
    assert "請輸入意見" in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_remark_that_comes_too_late_is_shown_again(client, cycle, amended, headers):
    data = change_of(amended, cycle.second) | {"text": "還有一點要說"}
    withdraw(amended, by=Actor(cycle.writer.user))

    answer = sign_in(client, cycle.writer).post(
        at(amended, "remark"), data, headers=headers
    )

    assert answer.status_code == 409
    assert "剛才已撤回" in answer.content.decode()
    assert "還有一點要說" in answer.content.decode()


def test_a_judgement_after_the_step_was_taken_is_shown_again(client, cycle, amended):
    data = change_of(amended, cycle.second)
    second_head = make_member(cycle.office, Role.UNIT_HEAD, unit=cycle.unit)
    agree(amended, step=current(amended), by=Actor(cycle.head.user))

    answer = sign_in(client, second_head).post(
        at(amended, "judge"),
        data | {"verdict": "returned", "reason": "我覺得不妥"},
        headers=HTMX,
    )

    assert answer.status_code == 409
    assert "這一步剛才已經同意" in answer.content.decode()
    assert "我覺得不妥" in answer.content.decode()
    assert not amended.judgements.exists()


def test_a_step_taken_by_somebody_else_is_told_with_the_text(client, cycle, amended):
    step = current(amended)
    second_head = make_member(cycle.office, Role.UNIT_HEAD, unit=cycle.unit)
    agree(amended, step=step, by=Actor(cycle.head.user))

    answer = sign_in(client, second_head).post(
        at(amended, "send_back"), {"step": step.pk, "note": "附件不齊"}
    )

    assert answer.status_code == 409
    assert "附件不齊" in answer.content.decode()
    amended.refresh_from_db()
    assert amended.is_pending


def test_a_double_click_of_one_person_acts_once_and_says_so(client, cycle, amended):
    data = {"step": current(amended).pk}
    sign_in(client, cycle.head)

    client.post(at(amended, "agree"), data)
    again = client.post(at(amended, "agree"), data, follow=True)

    assert "沒有再做一次" in again.content.decode()
    assert current(amended).role == Role.COORDINATOR


def test_sending_back_needs_a_reason(client, cycle, amended):
    answer = sign_in(client, cycle.head).post(
        at(amended, "send_back"), {"step": current(amended).pk, "note": ""}
    )

    assert answer.status_code == 422
    amended.refresh_from_db()
    assert amended.is_pending


def test_a_returned_plan_says_why_and_leads_to_the_places(client, cycle, amended):
    by = Actor(cycle.head.user)
    key = f"b{cycle.second.pk}"
    judge(amended, key=key, verdict="returned", reason="請列數據", by=by)
    send_back(amended, step=current(amended), by=by, reason="目標要能衡量")
    sign_in(client, cycle.writer)

    plan_page = client.get(cycle.plan.get_absolute_url()).content.decode()
    review = page(client, amended)

    for words in ("退回修正", "目標要能衡量", "請列數據", f'href="#{key}"', "重新送核"):
        assert words in plan_page
    assert "目標要能衡量" in review
    assert "<form" not in changes_in(review)


def test_opinions_beside_the_steps_decide_nothing(client, cycle):
    replace_chain(
        cycle.office,
        [
            ChainStep(
                name="會辦秘書室",
                role=Role.UNIT_HEAD,
                unit=cycle.unit,
                only_comments=True,
            ),
            ChainStep(name="核定", role=Role.CHIEF),
        ],
        by=cycle.coordinator.user,
    )
    submission = cycle.submit()
    aside = submission.steps.get(only_comments=True)
    sign_in(client, cycle.head)
    html = page(client, submission)

    silent = client.post(at(submission, "comment"), {"step": aside.pk, "note": ""})
    client.post(at(submission, "comment"), {"step": aside.pk, "note": "無意見"})

    assert "整份的決定" not in html
    assert "會辦意見" in html
    assert silent.status_code == 422
    aside.refresh_from_db()
    assert (aside.state, aside.note) == ("commented", "無意見")


def test_nobody_at_a_step_is_said_and_the_step_skipped(client, cycle):
    submission = cycle.submit()
    cycle.head.is_active = False
    cycle.head.save()
    sign_in(client, cycle.coordinator)

    html = page(client, submission)
    data = {"step": current(submission).pk, "reason": "課長調職"}
    client.post(at(submission, "skip"), data)

    assert "目前沒有人可以審這一步" in html
    assert current(submission).role == Role.COORDINATOR


def test_the_submitter_withdraws_and_others_do_not(client, cycle, amended):
    refused = sign_in(client, cycle.head).post(at(amended, "withdraw"))
    sign_in(client, cycle.writer).post(at(amended, "withdraw"))

    assert refused.status_code == 403
    amended.refresh_from_db()
    assert amended.outcome == Submission.Outcome.WITHDRAWN


def test_forms_reached_by_get_lead_back_to_the_page(client, cycle, amended):
    answer = sign_in(client, cycle.head).get(at(amended, "agree"))

    assert answer["Location"] == at(amended)


class TestApproving:
    @pytest.fixture
    def last(self, cycle, amended):
        return cycle.agree_until_last(amended)

    def signed(self, step, **values):
        usual = {
            "step": step.pk,
            "on": "114年3月28日",
            "verb": "修正",
            "ordinal": "1",
            "reference": "明東戶字第1140000999號",
            "approval": "核准",
        }
        return usual | values

    def test_what_is_proposed_goes_on_from_the_history(
        self, client, cycle, amended, last
    ):
        html = sign_in(client, cycle.chief).get(at(amended, "approve")).content.decode()

        assert 'value="修正"' in html
        assert "第1次修正" in html

    def test_the_line_is_shown_before_it_is_printed(self, client, cycle, amended, last):
        data = self.signed(last, preview="1")

        answer = sign_in(client, cycle.chief).post(
            at(amended, "approve"), data, headers=HTMX
        )

        assert "114年3月28日第1次修正 明東戶字第1140000999號核准" in (
            answer.content.decode()
        )
        amended.refresh_from_db()
        assert amended.is_pending

    def test_the_version_is_frozen_with_the_line(self, client, cycle, amended, last):
        sign_in(client, cycle.chief).post(at(amended, "approve"), self.signed(last))

        approval = cycle.plan.approvals.first()
        assert approval.number == 2
        assert approval.reference == "明東戶字第1140000999號"
        assert str(approval.line.verb) == "修正"
        cycle.plan.refresh_from_db()
        assert cycle.plan.state == State.APPROVED

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"on": "114/2/30"}, "沒有 30 日"),
            ({"on": ""}, "請輸入日期"),
            ({"verb": ""}, "請填動作"),
            ({"ordinal": "三"}, "請填整數"),
            ({"reference": "字" * 121}, "最多 120 個字"),
        ],
    )
    def test_wrong_fields_are_said_and_kept(
        self, client, cycle, amended, last, wrong, words
    ):
        answer = sign_in(client, cycle.chief).post(
            at(amended, "approve"), self.signed(last, **wrong)
        )

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert "核准" in answer.content.decode()

    def test_a_second_chief_is_told_and_their_words_are_kept(
        self, client, cycle, amended, last
    ):
        other = make_member(cycle.office, Role.CHIEF)
        sign_in(client, cycle.chief).post(at(amended, "approve"), self.signed(last))

        answer = sign_in(client, other).post(
            at(amended, "approve"), self.signed(last, note="附議")
        )

        assert answer.status_code == 409
        assert "剛才已核定" in answer.content.decode()
        assert "附議" in answer.content.decode()
        assert cycle.plan.approvals.count() == 2

    def test_a_double_click_approves_once(self, client, cycle, amended, last):
        sign_in(client, cycle.chief)
        client.post(at(amended, "approve"), self.signed(last))

        again = client.post(at(amended, "approve"), self.signed(last))

        assert again.status_code == 302
        assert cycle.plan.approvals.count() == 2

    def test_before_their_turn_chiefs_are_led_back(self, client, cycle, amended):
        answer = sign_in(client, cycle.chief).get(at(amended, "approve"))

        assert answer["Location"] == at(amended)


def test_a_text_that_was_changed_is_shown_as_broken(client, cycle, amended):
    Submission.objects.filter(pk=amended.pk).update(
        content=amended.content.replace("八分鐘", "三分鐘")
    )

    html = page(sign_in(client, cycle.head), amended)

    assert "雜湊不符" in html
    assert "三分鐘" not in html


def test_presence_tells_the_others(client, cycle, amended):
    sign_in(client, cycle.head).post(at(amended, "presence"))
    alone = client.post(at(amended, "presence")).content.decode()

    both = sign_in(client, cycle.coordinator).post(at(amended, "presence"))

    assert "正在看" not in alone
    assert f"{cycle.head.user} 正在看" in both.content.decode()


def test_what_people_type_is_shown_as_text(client, cycle, amended):
    remark(amended, key="", text="<script>x</script>", by=Actor(cycle.head.user))
    write_key = f"b{cycle.second.pk}"
    remark(amended, key=write_key, text="<b>粗</b>", by=Actor(cycle.head.user))

    html = page(sign_in(client, cycle.head), amended)

    assert "<script>x" not in html
    assert "<b>粗" not in html


@pytest.fixture
def large(cycle):
    """Four hundred points of which three hundred differ from the approved version."""
    chapters = [make_point(cycle.plan, f"第{n}類措施") for n in range(20)]
    Block.objects.bulk_create(
        Block(
            plan=cycle.plan,
            parent=chapter,
            position=n,
            heading=f"措施{n}",
            body=f"第{n}項措施每月檢討，並陳報上級機關備查。" * 3,
        )
        for chapter in chapters
        for n in range(19)
    )
    make_table(cycle.plan, rows=[("主動服務", "到府收件")])
    cycle.approve()
    changed = list(Block.objects.filter(plan=cycle.plan, body__contains="每月"))[:300]
    for block in changed:
        block.body = block.body.replace("每月", "每季")
    Block.objects.bulk_update(changed, ["body"])
    Plan.objects.filter(pk=cycle.plan.pk).update(state=State.AMENDING)
    return cycle.submit()


@pytest.mark.parametrize("query", [{}, {"all": "1"}])
def test_a_large_review_takes_few_queries(
    client, cycle, large, query, django_assert_num_queries
):
    sign_in(client, cycle.head)
    for n in range(50):
        key = f"b{Block.objects.filter(body__contains='每季')[n].pk}"
        remark(large, key=key, text="請說明", by=Actor(cycle.head.user))

    with django_assert_num_queries(10):
        html = page(client, large, **query)

    assert html.count("<article") == 300


def test_two_texts_are_compared_once(client, cycle, amended):
    _compared.cache_clear()
    sign_in(client, cycle.head)

    for _ in range(3):
        page(client, amended)

    assert _compared.cache_info().misses == 1


def test_frozen_texts_of_equal_documents_are_equal(cycle):
    submission = cycle.submit()
    page_of = _compared(submission.content, submission.content)

    assert page_of.changes == ()
    assert freeze(replace(page_of.new)).digest == submission.digest
