"""Handing over: who owns what on which day."""

from datetime import date

import pytest
import time_machine

from schedule.compose import timetable_of
from schedule.editing import Head, Part, Refused, Stale, save_item
from schedule.handover import hand_over
from schedule.models import Ownership
from tests.factories import (
    make_item,
    make_member,
    make_office,
    make_ownership,
    make_plan,
    make_unit,
    make_user,
)

JULY = date(2025, 7, 1)
JUNE_END = date(2025, 6, 30)
SEPTEMBER = date(2025, 9, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-06-10 10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def plan(office):
    return make_plan(office)


@pytest.fixture
def unit(office):
    return make_unit(office)


def make_person(office, name, **kwargs):
    return make_member(office, user=make_user(full_name=name), **kwargs)


@pytest.fixture
def giver(office):
    return make_person(office, "甘文")


@pytest.fixture
def taker(office):
    return make_person(office, "史乃")


def handed(plan, giver, taker, day=JULY):
    return hand_over(plan, giver=giver, taker=taker, day=day, by=giver.user)


def owners(plan, day=None):
    """The owners of the plan's first item."""
    return next(timetable_of(plan, day).items()).shares[0].owners


def spans(item):
    rows = Ownership.objects.filter(share__item=item).order_by("pk")
    return [(row.name, row.starts_on, row.ends_on) for row in rows]


def test_the_taker_follows_on_the_day_and_the_giver_ends_the_day_before(
    plan, unit, giver, taker
):
    item = make_item(plan, unit, owners=[giver])

    count = handed(plan, giver, taker)

    assert count == 1
    assert spans(item) == [("甘文", None, JUNE_END), ("史乃", JULY, None)]
    assert owners(plan, JUNE_END) == ("甘文",)
    assert owners(plan, JULY) == ("史乃",)


def test_paper_shows_who_owns_last(plan, unit, giver, taker):
    make_item(plan, unit, owners=[giver])

    handed(plan, giver, taker, date(2026, 1, 1))

    assert owners(plan) == ("史乃",)
    assert owners(plan, date(2025, 12, 31)) == ("甘文",)


def test_an_item_of_both_stays_the_takers_alone(plan, unit, giver, taker):
    item = make_item(plan, unit, owners=[giver, taker])

    handed(plan, giver, taker)

    assert spans(item) == [("甘文", None, JUNE_END), ("史乃", None, None)]


def test_others_who_own_the_item_stay(plan, unit, office, giver, taker):
    make_item(plan, unit, owners=[make_person(office, "巫申"), giver])

    handed(plan, giver, taker)

    assert set(owners(plan, JULY)) == {"巫申", "史乃"}


def test_a_taker_whose_time_begins_later_gets_the_time_before(plan, unit, giver, taker):
    item = make_item(plan, unit, owners=[giver])
    make_ownership(item.shares.get(), taker, starts_on=SEPTEMBER)

    handed(plan, giver, taker)

    assert owners(plan, JULY) == owners(plan, SEPTEMBER) == ("史乃",)


def test_a_taker_whose_time_ends_goes_on(plan, unit, giver, taker):
    item = make_item(plan, unit, owners=[giver])
    make_ownership(item.shares.get(), taker, ends_on=date(2025, 8, 31))

    handed(plan, giver, taker)

    assert owners(plan, JULY) == owners(plan, SEPTEMBER) == owners(plan) == ("史乃",)


def test_time_that_begins_later_is_handed_over_from_then_on(plan, unit, giver, taker):
    item = make_item(plan, unit)
    make_ownership(item.shares.get(), giver, starts_on=SEPTEMBER)

    handed(plan, giver, taker)

    assert spans(item) == [("史乃", SEPTEMBER, None)]


def test_time_with_an_end_is_handed_over_until_then(plan, unit, giver, taker):
    item = make_item(plan, unit)
    make_ownership(item.shares.get(), giver, ends_on=date(2025, 8, 31))

    handed(plan, giver, taker)

    assert spans(item)[1] == ("史乃", JULY, date(2025, 8, 31))


def test_time_that_is_over_stays_as_it_was(plan, unit, giver, taker):
    item = make_item(plan, unit)
    make_ownership(item.shares.get(), giver, ends_on=JUNE_END)

    count = handed(plan, giver, taker)

    assert count == 0
    assert spans(item) == [("甘文", None, JUNE_END)]


def test_handing_back_later_keeps_all_three_times(plan, unit, giver, taker):
    make_item(plan, unit, owners=[giver])
    handed(plan, giver, taker)

    handed(plan, taker, giver, SEPTEMBER)

    days = (JUNE_END, JULY, date(2025, 8, 31), SEPTEMBER)
    assert [owners(plan, day) for day in days] == [
        ("甘文",),
        ("史乃",),
        ("史乃",),
        ("甘文",),
    ]
    assert owners(plan) == ("甘文",)


def test_handing_back_from_the_same_day_is_as_if_nothing_had_been(
    plan, unit, giver, taker
):
    item = make_item(plan, unit, owners=[giver])
    handed(plan, giver, taker)

    handed(plan, taker, giver)

    assert spans(item) == [("甘文", None, None)]


def test_history_tells_who_did_what(plan, unit, giver, taker):
    item = make_item(plan, unit, owners=[giver])

    handed(plan, giver, taker)

    records = Ownership.history.filter(share__item_id=item.pk, history_user=giver.user)
    told = {(record.name, record.history_type) for record in records}
    assert told == {("史乃", "+"), ("甘文", "~")}


def test_time_that_never_begins_is_deleted_in_somebodys_name(plan, unit, giver, taker):
    item = make_item(plan, unit)
    make_ownership(item.shares.get(), giver, starts_on=SEPTEMBER)

    handed(plan, giver, taker)

    (deleted,) = Ownership.history.filter(history_type="-")
    assert (deleted.name, deleted.history_user) == ("甘文", giver.user)


def test_the_plan_has_a_new_edition_only_when_something_moved(plan, unit, giver, taker):
    make_item(plan, unit, owners=[giver])
    handed(plan, giver, taker)
    plan.refresh_from_db()
    after_first = plan.edition

    handed(plan, giver, taker)

    plan.refresh_from_db()
    assert after_first == plan.edition == 2


def test_a_second_time_moves_nothing(plan, unit, giver, taker):
    item = make_item(plan, unit, owners=[giver])
    handed(plan, giver, taker)
    before = spans(item)

    count = handed(plan, giver, taker)

    assert count == 0
    assert spans(item) == before


def test_a_form_opened_before_the_handover_does_not_undo_it(plan, unit, giver, taker):
    item = make_item(plan, unit, owners=[giver])
    seen = item.version
    handed(plan, giver, taker)
    part = Part(unit, None, ((giver, "甘文"),))

    with pytest.raises(Stale):
        save_item(item, version=seen, head=Head("改名"), parts=[part], by=giver.user)


def test_a_joint_item_counts_once(plan, office, unit, giver, taker):
    make_item(plan, unit, make_unit(office, "社會課", "社"), owners=[giver])

    assert handed(plan, giver, taker) == 1


def test_deleted_items_and_other_plans_stay(office, plan, unit, giver, taker):
    removed = make_item(
        plan, unit, owners=[giver], removed_at="2025-06-01T00:00:00+08:00"
    )
    other = make_item(make_plan(office), unit, owners=[giver])

    count = handed(plan, giver, taker)

    assert count == 0
    assert spans(removed) == spans(other) == [("甘文", None, None)]


def test_a_name_without_a_member_is_not_handed_over(plan, unit, giver, taker):
    item = make_item(plan, unit, owners=["甘文", "外聘委員"])

    assert handed(plan, giver, taker) == 0
    assert spans(item) == [("甘文", None, None), ("外聘委員", None, None)]


def test_a_name_without_a_member_is_not_the_taker(plan, unit, giver, taker):
    make_item(plan, unit, owners=[giver, "史乃"])

    handed(plan, giver, taker)

    assert owners(plan, JULY) == ("史乃", "史乃")


def test_one_person_alone_is_refused(plan, unit, giver):
    item = make_item(plan, unit, owners=[giver])

    with pytest.raises(Refused):
        handed(plan, giver, giver)

    assert spans(item) == [("甘文", None, None)]


def test_a_deleted_or_deactivated_member_stays_on_their_items_by_name(
    plan, unit, giver, taker
):
    item = make_item(plan, unit, owners=[giver, taker])
    taker.is_active = False
    taker.save()

    giver.delete()

    assert set(owners(plan)) == {"甘文", "史乃"}
    assert {o.member for o in item.shares.get().ownerships.all()} == {None, taker}
