"""Counts of a document."""

from plans.documents.model import (
    Annex,
    Cell,
    Column,
    Document,
    Paragraph,
    Point,
    RevisionLine,
    Row,
    Table,
)
from plans.documents.tally import tally


def table_of(rows):
    return Table((Column("項目"),), (Row((Cell(),)),) * rows)


def test_points_are_counted_by_depth_whatever_their_mark():
    chapter = Point(
        1, "依據", "", (Point(3, "甲", "", (Point(4, "子"),)), Point(3, "乙"))
    )
    document = Document("", 114, "", (chapter, Paragraph("文字"), Point(1, "目標")))

    counts = tally(document)

    assert counts.points == {1: 2, 2: 2, 3: 1}
    assert (counts.chapters, counts.all_points) == (2, 5)


def test_tables_and_annexes_are_counted_in_reading_order():
    annex = Annex("附件1", "", (Point(1, "說明"), table_of(3)))
    document = Document(
        "",
        114,
        "",
        (Point(1, "工作", "", (table_of(2),)),),
        (annex,),
        (RevisionLine(),),
    )

    counts = tally(document)

    assert counts.rows == (2, 3)
    assert counts.points == {1: 1, 2: 1}
    assert (counts.all_rows, counts.annexes, counts.revisions) == (5, 1, 1)
