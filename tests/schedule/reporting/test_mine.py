"""「本期填報」: only my rows, saved one by one or all at once, nothing lost."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from offices.models import Role
from plans.models import Plan, State
from schedule.models import Report, Standing
from tests.factories import (
    make_deputy,
    make_indicator,
    make_item,
    make_member,
    make_method,
)
from tests.schedule.reporting.made import make_past_period, make_period, make_report

JSON = {"Accept": "application/json"}


def page_of(plan, period):
    return reverse("schedule:report_period", args=[plan.pk, period.pk])


def row_of(plan, period, share):
    return reverse("schedule:report_row", args=[plan.pk, period.pk, share.pk])


def typed(share, seen="", version=0, **values):
    values = {"status": "進行中", "percent": "50", "words": "已訪視"} | values
    sent = values | {"seen": seen, "version": str(version)}
    return {f"r{share.pk}-{name}": value for name, value in sent.items() if value}


def seen_in(client, address):
    """The hidden fields of an untouched page, as a browser sends them with all fields."""
    lines = client.get(address).context["lines"]
    sent = {}
    for _, form, _ in lines:
        for bound in form:
            value = bound.value()
            if value not in {None, ""} and value is not False:
                sent[bound.html_name] = "on" if value is True else str(value)
    return sent


def text_of(response):
    return response.content.decode()


def test_sixty_rows_within_ten_queries(client, plan, unit, owner, period):
    past = make_past_period(plan)
    for number in range(60):
        item = make_item(plan, unit, name=f"項目{number}", owners=[owner])
        make_method(item)
        make_indicator(item)
        make_report(past, item.shares.get())

    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(reverse("schedule:reporting", args=[plan.pk]))

    assert len(response.context["lines"]) == 60
    assert len(asked) == 10


def test_only_my_rows_and_those_of_whom_i_stand_in_for(
    client, plan, unit, owner, share, period
):
    other = make_member(plan.office)
    theirs = make_item(plan, unit, name="別人的", owners=[other])
    assert "別人的" not in text_of(client.get(page_of(plan, period)))

    make_deputy(other, owner)
    response = client.get(page_of(plan, period))
    assert "別人的" in text_of(response)
    client.post(page_of(plan, period), typed(theirs.shares.get()))

    report = Report.objects.get()
    assert (report.reported_by, report.acting_for) == (owner.user, other)


def test_nothing_to_do_is_said(client, plan, owner, period):
    assert "本期沒有要填的" in text_of(client.get(page_of(plan, period)))


def test_a_plan_without_periods_says_so(client, plan, share):
    response = client.get(reverse("schedule:reporting", args=[plan.pk]))

    assert "還沒有設定填報期別" in text_of(response)


def test_a_default_is_not_counted_as_reported(client, plan, share, period):
    address = page_of(plan, period)
    untouched = seen_in(client, address)
    assert untouched[f"r{share.pk}-status"] == "進行中"

    client.post(address, untouched)

    assert not Report.objects.exists()


def test_all_rows_at_once_without_javascript(client, plan, unit, owner, share, period):
    second = make_item(plan, unit, owners=[owner]).shares.get()
    third = make_item(plan, unit, owners=[owner]).shares.get()
    address = page_of(plan, period)
    sent = seen_in(client, address)
    sent |= {f"r{share.pk}-percent": "50", f"r{share.pk}-words": "辦理中"}
    sent |= {f"r{second.pk}-percent": "一半", f"r{second.pk}-words": "打到一半的字"}

    response = client.post(address, sent)

    assert response.status_code == 422
    assert "不是數字" in text_of(response)
    assert "打到一半的字" in text_of(response)
    assert Report.objects.get().share == share
    assert not Report.objects.filter(share=third).exists()


def test_a_row_untouched_by_me_keeps_what_another_wrote(client, plan, share, period):
    address = page_of(plan, period)
    sent = seen_in(client, address)
    make_report(period, share, words="另一位承辦人寫的")

    assert client.post(address, sent).status_code == 302
    assert Report.objects.get().words == "另一位承辦人寫的"


def test_two_owners_see_both_texts(client, plan, share, period):
    make_report(period, share, words="對方的文字")

    response = client.post(page_of(plan, period), typed(share, words="我的文字"))

    assert response.status_code == 409
    assert "對方的文字" in text_of(response)
    assert "我的文字" in text_of(response)
    again = {
        bound.html_name: bound.value() for bound in response.context["lines"][0][1]
    }
    client.post(page_of(plan, period), {k: v for k, v in again.items() if v})
    assert Report.objects.get().words == "我的文字"


def test_a_saved_row_answers_with_its_light(client, plan, share, period):
    address = row_of(plan, period, share)

    answer = client.post(address, typed(share, percent="60％"), headers=JSON).json()

    assert answer["light"]["word"] == "超前"
    assert (answer["version"], answer["reported"], answer["total"]) == (1, 1, 1)


def test_a_conflict_answers_with_the_other_text(client, plan, share, period):
    make_report(period, share, words="對方的文字")

    response = client.post(row_of(plan, period, share), typed(share), headers=JSON)

    assert response.status_code == 409
    assert response.json()["theirs"]["words"] == "對方的文字"
    assert response.json()["version"] == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"percent": ""}, "percent"),
        ({"percent": "101"}, "percent"),
        ({"percent": "abc"}, "percent"),
        ({"words": ""}, "words"),
        ({"words": "長" * 2001}, "words"),
        ({"status": "沒有這個狀態"}, "status"),
        ({"status": "完成", "percent": "80"}, "percent"),
        ({"percent": "44.99"}, "cause"),
        ({"percent": "44.99", "cause": "場地整修"}, "remedy"),
        ({"status": "落後"}, "cause"),
    ],
)
def test_what_is_missing_is_told_at_its_field(
    client, plan, share, period, values, field
):
    """50 % is planned by March."""
    response = client.post(
        row_of(plan, period, share), typed(share, **values), headers=JSON
    )

    assert response.status_code == 422
    assert field in response.json()["errors"]
    assert not Report.objects.exists()


def test_done_is_a_hundred_and_not_started_is_nothing(client, plan, share, period):
    address = row_of(plan, period, share)
    client.post(address, typed(share, status="完成", percent=""))

    assert Report.objects.get().percent == 100


def test_a_small_lag_asks_for_no_cause(client, plan, share, period):
    client.post(row_of(plan, period, share), typed(share, percent="45"))

    assert Report.objects.get().percent == Decimal(45)


def test_words_carried_over_are_marked_so(client, plan, share, period):
    make_report(make_past_period(plan), share, words="上期寫的")
    address = row_of(plan, period, share)
    assert "上期寫的" in text_of(client.get(page_of(plan, period)))

    client.post(address, typed(share, words="", carried="on"))
    report = Report.objects.get(period=period)
    assert (report.words, report.is_carried_over) == ("上期寫的", True)

    client.post(address, typed(share, words="新寫的", carried="on", version=1))
    report.refresh_from_db()
    assert not report.is_carried_over


def test_after_closing_the_page_is_read_only_and_tells_the_way(client, plan, share):
    past = make_past_period(plan)
    page = text_of(client.get(page_of(plan, past)))
    assert "<textarea" not in page
    assert "請求補報" in page

    response = client.post(row_of(plan, past, share), typed(share), headers=JSON)

    assert response.status_code == 409
    assert "已經關閉" in response.json()["message"]


def test_what_was_typed_stays_on_the_page_after_closing(client, plan, share, period):
    period.closes_on = period.opens_on
    period.due_on = period.opens_on
    period.save()

    response = client.post(row_of(plan, period, share), typed(share, words="我的字"))

    assert response.status_code == 422
    assert "我的字" in text_of(response)


def test_a_closed_plan_is_read_only(client, plan, share, period):
    Plan.objects.filter(pk=plan.pk).update(state=State.CLOSED)

    page = text_of(client.get(page_of(plan, period)))
    assert "計畫已結案" in page
    assert "<textarea" not in page
    assert client.post(page_of(plan, period), typed(share)).status_code == 403


def test_rows_of_others_are_not_written(client, plan, unit, owner, period):
    theirs = make_item(plan, unit, owners=[make_member(plan.office)]).shares.get()
    make_item(plan, unit, owners=[owner])

    assert client.post(row_of(plan, period, theirs), typed(theirs)).status_code == 403
    client.post(page_of(plan, period), typed(theirs))
    assert not Report.objects.exists()


def test_a_unit_head_confirms_rows_of_the_unit_alone(client, plan, units, period):
    mine, other = (make_item(plan, unit).shares.get() for unit in units)
    head = make_member(plan.office, Role.UNIT_HEAD, unit=units[0])
    client.force_login(head.user)
    for share, status in ((mine, 302), (other, 403)):
        report = make_report(period, share)
        args = [plan.pk, period.pk, share.pk]
        response = client.post(
            reverse("schedule:report_confirm", args=args), {"version": "1"}
        )
        report.refresh_from_db()
        assert response.status_code == status
        assert bool(report.confirmed_at) == (status == 302)


def test_a_stale_look_confirms_nothing(client, plan, share, period, keeper):
    report = make_report(period, share, version=2)
    address = reverse("schedule:report_confirm", args=[plan.pk, period.pk, share.pk])
    client.force_login(keeper)

    assert client.post(address, {"version": "1"}).status_code == 409
    report.refresh_from_db()
    assert report.confirmed_at is None


def test_a_status_that_the_office_dropped_stays_with_its_report(
    client, plan, share, period
):
    make_report(period, share, status="觀察中", standing=Standing.RUNNING)

    assert 'value="觀察中" selected' in text_of(client.get(page_of(plan, period)))


def test_the_next_open_period_is_shown_first(client, plan, share):
    make_past_period(plan, 2)
    march, _april = make_period(plan, 3), make_period(plan, 4, opens=1)

    response = client.get(reverse("schedule:reporting", args=[plan.pk]))

    assert response.context["mine"].period == march
