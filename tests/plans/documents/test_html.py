"""The paper as HTML, for the page and for the PDF."""

import re
import sys
from itertools import count

import pytest

from plans.documents import html
from plans.documents.model import (
    Annex,
    Cell,
    Column,
    ColumnKind,
    Document,
    Line,
    Paragraph,
    Point,
    RevisionLine,
    Row,
    Table,
)


def cell(text):
    return Cell(joined=True) if text is None else Cell((Line(text),))


def table(*rows, columns=("構面", "策略"), **kwargs):
    return Table(
        tuple(Column(name) for name in columns),
        tuple(
            Row(tuple(map(cell, texts)), id=f"r{n}") for n, texts in enumerate(rows, 1)
        ),
        **{"id": "b9", **kwargs},
    )


def document(*children, **kwargs):
    return Document("明山鄉公所", 114, "明山鄉公所\n服務計畫", children, **kwargs)


def screen(**kwargs):
    return html.Screen(lambda key: f"/edit/{key}/", **kwargs)


def tags(markup, pattern):
    return re.findall(pattern, markup)


def test_text_is_escaped():
    markup = html.body_html(document(Point(1, "<script>alert(1)</script>")))

    assert "<script" not in markup
    assert "&lt;script&gt;alert(1)" in markup


def test_no_style_or_script_stands_in_the_page():
    markup = html.body_html(document(table(("甲", "乙")), Point(1, "依據")), screen())

    assert not tags(markup, r"<style|<script| style=| on\w+=")


def test_chapters_are_headings_and_lines_of_text_are_not():
    chapter = Point(
        1, "依據", children=(Point(2, "某法", "條文"), Point(2, "另一法規"))
    )

    markup = html.body_html(document(chapter))

    assert tags(markup, r"<(h\d|p) class=\"line\"") == ["h2", "h3", "p"]


def test_heading_levels_are_never_skipped():
    deep = Point(3, "策略", children=(Point(4, "重點", "說明"),))

    markup = html.body_html(document(Point(1, "", children=(deep,))))

    assert tags(markup, r"<(h\d) class=\"line\"") == ["h2", "h3", "h4"]


def test_a_mark_tells_how_far_its_lines_hang():
    markup = html.body_html(document(*[Point(1, "章")] * 11))

    assert 'depth-0 hang-8"' in markup  # 壹、
    assert 'depth-0 hang-12"' in markup  # 拾壹、


def test_a_cross_reference_is_named():
    base = Point(1, "依據", id="b1")

    assert "詳如壹辦理" in html.body_html(document(base, Paragraph("詳如[[b1]]辦理")))


def test_a_joined_cell_spans_its_rows():
    markup = html.body_html(document(table(("甲", "一"), (None, "二"))))

    assert markup.count('rowspan="2"') == 1


def test_a_cut_repeats_the_label():
    markup = html.paper_html(
        document(table(("甲", "一"), (None, "二"))), {"b9": {"r2"}}
    )

    assert "rowspan" not in markup
    assert re.sub("<[^>]*>", "", markup).count("甲（續）") == 1


def test_a_long_label_is_repeated_in_short():
    markup = html.paper_html(
        document(table(("甲" * 30, "一"), (None, "二"))), {"b9": {"r2"}}
    )

    assert "甲" * 23 + "…<" in markup


def test_an_open_row_splits_the_joined_cells_around_it():
    rows = table(("甲", "一"), (None, "二"), (None, "三"))

    markup = html.body_html(
        document(rows), screen(open_id="r2", open_form="<form>列</form>")
    )

    assert '<td colspan="2"><form>列</form></td>' in re.sub(r"\s*\n\s*", "", markup)
    assert re.sub("<[^>]*>", "", markup).count("甲（續）") == 1
    assert "rowspan" not in markup


def test_an_open_point_keeps_its_children():
    chapter = Point(1, "依據", children=(Point(2, "某法", id="b2"),), id="b1")

    markup = html.body_html(
        document(chapter), screen(open_id="b1", open_form="<form>點</form>")
    )

    assert "<form>點</form>" in markup
    assert "依據" not in markup
    assert "某法" in markup


def test_every_part_can_be_opened():
    parts = document(
        Point(1, "依據", children=(Paragraph("文字", id="b2"),), id="b1"),
        table(("甲", "一"), (None, "二")),
        annexes=(Annex("附件1", id="b7"),),
    )

    markup = html.body_html(parts, screen())

    assert tags(markup, r'href="/edit/(\w+)/"') == [
        "title", "b1", "b2", "b9", "r1", "r2", "b7",
    ]  # fmt: skip


def test_what_may_not_be_edited_has_no_link():
    markup = html.body_html(
        document(Point(1, "依據", id="b1")), html.Screen(lambda key: "")
    )

    assert "編輯" not in markup


@pytest.mark.parametrize(
    ("block_id", "opening"),
    [
        ("title", '<header class="front" id="title">'),
        ("b1", '<div class="own depth-0 hang-8 leads" id="b1-own">'),
        ("b2", '<div class="paragraph depth-0 hang-8" id="b2">'),
        (
            "b9",
            '<div class="table" id="b9" tabindex="0" role="group" aria-label="表格">',
        ),
        (
            "r1",
            '<div class="table" id="b9" tabindex="0" role="group" aria-label="表格">',
        ),
        ("b7", '<div class="own" id="b7-own">'),
    ],
)
def test_a_block_is_swapped_by_itself(block_id, opening):
    parts = document(
        Point(1, "依據", children=(Paragraph("文字", id="b2"),), id="b1"),
        annexes=(Annex("附件1", children=(table(("甲", "一")),), id="b7"),),
    )

    assert html.block_html(parts, block_id, screen()).strip().startswith(opening)


