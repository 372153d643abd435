"""Items seen on several sheets become one Timetable, joint ones once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from schedule.timetable.joining import Sighting, assembled, differing, item_key
from schedule.timetable.model import Indicator, Item, Method, Share


def item(name, *units, **kwargs):
    """An item without points, of these units."""
    return Item(name, tuple(Share(unit) for unit in units), **kwargs)


def own(unit, table):
    """What makes a table the unit's own: an item that is the unit's alone."""
    return Sighting(item(f"{unit}自辦", unit), table)


def names(timetable):
    return {one.unit: [i.name for i in one.items] for one in timetable.sheets}


def test_each_unit_has_its_items_in_the_order_of_its_own_table():
    joint = item("防災", "民政課", "社會課")

    timetable = assembled(
        [
            own("民政課", 0),
            Sighting(joint, 0),
            Sighting(joint, 1),
            own("社會課", 1),
        ],
        115,
    )

    assert timetable.year == 115
    assert names(timetable) == {
        "民政課": ["民政課自辦", "防災"],
        "社會課": ["防災", "社會課自辦"],
    }


def test_a_joint_item_stands_where_the_units_own_table_has_it():
    joint = item("防災", "民政課", "社會課")
    relief = Sighting(item("救助", "社會課"), 1)

    timetable = assembled(
        [own("民政課", 0), Sighting(joint, 0), relief, Sighting(joint, 1)], 115
    )

    assert names(timetable)["社會課"] == ["救助", "防災"]


def test_a_unit_that_is_only_named_beside_others_has_a_sheet_last():
    timetable = assembled(
        [Sighting(item("防災", "建設課", "民政課"), 0), own("民政課", 0)], 115
    )

    assert names(timetable) == {"民政課": ["防災", "民政課自辦"], "建設課": ["防災"]}


def test_items_of_one_unit_are_never_joined():
    timetable = assembled([own("民政課", 0), own("民政課", 0)], 115)

    assert names(timetable) == {"民政課": ["民政課自辦", "民政課自辦"]}


def test_joint_items_are_told_by_units_and_name_however_spaced():
    keys = [
        item_key(item("防災 整備", "民政課", "社會課")),
        item_key(item("防災整備", "社會課", "民政課")),
        item_key(item("防災整備", "民政課")),
        item_key(item("防災", "民政課", "社會課")),
    ]

    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_methods_that_are_the_same_in_all_sheets_are_everyones():
    joint = item("防災", "民政課", "社會課", methods=(Method("實地"),))

    timetable = assembled(
        [own("民政課", 0), Sighting(joint, 0), Sighting(joint, 1), own("社會課", 1)],
        115,
    )

    (found,) = [i for i in timetable.items() if i.is_joint]
    assert found.methods == (Method("實地"),)


def test_methods_of_three_sheets_belong_each_to_its_unit():
    units = ("民政課", "社會課", "建設課")
    joint = item("防災", *units, methods=(Method("實地"),))
    other = replace(joint, methods=(Method("書面"),))
    seen = [Sighting(joint, 0), Sighting(joint, 1), Sighting(other, 2)]

    timetable = assembled(
        [*(own(unit, table) for table, unit in enumerate(units)), *seen], 115
    )

    (found,) = [i for i in timetable.items() if i.is_joint]
    assert {u: [m.text for m in found.methods_of(u)] for u in units} == {
        "民政課": ["實地"],
        "社會課": ["實地"],
        "建設課": ["書面"],
    }


def test_a_method_that_all_sheets_show_stays_everyones():
    joint = item("防災", "民政課", "社會課", methods=(Method("實地"), Method("書面")))
    other = replace(joint, methods=(Method("書面"),))

    timetable = assembled(
        [own("民政課", 0), Sighting(joint, 0), Sighting(other, 1), own("社會課", 1)],
        115,
    )

    (found,) = [i for i in timetable.items() if i.is_joint]
    assert [(m.text, m.unit) for m in found.methods] == [
        ("實地", "民政課"),
        ("書面", ""),
    ]


def test_a_table_of_joint_items_alone_is_the_sheet_of_the_unit_that_has_no_other():
    joint = item("防災", "民政課", "社會課", methods=(Method("實地"),))
    other = replace(joint, methods=(Method("書面"),))

    timetable = assembled(
        [own("民政課", 0), Sighting(joint, 0), Sighting(other, 1)], 115
    )

    (found,) = [i for i in timetable.items() if i.is_joint]
    assert [m.text for m in found.methods_of("社會課")] == ["書面"]


def test_methods_of_a_table_of_all_units_are_everyones():
    joint = item("防災", "民政課", "社會課", methods=(Method("實地"),))
    other = replace(joint, methods=(Method("書面"),))

    timetable = assembled(
        [own("民政課", 0), own("社會課", 0), Sighting(joint, 0), Sighting(other, 1)],
        115,
    )

    (found,) = [i for i in timetable.items() if i.is_joint]
    assert [m.text for m in found.methods_of("社會課")] == ["實地", "書面"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"indicators": (Indicator("收容", Decimal(30)),)}, "收容（30%）"),
        ({"shares": (Share("民政課", Decimal(2)), Share("社會課"))}, "民政課 2分"),
        ({"note": "配合縣府"}, "配合縣府"),
    ],
)
def test_what_a_later_sheet_says_otherwise_is_told(changed, words):
    joint = item("防災", "民政課", "社會課")

    (flag,) = differing([Sighting(joint, 0), Sighting(replace(joint, **changed), 1)])

    assert flag.code == "joint-differs"
    assert "「防災」" in flag.message
    assert words in flag.message


def test_sheets_that_agree_are_no_doubt():
    joint = item("防災", "民政課", "社會課", methods=(Method("實地"),))
    turned = replace(joint, shares=joint.shares[::-1], methods=())

    assert list(differing([Sighting(joint, 0), Sighting(turned, 1)])) == []
