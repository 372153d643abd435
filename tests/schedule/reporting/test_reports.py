"""A report is saved without losing anybody's text, confirmed and returned."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from offices.audit.models import Act, AuditEvent
from offices.models import Notice
from plans.cycle import NotNow
from plans.models import Plan, State
from schedule.models import Report, Standing, SupplementRequest
from schedule.reporting.permissions import PlanClosed
from schedule.reporting.reports import (
    Stale,
    Told,
    confirm_report,
    return_report,
    save_report,
)
from schedule.reporting.supplements import ask_supplement, decide_supplement
from tests.schedule.reporting.made import make_past_period, make_period, make_report
from tests.schedule.stored import fresh

TOLD = Told("進行中", Standing.RUNNING, Decimal(50), "已訪視三個里")
OTHER = Told("進行中", Standing.RUNNING, Decimal(60), "另一個人寫的")


def test_saving_tells_who_and_what(period, share, by):
    report = save_report(period, share, seen=0, told=TOLD, by=by)

    assert (report.version, report.percent, report.words) == (
        1,
        Decimal(50),
        "已訪視三個里",
    )
    assert report.reported_by == by.user
    told = AuditEvent.objects.get(act=Act.REPORTED)
    assert told.details["項目"] == "行動收件"
    assert told.details["累計"] == "50%"
    assert report.history.count() == 2  # made, and filled in


def test_the_plan_is_no_new_edition(plan, period, share, by):
    before = fresh(plan).edition

    save_report(period, share, seen=0, told=TOLD, by=by)

    assert fresh(plan).edition == before


def test_two_owners_at_once_lose_nothing(period, share, by, keeper_by):
    save_report(period, share, seen=0, told=TOLD, by=by)

    with pytest.raises(Stale) as stale:
        save_report(period, share, seen=0, told=OTHER, by=keeper_by)

    assert stale.value.current.words == TOLD.words
    again = save_report(period, share, seen=1, told=OTHER, by=keeper_by)
    assert again.words == OTHER.words
    assert TOLD.words in again.history.values_list("words", flat=True)


def test_the_same_again_is_no_conflict(period, share, by, keeper_by):
    save_report(period, share, seen=0, told=TOLD, by=by)

    report = save_report(period, share, seen=0, told=TOLD, by=keeper_by)

    assert (report.version, report.reported_by) == (1, by.user)


def test_nothing_is_taken_after_closing(plan, share, by):
    past = make_past_period(plan)

    with pytest.raises(NotNow, match="請求補報"):
        save_report(past, share, seen=0, told=TOLD, by=by)
    assert not Report.objects.exists()


def test_nothing_is_taken_before_opening(plan, share, by):
    with pytest.raises(NotNow, match="還沒有開放"):
        save_report(make_period(plan, opens=1), share, seen=0, told=TOLD, by=by)


@pytest.mark.parametrize("state", [s for s in State if s is not State.CLOSED])
def test_reports_are_taken_in_every_state_of_the_plan(plan, period, share, by, state):
    Plan.objects.filter(pk=plan.pk).update(state=state)

    assert save_report(period, share, seen=0, told=TOLD, by=by).is_reported


def test_nothing_is_taken_once_the_plan_is_closed(plan, period, share, by):
    Plan.objects.filter(pk=plan.pk).update(state=State.CLOSED)

    with pytest.raises(PlanClosed):
        save_report(period, share, seen=0, told=TOLD, by=by)


def test_a_granted_request_opens_the_row_alone(plan, share, by, keeper_by):
    past = make_past_period(plan)
    asked = ask_supplement(past, share, reason="出差", by=by)
    with pytest.raises(NotNow, match="正等研考"):
        ask_supplement(past, share, reason="再問", by=by)

    until = timezone.localdate() + timedelta(days=2)
    decide_supplement(asked, until=until, by=keeper_by)

    assert save_report(past, share, seen=0, told=TOLD, by=by).is_reported
    with pytest.raises(NotNow):
        decide_supplement(asked, until=None, by=keeper_by)
    texts = set(Notice.objects.values_list("user", "text"))
    assert {user for user, _ in texts} == {keeper_by.user.pk, by.user.pk}


def test_a_refused_request_opens_nothing(plan, share, by, keeper_by):
    past = make_past_period(plan)
    asked = ask_supplement(past, share, reason="出差", by=by)

    decide_supplement(asked, until=None, by=keeper_by)

    with pytest.raises(NotNow):
        save_report(past, share, seen=0, told=TOLD, by=by)
    assert SupplementRequest.objects.get().is_granted is False


def test_nobody_asks_while_the_period_is_open(period, share, by):
    with pytest.raises(NotNow, match="還沒有關閉"):
        ask_supplement(period, share, reason="出差", by=by)


def test_a_confirmation_is_over_with_the_next_report(period, share, by, keeper_by):
    report = save_report(period, share, seen=0, told=TOLD, by=by)

    confirmed = confirm_report(report, seen=1, by=keeper_by)
    assert confirmed.confirmed_by == keeper_by.user
    with pytest.raises(NotNow):
        confirm_report(report, seen=1, by=keeper_by)
    saved = save_report(period, share, seen=1, told=OTHER, by=by)

    assert saved.confirmed_at is None
    with pytest.raises(Stale):
        confirm_report(report, seen=1, by=keeper_by)


def test_a_return_tells_the_reporter_why(period, share, by, keeper_by):
    report = save_report(period, share, seen=0, told=TOLD, by=by)

    returned = return_report(report, seen=1, reason="請補場次", by=keeper_by)

    assert returned.returned_reason == "請補場次"
    notice = Notice.objects.get(user=by.user)
    assert "請補場次" in notice.text
    assert AuditEvent.objects.filter(act=Act.RETURNED).count() == 1


def test_nothing_is_returned_that_nobody_could_mend(plan, share, keeper_by):
    report = make_report(make_past_period(plan), share)

    with pytest.raises(NotNow):
        return_report(report, seen=1, reason="請補場次", by=keeper_by)
