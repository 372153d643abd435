"""timetable_of: the rows of a plan as one Timetable, in few queries."""

from datetime import date

import pytest

from schedule.compose import timetable_of
from schedule.models import Item
from tests.factories import (
    make_item,
    make_method,
    make_office,
    make_ownership,
    make_plan,
    make_share,
    make_unit,
)
from tests.schedule.stored import JOINT, TREES, item, names, stored, table

pytestmark = pytest.mark.django_db


def test_joint_items_stand_in_each_sheet_as_one():
    plan = stored(table(民政課=[TREES, JOINT], 社會課=[JOINT]))

    civil, social = timetable_of(plan).sheets
    assert civil.items[1] is social.items[0]
    assert Item.objects.filter(plan=plan).count() == 2


@pytest.mark.parametrize("count", [1, 30])
def test_a_timetable_takes_as_many_queries_for_one_item_as_for_many(
    count, django_assert_num_queries
):
    items = [
        item(f"路樹{n}", "民政課", owners=("林一樹", "周五湖")) for n in range(count)
    ]
    plan = stored(table(民政課=[*items, JOINT], 社會課=[JOINT]))

    with django_assert_num_queries(4):
        timetable_of(plan)


def test_a_timetable_without_indicators_takes_one_query_less(django_assert_num_queries):
    plan = stored(table(民政課=[TREES]))

    with django_assert_num_queries(3):
        found = timetable_of(plan, with_indicators=False)

    assert next(found.items()).indicators == ()


@pytest.mark.parametrize(
    ("day", "owners"),
    [
        (None, ("周五湖",)),
        (date(2026, 2, 28), ("林一樹",)),
        (date(2026, 3, 1), ("周五湖",)),
        (date(2025, 1, 1), ()),
    ],
)
def test_owners_are_those_of_the_day(day, owners):
    unit = make_unit(make_office(), "民政課", "民")
    share = make_share(make_item(make_plan(unit.office), unit), make_unit(unit.office))
    make_ownership(
        share, "林一樹", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 28)
    )
    make_ownership(share, "周五湖", starts_on=date(2026, 3, 1))

    found = timetable_of(share.item.plan, day)

    (one,) = found.items()
    assert one.share_of("綜合課").owners == owners


def test_units_stand_in_the_order_of_the_office():
    office = make_office()
    late = make_unit(office, "民政課", "民", position=2)
    early = make_unit(office, "社會課", "社", position=1)
    plan = make_plan(office)
    for unit in (late, early):
        make_method(make_item(plan, unit, name=unit.name))

    assert list(names(plan)) == ["社會課", "民政課"]


def test_removed_items_are_in_no_timetable():
    plan = stored(table(民政課=[TREES]))
    Item.objects.update(removed_at="2026-05-01T00:00:00Z")

    assert timetable_of(plan).sheets == ()
