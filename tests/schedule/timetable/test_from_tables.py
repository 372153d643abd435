"""Control tables as they stand on paper, with the faults that real ones have."""

from decimal import Decimal

import pytest

from plans.documents.model import Cell, Column, Line, Row, RowKind, Table
from plans.readers.heads import kind_of
from schedule.timetable.from_tables import Settings, item_flags, read_control_tables
from schedule.timetable.model import Indicator, Item, Share
from schedule.timetable.months import months_of

from .papers import (
    DRILLS,
    HALLS,
    PARKS,
    TREES,
    YEAR,
    codes,
    columns_of,
    items_by_name,
    read_sheets,
    sheet,
)


def test_a_plain_sheet_is_read_cell_by_cell():
    reading = read_sheets(sheet(TREES, PARKS))

    (one,) = reading.timetable.sheets
    trees, parks = one.items
    assert (one.unit, reading.timetable.year) == ("民政課", YEAR)
    assert trees.name == "路樹養護"
    assert trees.shares == (Share("民政課", Decimal(2), ("林一樹",)),)
    assert [(i.text, i.weight) for i in trees.indicators] == [
        ("修枝次數。", 60),
        ("補植數量。", 40),
    ]
    assert [m.text for m in trees.methods] == ["實地（3-4月）"]
    assert months_of(trees.methods[0].months) == {3, 4}
    assert months_of(parks.methods[0].months) == set(range(1, 13))
    assert codes(reading) == []
    assert not reading.is_whole


def test_other_tables_are_passed_over():
    other = "項目\t作法\n種樹\t先量土壤。\n護樹\t每週巡查。\n貳、考核\n"

    reading = read_sheets(other, sheet(TREES, PARKS))

    assert len(items_by_name(reading)) == 2
    assert read_sheets(other).timetable.sheets == ()


def test_a_head_repeated_on_each_page_is_no_item():
    reading = read_sheets(sheet(TREES), sheet(PARKS), sheet(HALLS))

    (one,) = reading.timetable.sheets
    assert [item.name for item in one.items] == ["路樹養護", "公園清潔", "活動中心"]


def test_a_head_of_two_rows_names_the_year_above_its_months():
    wide = "\t".join(f"{n} 月" if n < 10 else f"1 {n - 10} 月" for n in range(1, 13))
    upper = "\t".join((*columns_of(), f"{YEAR} 年")) + "\t" * 11
    plain = sheet(TREES, columns=columns_of()).partition("\n")[2]

    reading = read_sheets(f"{upper}\n{chr(9) * 5}{wide}\n{plain}")

    (item,) = reading.timetable.items()
    assert item.name == "路樹養護"
    assert months_of(item.methods[0].months) == {3, 4}


def test_an_item_cut_by_a_page_goes_on():
    begun = (*PARKS[:3], "1. 巡檢紀錄。(50%) 2. 改善時效。(30%)", PARKS[4])

    reading = read_sheets(
        sheet(TREES, begun), sheet(("", "", "", "3. 民眾滿意。(20%)", ""), HALLS)
    )

    parks = items_by_name(reading)["公園清潔"]
    assert [i.weight for i in parks.indicators] == [50, 30, 20]
    assert reading.fragments == ()
    assert codes(reading) == []


@pytest.mark.parametrize(
    "rest",
    [
        "團體參與。(25%) 4. 輔導社區。(25%)",
        "4. 輔導社區。(25%)",
        "團體參與情形。(25%)",
    ],
)
def test_what_a_lost_page_left_is_kept_apart(rest):
    reading = read_sheets(sheet(TREES, PARKS), sheet(("", "", "", rest, ""), HALLS))

    items = items_by_name(reading)
    assert list(items) == ["路樹養護", "公園清潔", "活動中心"]
    assert [i.weight for i in items["公園清潔"].indicators] == [50, 50]
    (fragment,) = reading.fragments
    assert fragment.name == ""
    assert all(i.text in rest for i in fragment.indicators)
    (flag,) = [flag for flag in reading.flags if flag.code == "lost-page"]
    assert fragment.indicators[-1].text in flag.message


