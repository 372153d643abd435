"""Canonical JSON."""

import pytest

from plans.documents.canonical import digest, from_json, to_json
from plans.documents.model import (
    Annex,
    Cell,
    Column,
    ColumnKind,
    Cover,
    Document,
    Line,
    NumberingStyle,
    Paragraph,
    Point,
    RevisionLine,
    Row,
    RowKind,
    Table,
    Tens,
)


def rich_document():
    table = Table(
        (Column("月", "114年", ColumnKind.MONTH, 0.5, id="c1"), Column("說明")),
        (
            Row((Cell(shaded=True), Cell((Line("驗收", 4, 2),))), RowKind.LEAD, "r1"),
            Row((Cell((Line("計"),), span=2), Cell()), RowKind.TOTAL),
        ),
        "表",
        "單位：件",
    )
    return Document(
        "晨光鎮公所",
        114,
        "晨光鎮公所\n114年度計畫",
        (Point(1, "依據", "內文", (Point(2, "細目"), table)), Paragraph("附則")),
        (Annex("附件1", "管制表", (table,)),),
        (RevisionLine(114, 1, 2, 3, "修正", "晨秘字第1140000001號", "核定", True),),
        NumberingStyle(tens=Tens.LONG),
        Cover("計畫", "中華民國114年1月"),
        "晨光鎮公所編印",
        14.0,
    )


def test_document_is_read_back():
    document = rich_document()

    assert from_json(to_json(document)) == document


def test_bytes_are_stable():
    assert to_json(rich_document()) == to_json(rich_document())
    assert len(digest(rich_document())) == 64


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"type":"Line","text":"x"}', b'{"type":"Document"}']
)
def test_other_json_is_refused(data):
    with pytest.raises(ValueError):  # noqa: PT011  # json has its own words
        from_json(data)
