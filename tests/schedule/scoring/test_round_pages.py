"""The pages of 研考: making rounds, naming assessors, grades, closing and reopening."""

from decimal import Decimal

import pytest

from offices.models import Role
from schedule.assessment.rules import Scheme, rules_from
from schedule.models import GradeScale, Round
from schedule.scoring.rounds import close_round
from schedule.scoring.scales import usual_scale_of
from tests.factories import make_member, make_plan
from tests.schedule.pages import HOSTILE, Links, at, html_of
from tests.schedule.scoring.making import (
    cells_in,
    make_assessor,
    make_scored_item,
    make_test_round,
    score,
)

TERMS = {
    "name": "114年度第1次初評",
    "stage": "first",
    "occasion": "regular",
    "opens_on": "114/7/1",
    "closes_on": "114年7月31日",
    "scheme": "points",
    "period": "year",
    "version": "1",
}


def create(client, plan, **data):
    return client.post(at("round_create", plan), TERMS | data)


def mistake(response, field):
    assert response.status_code == 422
    return response.context["form"].errors[field][0]


def test_a_round_is_made_and_leads_to_its_assessors(client, plan, keeper):
    response = create(client, plan, scale="usual", is_blind="on")

    round_ = Round.objects.get()
    assert response.url == at("assessors", plan, round_.pk)
    assert (round_.name, round_.is_blind) == ("114年度第1次初評", True)
    assert round_.scale == GradeScale.objects.get(name="優甲乙丙")


