"""The 修正對照表: rows, underlines, reasons, title, and its print."""

import shutil
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given, settings

from plans.documents.canonical import from_json, to_json
from plans.documents.comparison import (
    Unchanged,
    amendment_table,
    compare,
    scope_title,
)
from plans.documents.model import (
    Annex,
    Brackets,
    Cell,
    Column,
    ColumnKind,
    Document,
    Line,
    NumberingStyle,
    Paragraph,
    Point,
    RevisionLine,
    Row,
    Table,
    tables,
)
from plans.documents.pdf import render
from tests.plans.documents.comparison.editing import versions


def document(*children, **kwargs):
    kwargs.setdefault("title", "114年度服務計畫")
    return Document("明山鄉公所", 114, children=children, **kwargs)


def strategies(*texts, columns=("要領", "作法"), kind=ColumnKind.TEXT):
    heads = [Column(name, id=f"c{n}") for n, name in enumerate(columns, 1)]
    if kind is not ColumnKind.TEXT:
        heads.insert(0, Column("項次", kind=kind, id="c0"))
    rows = tuple(
        Row(
            tuple(
                Cell(joined=True) if text is None else Cell((Line(text),))
                for text in row
            ),
            id=key,
        )
        for key, *row in texts
    )
    return Table(tuple(heads), rows, "執行策略", id="b9")


def amended(old, new, **kwargs):
    return amendment_table(old, new, compare(old, new), **kwargs)


def shown(cell):
    """The lines of a cell, underlined words in [ ]."""
    lines = []
    for line in cell.lines:
        text, at = "", 0
        for begin, end in line.underlined:
            text += line.text[at:begin] + f"[{line.text[begin:end]}]"
            at = end
        lines.append(text + line.text[at:])
    return "\n".join(lines)


def rows(old, new, **kwargs):
    (table,) = tables(amended(old, new, **kwargs))
    return {row.id: tuple(map(shown, row.cells)) for row in table.rows}


def point(key, heading, *children, body="", level=1):
    return Point(level, heading, body, children, key)


def test_it_is_one_table_on_a_landscape_sheet():
    paper = amended(document(), document(point("b1", "依據")))

    (annex,) = paper.annexes
    (table,) = annex.children
    assert annex.landscape
    assert [column.name for column in table.columns] == ["修正規定", "現行規定", "說明"]
    assert annex.title == "明山鄉公所114年度服務計畫修正對照表"


def test_laws_have_their_own_words():
    old = document(point("b1", "依據"), point("b2", "附則"))
    new = document(point("b2", "附則"))

    (table,) = tables(amended(old, new, law=True))

    assert [column.name for column in table.columns] == ["修正條文", "現行條文", "說明"]
    assert rows(old, new, law=True) == {
        "b1": ("（刪除）", "[壹、][依據]", "本條刪除。"),
        "b2": ("[壹、]附則", "[貳、]附則", "條次變更，內容未修正。"),
    }


def test_an_office_in_the_title_is_not_said_twice():
    new = document(point("b1", "依據"), title="明山鄉公所\n114年度服務計畫")

    paper = amended(new, new, scope="部分規定修正")

    assert paper.annexes[0].title == "明山鄉公所114年度服務計畫部分規定修正對照表"


def test_changed_words_are_underlined_on_both_sides():
    old = document(point("b1", "期程", body="自114年1月起。"))
    new = document(point("b1", "期程", body="自115年1月起。"))

    assert rows(old, new) == {
        "b1": ("壹、期程\n自[115]年1月起。", "壹、期程\n自[114]年1月起。", "")
    }


def test_an_added_point_leaves_the_middle_empty_a_deleted_one_the_left():
    old = document(point("b1", "依據"))
    new = document(point("b2", "緣起", body="因應需要。"))

    assert rows(old, new) == {
        "b1": ("（刪除）", "[壹、][依據]", "本點刪除。"),
        "b2": ("[壹、][緣起]\n[因應需要。]", "", "本點新增。"),
    }


def test_paragraphs_belong_to_the_row_of_their_point():
    def plan(text):
        return document(point("b1", "目標", Paragraph(text, "b2")))

    assert rows(plan("每月回報"), plan("每季回報"), remarks={"b2": "減少填報。"}) == {
        "b1": ("壹、目標\n每[季]回報", "壹、目標\n每[月]回報", "減少填報。")
    }


def test_points_below_have_rows_of_their_own_in_the_new_order():
    def plan(*children):
        return document(point("b0", "方法", *children))

    one, two = point("b1", "電話", level=2), point("b2", "櫃檯", level=2)
    new_two = replace(two, heading="櫃檯服務")

    assert rows(plan(one, two), plan(new_two, one)) == {
        "b2": (
            "壹、[一、]櫃檯[服務]",
            "壹、[二、]櫃檯",
            "由現行規定壹、二移列。",
        ),
        "b1": (
            "壹、[二、]電話",
            "壹、[一、]電話",
            "點次變更，內容未修正。",
        ),
    }


def test_a_remark_takes_the_place_of_what_is_said_by_itself():
    old = document(point("b1", "依據"), point("b2", "附則"))
    new = document(point("b2", "附則"))

    (table,) = tables(amended(old, new, remarks={"b1": "一、已廢止。\n二、併入附則。"}))

    assert [line.text for line in table.rows[0].cells[2].lines] == [
        "已廢止。",
        "併入附則。",
    ]
    assert [line.level for line in table.rows[0].cells[2].lines] == [2, 2]