@pytest.mark.parametrize(
    ("above", "rest", "is_torn"),
    [
        ("1. 巡檢。 2. 改善。", "3. 民眾滿意。", False),
        ("1. 巡檢。 2. 改善。", "4. 輔導社區。", True),
        ("1. 巡檢。(30%) 2. 改善。(30%)", "4. 輔導社區。(20%)", True),
        ("1. 巡檢。(30%) 2. 改善。(30%)", "團體參與。(20%)", True),
        ("1. 巡檢。(30%) 2. 改善情形。", "以照片為準。(20%)", False),
        ("巡檢。(30%)", "改善。(70%)", False),
    ],
)
def test_a_list_goes_on_only_where_numbers_and_weights_allow_it(above, rest, is_torn):
    row = ("", "", "", rest, "網頁（9月）")

    reading = read_sheets(sheet(TREES, (*PARKS[:3], above, "書面")), sheet(row, HALLS))

    assert ("lost-page" in codes(reading)) is is_torn
    parks = items_by_name(reading)["公園清潔"]
    assert len(parks.methods) == 1 + (not is_torn)


def test_a_fragment_keeps_the_rows_below_it_until_the_next_name():
    reading = read_sheets(
        sheet(TREES, PARKS),
        sheet(
            ("", "", "", "4. 輔導社區。(25%)", "1. 書面（5月）"),
            ("", "", "", "", "2. 實地（6月）"),
            HALLS,
        ),
    )

    (fragment,) = reading.fragments
    assert [months_of(m.months) for m in fragment.methods] == [{5}, {6}]
    assert len(items_by_name(reading)["公園清潔"].methods) == 1


@pytest.mark.parametrize(
    "row",
    [
        ("", "", "", "團體參與。(25%) 4. 輔導社區。(25%)", ""),
        ("", "", "", "", "實地（9月）"),
        ("", "", "", "", "", {9: "V"}),
    ],
)
def test_a_fragment_at_the_beginning_of_a_sheet_is_kept_apart(row):
    reading = read_sheets(sheet(row, HALLS))

    (fragment,) = reading.fragments
    assert list(items_by_name(reading)) == ["活動中心"]
    assert len(fragment.indicators) + len(fragment.methods) > 0
    assert codes(reading) == ["lost-page"]


def test_points_and_owner_without_a_name_are_a_fragment_too():
    reading = read_sheets(
        sheet(TREES, ("", "", "（3分／陳二河）", "1. 巡檢。(100%)", ""))
    )

    (fragment,) = reading.fragments
    assert fragment.shares[0].owners == ("陳二河",)
    (flag,) = reading.flags
    assert "陳二河" in flag.message


JOINT = "防災整備 (民)10.5分/林一樹 (社)4.5分/周五湖"
JOINT_PAGES = (
    sheet(TREES, ("2", "民政課／社會課", JOINT, DRILLS, "實地（3-10月）")),
    sheet(
        ("1", "民政課／社會課", JOINT, DRILLS, "實地（3月）"),
        ("", "", "", "", "書面（4月）"),
        ("2", "社會課", "急難救助（2分／周五湖）", "1. 時效。(100%)", "書面（5月）"),
    ),
)


def test_a_joint_item_of_two_sheets_is_one():
    reading = read_sheets(*JOINT_PAGES)

    civil, social = reading.timetable.sheets
    assert len(list(reading.timetable.items())) == 3
    assert civil.items[1] is social.items[0]
    assert civil.items[1].shares == (
        Share("民政課", Decimal("10.5"), ("林一樹",)),
        Share("社會課", Decimal("4.5"), ("周五湖",)),
    )
    assert civil.items[1].points == 15


def test_methods_that_differ_belong_to_the_unit_of_their_sheet():
    joint = items_by_name(read_sheets(*JOINT_PAGES))["防災整備"]

    assert [m.text for m in joint.methods_of("民政課")] == ["實地（3-10月）"]
    assert [m.text for m in joint.methods_of("社會課")] == [
        "實地（3月）",
        "書面（4月）",
    ]


