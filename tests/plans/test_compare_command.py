"""manage.py compare: a file, or a sentence and status 1."""

import json
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from offices.audit.models import Act, AuditEvent
from plans.carrying import carry_over
from plans.models import Approval
from tests.factories import make_plan, make_point, make_table
from tests.plans.cycle import Cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans():
    """Two years of one plan, stored apart: they share no ids."""
    old, new = (
        make_plan(year=114),
        make_plan(year=115, title="115年度提升服務品質執行計畫"),
    )
    for plan, times in ((old, "一次"), (new, "兩次")):
        make_point(plan, "計畫依據", body="依明山市政府函辦理。")
        chapter = make_point(plan, "實施方法")
        make_table(plan, ("要領", "作法"), [("便民", f"每月檢視{times}")], chapter)
    make_point(new, "獎懲")
    return str(old.pk), str(new.pk)


def test_differences_are_written_with_the_pairs(plans, tmp_path, capsys):
    call_command("compare", *plans, output=tmp_path / "out")

    found = json.loads((tmp_path / "out").read_text())
    assert found["counts"] == {
        "added": 1,
        "deleted": 0,
        "changed": 2,
        "moved": 0,
        "renumbered": 0,
    }
    assert [change["node"] for change in found["changes"]] == ["head", "row", "point"]
    assert {"op": "insert", "text": "兩"} in found["changes"][1]["parts"][0]["pieces"]
    assert found["pairs"][0]["old_text"] == "計畫依據 依明山市政府函辦理。"
    told = capsys.readouterr()
    assert "增 1、刪 0、改 2、移 0" in told.out
    assert "點 壹、計畫依據" in told.err


def test_a_plan_and_itself_need_no_pairs(plans, tmp_path, capsys):
    call_command("compare", plans[0], plans[0], output=tmp_path / "out")

    found = json.loads((tmp_path / "out").read_text())
    assert found["changes"] == []
    assert "pairs" not in found
    assert capsys.readouterr().err == ""


def test_the_amendment_table_is_written(plans, tmp_path):
    call_command(
        "compare",
        *plans,
        format="pdf",
        output=tmp_path / "out",
        unchanged="say",
        law=True,
    )

    (page,) = PdfReader(BytesIO((tmp_path / "out").read_bytes())).pages
    text = "".join(page.extract_text().split())
    assert page.mediabox.width > page.mediabox.height
    assert "115年度提升服務品質執行計畫部分條文修正對照表" in text
    assert "本條未修正" in text
    assert "本條新增" in text


def test_both_exports_are_in_the_audit_trail(plans, tmp_path):
    call_command("compare", *plans, output=tmp_path / "out")

    events = AuditEvent.objects.filter(act=Act.PLAN_EXPORTED)
    assert events.count() == 2


@pytest.mark.parametrize("name", ["404", "abc", "-1", "²", "9" * 40])
def test_an_unknown_plan_is_a_sentence(plans, tmp_path, name):
    with pytest.raises(CommandError, match="找不到編號"):
        call_command("compare", "--output", str(tmp_path / "out"), "--", plans[0], name)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"format": "odt"}, "不支援的格式「odt」"),
        ({"unchanged": "maybe"}, "不能是「maybe」"),
    ],
)
def test_an_unknown_option_is_a_sentence(plans, tmp_path, options, words):
    with pytest.raises(CommandError, match=words):
        call_command("compare", *plans, output=tmp_path / "out", **options)


def test_a_place_that_cannot_be_written_is_a_sentence(plans, tmp_path):
    with pytest.raises(CommandError, match="無法寫入"):
        call_command("compare", *plans, output=tmp_path / "no" / "out")

    assert not AuditEvent.objects.filter(act=Act.PLAN_EXPORTED).exists()


def test_a_version_is_compared_with_the_draft(tmp_path, capsys):
    cycle = Cycle()
    approval = cycle.approve()
    make_point(cycle.plan, "附則")

    call_command(
        "compare", f"v{approval.pk}", str(cycle.plan.pk), output=tmp_path / "out"
    )

    found = json.loads((tmp_path / "out").read_text())
    assert found["counts"]["added"] == 1
    assert "pairs" not in found


def test_an_altered_version_is_not_compared(tmp_path):
    cycle = Cycle()
    approval = cycle.approve()
    changed = approval.content.replace("計畫目標", "計畫口號")
    Approval.objects.filter(pk=approval.pk).update(content=changed)

    with pytest.raises(CommandError, match="已被更動"):
        call_command(
            "compare", f"v{approval.pk}", str(cycle.plan.pk), output=tmp_path / "out"
        )
    assert not (tmp_path / "out").exists()


def test_last_years_plan_knows_what_became_of_its_parts(tmp_path):
    cycle = Cycle()
    cycle.approve()
    carried = carry_over(
        cycle.plan,
        office=cycle.office,
        year=115,
        title="115年度提升服務品質執行計畫",
        by=cycle.coordinator.user,
    )

    call_command(
        "compare", str(cycle.plan.pk), str(carried.pk), output=tmp_path / "out"
    )

    found = json.loads((tmp_path / "out").read_text())
    assert [change["node"] for change in found["changes"]] == ["head"]
    assert "pairs" not in found
