"""The control table comes along: what is copied, what is moved, what is asked anew."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.models import Role
from plans.carried import count_waiting, standing_parts, versions_of
from plans.carrying import carry_over
from plans.compose import compose
from plans.documents.comparison import compare
from plans.documents.model import Document
from plans.documents.proofs.finding import Replacement
from plans.mentioning import kept_places
from plans.models import Plan
from plans.versions import document_named
from schedule.carried import ScheduleCarrier
from schedule.compose import schedule_of, timetable_of
from schedule.linking import keys_of
from schedule.models import Item, Link, Ownership, Schedule
from tests.factories import (
    make_indicator,
    make_item,
    make_member,
    make_method,
    make_office,
    make_ownership,
    make_plan,
    make_point,
    make_table,
    make_unit,
)


@pytest.fixture
def plan(db):
    return make_plan(year=113)


@pytest.fixture
def full(plan, units):
    """An item of two units with everything an item has."""
    owner = make_member(plan.office, Role.OWNER, unit=units[0])
    item = make_item(
        plan,
        *units,
        name="行動收件",
        points=Decimal("4.5"),
        owners=[owner],
        note="113年試辦",
        scored_from=11211,
        scored_until=11310,
    )
    make_indicator(item, "收件數。", Decimal(60))
    make_indicator(item, "滿意度。", Decimal(40))
    make_method(
        item,
        "001110000000",
        kinds=["實地"],
        examines=[1],
        mark="2-1.",
        stages=[[3, 4, "規劃"]],
        unit=units[1],
    )
    Schedule.objects.create(plan=plan, title="113年度管制表", total=9, place=1)
    return item


def carried(plan, **kwargs):
    kwargs = {"office": plan.office, "year": 114, "title": "新", "by": None} | kwargs
    return carry_over(plan, **kwargs)


def last(plan: Plan) -> Document:
    found = document_named(plan, "last")
    assert found is not None
    return found


def bare(timetable):
    """Without keys."""

    def change(item):
        shares = (replace(one, id="") for one in item.shares)
        indicators = (replace(one, id="") for one in item.indicators)
        methods = (replace(one, id="") for one in item.methods)
        return replace(
            item,
            id="",
            shares=tuple(shares),
            indicators=tuple(indicators),
            methods=tuple(methods),
        )

    return timetable.mapped(change)


def test_items_are_the_same_with_the_interval_a_year_later(plan, full):
    new = carried(plan)

    def later(item):
        methods = (replace(one, confirmed=False) for one in item.methods)
        return replace(
            item,
            methods=tuple(methods),
            scored_from=(113, 11),
            scored_until=(114, 10),
        )

    expected = replace(bare(timetable_of(plan)).mapped(later), year=114)
    assert bare(timetable_of(new)) == expected


def test_without_an_interval_none_is_made(plan, item):
    carried(plan)

    copy = Item.objects.exclude(plan=plan).get()
    assert (copy.scored_from, copy.scored_until, copy.version) == (0, 0, 1)


def test_the_settings_of_the_table_come_along_as_they_are(plan, full):
    schedule = schedule_of(carried(plan))

    assert (schedule.title, schedule.place) == ("113年度管制表", 1)
    assert schedule.total == Decimal(9)


def test_deleted_items_stay_behind(plan, full):
    full.removed_at = "2025-01-01T00:00Z"
    full.save()

    assert timetable_of(carried(plan)).sheets == ()


def test_owners_are_those_of_today_and_only_members_stay_linked(plan, unit):
    here = make_member(plan.office, Role.OWNER)
    gone = make_member(plan.office, Role.OWNER, is_active=False)
    item = make_item(plan, unit, owners=[here, gone, "紙上的名字"])
    past = make_ownership(item.shares.get(), make_member(plan.office))
    Ownership.objects.filter(pk=past.pk).update(ends_on="2020-01-01")

    new = carried(plan)

    copies = Ownership.objects.filter(share__item__plan=new)
    assert {(one.name, one.member) for one in copies} == {
        (here.user.full_name, here),
        (gone.user.full_name, None),
        ("紙上的名字", None),
    }


def test_links_lead_to_the_copies_and_lost_ones_are_left_out(plan, item):
    point = make_point(plan, "簡化流程")
    row = make_table(plan, rows=[("甲", "乙")]).rows.get()
    Link.objects.create(item=item, block=point)
    Link.objects.create(item=item, row=row)

    new = carried(plan)

    copy = Item.objects.get(plan=new)
    block = new.blocks.get(heading="簡化流程")
    stands = new.blocks.get(kind="table").rows.get()
    assert keys_of(copy) == {f"b{block.pk}", f"r{stands.pk}"}


def test_items_wait_to_be_confirmed_beside_the_text(plan, full):
    make_point(plan, "依據")
    new = carried(plan)
    copy = Item.objects.get(plan=new)

    assert standing_parts(new, versions_of(new)).keys() == {
        f"item{copy.pk}",
        f"b{new.blocks.get().pk}",
    }
    Item.objects.filter(pk=copy.pk).update(version=2)
    assert count_waiting(new) == 1


def test_the_annex_is_compared_row_by_row_with_last_year(plan, full):
    make_point(plan, "依據")
    new = Plan.objects.get(pk=carried(plan).pk)

    rows = [
        change
        for change in compare(last(new), compose(new)).changes
        if change.key.startswith("m")
    ]
    assert rows == []

    Item.objects.filter(plan=new).update(name="改名")
    changed = compare(last(new), compose(new)).changes
    assert any(change.key.startswith("m") for change in changed)


def test_another_office_gets_units_of_its_own(plan, full):
    other = make_office("遠方區公所")

    new = carried(plan, office=other)

    assert [one.unit for one in timetable_of(new).sheets] == ["民政課", "社會課"]
    assert other.units.count() == 2
    assert not Ownership.objects.filter(share__item__plan=new).exclude(member=None)


def test_queries_do_not_grow_with_the_items(plan, full, units):
    carried(plan)
    with CaptureQueriesContext(connection) as one:
        carried(plan, again=True)
    for number in range(20):
        extra = make_item(plan, *units, name=f"項目{number}", owners=["甲乙"])
        make_indicator(extra)
        make_method(extra)

    with CaptureQueriesContext(connection) as many:
        carried(plan, again=True)

    assert len(many) == len(one)


@pytest.mark.parametrize("role", [Role.OWNER, Role.COORDINATOR, Role.READER])
def test_only_what_a_person_may_write_is_open(plan, full, units, role):
    make_item(plan, make_unit(plan.office, "人文課", "人"), name="別課的項目")
    person = make_member(plan.office, role, unit=units[0]).user

    places = kept_places(plan, person)

    is_open = {place.where: place.is_open for place in places}
    assert is_open == {
        "附件名稱": role == Role.COORDINATOR,
        "行動收件": role != Role.READER,
        "別課的項目": role == Role.COORDINATOR,
    }


def test_words_are_rewritten_by_the_verb_of_each(plan, full):
    new = carried(plan)
    user = make_member(new.office, Role.COORDINATOR).user
    item = Item.objects.get(plan=new)
    method = item.methods.get()
    before = timetable_of(new)

    fixes = [
        ("note", Replacement("113年", "114年", "113年試辦", 0)),
        (f"m{method.pk}.0", Replacement("規劃", "籌備", "規劃", 0)),
    ]
    assert ScheduleCarrier().rewrite(new, f"item{item.pk}", fixes, by=user)
    assert not ScheduleCarrier().rewrite(new, "b1", fixes, by=user)

    item.refresh_from_db()
    method.refresh_from_db()
    assert item.note == "114年試辦"
    assert method.stages == [[3, 4, "籌備"]]
    assert not method.is_confirmed
    (was,), (now,) = before.items(), timetable_of(new).items()
    assert now.shares == was.shares
    assert now.indicators == was.indicators
