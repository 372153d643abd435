"""Reading a control table in: dry run, all or nothing, the plan's own annex, fragments."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from offices.models import Role
from plans.apply import apply
from plans.compose import compose
from plans.models import Plan, Removed
from plans.readers.text import fold, read
from schedule.compose import timetable_of
from schedule.files import as_xlsx
from schedule.fragments import placed
from schedule.importing import reading_of, start_import
from schedule.models import Item, SheetImport
from schedule.timetable import model as sheet
from schedule.timetable.model import Share, Timetable, UnitSheet
from schedule.timetable.sharing import NO_UNIT
from schedule.timetable.xlsx.writer import write_workbook
from tests.factories import make_item, make_member, make_method, make_plan, make_unit
from tests.schedule.pages import boxes_in

pytestmark = pytest.mark.django_db

MONTHS = "\t".join(f"{month}月" for month in range(1, 13))
HEAD = (
    "項次\t主辦課室\t工作項目（配分／承辦人）\t衡量指標\t查核方式（月份）\t114年"
    + "\t" * 11
    + f"\n\t\t\t\t\t{MONTHS}\n"
)


def row(number, unit, name, indicators, method):
    return "\t".join([number, unit, name, indicators, method, *[""] * 12]) + "\n"


TABLE = HEAD + (
    row(
        "1",
        "民政課",
        "里鄰聯繫（2分／王小安）",
        "1.聯繫紀錄。(60%) 2.時效。(40%)",
        "實地（3-4月）",
    )
    + row(
        "2",
        "民政課",
        "巡守輔導（3分／李小圓）",
        "1.訓練。(50%) 2.裝備。(50%)",
        "書面（整年）",
    )
)
TORN = TABLE + row("", "", "", "4.成果彙整。(25%) 5.會務輔導。(25%)", "")
PLAN = "明山市東川區公所114年度服務計畫\n\n壹、依據\n依市政府規定辦理。\n\n附件1 作業時程管制表\n\n"


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def keeper(plan, client):
    user = make_member(plan.office, Role.COORDINATOR).user
    client.force_login(user)
    return user


def give(client, plan, **data):
    """Hand something in; the page that asks for confirmation."""
    url = reverse("schedule:import", args=[plan.pk])
    return client.post(url, data, follow=True)


def confirm(client, started, edition, **data):
    return client.post(started.get_absolute_url(), {"edition": edition} | data)


def latest():
    return SheetImport.objects.first()


def test_a_dry_run_shows_every_cell_and_stores_nothing(client, plan, keeper):
    page = give(client, plan, text=TABLE).content.decode()

    assert "新增 2 項、修改 0 項、刪除 0 項" in page
    assert "里鄰聯繫" in page
    assert "王小安" in page
    assert "3–4月" in page
    assert not Item.objects.exists()


def test_confirming_stores_everything_once(client, plan, keeper):
    give(client, plan, text=TABLE)
    started = latest()

    first = confirm(client, started, plan.edition)
    again = confirm(client, started, plan.edition)

    assert first.status_code == again.status_code == 302
    assert [i.name for i in timetable_of(plan).items()] == ["里鄰聯繫", "巡守輔導"]
    assert Item.history.filter(history_user=keeper).count() == 2


def test_reading_the_same_again_changes_nothing(client, plan, keeper):
    give(client, plan, text=TABLE)
    confirm(client, latest(), plan.edition)

    page = give(client, plan, text=TABLE).content.decode()

    assert "新增 0 項、修改 0 項、刪除 0 項" in page


def test_a_text_never_removes_what_it_does_not_name(client, plan, keeper):
    unit = make_unit(plan.office, "民政課", "民")
    make_method(make_item(plan, unit, name="另一件"))

    page = give(client, plan, text=TABLE).content.decode()

    assert "新增 2 項、修改 0 項、刪除 0 項" in page


def test_our_own_spreadsheet_tells_changes_and_removals(client, plan, keeper):
    unit = make_unit(plan.office, "民政課", "民")
    kept = make_item(plan, unit, name="留著", points=2)
    make_method(kept, "001100000000")
    gone = make_item(plan, unit, name="刪掉", points=1)
    make_method(gone)
    timetable = timetable_of(plan)
    data = write_workbook(timetable, {"民政課": "民"})
    gone_row = next(i for i in timetable.items() if i.name == "刪掉")
    file = _without_item(data, gone_row.name)

    page = give(client, plan, file=_upload(file)).content.decode()
    answer = confirm(client, latest(), plan.edition)

    assert "刪除 1 項" in page
    assert answer.status_code == 302
    assert [i.name for i in timetable_of(plan).items()] == ["留著"]


def _upload(data, name="管制表.xlsx"):
    return SimpleUploadedFile(name, data)


def _without_item(data, name):
    """The same workbook after a person deleted the rows of one item."""
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for place in range(sheet.max_row, 0, -1):
        texts = [str(cell.value or "") for cell in sheet[place]]
        if any(text.startswith(name) for text in texts):
            for merged in list(sheet.merged_cells.ranges):
                if merged.min_row == place:
                    sheet.unmerge_cells(str(merged))
            sheet.delete_rows(place)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_plan_changed_meanwhile_is_compared_again(client, plan, keeper):
    give(client, plan, text=TABLE)
    plan.touch()

    answer = confirm(client, latest(), plan.edition)

    assert answer.status_code == 409
    assert "計畫有變動" in answer.content.decode()
    assert not Item.objects.exists()
    plan.refresh_from_db()
    assert confirm(client, latest(), plan.edition).status_code == 302


def test_an_import_is_all_or_nothing(client, plan, keeper, monkeypatch):
    from schedule import apply as applying

    give(client, plan, text=TABLE)
    monkeypatch.setattr(applying, "BATCH", 0)  # bulk_create refuses a batch of none

    with pytest.raises(ValueError, match="Batch size"):
        confirm(client, latest(), plan.edition)

    assert not Item.objects.exists()
    assert not latest().is_done


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "請貼上管制表的文字"),
        ({"text": "今天天氣很好"}, "找不到作業時程管制表"),
        ({"text": "甲\t乙\n1\t2"}, "找不到作業時程管制表"),
        ({"text": HEAD}, "找不到作業時程管制表"),
    ],
)
def test_what_is_no_control_table_is_told(client, plan, keeper, data, words):
    answer = give(client, plan, **data)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SheetImport.objects.exists()


def test_a_file_that_is_no_spreadsheet_is_told(client, plan, keeper):
    for data in (b"PK\x03\x04" + b"x" * 400, b"\xd0\xcf\x11\xe0" * 99, b"\x00" * 50):
        answer = give(client, plan, file=_upload(data))

        assert answer.status_code == 422
        assert "invalid-feedback" in answer.content.decode()


def test_ten_thousand_rows_are_answered_in_words(client, plan, keeper):
    text = (
        HEAD + row("1", "民政課", "甲（1分／王小安）", "1.乙。(100%)", "書面") * 10_000
    )

    answer = give(client, plan, text=text)

    assert answer.status_code in {200, 422}


def test_points_that_no_column_holds_are_told_and_nothing_is_stored(
    client, plan, keeper
):
    joint = "聯合整備(民)9000分／甲乙 (社)9000分／丙丁"
    one = row("1", "民政課／社會課", joint, "1.整備。(100%)", "實地（3月）")
    give(client, plan, text=HEAD + one)
    reading = reading_of(latest())
    item = replace(
        next(reading.timetable.items()), shares=(Share("民政課", Decimal(99999)),)
    )
    started = start_import(
        plan,
        replace(reading, timetable=Timetable(114, (UnitSheet("民政課", (item,)),))),
        source_name="過大的配分",
        by=keeper,
    )

    answer = confirm(client, started, plan.edition)

    assert answer.status_code == 422
    assert "沒有存入任何資料" in answer.content.decode()
    assert not Item.objects.exists()


def test_new_units_and_strangers_are_told_before(client, plan, keeper):
    page = give(client, plan, text=TABLE).content.decode()

    assert "會新增課室：民政課" in page
    assert "不是本機關的成員，只保留姓名：王小安、李小圓" in page


def exported(plan):
    """The plan's own spreadsheet, as the page gives it out."""
    return as_xlsx(Plan.objects.get(pk=plan.pk))


