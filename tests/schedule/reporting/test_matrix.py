"""研考's pages: the matrix, 催報, settings and the year's periods."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from offices.audit.models import Act, AuditEvent
from offices.models import Notice
from plans.cycle import NotNow
from schedule.models import LightSettings, Period, ReportStatus, SupplementRequest
from schedule.reporting.reminding import remind
from tests.factories import make_deputy, make_item, make_member, make_method, make_user
from tests.schedule.reporting.made import make_past_period, make_report


def matrix(client, plan, period):
    return client.get(reverse("schedule:report_matrix", args=[plan.pk, period.pk]))


def test_the_matrix_counts_what_is_told(client, plan, units, period, keeper):
    shares = [make_item(plan, *units).shares.order_by("pk") for _ in range(2)]
    for pair in shares:
        make_method(pair[0].item, "001100000000")
    make_report(period, shares[0][0], percent=20)
    make_report(period, shares[0][1])

    found = matrix(client, plan, period).context["matrix"]

    counted = [(p.unit, p.reported, p.missing, p.late) for p in found.parts]
    assert counted == [("民政課", 1, 1, 1), ("社會課", 1, 1, 0)]
    assert (found.reported, found.total) == (2, 4)
    assert {str(light): n for light, n in found.lights() if n} == {
        "▼▼ 嚴重落後": 1,
        "● 符合": 1,
        "○ 未填報": 2,
    }


def test_the_matrix_asks_as_much_for_one_item_as_for_twenty(
    client, plan, unit, period, keeper
):
    counts = []
    for number in (1, 20):
        for _ in range(number):
            make_report(period, make_item(plan, unit).shares.get())
        with CaptureQueriesContext(connection) as asked:
            matrix(client, plan, period)
        counts.append(len(asked))

    assert counts == [11, 11]


def test_one_mail_a_person(
    plan, unit, period, keeper_by, django_capture_on_commit_callbacks
):
    busy = make_member(plan.office, user=make_user(email="a@example.org"))
    deputy = make_member(plan.office, user=make_user(email="b@example.org"))
    make_deputy(busy, deputy)
    shares = [make_item(plan, unit, owners=[busy]).shares.get() for _ in range(3)]
    make_item(plan, unit, owners=["紙上的人"])
    make_report(period, shares[0])

    with django_capture_on_commit_callbacks(execute=True):
        reminded = remind(period, by=keeper_by)

    assert (reminded.people, reminded.unreachable) == (2, 1)
    assert sorted(one.to[0] for one in mail.outbox) == [
        "a@example.org",
        "b@example.org",
    ]
    assert all("還有 2 項未填報" in one.subject for one in mail.outbox)
    assert AuditEvent.objects.get(act=Act.REMINDED).details["人數"] == "2 人"


def test_nobody_is_reminded_twice_a_day(plan, share, period, keeper_by):
    remind(period, by=keeper_by)

    with pytest.raises(NotNow, match="今天已經催報"):
        remind(period, by=keeper_by)
    assert Notice.objects.count() == 1


def test_nobody_is_reminded_of_a_closed_period(plan, share, keeper_by):
    with pytest.raises(NotNow, match="不開放"):
        remind(make_past_period(plan), by=keeper_by)


def test_a_request_is_decided_on_the_matrix(client, plan, unit, keeper):
    past = make_past_period(plan)
    share = make_item(plan, unit).shares.get()
    asked = SupplementRequest.objects.create(period=past, share=share, reason="出差")
    assert "出差" in matrix(client, plan, past).content.decode()

    address = reverse("schedule:supplement_decide", args=[plan.pk, asked.pk])
    client.post(address, {"grant": "on", "until": "1/1/1"})
    # A day that is over opens nothing.
    assert SupplementRequest.objects.filter(is_granted=None).exists()
    client.post(address, {"grant": "on"})

    asked.refresh_from_db()
    assert asked.is_granted
    assert asked.open_until


def test_a_year_of_periods_from_the_page(client, plan, keeper):
    address = reverse("schedule:periods", args=[plan.pk])
    wrong = client.post(address, {"rhythm": "monthly", "due": "9", "closing": "5"})
    assert wrong.status_code == 422
    assert "關閉日不能早於截止日" in wrong.content.decode()

    client.post(address, {"rhythm": "quarterly", "due": "7", "closing": "10"})

    assert Period.objects.count() == 4


def test_dates_of_a_period_must_stand_in_order(client, plan, period, keeper):
    address = reverse("schedule:period", args=[plan.pk, period.pk])
    dates = {"opens": "114/3/1", "due": "114/2/1", "closes": "114/1/1"}

    response = client.post(address, dates)

    assert response.status_code == 422
    assert "截止日不能早於開放日" in response.content.decode()


def test_the_office_names_its_statuses_and_thresholds(client, plan, keeper):
    address = reverse("schedule:report_settings", args=[plan.office_id])
    lines = {"name0": "辦理中", "standing0": "running"}
    limits = {"ahead": "1", "behind": "3", "serious": "2"}
    assert client.post(address, lines | limits).status_code == 422

    client.post(address, lines | limits | {"serious": "8"})

    assert ReportStatus.objects.get().name == "辦理中"
    assert LightSettings.objects.get().serious == 8


def test_a_name_without_a_meaning_and_one_named_twice_are_told(client, plan, keeper):
    address = reverse("schedule:report_settings", args=[plan.office_id])
    limits = {"ahead": "0", "behind": "5", "serious": "10"}
    lines = {"name0": "甲", "standing0": "running", "name1": "甲", "name2": "乙"}

    page = client.post(address, limits | lines).content.decode()

    assert "「甲」寫了兩次" in page
    assert "請選擇「乙」的意義" in page
    assert not ReportStatus.objects.exists()
