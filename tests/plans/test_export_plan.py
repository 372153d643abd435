"""manage.py export_plan: a file, or a sentence and status 1."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_plan, make_point

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fmt", "beginning"), [("pdf", b"%PDF"), ("html", b"<!DOCTYPE"), ("json", b"{")]
)
def test_every_format_is_written(tmp_path, fmt, beginning):
    plan = make_plan()

    call_command("export_plan", str(plan.pk), format=fmt, output=tmp_path / "out")

    assert (tmp_path / "out").read_bytes().startswith(beginning)


def test_the_data_is_the_whole_plan(tmp_path):
    plan = make_plan()
    make_point(plan, "計畫依據")

    call_command("export_plan", str(plan.pk), format="json", output=tmp_path / "out")

    assert json.loads((tmp_path / "out").read_text())["office"] == plan.office.name


@pytest.mark.parametrize("number", ["404", "abc", "-1"])
def test_an_unknown_plan_is_a_sentence(tmp_path, number):
    with pytest.raises(CommandError, match="找不到編號"):
        call_command("export_plan", "--output", str(tmp_path / "out"), "--", number)


def test_an_unknown_format_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="不支援的格式「docx」"):
        call_command("export_plan", "1", format="docx", output=tmp_path / "out")


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path):
    plan = make_plan()

    with pytest.raises(CommandError, match="無法寫入"):
        call_command(
            "export_plan", str(plan.pk), format="json", output=tmp_path / "no" / "out"
        )


def test_missing_characters_are_told(tmp_path, capsys):
    plan = make_plan()
    make_point(plan, "姓名\U0010fffd")

    call_command("export_plan", str(plan.pk), output=tmp_path / "out")

    assert "缺字 U+10FFFD" in capsys.readouterr().err
