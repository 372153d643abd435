"""Single cells of a control table: months, stages, indicators and their weights."""

import pytest

from plans.documents.model import Cell, Column, Line, Row, Table
from plans.readers.heads import kind_of
from schedule.timetable.from_tables import Settings, read_control_tables
from schedule.timetable.model import Stage
from schedule.timetable.months import months_of

from .papers import DRILLS, TREES, YEAR, codes, columns_of, read_sheets, sheet


@pytest.mark.parametrize("sign", ["V", "Ｖ", "●", "■", "1", "預定"])
def test_signs_in_months_plan_them(sign):
    row = (*TREES[:4], "實地", {3: sign, 4: sign})

    (item,) = read_sheets(sheet(row)).timetable.items()

    (method,) = item.methods
    assert months_of(method.months) == {3, 4}
    assert method.stages == ()
    assert method.confirmed


@pytest.mark.parametrize("sign", ["-", "—", "無", "0"])
def test_signs_for_nothing_plan_no_month(sign):
    row = (*TREES[:4], "實地", {3: "V", 4: sign})

    (item,) = read_sheets(sheet(row)).timetable.items()

    assert item.methods[0].months == "001000000000"
    assert item.methods[0].stages == ()


@pytest.mark.parametrize("sign", ["★", "☆", "重點"])
def test_key_months_are_told_from_planned_ones(sign):
    row = (*TREES[:4], "實地", {3: "V", 4: sign})

    (item,) = read_sheets(sheet(row)).timetable.items()

    assert item.methods[0].months == "001200000000"


def test_words_in_months_are_stages():
    row = (*TREES[:4], "書面", {3: "規劃", 5: "★發包"})

    (item,) = read_sheets(sheet(row)).timetable.items()

    assert item.methods[0].months == "001020000000"
    assert item.methods[0].stages == (Stage(3, 3, "規劃"), Stage(5, 5, "發包"))


def table_with(*cells):
    """One item whose twelve month cells are these, as a spreadsheet has them."""
    names = ("項次", "課室", "工作項目", *(f"{month}月" for month in range(1, 13)))
    fixed = (Cell((Line("1"),)), Cell((Line("民政課"),)), Cell((Line("路樹"),)))
    heads = tuple(Column(name, kind=kind_of(name)) for name in names)
    return Table(heads, (Row((*fixed, *cells, *[Cell()] * (12 - len(cells)))),))


def test_a_cell_over_several_months_plans_them_all():
    cells = (Cell((Line("規劃"),), span=3), Cell(), Cell(), Cell((Line("V"),), span=2))

    reading = read_control_tables([table_with(*cells)], Settings(YEAR))

    (item,) = reading.timetable.items()
    assert item.methods[0].months == "111110000000"
    assert item.methods[0].stages == (Stage(1, 3, "規劃"),)


def test_shaded_months_count_where_a_person_coloured_them():
    table = table_with(Cell(), Cell(shaded=True))

    (coloured,) = read_control_tables(
        [table], Settings(YEAR, fills_are_typed=True)
    ).timetable.items()
    (proposed,) = read_control_tables([table], Settings(YEAR)).timetable.items()

    assert coloured.methods[0].months == "010000000000"
    assert proposed.methods == ()


def test_numbered_methods_of_several_rows_keep_their_numbers():
    row = (*TREES[:4], "1. 實地（3月）")
    more = [("", "", "", "", text) for text in ("2. 書面（4月）", "3. 網頁（5月）")]

    (item,) = read_sheets(sheet(row, *more)).timetable.items()

    assert [m.mark for m in item.methods] == ["1.", "2.", "3."]
    assert [m.examines for m in item.methods] == [(1,), (2,), (3,)]


def test_stages_of_one_cell_are_one_method():
    text = "1. 規劃（3-4月）<br>2. 發包（5-6月）"

    (item,) = read_sheets(sheet((*TREES[:4], text))).timetable.items()

    (method,) = item.methods
    assert method.text == "1. 規劃（3-4月）\n2. 發包（5-6月）"
    assert method.stages == (Stage(3, 4, "規劃"), Stage(5, 6, "發包"))


@pytest.mark.parametrize("texts", ["1. 甲案。<br>2. 乙案。", "甲案。<br>乙案。"])
def test_weights_may_have_a_column_of_their_own(texts):
    row = ("1", "民政課", "路樹養護", texts, "實地", "60%<br>40%")

    reading = read_sheets(sheet(row, columns=columns_of("權重")))

    (item,) = reading.timetable.items()
    assert [(i.text, i.weight) for i in item.indicators] == [
        ("甲案。", 60),
        ("乙案。", 40),
    ]
    assert codes(reading) == []


def test_weights_that_fit_no_indicator_are_told():
    row = ("1", "民政課", "路樹養護", "1. 甲案。", "實地", "60%<br>40%")

    reading = read_sheets(sheet(row, columns=columns_of("權重")))

    assert codes(reading) == ["unmatched-weights", "no-weights"]
    assert "60%、40%" in reading.flags[0].message


def test_a_list_inside_an_indicator_stays_in_its_text():
    text = "1. 設施（60%）：<br>(1)步道<br>(2)座椅<br>2. 花木：<br>(1)補植（40%）"

    (item,) = read_sheets(sheet((*TREES[:3], text, "實地"))).timetable.items()

    first, second = item.indicators
    assert (first.text, first.weight) == ("設施：\n（1）步道\n（2）座椅", 60)
    assert (second.text, second.weight) == ("花木：\n（1）補植", 40)


def test_the_weight_of_a_head_is_not_that_of_the_list_below():
    text = "1. 設施（60%）<br>(1)步道（30%）<br>(2)座椅（30%）<br>2. 花木（40%）"

    (item,) = read_sheets(sheet((*TREES[:3], text, "實地"))).timetable.items()

    assert [i.weight for i in item.indicators] == [60, 40]
    assert item.indicators[0].text == "設施\n（1）步道（30%）\n（2）座椅（30%）"


@pytest.mark.parametrize("form", ["({}){}(50%)", "·{1}(50%)", "{1}(50%)"])
def test_indicators_may_be_marked_in_any_way(form):
    text = "<br>".join([form.format(1, "修枝"), form.format(2, "補植")])

    (item,) = read_sheets(sheet((*TREES[:3], text, "實地"))).timetable.items()

    assert [(i.text, i.weight) for i in item.indicators] == [("修枝", 50), ("補植", 50)]


def test_notes_of_an_item_stand_below_each_other():
    row = ("1", "民政課", "路樹養護", DRILLS, "實地", "配合縣府")
    below = ("", "", "", "", "書面", "另行通知")

    (item,) = read_sheets(
        sheet(row, below, columns=columns_of("備註"))
    ).timetable.items()

    assert item.note == "配合縣府\n另行通知"
