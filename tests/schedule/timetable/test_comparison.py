"""What differs between two control tables, cell by cell."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from schedule.timetable.comparison import Cell, changes, matched
from schedule.timetable.model import (
    Indicator,
    Item,
    Method,
    Share,
    Stage,
    Timetable,
    UnitSheet,
)

from .strategies import timetables

TREES = Item(
    "路樹養護",
    (Share("民政課", Decimal("2.5"), ("林一樹",)),),
    Decimal("2.5"),
    (Indicator("修枝次數。", Decimal(60)), Indicator("補植數量。", Decimal(40))),
    (Method("實地（3-4月）", "1.", ("實地",), "001100000000"),),
    id="i1",
)
PARKS = Item("公園清潔", (Share("民政課"),), id="i2")
JOINT = Item("防災整備", (Share("民政課"), Share("社會課")), id="i3")


def table(*items, units=("民政課", "社會課")):
    """A control table with a sheet for each of ``units``."""
    sheets = (
        UnitSheet(unit, tuple(i for i in items if unit in {s.unit for s in i.shares}))
        for unit in units
    )
    return Timetable(115, tuple(sheets))


OLD = table(TREES, PARKS, JOINT)


@given(timetable=timetables())
def test_nothing_differs_from_itself(timetable):
    assert changes(timetable, timetable) == ()
    assert changes(timetable, timetable, is_whole=True) == ()


@given(timetable=timetables())
def test_everything_is_new_to_an_empty_table(timetable):
    found = changes(Timetable(115), timetable)

    assert [one.name for one in found] == [item.name for item in timetable.items()]
    assert {one.kind for one in found} <= {"新增"}


@given(timetable=timetables())
def test_an_empty_sheet_that_is_whole_removes_all_items(timetable):
    emptied = Timetable(115, tuple(replace(s, items=()) for s in timetable.sheets))

    found = changes(timetable, emptied, is_whole=True)

    assert [one.name for one in found] == [item.name for item in timetable.items()]
    assert {one.kind for one in found} <= {"刪除"}
    assert changes(timetable, emptied) == ()


def test_a_renamed_item_with_its_id_is_changed():
    (change,) = changes(OLD, table(replace(TREES, name="行道樹"), PARKS, JOINT))

    assert (change.kind, change.name, change.id) == ("修改", "行道樹", "i1")
    assert change.cells == (Cell("專案名稱", "路樹養護", "行道樹"),)


def test_a_renamed_item_without_id_is_another():
    found = changes(OLD, table(replace(TREES, name="行道樹", id="")), is_whole=True)

    assert [(c.kind, c.name) for c in found] == [
        ("新增", "行道樹"),
        ("刪除", "路樹養護"),
        ("刪除", "公園清潔"),
        ("刪除", "防災整備"),
    ]


@pytest.mark.parametrize(
    ("changed", "cell"),
    [
        (
            {"shares": (Share("民政課", Decimal(3), ("林一樹", "陳二河")),)},
            Cell("配分／承辦人（民政課）", "2.5分／林一樹", "3分／林一樹、陳二河"),
        ),
        (
            {"indicators": (Indicator("修枝次數。", Decimal(100)),)},
            Cell(
                "考核指標",
                "1. 修枝次數。（60%）\n2. 補植數量。（40%）",
                "1. 修枝次數。（100%）",
            ),
        ),
        (
            {"methods": (replace(TREES.methods[0], months="001200000000"),)},
            Cell("月份 1", "3–4月", "3月、4月（重點）"),
        ),
        (
            {"methods": (replace(TREES.methods[0], stages=(Stage(3, 4, "修枝"),)),)},
            Cell(
                "考核方式 1",
                "1.實地（3-4月）｜實地",
                "1.實地（3-4月）｜實地｜3–4月修枝",
            ),
        ),
        (
            {"methods": (replace(TREES.methods[0], unit="民政課"),)},
            Cell(
                "考核方式 1", "1.實地（3-4月）｜實地", "［民政課］1.實地（3-4月）｜實地"
            ),
        ),
        (
            {"scored_from": (114, 11), "scored_until": (115, 10)},
            Cell("成績統計區間", "", "114年11月至115年10月"),
        ),
        ({"note": "配合縣府"}, Cell("備註", "", "配合縣府")),
    ],
)
def test_each_cell_that_differs_is_told_in_printed_words(changed, cell):
    new = replace(TREES, id="", **changed)

    (change,) = changes(OLD, table(new))

    assert (change.kind, change.cells) == ("修改", (cell,))


def test_a_method_that_goes_empties_its_cells():
    (change,) = changes(OLD, table(replace(TREES, methods=())))

    assert [(c.field, c.after) for c in change.cells] == [
        ("考核方式 1", ""),
        ("月份 1", ""),
    ]


def test_only_items_whose_units_are_all_in_the_new_sheets_are_removed():
    found = changes(OLD, table(PARKS, units=("民政課",)), is_whole=True)

    assert [(c.kind, c.id) for c in found] == [("刪除", "i1")]
    assert found[0].cells[0] == Cell("專案名稱", "路樹養護", "")


def test_nothing_is_removed_unless_the_sheets_are_whole():
    assert changes(OLD, table(PARKS)) == ()


def test_items_of_one_name_are_matched_one_by_one():
    twin = replace(TREES, note="第二項", id="i9")
    without = [replace(one, id="") for one in (TREES, twin, TREES)]

    found = list(matched(table(TREES, twin), table(*without)))

    assert [before and before.id for before, _ in found] == ["i1", "i9", None]


def test_an_item_met_by_its_id_is_not_met_by_name_again():
    renamed = replace(TREES, name="行道樹")
    namesake = replace(TREES, id="")

    found = list(matched(OLD, table(namesake, renamed)))

    assert [before and before.id for before, _ in found] == [None, "i1"]


def test_an_id_that_is_gone_is_a_new_item():
    (change,) = changes(OLD, table(replace(PARKS, id="i99")))

    assert (change.kind, change.id) == ("新增", "")
