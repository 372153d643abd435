"""Hypothesis strategies: valid Documents of any shape, without ids.

Cells hold what their typed text says, as everything does that comes from a person
or from the database; that is the form in which a Document survives storing.
"""

from hypothesis import strategies as st

from plans.documents.cells import read_lines
from plans.documents.model import (
    Annex,
    Brackets,
    Cell,
    Column,
    ColumnKind,
    Cover,
    DigitMark,
    Document,
    NumberingStyle,
    Paragraph,
    Point,
    RevisionLine,
    Row,
    RowKind,
    Table,
    Tens,
)

WORDS = (
    "服務", "計畫", "訓練", "每月5日前", "65歲以上", "98.4.3", "（如附件1）", "、", "。",
    "ABC", " ", "{{ 7*7 }}", "<b>", "&amp;", "=1+1", "🙂", "𠮷", "’", "%",
)  # fmt: skip
MARKS = (
    "",
    "一、",
    "（一）",
    "(二)",
    "1、",
    "3.",
    "（1）",
    "甲、",
    "·",
    "壹、",
    "１０．",
)

words = st.lists(st.sampled_from(WORDS), max_size=5).map("".join).map(str.strip)
some_words = words.filter(bool)
typed_cells = st.lists(
    st.tuples(st.sampled_from(MARKS), words).map("".join), max_size=4
).map("\n".join)
styles = st.builds(
    NumberingStyle,
    st.sampled_from(Brackets),
    st.sampled_from(Tens),
    st.sampled_from(DigitMark),
)
revisions = st.builds(
    RevisionLine,
    year=st.integers(0, 200),
    month=st.integers(0, 12),
    day=st.integers(0, 31),
    ordinal=st.integers(0, 30),
    verb=st.sampled_from(("修訂", "訂定", "初版")),
    number=words,
    approval=st.sampled_from(("", "核准", "函核備")),
    dotted=st.booleans(),
)
columns = st.builds(
    Column,
    name=words,
    group=words,
    kind=st.sampled_from(ColumnKind),
    width=st.integers(1, 400).map(lambda hundredths: hundredths / 100),
    joins_down=st.booleans(),
    continues=st.booleans(),
    vertical=st.booleans(),
)


@st.composite
def rows(draw, of):
    """A row for the columns ``of``: one cell each, joined or filled or shaded."""
    cells = []
    for column in of:
        if draw(st.integers(0, 4)) == 0:
            cells.append(Cell(joined=True))
            continue
        lines = read_lines(draw(typed_cells), continues=column.continues)
        cells.append(
            Cell(lines, span=draw(st.integers(1, 2)), shaded=draw(st.booleans()))
        )
    return Row(tuple(cells), draw(st.sampled_from(RowKind)))


@st.composite
def tables(draw):
    """A table of 1 to 4 columns, possibly without rows."""
    heads = tuple(draw(st.lists(columns, min_size=1, max_size=4)))
    body = tuple(draw(st.lists(rows(heads), max_size=4)))
    return Table(heads, body, draw(words), draw(words))


@st.composite
def points(draw, above=0):
    """A point deeper than the level ``above``, with whatever may stand under it."""
    level = draw(st.integers(above + 1, 8))
    body = "\n".join(draw(st.lists(some_words, max_size=2)))
    return Point(level, draw(words), body, draw(blocks(level)))


def blocks(above=0):
    """Some siblings below a point of level ``above`` (0: below the root)."""
    leaves = st.builds(Paragraph, some_words) | tables()
    kinds = leaves if above == 8 else st.deferred(lambda: points(above)) | leaves
    return st.lists(kinds, max_size=3 if above < 3 else 1).map(tuple)


annexes = st.builds(
    Annex,
    label=st.sampled_from(("", "附件1", "附表二")),
    title=words,
    children=blocks(),
    landscape=st.booleans(),
)


@st.composite
def documents(draw):
    """A whole plan; its cover, where it has one, carries the plan's title."""
    title = draw(some_words)
    return Document(
        office="明山市政服務中心",
        year=draw(st.integers(1, 999)),
        title=title,
        children=draw(blocks()),
        annexes=draw(st.lists(annexes, max_size=2).map(tuple)),
        revisions=draw(st.lists(revisions, max_size=3).map(tuple)),
        style=draw(styles),
        cover=draw(st.none() | st.builds(Cover, st.just(title), words)),
        running_head=draw(words),
        body_size=draw(st.sampled_from((10.0, 12.5, 16.0, 24.0))),
    )
