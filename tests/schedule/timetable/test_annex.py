"""The annex of the paper: a sheet for each unit, as the offices print them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from plans.documents.grid import spans
from plans.documents.html import paper_html
from plans.documents.model import Cell, Document, Line, RowKind, tables
from schedule.timetable.annex import (
    annex,
    method_text,
    month_cells,
    planned_stages,
    unit_table,
)
from schedule.timetable.from_tables import Settings, read_control_tables
from schedule.timetable.model import (
    Indicator,
    Item,
    Method,
    Share,
    Stage,
    Timetable,
    UnitSheet,
)
from schedule.timetable.months import months_of

from .strategies import methods, timetables

LABELS = {"民政課": "民", "社會課": "社"}
JOINT = Item(
    "防災整備",
    (
        Share("民政課", Decimal("10.50"), ("林一樹", "陳二河")),
        Share("社會課", Decimal("4.5"), ("周五湖",)),
    ),
    Decimal(15),
    (Indicator("演練：\n(1)通報", Decimal(70)), Indicator("物資。", Decimal(30))),
    (
        Method(
            "實地（3-4月）", "1.", ("實地",), "001200000000", unit="民政課", id="m1"
        ),
        Method("", "", ("書面", "網頁"), "000001000000", id="m2"),
    ),
    note="配合縣府",
)
OWN = Item("路樹養護", (Share("民政課", Decimal(2), ("林一樹",)),), Decimal(2))
TIMETABLE = Timetable(
    115,
    (UnitSheet("民政課", (OWN, JOINT)), UnitSheet("社會課", (JOINT,))),
    "115年度作業時程管制表",
    "附件1",
)


def sheet(unit="民政課"):
    one = next(s for s in TIMETABLE.sheets if s.unit == unit)
    return unit_table(TIMETABLE, one, LABELS)


def paper_of(timetable):
    """A plan that has nothing but the annex."""
    return Document("青嵐鄉公所", 115, "計畫", annexes=(annex(timetable, LABELS),))


def texts(cell):
    return [line.text for line in cell.lines]


def test_the_annex_is_a_landscape_table_for_each_unit():
    found = annex(TIMETABLE, LABELS)

    assert (found.label, found.title) == ("附件1", "115年度作業時程管制表")
    assert found.landscape
    assert [table.id for table in found.children] == [
        "schedule-民政課",
        "schedule-社會課",
    ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(timetable=timetables())
def test_every_row_fills_every_column_and_the_paper_can_be_printed(timetable):
    document = paper_of(timetable)

    for table in tables(document):
        assert len(table.columns) == 17
        assert all(len(row.cells) == 17 for row in table.rows)
        printed = (area for row in spans(table) for area in row)
        assert sum(a.rowspan * a.colspan for a in printed) == 17 * len(table.rows)
    assert paper_html(document).count("合計") >= len(timetable.sheets)


def test_the_columns_are_those_of_the_offices():
    columns = sheet().columns

    assert [c.joins_down for c in columns] == [True] * 4 + [False] * 13
    assert {c.group for c in columns[5:]} == {"115年"}
    assert [c.name for c in columns[5:]] == [f"{month}月" for month in range(1, 13)]


def test_each_method_has_a_row_and_the_item_is_joined_down():
    rows = sheet().rows

    assert [row.id for row in rows[1:3]] == ["m1", "m2"]
    assert [cell.joined for cell in rows[2].cells[:5]] == [True] * 4 + [False]
    assert texts(rows[1].cells[1]) == ["民政課", "社會課"]
    assert texts(rows[1].cells[4]) == ["1.實地（3-4月）"]
    assert texts(rows[2].cells[4]) == ["書面、網頁"]


def test_a_method_of_another_unit_is_not_shown():
    assert [row.id for row in sheet("社會課").rows] == ["m2", ""]


def test_an_item_without_methods_has_a_row_all_the_same():
    row = sheet().rows[0]

    assert texts(row.cells[2]) == ["路樹養護", "（2分／林一樹）"]
    assert [cell.lines for cell in row.cells[4:]] == [()] * 13


def test_a_joint_item_shows_all_its_shares_and_its_note():
    assert texts(sheet().rows[1].cells[2]) == [
        "防災整備",
        "（民）10.5分／林一樹、陳二河",
        "（社）4.5分／周五湖",
        "配合縣府",
    ]


def test_a_unit_without_label_goes_by_its_first_character():
    table = unit_table(TIMETABLE, TIMETABLE.sheets[1], {})

    assert texts(table.rows[0].cells[2])[1] == "（民）10.5分／林一樹、陳二河"


def test_several_indicators_are_numbered_with_their_lists_below():
    lines = sheet().rows[1].cells[3].lines

    assert lines == (
        Line("演練：", 4, 1),
        Line("通報（70%）", 5, 1),
        Line("物資。（30%）", 4, 0),
    )


def test_the_total_counts_the_share_of_the_unit_alone():
    totals = [sheet(unit).rows[-1] for unit in LABELS]

    assert [row.kind for row in totals] == [RowKind.TOTAL] * 2
    assert [texts(row.cells[2]) for row in totals] == [
        ["2項，合計12.5分"],
        ["1項，合計4.5分"],
    ]


def test_a_unit_without_points_has_no_sum():
    one = UnitSheet("民政課", (replace(OWN, shares=(Share("民政課"),)),))

    row = unit_table(TIMETABLE, one, LABELS).rows[-1]

    assert texts(row.cells[2]) == ["1項"]


def test_planned_months_are_shaded_and_key_months_carry_a_star():
    cells = month_cells(Method(months="001200000000"))

    assert cells[2] == Cell(shaded=True)
    assert cells[3] == Cell((Line("★"),), shaded=True)
    assert not any(cell.shaded or cell.lines for cell in (*cells[:2], *cells[4:]))


def test_a_stage_is_printed_over_its_planned_months():
    cells = month_cells(
        Method(months="011120000000", stages=(Stage(1, 3, "規劃"), Stage(4, 5, "發包")))
    )

    assert cells[1] == Cell((Line("規劃"),), span=2, shaded=True)
    assert cells[3] == Cell((Line("★發包"),), span=2, shaded=True)
    assert cells[2] == cells[4] == cells[0] == Cell()


@pytest.mark.parametrize(
    ("months", "stages", "printed"),
    [
        ("001101000000", [Stage(3, 6, "甲")], [Stage(3, 4, "甲")]),
        ("001111000000", [Stage(3, 5, "甲"), Stage(4, 6, "乙")], [Stage(3, 5, "甲"), Stage(6, 6, "乙")]),
        ("000000000000", [Stage(3, 5, "甲")], []),
        ("111111111111", [Stage(0, 13, "甲")], [Stage(1, 12, "甲")]),
    ],
)  # fmt: skip
def test_stages_are_cut_to_planned_months_and_never_overlap(months, stages, printed):
    found = planned_stages(Method(months=months, stages=tuple(stages)))

    assert list(found) == printed


@given(method=methods())
def test_exactly_the_planned_months_are_shaded(method):
    cells = month_cells(method)

    shaded = {
        month
        for first, cell in enumerate(cells, start=1)
        if cell.shaded
        for month in range(first, first + cell.span)
    }
    assert shaded == months_of(method.months)
    assert len(cells) == 12


def test_a_mark_stands_apart_from_a_number():
    assert method_text(Method("3月份實地", "2.")) == "2. 3月份實地"
    assert method_text(Method("實地（3月）", "2.")) == "2.實地（3月）"


def test_a_printed_annex_is_read_back():
    joint = replace(JOINT, note="與鄰近機關聯合辦理\n另行通知")
    sheets = (UnitSheet("民政課", (OWN, joint)), UnitSheet("社會課", (joint,)))

    reading = read_control_tables(
        tables(paper_of(replace(TIMETABLE, sheets=sheets))),
        Settings(115, labels={"民": "民政課", "社": "社會課"}, fills_are_typed=True),
    )

    civil, social = reading.timetable.sheets
    trees, joint = civil.items
    assert (trees.name, trees.shares) == (OWN.name, OWN.shares)
    assert joint.shares == JOINT.shares
    assert joint.points == JOINT.points
    assert joint.note == "與鄰近機關聯合辦理\n另行通知"
    assert [i.weight for i in joint.indicators] == [70, 30]
    assert [(m.unit, m.months) for m in joint.methods] == [
        ("民政課", "001200000000"),
        ("", "000001000000"),
    ]
    assert social.items == (joint,)