@pytest.fixture
def two_items(plan):
    unit = make_unit(plan.office, "民政課", "民")
    for name in ("里鄰聯繫", "巡守輔導"):
        make_method(make_item(plan, unit, name=name, points=2))
    return unit


def test_an_item_made_after_the_export_is_kept(client, plan, keeper, two_items):
    file = _without_item(exported(plan), "巡守輔導")
    make_method(make_item(plan, two_items, name="夜間延長"))

    page = give(client, plan, file=_upload(file)).content.decode()
    confirm(client, latest(), plan.edition)

    assert "新增 0 項、修改 0 項、刪除 1 項" in page
    assert "匯出之後新增，保留不動：夜間延長。" in page
    names = [item.name for item in timetable_of(plan).items()]
    assert names == ["里鄰聯繫", "夜間延長"]


def test_an_import_that_waits_since_an_older_version_is_shown(
    client, plan, keeper, two_items
):
    give(client, plan, file=_upload(_without_item(exported(plan), "巡守輔導")))
    started = latest()
    del started.payload["held"]
    started.save()

    page = client.get(started.get_absolute_url()).content.decode()

    assert "刪除 1 項" in page


def test_a_file_of_another_plan_is_told_and_deletes_nothing(
    client, plan, keeper, two_items
):
    other = make_plan(plan.office, title="113年度服務計畫")
    for name in ("里鄰聯繫", "去年的項目"):
        make_method(make_item(other, two_items, name=name, points=2))

    page = give(client, plan, file=_upload(exported(other))).content.decode()
    confirm(client, latest(), plan.edition)

    warning = page.index("從另一份計畫「113年度服務計畫」匯出")
    assert warning < page.index("新增 1 項、修改 0 項、刪除 0 項")
    names = [item.name for item in timetable_of(plan).items()]
    assert names == ["里鄰聯繫", "巡守輔導", "去年的項目"]
    assert timetable_of(other).sheets[0].items[1].name == "去年的項目"


