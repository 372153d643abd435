"""Periods: made for a year, closed, opened again, deleted."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from offices.audit.models import Act, AuditEvent
from plans.cycle import NotNow
from schedule.models import Period
from schedule.reporting.periods import (
    Days,
    Rhythm,
    close_period,
    current_period,
    delete_periods,
    make_year,
    reopen_period,
)
from tests.schedule.reporting.made import make_past_period, make_period, make_report

TODAY = timezone.localdate


def make(plan, by, rhythm=Rhythm.MONTHLY, due=7, closing=10):
    return make_year(
        plan, rhythm=rhythm, days=Days(due, closing), instructions="請附照片", by=by
    )


def test_twelve_months_in_one_go(plan, keeper_by):
    assert make(plan, keeper_by, closing=31) == 12

    first, *_, last = plan.periods.all()
    assert (str(first), first.opens_on, first.due_on, first.closes_on) == (
        "1月",
        date(2025, 1, 1),
        date(2025, 2, 7),
        date(2025, 2, 28),
    )
    assert (last.opens_on, last.due_on) == (date(2025, 12, 1), date(2026, 1, 7))
    assert first.instructions == "請附照片"
    assert AuditEvent.objects.filter(act=Act.PERIOD_OPENED).count() == 1


def test_four_quarters(plan, keeper_by):
    assert make(plan, keeper_by, Rhythm.QUARTERLY) == 4

    assert [str(p) for p in plan.periods.all()] == ["第1季", "第2季", "第3季", "第4季"]
    assert plan.periods.first().opens_on == date(2025, 3, 1)


def test_only_what_is_missing_is_made(plan, keeper_by):
    kept = make_period(plan, 3, instructions="自訂")

    assert make(plan, keeper_by) == 11
    kept.refresh_from_db()
    assert kept.instructions == "自訂"


def test_months_and_quarters_do_not_mix(plan, keeper_by):
    make_period(plan, 3)

    with pytest.raises(NotNow, match="不能並用"):
        make(plan, keeper_by, Rhythm.QUARTERLY)
    assert plan.periods.count() == 1


def test_the_current_period_is_the_open_one_that_closes_first(plan):
    past, later = make_past_period(plan, 2), make_period(plan, 4, closes=9)
    first = make_period(plan, 3, closes=4)
    periods = list(plan.periods.all())

    assert current_period(periods, TODAY()) == first
    assert current_period([past], TODAY()) == past
    assert current_period([], TODAY()) is None
    assert current_period([past, later], TODAY() + timedelta(days=30)) == later


def test_closing_and_opening_again_are_told(plan, keeper_by):
    period = make_period(plan)

    close_period(period, by=keeper_by)
    with pytest.raises(NotNow):
        close_period(period, by=keeper_by)
    until = TODAY() + timedelta(days=9)
    current = reopen_period(period, until=until, reason="系統維護", by=keeper_by)

    assert (current.closed_at, current.closes_on) == (None, until)
    assert AuditEvent.objects.filter(act=Act.PERIOD_CLOSED).count() == 1
    told = AuditEvent.objects.get(act=Act.PERIOD_REOPENED)
    assert told.details["原因"] == "系統維護"


def test_only_periods_without_reports_are_deleted(plan, share, keeper_by):
    told, empty = make_period(plan, 3), make_period(plan, 4)
    make_report(told, share)

    assert delete_periods([told, empty], by=keeper_by) == 1
    assert list(Period.objects.all()) == [told]
