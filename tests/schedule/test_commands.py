"""import_schedule and export_schedule, as a person or a script calls them."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from plans.apply import apply
from plans.compose import compose
from plans.models import DRAFT_DAYS
from plans.readers.text import fold, read
from schedule.compose import timetable_of
from schedule.importing import start_import
from schedule.models import SheetImport
from schedule.timetable.from_tables import TimetableReading
from tests.factories import (
    make_item,
    make_method,
    make_office,
    make_plan,
    make_unit,
    make_user,
)
from tests.schedule.test_importing import HEAD, PLAN, TABLE, TORN, row

pytestmark = pytest.mark.django_db


def imported(tmp_path, plan, text, capsys, *options):
    path = tmp_path / "table.txt"
    path.write_text(text, encoding="utf-8")
    call_command("import_schedule", str(path), "--plan", str(plan.pk), *options)
    return capsys.readouterr().out


def test_import_tells_units_items_and_flags(tmp_path, capsys):
    plan = make_plan()

    told = json.loads(imported(tmp_path, plan, TORN, capsys, "--json"))

    assert told["units"] == {"民政課": {"items": 2, "points": "5"}}
    assert told["items"][0] == {
        "name": "里鄰聯繫",
        "units": ["民政課"],
        "points": "2",
        "shares": [2],
        "owners": 1,
        "indicators": [60, 40],
        "methods": [
            {
                "kinds": ["實地"],
                "months": [3, 4],
                "text": "實地（3-4月）",
                "stages": [],
                "unit": "",
                "confirmed": False,
            }
        ],
    }
    assert "lost-page" in {flag["code"] for flag in told["flags"]}


def test_import_in_words(tmp_path, capsys):
    said = imported(tmp_path, make_plan(), TABLE, capsys)

    assert "民政課：2 項，5分" in said


def test_import_in_words_tells_doubts_from_remarks(tmp_path, capsys):
    text = HEAD + row("1", "民政課", "里鄰聯繫（2分）", "1.紀錄。(60%)", "實地（3月）")
    text += row("2", "民政課", "巡守輔導（3分）", "依規定辦理。", "實地（3月）")

    said = imported(tmp_path, make_plan(), text, capsys)

    assert "請確認：「里鄰聯繫」的考核指標權重合計 60%" in said
    assert "說明：「巡守輔導」的考核指標沒有權重。" in said


def test_import_keeps_and_tells_what_was_made_after_the_export(
    controlled, tmp_path, capsys
):
    path = tmp_path / "table.xlsx"
    call_command("export_schedule", str(controlled.pk), "--output", str(path))
    unit = controlled.office.units.get()
    make_method(make_item(controlled, unit, name="夜間延長"))

    call_command("import_schedule", str(path), "--plan", str(controlled.pk))

    assert "說明：「夜間延長」是匯出之後新增，保留不動。" in capsys.readouterr().out
    names = [item.name for item in timetable_of(controlled).items()]
    assert names == ["里鄰聯繫", "夜間延長"]


def test_old_imports_of_control_tables_are_cleared(controlled, capsys):
    old, young = (
        start_import(
            controlled,
            TimetableReading(timetable_of(controlled)),
            source_name=name,
            by=make_user(),
        )
        for name in ("舊", "新")
    )
    made = timezone.now() - timedelta(days=DRAFT_DAYS, minutes=1)
    SheetImport.objects.filter(pk=old.pk).update(created_at=made)

    call_command("remove_old_drafts")

    assert "1 份待確認的管制表匯入" in capsys.readouterr().out
    assert list(SheetImport.objects.all()) == [young]


def test_importing_a_plans_own_text_prints_the_annex_once(tmp_path, capsys):
    plan = apply(
        fold(read(PLAN + TABLE), {}),
        office=make_office(),
        year=114,
        title="114年度服務計畫",
        by=None,
    )

    told = json.loads(imported(tmp_path, plan, PLAN + TABLE, capsys, "--json"))

    assert "replaced-annex" in {flag["code"] for flag in told["flags"]}
    assert [annex.id for annex in compose(plan).annexes] == ["schedule"]


@pytest.mark.parametrize("number", ["0", "999", "abc", "9" * 30, "-1"])
def test_an_unknown_plan_is_told(tmp_path, capsys, number):
    with pytest.raises(CommandError, match="找不到編號"):
        call_command("import_schedule", str(tmp_path), "--plan", number)


def test_a_missing_file_and_a_foreign_one_are_told(tmp_path, capsys):
    plan = make_plan()

    with pytest.raises(CommandError, match="無法讀取檔案"):
        call_command("import_schedule", str(tmp_path / "no"), "--plan", str(plan.pk))
    with pytest.raises(CommandError, match="找不到作業時程管制表"):
        imported(tmp_path, plan, "壹、依據", capsys)


@pytest.fixture
def controlled():
    plan = make_plan()
    unit = make_unit(plan.office, "民政課", "民")
    make_method(make_item(plan, unit, name="里鄰聯繫", points=2, owners=["王小安"]))
    return plan


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("xlsx", b"PK"), ("pdf", b"%PDF-"), ("ics", b"BEGIN:VCALENDAR"), ("json", b"{")],
)
def test_export_writes_every_format(controlled, tmp_path, name, beginning):
    path = tmp_path / f"table.{name}"

    call_command(
        "export_schedule", str(controlled.pk), "--format", name, "--output", str(path)
    )

    assert path.read_bytes().startswith(beginning)


def test_what_is_exported_reads_back_the_same(controlled, tmp_path, capsys):
    path = tmp_path / "table.xlsx"
    before = timetable_of(controlled)

    call_command("export_schedule", str(controlled.pk), "--output", str(path))
    call_command("import_schedule", str(path), "--plan", str(controlled.pk))

    assert timetable_of(controlled) == before


def test_export_tells_what_it_cannot(controlled, tmp_path):
    empty = make_plan()
    to = ["--output", str(tmp_path / "x")]

    with pytest.raises(CommandError, match="還沒有管制項目"):
        call_command("export_schedule", str(empty.pk), "--format", "pdf", *to)
    with pytest.raises(CommandError, match="不支援的格式"):
        call_command("export_schedule", str(controlled.pk), "--format", "doc", *to)
    with pytest.raises(CommandError, match="無法寫入"):
        call_command(
            "export_schedule", str(controlled.pk), "--output", str(tmp_path / "no/x")
        )