def test_names_that_are_too_long_are_cut_and_told_before(client, plan, keeper):
    name, owner = "長" * 205 + "尾", "名" * 61
    one = row("1", "民政課", f"{name}（2分／{owner}）", "1.紀錄。(100%)", "實地（3月）")

    page = give(client, plan, text=HEAD + one).content.decode()
    confirm(client, latest(), plan.edition)
    again = give(client, plan, text=HEAD + one).content.decode()

    assert "超過 200 字，只留前面；未列入的是「長長長長長尾」" in page
    assert "超過 60 字，只留前面；未列入的是「名」" in page
    assert next(timetable_of(plan).items()).name == "長" * 200
    assert "新增 0 項、修改 0 項、刪除 0 項" in again


def test_a_fragment_waits_until_somebody_decides(client, plan, keeper):
    page = give(client, plan, text=TORN).content.decode()
    confirm(client, latest(), plan.edition)
    grid = client.get(reverse("schedule:grid", args=[plan.pk])).content.decode()

    assert "原稿缺頁" in page
    assert "1 段內容找不到項目名稱" in grid
    assert "成果彙整" in grid
    assert len(list(timetable_of(plan).items())) == 2


def test_a_fragment_can_become_an_item_at_once(client, plan, keeper):
    give(client, plan, text=TORN)

    confirm(client, latest(), plan.edition, fragments=["0"])

    names = [item.name for item in timetable_of(plan).items()]
    assert len(names) == 3
    assert names[2].startswith("（名稱待補）")


@pytest.mark.parametrize("keep", [True, False])
def test_a_waiting_fragment_is_settled_once(client, plan, keeper, keep):
    give(client, plan, text=TORN)
    confirm(client, latest(), plan.edition)
    url = reverse("schedule:fragment", args=[plan.pk])
    page = client.get(reverse("schedule:grid", args=[plan.pk]))
    key = page.context["fragments"][0].key

    for _ in range(2):
        client.post(url, {"key": key} | ({"keep": "1"} if keep else {}))

    grid = client.get(reverse("schedule:grid", args=[plan.pk]))
    assert grid.context["fragments"] == []
    assert len(list(timetable_of(plan).items())) == 2 + keep


