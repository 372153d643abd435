"""Where missing characters stand."""

from plans.documents.missing import places
from plans.documents.model import (
    Annex,
    Cell,
    Column,
    Cover,
    Document,
    Line,
    Paragraph,
    Point,
    Row,
    Table,
)

GONE = "\U0010fffd"


def parts(document):
    return [place.part for place in places(document, {GONE})]


def test_every_part_of_the_paper_is_searched():
    table = Table((Column(GONE),), (Row((Cell((Line("好"), Line(GONE))),)),), note=GONE)
    document = Document(
        GONE,
        114,
        GONE,
        (Point(1, "好", GONE, (Point(2, GONE, id="b2"), table), id="b1"),),
        (Annex("附件1", GONE, (Paragraph(GONE),), id="b7"),),
        cover=Cover(GONE),
        running_head=GONE,
    )

    assert parts(document) == [
        "計畫名稱", "機關全銜", "頁首文字", "封面", "壹", "壹、一",
        "壹、一的表格", "壹、一的表格欄名", "壹、一的表格第1列", "附件1", "附件1",
    ]  # fmt: skip


def test_a_place_shows_the_words_around():
    (place,) = places(Document("", 114, f"明山鄉公所{GONE}年度計畫"), {GONE})

    assert (place.code, place.words) == ("U+10FFFD", f"明山鄉公所{GONE}年度計畫")


def test_a_long_list_ends():
    assert len(places(Document("", 114, GONE * 200), {GONE})) == 50


def test_nothing_missing_is_nothing_to_tell():
    assert places(Document("", 114, "計畫"), set()) == []
