"""Units and owners of a Timetable: found by name, made, or kept as names alone."""

from dataclasses import replace
from datetime import date

import pytest

from schedule.apply import (
    People,
    apply_timetable,
)
from schedule.compose import timetable_of
from schedule.models import Ownership, Share
from schedule.timetable import model as sheet
from schedule.unit_names import units_named
from tests.factories import (
    make_member,
    make_office,
    make_ownership,
    make_plan,
    make_unit,
    make_user,
)
from tests.schedule.stored import TREES, fresh, item, names, stored, table

pytestmark = pytest.mark.django_db


def test_members_are_linked_and_other_names_kept():
    plan = make_plan(year=115)
    member = make_member(plan.office, user=make_user(full_name="林一樹"))
    owners = ("林一樹", "周五湖")

    apply_timetable(
        plan, table(民政課=[item("路樹", "民政課", owners=owners)]), by=None
    )

    rows = Ownership.objects.values_list("name", "member")
    assert list(rows) == [("林一樹", member.pk), ("周五湖", None)]
    assert timetable_of(fresh(plan)).sheets[0].items[0].shares[0].owners == owners


def test_of_members_with_one_name_that_of_the_unit_is_meant():
    office = make_office()
    civil, social = make_unit(office, "民政課", "民"), make_unit(office, "社會課", "社")
    for unit in (civil, social):
        namesake = make_member(office, user=make_user(full_name="林一樹"), unit=unit)
    make_member(office, user=make_user(full_name="離職者"), is_active=False)
    people = People(office)

    assert people.named("林一樹", social) == namesake
    assert people.named("林一樹") is None
    assert people.named("離職者") is None
    assert people.names() == ["林一樹"]


def test_owners_that_stay_keep_their_dates():
    plan = stored(table(民政課=[TREES]))
    Ownership.objects.update(starts_on=date(2026, 3, 1))
    (found,) = timetable_of(plan).items()
    more = replace(found.shares[0], owners=("周五湖", "林一樹"))

    apply_timetable(plan, table(民政課=[replace(found, shares=(more,))]), by=None)

    rows = Ownership.objects.values_list("name", "starts_on")
    assert list(rows) == [("周五湖", None), ("林一樹", date(2026, 3, 1))]


def test_owners_of_the_past_are_left_alone():
    plan = stored(table(民政課=[TREES]))
    make_ownership(Share.objects.get(), "王三山", ends_on=date(2026, 2, 28))
    (found,) = timetable_of(plan).items()
    nobody = replace(found.shares[0], owners=())

    apply_timetable(plan, table(民政課=[replace(found, shares=(nobody,))]), by=None)

    assert [o.name for o in Ownership.objects.all()] == ["王三山"]


def test_units_that_the_office_lacks_are_made_with_labels_of_their_own():
    office = make_office()
    make_unit(office, "民政課", "民", position=7)

    found = units_named(office, ["民政課", "民族課", "民", "社會課"], create=True)

    assert [(u.name, u.label) for u in office.units.all()] == [
        ("民政課", "民"),
        ("民族課", "民族"),
        ("民", "民2"),
        ("社會課", "社"),
    ]
    assert found["民政課"].position == 7


def test_units_are_not_made_unasked_nor_twice():
    office = make_office()
    long = "課" * 50

    units_named(office, ["民政課"])
    for _ in range(2):
        found = units_named(office, [long], create=True)

    assert [unit.name for unit in office.units.all()] == [long[:40]]
    assert found[long].name == long[:40]


def test_items_of_no_unit_are_stored_where_they_can_be_found():
    plan = stored(sheet.Timetable(115, (sheet.UnitSheet("", (item("路樹", ""),)),)))

    assert names(plan) == {"未分課室": ["路樹"]}