LOST = HEAD + row("", "", "", "4.成果彙整。(25%) 5.會務輔導。(25%)", "")


def unit_names(plan):
    return set(plan.office.units.values_list("name", flat=True))


def test_a_fragment_without_a_unit_needs_one_to_become_an_item(client, plan, keeper):
    make_unit(plan.office, "社會課", "社")
    give(client, plan, text=LOST + TABLE)
    started = latest()

    answer = confirm(client, started, plan.edition, fragments=["0"])
    stranger = {"fragments": ["0"], "unit-0": "消防課"}
    other = confirm(client, started, plan.edition, **stranger)

    html = answer.content.decode()
    assert answer.status_code == other.status_code == 422
    assert "請選擇課室，才能建為項目" in html
    assert boxes_in(html, "fragments") == {"0": True}
    assert unit_names(plan) == {"社會課"}
    assert not Item.objects.exists()


def test_a_fragment_is_given_to_a_unit_that_the_import_makes(client, plan, keeper):
    give(client, plan, text=LOST + TABLE)
    chosen = {"fragments": ["0"], "unit-0": "民政課"}

    answer = confirm(client, latest(), plan.edition, **chosen)

    assert answer.status_code == 302
    assert unit_names(plan) == {"民政課"}
    assert [len(one.items) for one in timetable_of(plan).sheets] == [3]


@pytest.mark.parametrize("unit", ["", "消防課"])
def test_a_waiting_fragment_without_a_unit_is_refused_politely(
    client, plan, keeper, unit
):
    make_unit(plan.office, "社會課", "社")
    give(client, plan, text=LOST + TABLE)
    confirm(client, latest(), plan.edition)
    url = reverse("schedule:fragment", args=[plan.pk])
    grid = client.get(reverse("schedule:grid", args=[plan.pk]))
    data = {"key": grid.context["fragments"][0].key, "keep": "1"}

    refused = client.post(url, data | {"unit": unit}, follow=True)
    page = client.post(url, data | {"unit": "社會課"}, follow=True)

    assert "請選擇課室，才能建為項目" in refused.content.decode()
    assert len(refused.context["fragments"]) == 1
    assert page.context["fragments"] == []
    assert unit_names(plan) == {"民政課", "社會課"}
    sheets = {s.unit: len(s.items) for s in timetable_of(plan).sheets}
    assert sheets == {"社會課": 1, "民政課": 2}


def test_a_fragment_that_names_one_of_its_units_is_put_together():
    shares = (Share(NO_UNIT, Decimal(2), ("王小安",)), Share("民政課", Decimal(1)))

    item = placed(sheet.Item("", shares), "民政課")

    assert item.shares == (Share("民政課", Decimal(3), ("王小安",)),)


def test_the_plans_own_annex_becomes_items(client, keeper, plan):
    document = fold(read(PLAN + TABLE), {})
    own = apply(
        document, office=plan.office, year=114, title="114年度服務計畫", by=keeper
    )

    offered = client.get(reverse("schedule:import", args=[own.pk])).content.decode()
    give(client, own, own="1")
    started = latest()
    confirm(client, started, own.edition)

    assert "用計畫裡的附件" in offered
    annexes = compose(own).annexes
    assert [annex.id for annex in annexes] == ["schedule"]
    assert annexes[0].label == "附件1"
    assert Removed.objects.filter(plan=own).count() == 1


def test_own_annexes_that_hold_none_are_told(client, plan, keeper):
    page = give(client, plan, own="1").content.decode()

    assert "計畫的附件裡沒有作業時程管制表" in page


def test_an_import_is_its_creators_alone(client, plan, keeper):
    give(client, plan, text=TABLE)
    started = latest()
    client.force_login(make_member(plan.office, Role.COORDINATOR).user)

    assert client.get(started.get_absolute_url()).status_code == 404


def test_an_import_can_be_thrown_away(client, plan, keeper):
    give(client, plan, text=TABLE)
    url = reverse("schedule:import_discard", args=[plan.pk, latest().pk])

    client.post(url)

    assert not SheetImport.objects.exists()
    assert not Item.objects.exists()