def test_title_and_revisions_lead_to_pages_of_their_own():
    parts = document(revisions=(RevisionLine(114, 1, 2),))

    front = html.block_html(parts, "title", screen())

    assert front.count('class="edit"') == 2
    assert "hx-get" not in front


def test_an_unknown_block_is_a_key_error():
    with pytest.raises(KeyError):
        html.block_html(document(), "b404")


def test_shading_carries_a_mark():
    month = Column("1月", kind=ColumnKind.MONTH)
    shaded = Table((month,), (Row((Cell(shaded=True),)), Row((Cell(),))))

    markup = html.body_html(document(shaded))

    assert markup.count("●") == 1
    assert markup.count("kind-month shaded") == 1


def test_the_front_shows_title_lines_and_revisions():
    line = RevisionLine(98, 4, 3, 1, "修訂", "府民字第1號", "核准", dotted=True)

    markup = html.body_html(document(revisions=(line,)))

    assert "<h1>明山鄉公所<br>服務計畫</h1>" in markup
    assert (
        "<span>98.4.3</span><span>第1次修訂</span><span>府民字第1號核准</span>"
        in markup
    )


def test_the_paper_stands_alone():
    page = html.paper_html(document(body_size=14.0))

    assert '<html lang="zh-Hant-TW">' in page
    assert "<title>明山鄉公所服務計畫</title>" in page
    assert "font-size: 14.0pt" in page
    assert not tags(page, r"(?:src|href)=")


def test_a_mark_does_not_hang_where_there_is_no_room_beside_it():
    narrow, wide = Column("甲", width=1), Column("乙", width=9)
    listed = Cell((Line("服務公開", 2),))

    markup = html.body_html(document(Table((narrow, wide), (Row((listed, listed)),))))

    assert tags(markup, r"item depth-0 hang-(\d)") == ["0", "8"]


def calls_for(rows):
    """How many functions are called to write a table of so many rows."""
    paper = document(table(*[("主動服務", "檢討動線與設備")] * rows))
    html.body_html(paper)  # what is kept between pages is not counted
    called = count()
    sys.setprofile(lambda _frame, event, _: next(called) if event == "call" else None)
    try:
        html.body_html(paper)
    finally:
        sys.setprofile(None)
    return next(called)


def test_the_work_grows_with_the_rows_and_no_faster():
    assert calls_for(200) < 2.2 * calls_for(100)


def test_a_long_title_is_broken_after_the_office_on_paper_only():
    plan = Document(
        "明山市河東區公所", 114, "明山市河東區公所為民服務品質推動及考核執行計畫書"
    )

    assert "公所<br>為民" in html.paper_html(plan)
    assert "<br>" not in html.body_html(plan)


def test_columns_that_no_revision_fills_are_left_out():
    line = RevisionLine(114, 1, 2, verb="訂定")

    assert "<li><span>114年1月2日訂定</span></li>" in html.body_html(
        document(revisions=(line,))
    )


def test_a_form_that_returns_in_an_annex_begins_a_page_under_its_title():
    forms = tuple(table(("甲", text), id=f"b{n}") for n, text in enumerate("乙丙丁"))
    plan = document(annexes=(Annex("附件1", "管制表", forms),))

    again = tags(html.paper_html(plan), r'<p class="annex-title begins-sheet">(.*)</p>')

    assert again == ["附件1　管制表"] * 2
    assert "begins-sheet" not in html.body_html(plan)


def test_another_table_of_an_annex_stays_on_the_page():
    forms = (
        table(("甲", "乙")),
        table(("甲", "乙"), columns=("項目", "分數"), id="b2"),
    )
    plan = document(annexes=(Annex("附件1", "管制表", forms),))

    assert '<p class="annex-title begins-sheet">' not in html.paper_html(plan)


def test_characters_coded_twice_are_printed_by_their_common_code():
    page = html.paper_html(document(Point(1, "\uf965民、辦\uf9e4")))

    assert "便民、辦理" in page


def test_a_text_cut_twice_is_named_on_every_page():
    words = "訂定作業規範並逐年檢討" * 3
    rows = [(words, "短"), *[(None, "短")] * 8]
    page = html.paper_html(document(table(*rows)), {"b9": {"r3", "r6"}})

    assert page.count("（續）") == 2
    assert page.count("訂定作業規範並逐年檢討訂定作業規範並逐年檢討訂…") == 2


def test_month_heads_are_small_and_other_heads_are_broken_evenly():
    full = Cell((Line("說明" * 30),))
    columns = (Column("承辦業務單位"), *map(Column, "甲乙丙丁戊"))
    month = Column("12月", kind=ColumnKind.MONTH)
    row = Row((Cell(), *[full] * 5, Cell()))

    page = html.paper_html(document(Table((*columns, month), (row,))))

    assert '<th scope="col">承辦<br>業務<br>單位</th>' in page
    assert '<th scope="col" class="kind-month">12月</th>' in page
