"""A person's choices about single pieces, on the way to the Document."""

from plans.documents.model import Annex, Column, Paragraph, Point, Table
from plans.readers.folding import fold
from plans.readers.reading import Piece, PieceKind, Reading


def reading(*pieces):
    return Reading(pieces=pieces)


CHAPTER = Piece("k1", PieceKind.POINT, 1, "壹、", 1, heading="依據")
POINT = Piece(
    "k2", PieceKind.POINT, 2, "一、", 1, heading="標題", body="內文一\n內文二"
)
TEXT = Piece("k3", PieceKind.PARAGRAPH, heading="第一行\n第二行")
TABLE = Piece("k4", PieceKind.TABLE, table=Table((Column("項目"),), ()))


def test_a_point_becomes_an_annex_that_keeps_its_body_and_what_follows():
    chosen = {"k2": {"kind": "annex"}}

    document = fold(reading(CHAPTER, POINT, TABLE), chosen)

    body = Paragraph("內文一\n內文二")
    table = Table((Column("項目"),), (), id="k4")
    assert document.children == (Point(1, "依據", id="k1"),)
    assert document.annexes == (Annex("", "標題", (body, table), False, "k2"),)


def test_a_paragraph_becomes_a_point_with_its_first_line_as_heading():
    document = fold(reading(TEXT), {"k3": {"kind": "point", "level": 3}})

    assert document.children == (Point(3, "第一行", "第二行", id="k3"),)


def test_a_table_cannot_become_an_annex():
    document = fold(reading(TABLE), {"k4": {"kind": "annex"}})

    assert document.annexes == ()
    assert len(document.children) == 1


def test_accepting_changes_nothing():
    pieces = reading(CHAPTER, POINT, TEXT, TABLE)

    accepted = fold(pieces, {p.key: {"accept": True} for p in pieces.pieces})

    assert accepted == fold(pieces, {})