def test_opening_the_form_writes_nothing(client, plan, keeper):
    html_of(client.get(at("round_create", plan)))

    assert GradeScale.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "scheme"),
    [
        ({"scheme": "parts", "parts": "登記 60\n服務　40", "bonus": "特殊事蹟 5"}, Scheme.PARTS),
        ({"scheme": "ranks", "parts": "登記 25\n測量 25", "floor": "50"}, Scheme.RANKS),
        ({"scheme": "facets", "parts": "服務遞送 400\n創新 600", "total": "1000"}, Scheme.FACETS),
        ({"scheme": "self", "parts": "挑戰性 30\n進度 30\n達成度 40"}, Scheme.SELF),
        ({"scheme": "kpi", "kpis": "錯誤率｜≤ 2｜60｜更正／受理\n滿意度|>=90|40",
          "period": "months", "is_partial": "on"}, Scheme.KPI),
    ],
)  # fmt: skip
def test_every_way_of_scoring_is_kept_and_shown_again(
    client, plan, keeper, data, scheme
):
    create(client, plan, **data)
    round_ = Round.objects.get()
    rules = rules_from(round_.scheme, round_.settings)

    form = client.get(at("round_edit", plan, round_.pk)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    again = {k: v for k, v in shown.items() if v not in (None, False, "")}
    saved = client.post(at("round_edit", plan, round_.pk), again)

    assert rules.scheme is scheme
    assert saved.status_code == 302
    round_.refresh_from_db()
    assert (rules_from(round_.scheme, round_.settings), round_.version) == (rules, 1)


@pytest.mark.parametrize(
    ("field", "data", "words"),
    [
        ("name", {"name": " "}, "請輸入輪次名稱"),
        ("closes_on", {"closes_on": "114/6/30"}, "在開始日期之前"),
        ("opens_on", {"opens_on": "114/13/1"}, "沒有 13 月"),
        ("parts", {"scheme": "parts"}, "請填評分項目"),
        ("parts", {"scheme": "parts", "parts": "登記"}, "看不懂「登記」"),
        ("parts", {"scheme": "parts", "parts": "登記 九十"}, "數字看不懂"),
        ("parts", {"scheme": "parts", "parts": "登記 60"}, "須為 100，現在是 60"),
        ("total", {"scheme": "facets", "parts": "創新 1000"}, "總分"),
        ("kpis", {"scheme": "kpi", "kpis": "錯誤率"}, "看不懂「錯誤率」"),
        ("kpis", {"scheme": "kpi", "kpis": "甲｜≤ 2｜100｜只有分子"}, "分子和分母"),
        (
            "bonus",
            {"scheme": "ranks", "parts": "甲 1", "bonus": "乙 1"},
            "不能另外加分",
        ),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(
    client, plan, keeper, field, data, words
):
    response = create(client, plan, **data)

    assert words in mistake(response, field)
    assert Round.objects.count() == 0


def test_two_rounds_of_a_plan_need_two_names(client, plan, keeper):
    create(client, plan)

    assert "同名的輪次" in mistake(create(client, plan), "name")
    other = make_plan(plan.office, year=115)
    assert create(client, other).status_code == 302


def test_someone_elses_change_is_shown_and_saved_over_on_purpose(client, plan, keeper):
    create(client, plan)
    round_ = Round.objects.get()
    Round.objects.update(name="別人改的", version=2)
    address = at("round_edit", plan, round_.pk)

    clash = client.post(address, TERMS | {"name": "我改的"})
    page = clash.content.decode()
    again = client.post(address, TERMS | {"name": "我改的", "version": "2"})

    assert (clash.status_code, again.status_code) == (409, 302)
    assert ("別人改的" in page, 'value="我改的"' in page) == (True, True)
    round_.refresh_from_db()
    assert (round_.name, round_.version) == ("我改的", 3)


def test_an_assessor_is_named_for_units_and_renamed(client, plan, keeper, units):
    round_ = make_test_round(plan)
    member = make_assessor(plan)
    address = at("assessors", plan, round_.pk)

    client.post(address, {"member": member.pk, "units": [units[0].pk]})
    client.post(address, {"member": member.pk, "units": [units[1].pk]})

    (assessor,) = round_.assessors.all()
    assert (assessor.is_limited, list(assessor.units.all())) == (True, [units[1]])
    assert "社會課" in html_of(client.get(address))


def test_a_stranger_is_not_named(client, plan, keeper):
    round_ = make_test_round(plan)
    stranger = make_member(make_plan().office)

    response = client.post(at("assessors", plan, round_.pk), {"member": stranger.pk})

    assert (response.status_code, round_.assessors.count()) == (422, 0)


def test_a_round_is_closed_and_reopened_with_a_reason(client, plan, keeper):
    round_ = make_test_round(plan)

    closed = client.post(at("round_close", plan, round_.pk))
    without = client.post(
        at("round_reopen", plan, round_.pk), {"reason": "　"}, follow=True
    )
    round_.refresh_from_db()
    still = round_.is_closed
    client.post(at("round_reopen", plan, round_.pk), {"reason": "一項誤植"})

    round_.refresh_from_db()
    assert closed.url == at("results", plan, round_.pk)
    assert "請填寫重新開放的原因" in without.content.decode()
    assert (still, round_.is_closed) == (True, False)


def test_a_frozen_plan_still_has_its_rounds(client, plan, keeper):
    plan.state = "closed"
    plan.save()

    assert create(client, plan).status_code == 302


def test_rounds_are_listed_to_readers_without_ways_to_change_them(client, plan, unit):
    round_ = make_test_round(plan, name=HOSTILE[:30])
    client.force_login(make_member(plan.office, Role.READER).user)

    page = html_of(client.get(at("rounds", plan)))
    ways = {href for _, href in Links(page).found}

    assert "<img" not in page
    assert at("round", plan, round_.pk) in ways
    assert at("round_create", plan) not in ways


def test_grades_are_the_offices_own(client, plan, keeper):
    office = {"office_pk": plan.office.pk}
    base = f"/offices/{office['office_pk']}/grade-scales/"
    client.post(f"{base}new/", {"name": "電話禮貌", "grades": "優良 90\n良好 80\n劣 0"})
    scale = GradeScale.objects.get()

    page = html_of(client.get(base))
    wrong = client.post(
        f"{base}{scale.pk}/", {"name": "電話禮貌", "grades": "良 80\n優 90"}
    )
    client.post(f"{base}{scale.pk}/", {"name": "電話禮貌", "grades": "優良 90.5"})

    assert "優良 90、良好 80、劣 0" in page
    assert "須比「良」低" in mistake(wrong, "grades")
    assert [g.at_least for g in scale.grades.all()] == [Decimal("90.5")]
    client.post(f"{base}{scale.pk}/delete/")
    assert GradeScale.objects.count() == 0


def test_a_round_may_be_held_against_last_years(client, plan, keeper):
    last = make_test_round(make_plan(plan.office, year=113), name="去年複評")
    unfinished = make_test_round(make_plan(plan.office, year=112), name="沒有結束的")
    close_round(last, by=keeper)

    form = client.get(at("round_create", plan)).context["form"]

    labels = [label for _, label in form.fields["earlier"].choices]
    assert labels == ["沒有", "113年 去年複評"]
    assert create(client, plan, earlier=unfinished.pk).status_code == 422


def test_the_usual_scale_is_made_once(plan):
    assert usual_scale_of(plan.office) == usual_scale_of(plan.office)


def test_a_round_with_scores_is_kept_in_words(client, plan, keeper, unit):
    item, head = make_scored_item(plan, unit), make_assessor(plan)
    round_ = make_test_round(plan, head)
    score(round_, head, {cells_in(item)[0]: "80"})

    deleted = client.post(at("round_delete", plan, round_.pk), follow=True)
    changed = client.post(
        at("round_edit", plan, round_.pk),
        TERMS | {"scheme": "parts", "parts": "甲 100"},
    )

    assert "不能刪除" in deleted.content.decode()
    assert "另開一輪" in changed.content.decode()
    assert Round.objects.count() == 1
