"""The PDF, read back: pages, fonts, tags, bookmarks, repeated heads, missing glyphs."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from plans.documents import pdf
from plans.documents.fonts import paper_faces
from plans.documents.model import (
    Annex,
    Cell,
    Column,
    Document,
    Line,
    Paragraph,
    Point,
    Row,
    RowKind,
    Table,
    tables,
)
from plans.documents.part import part_of
from tests.bench.documents import month_grid, plan, strategy_table, text
from tests.plans.documents.shapes import every_shape, strategies

pytestmark = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext（poppler-utils）未安裝"
)


@pytest.fixture(scope="module")
def paper():
    return pdf.render(plan(1))


@pytest.fixture(scope="module")
def reader(paper):
    return PdfReader(BytesIO(paper.pdf))


def read(data, *options):
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()


def document(*children, **kwargs):
    return Document("明山鄉公所", 114, "明山鄉公所服務計畫", children, **kwargs)


def joined_rows(count):
    table = strategy_table(iter([f"項目{n}" for n in range(999)]), 1)
    first, *others = table.rows
    label = (first, *[replace(others[-1], id="")] * count)
    return Table(table.columns, label, id="b9")


def test_pages_are_counted_and_numbered(paper, reader):
    assert len(reader.pages) == paper.pages
    second = "".join(reader.pages[1].extract_text().split())
    assert f"第2頁，共{paper.pages}頁" in second


def test_the_cover_carries_no_page_number(reader):
    cover = "".join(reader.pages[0].extract_text().split())

    assert "中華民國114年1月" in cover
    assert "頁" not in cover


def test_the_file_says_what_it_is(reader):
    root = reader.trailer["/Root"]

    assert reader.metadata.title == "明山市政服務中心114年度提升服務品質執行計畫"
    assert root["/Lang"] == "zh-Hant-TW"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_chapters_are_bookmarks(reader):
    titles = [mark.title for mark in reader.outline if not isinstance(mark, list)]

    assert titles == ["壹、計畫目標", "附件1　年度工作時程表"]


def test_fonts_are_inside_and_cut_down(reader):
    for font in fonts(reader):
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert font["/BaseFont"][7] == "+"


def fonts(reader):
    return {
        str(font): font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }.values()


def test_the_annex_lies_across(reader):
    box = reader.pages[-1].mediabox

    assert box.width > box.height


def test_a_table_head_is_repeated_on_every_page():
    paper = pdf.render(document(joined_rows(40)))

    pages = read(paper.pdf).split("\f")[:-1]
    assert len(pages) > 2
    assert all("執行方法" in page for page in pages)


def test_a_joined_cell_is_opened_again_on_the_next_page():
    paper = pdf.render(document(joined_rows(40)))

    first, second, *_ = read(paper.pdf, "-raw").split("\f")
    assert "（續）" not in first
    assert "（續）" in second


def test_a_table_that_fits_a_page_is_laid_out_once():
    page = pdf.render(document(joined_rows(2)))

    assert "（續）" not in read(page.pdf)


def test_characters_that_no_font_has_are_told():
    paper = pdf.render(document(Paragraph("服務\U0010fffd台")))

    assert paper.missing == {"\U0010fffd"}


def test_rare_names_are_printed():
    names = "堃峯喆瑨珵翃犇燊鋆嫺𠊎"

    paper = pdf.render(document(Paragraph(names)))

    assert paper.missing == frozenset()
    assert names in read(paper.pdf)


def test_what_stands_in_the_page_is_read():
    assert pdf.url_fetcher().fetch("data:text/plain,ok").read() == b"ok"


@pytest.mark.parametrize("url", ["file:///etc/hostname", "http://127.0.0.1:9/"])
def test_no_file_and_no_host_is_read(url):
    with pytest.raises(ValueError, match="protocol"):
        pdf.url_fetcher().fetch(url)


def test_every_word_stands_in_the_text_layer():
    table = Table(month_grid(1).columns[:3], ())
    words = Cell((Line("甲項", 4), Line("乙項", 4), Line("細目", 5)))
    row = replace(month_grid(1).rows[0], cells=(text("1"), text("綜合課"), words))
    annex = Annex("附件1", "表", (replace(table, rows=(row,)),))

    printed = read(pdf.render(document(Point(1, "依據"), annexes=(annex,))).pdf, "-raw")

    flat = "".join(printed.split())
    assert "1、甲項2、乙項（1）細目" in flat
    assert "壹、依據" in flat


@pytest.mark.parametrize("passing", range(20, 34))
def test_a_heading_is_never_alone_at_the_foot(passing):
    fill = [Paragraph("一行字") for _ in range(passing)]
    chapter = Point(1, "孤單的標題", children=(joined_rows(3),))

    pages = read(pdf.render(document(*fill, chapter)).pdf, "-raw").split("\f")

    (page,) = [page for page in pages if "孤單的標題" in page]
    assert "項目0" in page


def test_every_shape_prints_every_word():
    document = every_shape()

    printed = "".join(read(pdf.render(document).pdf, "-raw").split())

    for table in tables(document):
        for row in table.rows:
            for cell in row.cells:
                for line in cell.lines:
                    assert line.text[:6] in printed


def test_a_row_of_several_pages_repeats_head_and_label():
    page = pdf.render(document(strategies()))

    pages = read(page.pdf, "-raw").split("\f")[:-1]
    assert len(pages) > 4
    assert all("執行方法" in text for text in pages)
    assert all("縮短等候時間（續）" in "".join(text.split()) for text in pages[1:5])


def test_a_chapter_with_text_may_end_a_page():
    filled = Point(1, "計畫目標", "\n".join(["說明"] * 22))
    chapters = [Point(1, name, "本所全體同仁。") for name in ("對象", "期程")]
    tall = Table((Column("內容"),), (Row((Cell((Line("長。" * 500),)),)),))

    data = pdf.render(document(filled, *chapters, Point(1, "方法", "", (tall,)))).pdf

    assert "對象" in read(data, "-l", "1")


def grouped(count):
    """A table of groups, each a group row and one row below it."""
    columns = (Column("項目"), Column("作法"))
    rows = []
    for n in range(count):
        head = Cell((Line(f"第{n}組標題"),), span=2)
        rows.append(Row((head, Cell()), RowKind.GROUP, f"g{n}"))
        text = Cell((Line(f"第{n}組內容"),))
        rows.append(Row((Cell((Line("說明"),)), text), id=f"r{n}"))
    total = Row((Cell((Line("合計"),)), Cell((Line("一百分"),))), RowKind.TOTAL)
    return Table(columns, (*rows, total), id="b9")


@pytest.mark.parametrize("passing", range(3))
def test_a_group_row_is_never_alone_at_the_foot(passing):
    before = [Paragraph("說明")] * passing

    pages = read(pdf.render(document(*before, grouped(20))).pdf).split("\f")[:-1]

    assert len(pages) > 1
    for n in range(20):
        page = next(page for page in pages if f"第{n}組標題" in page)
        assert f"第{n}組內容" in page


def test_a_total_row_is_never_alone_at_the_top():
    for count in range(8, 18):
        pages = read(pdf.render(document(grouped(count))).pdf).split("\f")[:-1]

        assert f"第{count - 1}組內容" in pages[-1]


def test_a_paragraph_longer_than_a_page_is_printed_whole_under_the_head():
    sentences = [f"第{n}項應逐年檢討改善。" for n in range(400)]
    long = Table(
        (Column("構面", vertical=True), Column("作法")),
        (Row((Cell((Line("服務"),)), Cell((Line("".join(sentences)),)))),),
    )

    paper = read(pdf.render(document(long)).pdf, "-raw")

    pages = paper.split("\f")[:-1]
    text = "".join("".join(paper.replace("作法", "").split()).split("構面"))
    assert all("作法" in page for page in pages[1:])
    assert sum(sentence in text for sentence in sentences) > 390


def test_the_paper_carries_brackets_that_stand_close():
    assert "Paper Brackets" in paper_faces()


def test_the_title_of_an_annex_stands_on_each_of_its_pages():
    annex = Annex("附件1", "年度時程表", (month_grid(40),))
    printed = pdf.render(document(Paragraph("本文"), annexes=(annex,)))

    pages = read(printed.pdf, "-layout").split("\f")[:-1]

    assert len(pages) > 3
    assert "年度時程表" not in pages[0]
    assert all(page.count("年度時程表") == 1 for page in pages[1:])


def test_an_annex_alone_has_no_empty_page():
    annex = Annex("附件1", "年度時程表", (month_grid(2),), id="a1")
    part = part_of(document(Paragraph("本文"), annexes=(annex,)), "a1")
    assert part is not None

    printed = pdf.render(part)

    metadata = PdfReader(BytesIO(printed.pdf)).metadata
    assert printed.pages == 1
    assert metadata is not None
    assert metadata.title == "附件1　年度時程表"
