"""manage.py import_plan: unattended, all or nothing."""

import json

import pytest
from django.core.management import CommandError, call_command

from plans.compose import compose
from plans.models import Block, Plan
from tests.factories import make_office

pytestmark = pytest.mark.django_db

TEXT = """明山市政服務中心114年度為民服務計畫
114年1月5日訂定
壹、計畫依據
一、依市府函辦理。
（一）細項。
二、依會議決議辦理。
貳、計畫目標
三、跳號的一點。
"""


@pytest.fixture
def office():
    return make_office("明山市政服務中心", code="A001")


@pytest.fixture
def write(tmp_path):
    """Write a file with these bytes or this text; gives its path as text."""

    def write(content, name="plan.txt"):
        path = tmp_path / name
        data = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(data)
        return str(path)

    return write


def run(capsys, *arguments):
    call_command("import_plan", *arguments)
    return capsys.readouterr().out


def test_json_tells_what_was_found(office, write, capsys):
    out = run(capsys, write(TEXT), "--office", "A001", "--year", "114", "--json")

    plan = Plan.objects.get()
    told = json.loads(out)
    assert set(told) == {"plan", "title", "points", "tables", "revisions", "flags"}
    assert (told["plan"], told["title"]) == (plan.pk, plan.title)
    assert told["points"] == {"1": 2, "2": 3, "3": 1}
    assert (told["tables"], told["revisions"]) == ([], 1)
    assert {"code", "message", "line"} == set(told["flags"][0])
    assert told["flags"][0]["line"] == 8


def test_words_tell_the_same_in_chinese(office, write, capsys):
    out = run(capsys, write(TEXT), "--office", "A001")

    assert "已匯入「明山市政服務中心114年度為民服務計畫」" in out
    assert "第 1 層 2 點" in out
    assert "修訂紀錄 1 筆" in out
    assert "請確認（第 8 行）" in out


def test_a_remark_on_the_whole_text_names_no_line(office, write, capsys):
    out = run(capsys, write(TEXT + "（二）細項。\n(三)細項。\n"), "--office", "A001")

    assert "說明：原文混用" in out
    assert "第 0 行" not in out


def test_given_year_and_title_go_before_those_of_the_text(office, write, capsys):
    run(
        capsys,
        write(TEXT.encode("cp950")),
        "--office=A001",
        "--year=2026",
        "--title=新計畫",
    )

    document = compose(Plan.objects.get())
    assert (document.office, document.year) == ("明山市政服務中心", 115)
    assert document.title == "新計畫"


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (b"", [], "檔案是空的"),
        (b"PK\x03\x04zip", [], "壓縮檔"),
        (b"\x01\x02" * 900, [], "控制字元"),
        (b"x" * (20 * 1024 * 1024 + 1), [], "超過 20 MB"),
        ("壹、依據\n", ["--title=甲"], "找不到年度"),
        ("壹、依據\n", ["--year=114"], "找不到計畫名稱"),
        ("一段沒有編號的話\n", ["--year=114", "--title=甲"], "找不到項次"),
        (TEXT, ["--year=0"], "1 年到 999 年"),
        (TEXT, ["--year=12345"], "看不懂這個年度"),
        (TEXT, ["--title=" + "名" * 201], "最多 200 字"),
        (TEXT, ["--office=NONE"], "沒有代碼為「NONE」的機關"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(office, write, content, options, message):
    with pytest.raises(CommandError, match=message) as refused:
        call_command("import_plan", write(content), "--office=A001", *options)

    assert refused.value.returncode == 1
    assert not Plan.objects.exists()
    assert not Block.objects.exists()


def test_missing_file_and_folder_are_named(office, tmp_path):
    with pytest.raises(CommandError, match=r"找不到檔案「/nowhere\.txt」"):
        call_command("import_plan", "/nowhere.txt", "--office=A001")
    with pytest.raises(CommandError, match="是資料夾"):
        call_command("import_plan", str(tmp_path), "--office=A001")
