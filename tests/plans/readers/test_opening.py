"""Titles, covers, revision lines, and what belongs to pages and not to the plan."""

import pytest

from plans.documents.model import Cover, RevisionLine
from plans.readers.opening import office_of, year_of
from plans.readers.revisions import read_revision
from plans.readers.text import fold, read


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("98.2 訂定", RevisionLine(98, 2, verb="訂定", dotted=True)),
        ("98.4.3 第 1 次修訂", RevisionLine(98, 4, 3, 1, dotted=True)),
        (
            "101.2.2 第 5 次修訂 青市秘字第 10130132400 號核准",
            RevisionLine(
                101, 2, 2, 5, "修訂", "青市秘字第 10130132400 號", "核准", True
            ),
        ),
        ("114年1月2日訂定", RevisionLine(114, 1, 2, verb="訂定")),
        ("103 年 1 月 16 日修訂", RevisionLine(103, 1, 16)),
        ("105.04.23 初版", RevisionLine(105, 4, 23, verb="初版", dotted=True)),
        (
            "106年4月26日青地秘字第10631078900號函核備",
            RevisionLine(106, 4, 26, 0, "", "青地秘字第10631078900號", "函核備"),
        ),
        (
            "中華民國104年1月9日青山縣政府府行字第1031304162號函修正",
            RevisionLine(104, 1, 9, 0, "", "青山縣政府府行字第1031304162號", "函修正"),
        ),
        ("（１１３年５月２日第３次修正）", RevisionLine(113, 5, 2, 3, "修正")),
        ("第3次修正 110.2.3", RevisionLine(110, 2, 3, 3, "修正", dotted=True)),
    ],
)
def test_every_form_of_a_revision_line_is_read(
    line: str, expected: RevisionLine
) -> None:
    assert read_revision(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "中華民國114年1月",
        "114年度服務計畫",
        "98.13.40 修訂",
        "本計畫自114年1月1日訂定後實施。",
        "修訂",
    ],
)
def test_other_lines_are_no_revisions(line: str) -> None:
    assert read_revision(line) is None


@pytest.mark.parametrize(
    ("title", "office", "year"),
    [
        ("月見市梅林區戶政事務所115年度計畫", "月見市梅林區戶政事務所", 115),
        ("月見市政府教育處志工計畫", "月見市政府教育處", 0),
        ("柏原縣石門國民小學一一五學年度計畫", "柏原縣石門國民小學", 115),
        ("竹溪縣文化局 ９９ 年度計畫", "竹溪縣文化局", 99),
        ("推動閱讀計畫", "", 0),
    ],
)
def test_office_and_year_stand_in_the_title(title: str, office: str, year: int) -> None:
    assert (office_of(title), year_of(title)) == (office, year)


def test_a_cover_page_is_told_from_the_title() -> None:
    reading = read(
        "月見市公所 115 年度\n服務計畫\n\n\n中華民國 115 年 1 月\n\n月見市公所\n115 年度服務計畫\n壹、依據\n"
    )

    assert reading.cover == Cover(
        "月見市公所 115 年度\n服務計畫", "中華民國 115 年 1 月"
    )
    assert reading.title == "月見市公所\n115 年度服務計畫"


def test_a_line_in_brackets_may_hold_several_rounds() -> None:
    reading = read(
        "溪口鄉公所計畫\n（113年1月5日訂定；114年2月3日第1次修訂）\n一、依據\n"
    )

    assert [r.year for r in reading.revisions] == [113, 114]


def test_a_table_of_contents_is_left_out_and_told() -> None:
    reading = read(
        "晨曦市衛生局 115 年度計畫\n目 錄\n壹、緣起……………1\n貳、目標……………2\n附件1 表…………9\n"
        "壹、緣起\n貳、目標\n"
    )

    assert [piece.heading for piece in reading.pieces] == ["緣起", "目標"]
    assert [(f.code, f.line) for f in reading.flags] == [("contents", 3)]


def test_running_heads_and_page_numbers_are_left_out_and_told() -> None:
    head = "星雲市中山區公所115年度計畫\n"
    reading = read(
        head
        + "壹、甲。\n"
        + head
        + "第 1 頁，共 3 頁\n貳、乙。\n"
        + head
        + "第 2 頁，共 3 頁\n參、丙。\n"
        + head
        + "第 3 頁，共 3 頁\n肆、丁。\n"
    )

    assert [piece.heading for piece in reading.pieces] == [
        "甲。",
        "乙。",
        "丙。",
        "丁。",
    ]
    assert {f.code for f in reading.flags} == {"page-numbers", "running-head"}


def test_an_annex_may_have_its_title_on_the_next_line() -> None:
    document = fold(
        read("溪口鄉公所計畫\n壹、甲\n附件1\n據點一覽表\n里別\t地址\n東里\t東路\n"), {}
    )

    assert [(a.label, a.title) for a in document.annexes] == [("附件1", "據點一覽表")]
