"""What we write as a workbook is read back without loss, whatever it holds."""

import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedule.timetable.model import (
    Indicator,
    Item,
    Method,
    Share,
    Stage,
    Timetable,
    UnitSheet,
)
from schedule.timetable.xlsx.layout import Head, place
from schedule.timetable.xlsx.reader import read_workbook
from schedule.timetable.xlsx.writer import write_workbook

from .workbooks import LABELS, SETTINGS, flagged, opened, read_edited

ODD = ["=1+1", "+5", "-3", "@甲", "\t空", "#N/A", "（50%）", "1. 甲", "_x0041_", " 乙 "]
TEXTS = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40),
    st.text("服務品質 管考\n()（）0123.分／、=", max_size=300),
)
NAMES = st.text("王李陳和及小明 =A", min_size=1, max_size=5)
NUMBERS = st.none() | st.decimals(0, 100, places=2)
MONTHS = st.text("012", min_size=12, max_size=12)
STAGES = st.lists(
    st.builds(
        lambda a, b, label: Stage(min(a, b), max(a, b), label),
        st.integers(1, 12),
        st.integers(1, 12),
        st.sampled_from(["規劃", "發包", "★", "V", "=施工"]),
    ),
    max_size=2,
)


@st.composite
def timetables(draw):
    units = draw(st.lists(st.sampled_from([*LABELS]), unique=True, max_size=3))
    sheets: dict[str, list[Item]] = {unit: [] for unit in units}
    numbers = iter(range(1, 1000))
    has_ids = draw(st.booleans())
    for _ in range(draw(st.integers(0, 4)) if units else 0):
        own = draw(st.lists(st.sampled_from(units), unique=True, min_size=1))
        number = next(numbers)
        methods = []
        for count in range(draw(st.integers(0, 3))):
            unit = draw(st.sampled_from(["", *own]))
            methods.append(
                Method(
                    draw(TEXTS),
                    draw(st.sampled_from(["", "1.", "2-1."])),
                    tuple(
                        draw(st.lists(st.sampled_from(["實地", "書面"]), unique=True))
                    ),
                    draw(MONTHS),
                    tuple(draw(STAGES)),
                    tuple(draw(st.lists(st.integers(1, 9), unique=True, max_size=2))),
                    unit if len(own) > 1 else "",
                    True,
                    f"m{number * 100 + count}" if has_ids else "",
                )
            )
        shares = tuple(
            Share(unit, draw(NUMBERS), tuple(draw(st.lists(NAMES, max_size=2))))
            for unit in own
        )
        item = Item(
            draw(TEXTS),
            shares,
            draw(NUMBERS),
            tuple(
                Indicator(draw(TEXTS), draw(NUMBERS))
                for _ in range(draw(st.integers(0, 3)))
            ),
            tuple(methods),
            draw(st.sampled_from([None, (112, 11)])),
            draw(st.sampled_from([None, (113, 10)])),
            draw(TEXTS),
            f"i{number}" if has_ids else "",
        )
        for unit in own:
            sheets[unit].append(item)
    return Timetable(
        114,
        tuple(UnitSheet(unit, tuple(items)) for unit, items in sheets.items()),
        draw(TEXTS),
        draw(st.sampled_from(["附件1", "", "=附件"])),
        draw(NUMBERS),
    )


@settings(max_examples=40)
@given(timetables())
def test_our_own_workbook_gives_the_same_timetable_back(timetable):
    reading = read_workbook(write_workbook(timetable, LABELS), SETTINGS)

    assert reading.timetable == timetable
    assert reading.is_whole
    assert flagged(reading, "overlapping-merges") == []


def with_ids_gone(timetable):
    """As it is read where the hidden cells were lost: new items in joint sheets."""
    return timetable.mapped(
        lambda item: replace(
            item, id="", methods=tuple(replace(m, id="") for m in item.methods)
        )
    )


JOINT = Item(
    "防汛整備",
    (
        Share("民政課", Decimal("10.5"), ("王小明", "李和順")),
        Share("社會課", None, ("林及人",)),
    ),
    Decimal("10.5"),
    (
        Indicator("抽水機測試\n（每季）", Decimal("33.5")),
        Indicator("沙包備妥", Decimal("66.5")),
    ),
    (
        Method("實地（3月）", "1.", ("實地",), "001000000000", (), (1,), id="m1"),
        Method(
            "",
            "",
            ("書面",),
            "002211000000",
            (Stage(3, 4, "盤點"), Stage(5, 6, "補充")),
            (),
            "社會課",
            id="m2",
        ),
    ),
    (112, 11),
    (113, 10),
    "與鄰近機關聯合辦理",
    "i1",
)
OWN = Item("=門牌(整編)", (Share("社會課"),), None, (Indicator("完成率"),), (), id="i2")
TIMETABLE = Timetable(
    114,
    (UnitSheet("民政課", (JOINT,)), UnitSheet("社會課", (OWN, JOINT))),
    "作業時程管制表",
    "附件1",
    Decimal(30),
)


def test_visible_cells_alone_say_nearly_everything():
    """Without what hidden cells remember, a method's kinds become its text."""

    def forget(book):
        for sheet in book:
            for row in sheet.iter_rows(min_row=4, min_col=place(Head.ITEM_KEY)):
                for cell in row:
                    cell.value = None

    reading = read_edited(TIMETABLE, forget)

    expected = with_ids_gone(TIMETABLE)
    joint, own = list(expected.items())
    joint = replace(
        joint, methods=(joint.methods[0], replace(joint.methods[1], text="書面"))
    )
    assert list(reading.timetable.items()) == [joint, own]


def test_the_same_comes_back_in_a_plan_with_other_labels():
    data = write_workbook(TIMETABLE, {"民政課": "甲", "社會課": "乙"})

    assert read_workbook(data, SETTINGS).timetable == TIMETABLE


def test_texts_longer_than_a_cell_come_back():
    long = replace(OWN, note="註" * 40_000, name="名" * 40_000)
    timetable = replace(TIMETABLE, sheets=(UnitSheet("社會課", (long,)),))

    reading = read_workbook(write_workbook(timetable, LABELS), SETTINGS)

    assert reading.timetable == timetable


def test_an_empty_timetable_comes_back():
    reading = read_workbook(write_workbook(Timetable(114), LABELS), SETTINGS)

    assert reading.timetable == Timetable(114)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is missing")
def test_libreoffice_saves_our_workbook_without_loss(tmp_path):
    source = tmp_path / "ours.xlsx"
    source.write_bytes(write_workbook(TIMETABLE, LABELS))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    folder = str(tmp_path / "saved")
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", folder, str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    data = (tmp_path / "saved" / "ours.xlsx").read_bytes()

    reading = read_workbook(data, SETTINGS)

    assert reading.timetable == TIMETABLE
    assert reading.is_whole
    merged = {str(merge) for merge in opened(data)["社會課"].merged_cells.ranges}
    assert {"A5:A6", "C5:C6", "H6:I6", "J6:K6", "F2:Q2"} <= merged