def test_what_the_other_sheet_of_a_joint_item_says_otherwise_is_told():
    other = JOINT_PAGES[1].replace("物資。", "收容。").replace("4.5分", "5分")

    reading = read_sheets(JOINT_PAGES[0], other)

    (flag,) = [flag for flag in reading.flags if flag.code == "joint-differs"]
    assert "收容。" in flag.message
    assert "社會課 5分／周五湖" in flag.message


def test_a_column_that_is_not_read_is_told():
    row = ("1", "民政課", "路樹養護", DRILLS, "實地", "縣有路樹自治條例")

    reading = read_sheets(sheet(row, columns=columns_of("法令依據")))

    (flag,) = reading.flags
    assert flag.code == "unread-column"
    assert "法令依據" in flag.message
    assert "縣有路樹自治條例" in flag.message


def test_items_without_weights_are_remarked_on():
    reading = read_sheets(sheet((*TREES[:3], "依規定期程辦理。", "實地")))

    (flag,) = reading.flags
    assert (flag.code, flag.severity) == ("no-weights", "info")


@pytest.mark.parametrize("weights", [(60, 30), (60, 50), (100, None)])
def test_weights_that_do_not_close_are_a_doubt(weights):
    given = [None if w is None else Decimal(w) for w in weights]
    item = Item("路樹", (), indicators=tuple(Indicator("次數", w) for w in given))

    (flag,) = item_flags(item)

    total = sum(w for w in weights if w is not None)
    assert (flag.code, flag.severity) == ("open-weights", "warning")
    assert f"{total}%" in flag.message


def test_a_missing_weight_is_named_and_not_the_sum():
    indicators = (Indicator("次數", Decimal(100)), Indicator("時效"))

    (flag,) = item_flags(Item("路樹", (), indicators=indicators))

    assert flag.message == "「路樹」有 1 項考核指標缺權重，其餘合計 100%。"


def test_weights_that_close_are_no_doubt():
    weights = [Decimal("33.3"), Decimal("33.3"), Decimal("33.4")]
    item = Item("路樹", (), indicators=tuple(Indicator("次數", w) for w in weights))

    assert item_flags(item) == []


def test_a_kind_that_the_office_does_not_know_is_remarked_on():
    row = (*TREES[:4], "電話測試、書面（3月）")

    reading = read_sheets(sheet(row))
    known = read_sheets(sheet(row), kinds=("書面", "電話測試"))

    assert codes(reading) == ["unknown-kind"]
    assert next(reading.timetable.items()).methods[0].kinds == ("書面",)
    assert codes(known) == []
    assert next(known.timetable.items()).methods[0].kinds == ("電話測試", "書面")


def test_the_scoring_interval_is_the_items():
    text = "網頁（整年）<br>本年度成績統計區間為114年11月至115年10月"

    (item,) = read_sheets(sheet((*TREES[:4], text))).timetable.items()

    assert (item.scored_from, item.scored_until) == ((114, 11), (115, 10))
    assert months_of(item.methods[0].months) == set(range(1, 13))


def test_items_without_any_unit_are_told():
    names = ("項次", "工作項目", "考核指標", "考核方式")

    reading = read_sheets(sheet(("1", "路樹", DRILLS, "實地"), columns=names))

    (one,) = reading.timetable.sheets
    assert one.unit == "未分課室"
    assert codes(reading) == ["no-unit"]


def test_only_a_group_row_names_a_unit_and_only_where_no_column_does():
    names = ("項次", "工作項目", "考核指標", "考核方式")
    months = tuple(f"{month}月" for month in range(1, 13))
    heads = tuple(Column(name, kind=kind_of(name)) for name in (*names, *months))
    item = [Cell((Line(text),)) for text in ("1", "急難救助", "時效", "書面")]
    rows = [
        Row((Cell((Line(text),), span=16), *[Cell()] * 15), kind)
        for text, kind in (("社會課", RowKind.GROUP), ("合計", RowKind.TOTAL))
    ]
    table = Table(heads, (*rows, Row((*item, *[Cell()] * 12))))

    reading = read_control_tables([table], Settings(YEAR))

    assert [one.unit for one in reading.timetable.sheets] == ["社會課"]
