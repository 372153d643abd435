"""How an item is examined: its indicators with weights, and its rows of the grid."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import make_indicator, make_item, make_method, make_unit

pytestmark = pytest.mark.django_db


def save_indicators(client, item, *rows, **fields):
    data = {
        "version": item.version,
        "rows-TOTAL_FORMS": len(rows),
        "rows-INITIAL_FORMS": 0,
    }
    for place, (text, weight) in enumerate(rows):
        data |= {f"rows-{place}-text": text, f"rows-{place}-weight": weight}
    url = reverse("schedule:indicators", args=[item.plan_id, item.pk])
    return client.post(url, data | fields)


def test_weights_may_be_decimal_and_must_not_close_at_once(client, plan, keeper, units):
    item = make_item(plan, units[0])

    save_indicators(client, item, ("甲", "33.333"), ("乙", "66.66"), ("", ""))

    assert [i.weight for i in item.indicators.all()] == [
        Decimal("33.333"),
        Decimal("66.660"),
    ]
    page = client.get(item.get_absolute_url()).content.decode()
    assert "權重合計 99.993%，尚差 0.007%" in page


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        ("-1", "權重須在 0 到 100 之間"),
        ("abc", "「abc」不是數字"),
        ("101", "權重須在 0 到 100 之間"),
        ("1e1", "不是數字"),
    ],
)
def test_weights_that_are_none_are_told_at_the_cell(
    client, plan, keeper, units, weight, words
):
    item = make_item(plan, units[0])
    make_indicator(item, "原來的", 100)

    answer = save_indicators(client, item, ("改的", weight))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{weight}"' in page
    assert item.indicators.get().text == "原來的"


def test_a_weight_without_a_text_is_told(client, plan, keeper, units):
    answer = save_indicators(client, make_item(plan, units[0]), ("", "50"))

    assert "有權重的列請填考核指標" in answer.content.decode()


def test_what_is_missing_goes_to_the_last_one(client, plan, keeper, units):
    item = make_item(plan, units[0])

    save_indicators(client, item, ("甲", "60"), ("乙", "35"), ("", ""), close="1")

    assert [i.weight for i in item.indicators.all()] == [60, 40]


def test_closing_never_makes_a_weight_negative(client, plan, keeper, units):
    item = make_item(plan, units[0])

    save_indicators(client, item, ("甲", "100"), ("乙", "30"), close="1")
    assert [i.weight for i in item.indicators.all()] == [100, 0]
    item.refresh_from_db()
    save_indicators(client, item, ("甲", "100"), ("乙", "100"), ("丙", "5"), close="1")

    assert [i.weight for i in item.indicators.all()] == [100, 100, 5]


def test_stale_indicators_keep_both(client, plan, keeper, units):
    item = make_item(plan, units[0])
    save_indicators(client, item, ("別人的指標", "100"))

    answer = save_indicators(client, item, ("我的指標", "100"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "別人的指標" in page
    assert "我的指標" in page
    assert item.indicators.get().text == "別人的指標"


def method_data(**fields):
    return {"text": "實地（3-4月）", "kinds": ["實地"], "planned": ["3", "4"]} | fields


def test_a_method_is_made_without_javascript(client, plan, keeper, units):
    item = make_item(plan, units[0])
    make_indicator(item, "甲", 100)
    url = reverse("schedule:method_create", args=[plan.pk, item.pk])

    client.post(
        url,
        method_data(mark="2-1.", key=["4"], stages="3 整備、4 查核", examines=["1"]),
    )

    row = item.methods.get()
    assert row.months == "001200000000"
    assert (row.mark, row.kinds, row.examines) == ("2-1.", ["實地"], [1])
    assert row.stages == [[3, 3, "整備"], [4, 4, "查核"]]


def test_proposed_months_are_only_shown(client, plan, keeper, units):
    item = make_item(plan, units[0])
    url = reverse("schedule:method_create", args=[plan.pk, item.pk])

    answer = client.post(
        url, {"text": "書面（8-9 月）", "mark": "", "stages": "", "propose": "1"}
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "還沒有儲存" in page
    assert page.count("checked") == 2
    assert not item.methods.exists()


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        ("0 規劃", "沒有 0 月"),
        ("3-13 規劃", "沒有 13 月"),
        ("5-3 規劃", "起月在迄月之後"),
        ("3-5 規劃、5-6 發包", "重疊的月份（5月）"),
        ("規劃", "看不懂「規劃」"),
        ("3 " + "長" * 21, "最多 20 個字"),
    ],
)
def test_stages_that_are_none_are_told(client, plan, keeper, units, stages, words):
    item = make_item(plan, units[0])
    url = reverse("schedule:method_create", args=[plan.pk, item.pk])

    answer = client.post(url, method_data(stages=stages))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not item.methods.exists()


def test_a_month_that_does_not_exist_is_refused(client, plan, keeper, units):
    item = make_item(plan, units[0])
    url = reverse("schedule:method_create", args=[plan.pk, item.pk])

    for month in ("0", "13"):
        answer = client.post(url, method_data(planned=[month]))
        assert answer.status_code == 422

    assert not item.methods.exists()


def test_a_stale_method_keeps_both(client, plan, keeper, units):
    method = make_method(make_item(plan, units[0]))
    url = reverse("schedule:method", args=[plan.pk, method.pk])
    seen = client.get(url).context["seen"]
    client.post(url, method_data(seen=seen, text="別人改的"))

    answer = client.post(url, method_data(seen=seen, text="我改的"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "別人改的" in page
    assert "我改的" in page
    method.refresh_from_db()
    assert method.text == "別人改的"


def test_a_method_of_one_unit_stands_in_its_sheet_alone(client, plan, keeper, units):
    item = make_item(plan, *units)
    url = reverse("schedule:method_create", args=[plan.pk, item.pk])

    client.post(url, method_data(unit=units[1].pk))
    foreign = client.post(
        url, method_data(unit=make_unit(plan.office, "經建課", "經").pk)
    )

    assert item.methods.get().unit == units[1]
    assert foreign.status_code == 422


def test_the_last_planned_row_is_not_deleted(client, plan, keeper, units):
    item = make_item(plan, units[0])
    only = make_method(item)

    client.post(reverse("schedule:method_delete", args=[plan.pk, only.pk]))
    assert item.methods.count() == 1
    second = make_method(item)
    client.post(reverse("schedule:method_delete", args=[plan.pk, second.pk]))

    assert list(item.methods.all()) == [only]
