"""What 送核前檢查 finds in a control table, and where it is mended."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.models import Role
from plans.documents.proofs.finding import Grade
from plans.models import Plan
from plans.proofing import findings_of, mend_urls
from schedule.models import Schedule
from tests.factories import (
    make_indicator,
    make_item,
    make_member,
    make_method,
    make_ownership,
    make_plan,
    make_unit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def unit(plan):
    return make_unit(plan.office)


@pytest.fixture
def item(plan, unit):
    """An item in order: an owner who is a member, weights that close, months."""
    owner = make_member(plan.office, unit=unit)
    made = make_item(plan, unit, owners=[owner], points=Decimal(5))
    make_indicator(made, weight=Decimal(60))
    make_indicator(made, weight=Decimal(40))
    make_method(made)
    return made


def told(plan):
    return [(one.check, one.found) for one in findings_of(plan).findings]


def test_an_item_in_order_has_no_findings(plan, item):
    assert told(plan) == []


def test_weights_close(plan, item):
    make_indicator(item, weight=Decimal("2.5"))

    (found,) = findings_of(plan).findings

    assert (found.check, found.grade) == ("item-weights", Grade.ERROR)
    assert "超過 2.5%" in found.message


def test_indicators_without_any_weight_are_allowed_and_told(plan, item):
    item.indicators.update(weight=None)

    assert told(plan) == [("item-unweighted", "")]


@pytest.mark.parametrize(("total", "found"), [(5, []), (6, ["5 分"]), (None, [])])
def test_the_points_of_all_items_come_to_the_total(plan, item, total, found):
    Schedule.objects.create(plan=plan, total=total)

    assert [words for _, words in told(plan)] == found


def test_a_share_without_points_and_owner(plan, item):
    other = make_unit(plan.office, name="人文課", label="人")
    item.shares.create(unit=other)

    assert sorted(told(plan)) == [("item-owner", "人文課"), ("item-points", "人文課")]


def test_owners_are_members_of_today(plan, item):
    share = item.shares.get()
    make_ownership(share, "路人甲")
    gone = make_member(plan.office, is_active=False)
    make_ownership(share, gone)
    make_ownership(share, "前任乙", ends_on=date(2025, 1, 31))

    assert told(plan) == [
        ("owner-member", "路人甲"),
        ("owner-member", gone.user.full_name),
    ]


def test_methods_and_months(plan, item):
    item.methods.update(months="0" * 12)
    assert told(plan) == [("item-months", "")]

    item.methods.update(months="1" * 12, is_confirmed=False)
    assert [check for check, _ in told(plan)] == ["months-unconfirmed"]

    item.methods.all().delete()
    assert told(plan) == [("item-method", "")]


def test_months_outside_of_the_scoring_interval(plan, item):
    item.scored_from, item.scored_until = 11311, 11410
    item.save()
    assert told(plan) == []

    item.methods.update(months="001100000011")

    assert told(plan) == [("months-outside", "11月、12月")]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(11211, 11310, True), (11501, 0, True), (11311, 11410, False), (0, 0, False)],
)
def test_the_interval_touches_the_plans_year(plan, item, first, last, found):
    item.scored_from, item.scored_until = first, last
    item.save()

    assert ("interval-behind" in [check for check, _ in told(plan)]) is found


def test_the_words_of_items_are_proved_once_though_units_share_them(plan, item):
    other = make_unit(plan.office, name="人文課", label="人")
    owner = make_member(plan.office, unit=other)
    share = item.shares.create(unit=other, points=1)
    make_ownership(share, owner)
    item.name = "公佈欄管理"
    item.save()
    row = item.methods.get()
    row.text = "書面（113年度計劃書）"
    row.save()

    assert told(plan) == [
        ("word", "公佈"),
        ("word", "計劃"),
        ("year-behind", "113年度"),
    ]
    assert all(one.fix is None for one in findings_of(plan).findings)


def test_fragments_wait_for_a_decision(plan):
    Schedule.objects.create(plan=plan, fragments=[{}, {}])

    assert [check for check, _ in told(plan)] == ["item-fragment"]


def urls(plan, user):
    ask = mend_urls(plan, user)
    return {one.check: ask(one) for one in findings_of(plan).findings}


def test_each_finding_leads_to_the_page_that_mends_it(plan, item):
    make_indicator(item, weight=Decimal(5))
    make_ownership(item.shares.get(), "路人甲")
    item.methods.update(is_confirmed=False)
    Schedule.objects.create(plan=plan, total=6)
    coordinator = make_member(plan.office, Role.COORDINATOR).user
    base = f"/plans/{plan.pk}/schedule"

    assert urls(plan, coordinator) == {
        "total-points": f"{base}/settings/",
        "item-weights": f"{base}/items/{item.pk}/indicators/",
        "owner-member": f"{base}/items/{item.pk}/edit/",
        "months-unconfirmed": f"{base}/methods/{item.methods.get().pk}/",
    }
    reader = make_member(plan.office, Role.READER).user
    assert set(urls(plan, reader).values()) == {
        f"{base}/",
        f"{base}/items/{item.pk}/",
    }


def test_people_of_the_unit_and_owners_mend_themselves(plan, unit, item):
    make_indicator(item, weight=Decimal(5))
    of_unit = make_member(plan.office, Role.UNIT_HEAD, unit=unit).user
    owner = make_member(plan.office)
    make_ownership(item.shares.get(), owner)
    stranger = make_member(plan.office).user
    address = f"/plans/{plan.pk}/schedule/items/{item.pk}/indicators/"

    assert urls(plan, of_unit)["item-weights"] == address
    assert urls(plan, owner.user)["item-weights"] == address
    assert urls(plan, stranger)["item-weights"] != address


def test_many_items_cost_as_many_queries_as_one(plan, unit, item):
    def queries():
        fresh = Plan.objects.select_related("office").get(pk=plan.pk)
        with CaptureQueriesContext(connection) as asked:
            findings_of(fresh)
        return len(asked)

    one = queries()
    for _ in range(5):
        make_method(make_item(plan, unit, owners=["路人甲"]))

    assert (one, queries()) == (15, 15)


def test_saving_an_item_comes_back_to_the_list(plan, item, client):
    client.force_login(make_member(plan.office, Role.COORDINATOR).user)
    make_indicator(item, weight=Decimal(5))
    url = f"/plans/{plan.pk}/schedule/items/{item.pk}/indicators/"
    html = client.get(f"/plans/{plan.pk}/proof/").content.decode()
    assert f'href="{url}?back=proof:unit1"' in html

    data = {"rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0", "version": "1"}
    came = {"HTTP_REFERER": f"http://testserver{url}?back=proof:unit1"}
    response = client.post(url, data, **came)

    assert response.url == f"/plans/{plan.pk}/proof/#at-unit1"