def test_unchanged_points_are_left_out_or_said():
    old = document(point("b1", "依據"), point("b2", "期程"))
    new = document(point("b1", "依據"), point("b2", "時程"))

    assert list(rows(old, new)) == ["b2"]
    assert rows(old, new, unchanged=Unchanged.SAY)["b1"] == (
        "壹、依據",
        "壹、依據",
        "本點未修正。",
    )


def test_a_changed_row_lists_its_changed_cells():
    old = document(
        point("b0", "方法", strategies(("r1", "便民", "甲"), ("r2", None, "每月")))
    )
    new = document(
        point("b0", "方法", strategies(("r1", "便民", "甲"), ("r2", None, "每季")))
    )

    assert rows(old, new) == {
        "r2": (
            "壹、「執行策略」第2列（便民）\n作法：每[季]",
            "壹、「執行策略」第2列（便民）\n作法：每[月]",
            "",
        )
    }


def test_added_and_deleted_rows_list_all_cells():
    old = document(strategies(("r1", "便民", "甲")))
    new = document(strategies(("r2", "公開", "乙")))

    found = rows(old, new)

    assert found["r1"][:2] == (
        "（刪除）",
        "「執行策略」第1列（便民）\n要領：[便民]\n作法：[甲]",
    )
    assert found["r2"] == (
        "「執行策略」第1列（公開）\n要領：[公開]\n作法：[乙]",
        "",
        "本列新增。",
    )


def test_a_joined_row_is_led_by_the_row_above_it_in_its_own_text():
    old = document(strategies(("r1", "便民", "甲"), ("r2", "公開", "乙")))
    new = document(strategies(("r1", "便民", "甲"), ("r3", None, "丙")))

    found = rows(old, new)

    assert found["r2"][1].startswith("「執行策略」第2列（公開）")
    assert found["r3"][0] == "「執行策略」第2列（便民）\n作法：[丙]"


def test_a_cell_that_was_emptied_says_so():
    old = document(strategies(("r1", "便民", "甲")))
    (table,) = tables(old)
    emptied = replace(table.rows[0], cells=(table.rows[0].cells[0], Cell()))
    new = document(replace(table, rows=(emptied,)))

    assert rows(old, new)["r1"][0].endswith("作法：（無）")


def test_a_whole_table_is_one_row():
    new = document(strategies(("r1", "便民", "甲"), ("r2", None, "乙")))

    assert rows(document(), new) == {
        "b9": (
            "「執行策略」\n表名：[執行策略]\n"
            "[第1列：要領：便民；作法：甲]\n[第2列：作法：乙]",
            "",
            "本表格新增。",
        )
    }


def test_item_numbers_alone_are_no_amendment():
    old = document(strategies(("r1", "", "便民", "甲"), kind=ColumnKind.NUMBER))
    new = document(
        strategies(
            ("r9", "", "公開", "乙"), ("r1", "", "便民", "甲"), kind=ColumnKind.NUMBER
        )
    )

    assert list(rows(old, new)) == ["r9"]


def test_layout_and_history_are_no_amendment():
    old = document(point("b1", "依據", point("b2", "甲", level=3)))
    new = replace(
        old,
        body_size=14.0,
        style=NumberingStyle(Brackets.HALF),
        revisions=(RevisionLine(115, id="v1"),),
    )

    paper = amended(old, new)

    (table,) = tables(paper)
    assert table.rows == ()
    assert table.note == "沒有修正的規定。"


def test_title_and_annexes_are_listed():
    old = document(annexes=(Annex("附件1", "時程", id="b5"),))
    new = document(title="115年度服務計畫", annexes=(Annex("附件1", "期程", id="b5"),))

    assert rows(old, new) == {
        "title": ("計畫名稱：[115]年度服務計畫", "計畫名稱：[114]年度服務計畫", ""),
        "b5": ("附件1　[期]程", "附件1　[時]程", ""),
    }


def test_a_reference_to_another_number_is_explained():
    old = document(point("b1", "甲"), point("b2", "乙"), Paragraph("依[[b2]]", "b3"))
    new = document(point("b2", "乙"), Paragraph("依[[b2]]", "b3"))

    assert rows(old, new)["b3"] == ("依[壹]", "依[貳]", "引用點次變更。")


def test_the_scope_follows_from_how_much_was_touched():
    old = document(*(point(f"b{n}", f"第{n}項") for n in range(4)))

    def rewritten(count):
        points = (replace(p, heading="新的內容") for p in old.children[:count])
        return replace(old, children=(*points, *old.children[count:]))

    def scope(new, **kwargs):
        return scope_title(new, compare(old, new), **kwargs)

    assert scope(rewritten(2)) == "部分規定修正"
    assert scope(rewritten(2), law=True) == "部分條文修正"
    assert scope(rewritten(3)) == "修正"


@settings(max_examples=50)
@given(versions())
def test_it_is_a_document_like_any_other(pair):
    old, new = pair

    paper = amended(old, new, unchanged=Unchanged.SAY)

    assert from_json(to_json(paper)) == paper
    (table,) = tables(paper)
    assert len({row.id for row in table.rows}) == len(table.rows)
    assert all(len(row.cells) == 3 for row in table.rows)


@pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext（poppler-utils）未安裝"
)
@settings(max_examples=8)
@given(versions())
def test_every_word_stands_in_the_text_layer(pair):
    paper = amended(*pair, unchanged=Unchanged.SAY)

    pdf = render(paper)

    text = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf.pdf, capture_output=True, check=True
    ).stdout.decode()
    (table,) = tables(paper)
    missing = {
        line.text
        for row in table.rows
        for cell in row.cells
        for line in cell.lines
        if _plain(line.text) not in _plain(text)
    }
    assert missing == set()


def _plain(text):
    return "".join(text.split())
