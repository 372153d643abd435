"""Small documents under proof, and what is found in them."""

from plans.documents.model import (
    Cell,
    Column,
    ColumnKind,
    Document,
    Line,
    Point,
    Row,
    RowKind,
    Table,
)
from plans.documents.proofs.finding import Part
from plans.documents.proofs.galley import Passage
from plans.documents.proofs.proof import findings, text_findings

PART = Part("b1", "壹、目標")


def words_in(text, year=114, heading="目標"):
    """(check, found words) of a single text."""
    passage = Passage("b1", "body", text, "壹", PART, heading)
    return [(one.check, one.found) for one in text_findings([passage], year)]


def plan_of(*children, year=114, **rest):
    """A plan of these blocks."""
    rest.setdefault("title", f"{year}年度服務計畫")
    return Document("明山市青溪區公所", year, children=children, **rest)


def codes(document, **kwargs):
    """The checks that found something, in reading order."""
    return [one.check for one in findings(document, **kwargs)]


def chapter(heading, *children, key="b1", body="", level=1):
    return Point(level, heading, body, children, key)


def grid(columns, *rows, key="b9", **rest):
    """A table: columns are (name, kind), cells texts, None for a joined one."""
    heads = tuple(
        Column(name, kind=kind, id=f"c{n}") for n, (name, kind) in enumerate(columns)
    )
    lines = tuple(row_of(row, f"r{n}") for n, row in enumerate(rows))
    return Table(heads, lines, id=key, **rest)


def row_of(texts, key, kind=RowKind.DATA):
    """A row; texts may be of several lines, each without a mark."""
    if isinstance(texts, Row):
        return texts
    return Row(tuple(map(cell_of, texts)), kind, key)


def cell_of(text):
    if text is None:
        return Cell(joined=True)
    return Cell(tuple(Line(line) for line in text.splitlines()))


def total_row(*texts, key="r99"):
    return row_of(texts, key, RowKind.TOTAL)


TEXT, POINTS, WEIGHT = ColumnKind.TEXT, ColumnKind.POINTS, ColumnKind.WEIGHT
