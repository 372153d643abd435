"""apply_timetable: a Timetable becomes rows, all or nothing, and only what differs."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from schedule.apply import (
    UnfitNumber,
    apply_timetable,
    kept,
)
from schedule.compose import timetable_of
from schedule.models import Indicator, Item, Method, Ownership, Schedule, Share
from schedule.timetable import model as sheet
from schedule.timetable.comparison import changes
from tests.factories import (
    make_office,
    make_plan,
    make_unit,
    make_user,
)
from tests.plans.test_apply import without_ids
from tests.schedule.stored import JOINT, PARKS, TREES, fresh, item, names, stored, table
from tests.schedule.timetable.papers import read_sheets
from tests.schedule.timetable.papers import sheet as sheet_of
from tests.schedule.timetable.strategies import UNITS, pages, timetables

pytestmark = pytest.mark.django_db
quietly = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=60, suppress_health_check=quietly)
@given(timetable=timetables().filter(lambda found: found.sheets))
def test_what_was_applied_comes_back(timetable):
    office = make_office()
    for position, unit in enumerate(UNITS):
        make_unit(office, unit, unit[:3], position=position)
    plan = make_plan(office, year=115)

    apply_timetable(plan, timetable, by=None)

    plan = fresh(plan)
    composed = timetable_of(plan)
    assert without_ids(composed) == timetable
    assert changes(composed, timetable, is_whole=True) == ()
    assert changes(composed, composed) == ()


@settings(max_examples=40, suppress_health_check=quietly)
@given(first=timetables(), second=timetables())
def test_nothing_differs_after_the_differences_were_applied(first, second):
    office = make_office()
    for position, unit in enumerate(UNITS):
        make_unit(office, unit, unit[:3], position=position)
    plan = make_plan(office, year=115)
    apply_timetable(plan, first, by=None)
    standing = timetable_of(plan)
    removed = [
        one.id for one in changes(standing, second, is_whole=True) if one.kind == "刪除"
    ]

    apply_timetable(plan, second, by=None, removed=removed)

    left = timetable_of(fresh(plan))
    assert changes(left, second, is_whole=True) == ()


@settings(max_examples=40, suppress_health_check=quietly)
@given(found=pages)
def test_whatever_was_read_can_be_stored(found):
    reading = read_sheets(*(sheet_of(*page) for page in found))

    plan = stored(reading.timetable)

    assert changes(timetable_of(plan), reading.timetable, is_whole=True) == ()


def test_items_keep_their_keys_when_they_are_applied_again():
    plan = stored(table(民政課=[TREES, JOINT], 社會課=[JOINT]))
    before = timetable_of(plan)

    apply_timetable(plan, table(民政課=[TREES, JOINT], 社會課=[JOINT]), by=None)

    assert timetable_of(fresh(plan)) == before


def test_what_is_the_same_is_not_written():
    plan = stored(table(民政課=[TREES, JOINT], 社會課=[JOINT]))
    kinds = (Item, Share, Ownership, Indicator, Method)
    before = [kind.history.count() for kind in kinds]

    apply_timetable(plan, timetable_of(plan), by=None)

    assert [kind.history.count() for kind in kinds] == before
    assert set(Item.objects.values_list("version", flat=True)) == {1}


def test_a_renamed_item_with_its_id_stays_the_same_row():
    plan = stored(table(民政課=[TREES]))
    (found,) = timetable_of(plan).items()

    apply_timetable(plan, table(民政課=[replace(found, name="行道樹")]), by=None)

    row = Item.objects.get(plan=plan)
    assert (f"i{row.pk}", row.name, row.version) == (found.id, "行道樹", 2)


def test_methods_whose_words_stay_keep_their_rows():
    methods = [sheet.Method(text) for text in ("實地", "書面", "網頁")]
    plan = stored(table(民政課=[replace(TREES, methods=tuple(methods))]))
    keys = dict(Method.objects.values_list("text", "pk"))
    changed = (replace(methods[2], months="000000100000"), methods[0])

    apply_timetable(plan, table(民政課=[replace(TREES, methods=changed)]), by=None)

    rows = Method.objects.filter(item__plan=plan)
    assert [(row.text, row.pk) for row in rows] == [
        ("網頁", keys["網頁"]),
        ("實地", keys["實地"]),
    ]


def test_the_order_of_a_sheet_is_stored():
    plan = stored(table(民政課=[TREES, PARKS]))

    apply_timetable(plan, table(民政課=[PARKS, TREES]), by=None)

    assert names(plan) == {"民政課": ["公園清潔", "路樹養護"]}


def test_a_sheet_that_is_not_given_keeps_its_order():
    relief = [item(f"救助{n}", "社會課") for n in range(3)]
    plan = stored(table(民政課=[TREES, JOINT], 社會課=[JOINT, *relief]))
    changed = replace(JOINT, note="配合縣府")

    apply_timetable(plan, table(民政課=[changed, TREES]), by=None)

    assert names(plan) == {
        "民政課": ["防災整備", "路樹養護"],
        "社會課": ["防災整備", "救助0", "救助1", "救助2"],
    }


def test_new_items_stand_at_the_end_of_a_sheet_that_is_given_in_part():
    plan = stored(table(民政課=[TREES, PARKS]))

    apply_timetable(plan, table(民政課=[item("步道", "民政課"), PARKS]), by=None)

    assert names(plan) == {"民政課": ["路樹養護", "公園清潔", "步道"]}


def test_only_items_named_for_it_are_removed():
    plan = stored(table(民政課=[TREES, PARKS]))
    gone = next(timetable_of(plan).items()).id

    apply_timetable(plan, table(民政課=[PARKS]), by=None, removed=[gone])

    assert names(plan) == {"民政課": ["公園清潔"]}
    assert Item.objects.exclude(removed_at=None).get().name == "路樹養護"


def test_an_item_of_another_plan_is_never_removed():
    other = stored(table(民政課=[TREES]))
    (found,) = timetable_of(other).items()

    stored(table(民政課=[PARKS]), removed=[found.id])

    assert names(other) == {"民政課": ["路樹養護"]}


def test_a_share_that_an_item_no_longer_has_is_gone():
    plan = stored(table(民政課=[JOINT], 社會課=[JOINT]))

    alone = replace(next(timetable_of(plan).items()), shares=TREES.shares)
    apply_timetable(plan, table(民政課=[alone]), by=None)

    assert names(plan) == {"民政課": ["防災整備"]}


def test_every_edition_counts():
    plan = make_plan()

    apply_timetable(plan, table(民政課=[TREES]), by=None)

    assert fresh(plan).edition == plan.edition + 1


def test_title_label_and_total_are_kept_unless_they_are_named():
    plan = stored(replace(table(民政課=[TREES]), total=Decimal(80)))
    bare = replace(table(民政課=[TREES]), title="", label="", total=None)

    apply_timetable(plan, bare, by=None)

    schedule = Schedule.objects.get(plan=plan)
    assert (schedule.title, schedule.label) == ("115年度管制表", "附件1")
    assert schedule.total == 80


@pytest.mark.parametrize(
    "spoilt",
    [
        table(
            民政課=[
                TREES,
                replace(PARKS, shares=(sheet.Share("民政課", Decimal(10**6)),)),
            ]
        ),
        replace(table(民政課=[TREES]), total=Decimal(10**6)),
    ],
)
def test_nothing_is_stored_where_one_value_does_not_fit(spoilt):
    plan = make_plan(year=115)

    with pytest.raises(UnfitNumber, match="「1000000」太大"):
        apply_timetable(plan, spoilt, by=None)

    assert not Item.objects.exists()
    assert not plan.office.units.exists()
    assert not Schedule.objects.exists()
    assert fresh(plan).edition == plan.edition


def test_a_number_is_rounded_to_what_its_column_keeps():
    assert kept(Decimal("33.33333"), 3) == Decimal("33.333")
    assert kept(Decimal("9999.99"), 2) == Decimal("9999.99")
    assert kept(None, 2) is None


@pytest.mark.parametrize("number", ["9999.999", "10000", "-10000", "NaN", "Infinity"])
def test_a_number_that_its_column_cannot_keep_is_refused(number):
    with pytest.raises(UnfitNumber):
        kept(Decimal(number), 2)


def test_every_row_has_a_history_with_its_author():
    user = make_user()
    plan = make_plan(year=115)

    apply_timetable(plan, table(民政課=[TREES]), by=user)
    (found,) = timetable_of(fresh(plan)).items()
    apply_timetable(plan, table(民政課=[replace(found, name="行道樹")]), by=user)

    for kind in (Item, Share, Ownership, Indicator, Method):
        histories = kind.history.all()
        assert {one.history_user for one in histories} == {user}
        assert histories.filter(history_type="+").count() == 1
    assert Item.history.filter(name="行道樹").count() == 1
    assert Item.history.filter(name="路樹養護").count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_new_items_are_stored_together(count, django_assert_num_queries):
    items = [item(f"路樹{n}", "民政課") for n in range(count)]
    office = make_office()
    make_unit(office, "民政課", "民")
    plan = make_plan(office, year=115)

    with django_assert_num_queries(21):
        apply_timetable(plan, table(民政課=items), by=None)
