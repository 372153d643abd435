"""The report: what a control table holds, as plain data for other programs."""

import json
from decimal import Decimal

from hypothesis import given

from plans.readers.reading import Flag
from schedule.report import report
from schedule.timetable.model import (
    Indicator,
    Item,
    Method,
    Share,
    Stage,
    Timetable,
    UnitSheet,
)
from tests.schedule.timetable.strategies import timetables

JOINT = Item(
    "防災整備",
    (
        Share("民政課", Decimal("10.50"), ("林一樹", "陳二河")),
        Share("社會課", Decimal("4.00"), ("周五湖",)),
    ),
    Decimal("14.50"),
    (Indicator("演練。", Decimal("66.500")), Indicator("物資。")),
    (
        Method(
            "實地（3-4月）",
            "1.",
            ("實地",),
            "001200000000",
            (Stage(3, 4, "演練"),),
            unit="民政課",
            confirmed=False,
        ),
    ),
)
BARE = Item("急難救助", (Share("社會課"),))
TIMETABLE = Timetable(
    115, (UnitSheet("民政課", (JOINT,)), UnitSheet("社會課", (JOINT, BARE)))
)


def test_units_count_their_items_and_their_own_points():
    assert report(TIMETABLE)["units"] == {
        "民政課": {"items": 1, "points": "10.5"},
        "社會課": {"items": 2, "points": "4"},
    }


def test_an_item_is_told_once_with_all_that_it_holds():
    joint, bare = report(TIMETABLE)["items"]

    assert joint == {
        "name": "防災整備",
        "units": ["民政課", "社會課"],
        "points": "14.5",
        "shares": [10.5, 4],
        "owners": 3,
        "indicators": [66.5, None],
        "methods": [
            {
                "kinds": ["實地"],
                "months": [3, 4],
                "text": "1.實地（3-4月）",
                "stages": [[3, 4, "演練"]],
                "unit": "民政課",
                "confirmed": False,
            }
        ],
    }
    assert (bare["points"], bare["shares"], bare["methods"]) == ("", [None], [])


def test_doubts_are_told_with_their_lines():
    flags = [Flag("lost-page", "前一頁遺失。", 12), Flag("no-unit", "沒有課室。")]

    assert report(TIMETABLE, flags)["flags"] == [
        {"code": "lost-page", "message": "前一頁遺失。", "line": 12},
        {"code": "no-unit", "message": "沒有課室。", "line": 0},
    ]


@given(timetable=timetables())
def test_any_report_can_be_written_as_json(timetable):
    told = report(timetable)

    assert json.loads(json.dumps(told)) == told
    assert len(told["items"]) == len(list(timetable.items()))
