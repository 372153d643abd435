"""What is done on the page of a defect: by whom, once, and without losing a word."""

import pytest

from offices.models import Role
from plans.cycle import Actor
from schedule.models import DefectEntry
from tests.factories import make_deputy, make_member
from tests.schedule.defects.making import (
    DID,
    answered,
    fresh,
    part,
    released,
)
from tests.schedule.pages import at, html_of

pytestmark = pytest.mark.django_db


def act(client, name, target, **typed):
    url = at(f"defect_{name}", target.defect.plan, target.pk)
    return client.post(url, {"version": target.version} | typed)


def said(response):
    return response.content.decode()


def test_a_unit_answers_and_asks(client, target, writer):
    client.force_login(writer.user)

    response = act(client, "answer", target, text=DID, percent="80", wants_release="on")

    assert response.url == target.get_absolute_url()
    entry = target.entries.last()
    assert (entry.text, entry.percent, entry.wants_release) == (DID, 80, True)
    assert entry.by == writer.user


@pytest.mark.parametrize("text", ["", "將來會做", "……。。。！！！", "  好 的  \n 。"])
def test_a_few_words_are_no_answer(client, target, writer, text):
    client.force_login(writer.user)

    response = act(client, "answer", target, text=text)

    assert response.status_code == 422
    assert "「將來會做」不是辦理情形" in said(response)
    assert target.entries.count() == 1


def test_a_double_click_answers_once(client, target, writer):
    client.force_login(writer.user)
    act(client, "answer", target, text=DID)

    again = act(client, "answer", target, text=DID)

    assert again.status_code == 302
    assert target.entries.count() == 2
    page = html_of(client.get(again.url))
    assert "剛才已經送出，沒有再做一次。" in page


def test_a_late_second_gets_a_sentence_and_keeps_the_words(client, target, writer, by):
    answered(target, by=writer)
    client.force_login(make_member(target.unit.office, unit=target.unit).user)

    response = act(client, "answer", target, text="我寫的另一份辦理情形")

    assert response.status_code == 409
    assert f"{writer.user}剛才先送出了「辦理情形」" in said(response)
    assert said(response).count("我寫的另一份辦理情形") == 1
    assert f'name="version" value="{fresh(target).version}"' in said(response)


def test_words_for_a_form_that_is_gone_are_shown(client, target, writer, by):
    client.force_login(writer.user)
    released(target, by=by)

    response = act(client, "answer", target, text="還想補充的說明文字")

    assert response.status_code == 409
    assert "您填的內容：還想補充的說明文字" in said(response)


def test_the_keeper_releases_or_returns(signed_in, plan, unit, writer):
    for verdict, state in (("release", "released"), ("return", "todo")):
        target = answered(part(plan, unit, title=verdict), by=writer, asks=True)
        response = act(signed_in, "review", target, verdict=verdict, text="看過照片")
        assert response.status_code == 302
        assert fresh(target).state == state


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"verdict": "return", "text": " \n"}, "請寫審查意見"),
        ({"verdict": "burn", "text": "好"}, "請選擇同意解列或退回。"),
        ({}, "請選擇同意解列或退回。"),
    ],
)
def test_a_return_needs_words(signed_in, target, writer, typed, problem):
    target = answered(target, by=writer, asks=True)

    response = act(signed_in, "review", target, **typed)

    assert response.status_code == 422
    assert problem in said(response)
    assert fresh(target).state == "asked"


def test_due_days_move_and_reopen(signed_in, target, writer):
    act(signed_in, "due", target, due_on="114/10/1", reason="等候廠商")
    same = act(signed_in, "due", fresh(target), due_on="114/10/1", reason="再等")
    target = released(target, by=writer)
    again = act(signed_in, "reopen", target, due_on="114/11/1", reason="又發生")

    assert same.status_code == 422
    assert "和原來的期限相同" in said(same)
    assert again.status_code == 302
    assert str(fresh(target).due_on) == "2025-11-01"


def test_a_double_click_moves_the_due_day_once(signed_in, target):
    for _ in range(2):
        response = act(signed_in, "due", target, due_on="114/10/1", reason="等候廠商")

    assert response.status_code == 302
    assert target.entries.count() == 2


def test_forms_lead_back_to_the_page_after_signing_in(signed_in, target):
    response = signed_in.get(at("defect_answer", target.defect.plan, target.pk))

    assert response.url == target.get_absolute_url()


def test_who_may_answer(client, plan, unit, other_unit, target):
    """Writers of the unit, the owner, who stands in for them, and 研考; nobody else."""
    head = make_member(plan.office, Role.UNIT_HEAD, unit=unit)
    stranger = make_member(plan.office, Role.OWNER, unit=other_unit)
    reader = make_member(plan.office, Role.READER, unit=unit)
    deputy = make_member(plan.office, Role.READER)
    make_deputy(head, deputy)
    target.owner = make_member(plan.office, Role.OWNER, unit=other_unit)
    target.save()

    answers = {}
    for member in (head, deputy, target.owner, stranger, reader):
        client.force_login(member.user)
        answers[member] = act(client, "answer", fresh(target), text=DID).status_code

    assert list(answers.values()) == [302, 302, 302, 403, 403]
    entry = DefectEntry.objects.get(by=deputy.user)
    assert entry.acting_for == head


def test_who_acts_is_an_actor_with_the_role_that_was_lent(client, plan, unit, target):
    keeper = make_member(plan.office, Role.COORDINATOR)
    deputy = make_member(plan.office, Role.READER)
    make_deputy(keeper, deputy)
    client.force_login(deputy.user)

    act(client, "review", target, verdict="remark", text="請加快")

    entry = target.entries.last()
    assert Actor(entry.by, entry.acting_for) == Actor(deputy.user, keeper)
