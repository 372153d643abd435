"""What is written as text and read again is the same plan."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.documents.cells import read_lines
from plans.documents.model import (
    Annex,
    Block,
    Brackets,
    Cell,
    Column,
    DigitMark,
    Document,
    NumberingStyle,
    Point,
    RevisionLine,
    Row,
    Table,
)
from plans.documents.text import write_text
from plans.readers.text import fold, read

WORDS = (
    "櫃檯",
    "志工",
    "每月5日前",
    "65歲以上",
    "檢討",
    "Wi-Fi",
    "（如附件1）",
    "、",
    "，",
)

FIRST = ("櫃檯", "志工", "檢討", "Wi-Fi", "（如附件1）")

sentences = st.builds(
    lambda first, others: (first + "".join(others)).rstrip("、，") + "。",
    st.sampled_from(FIRST),
    st.lists(st.sampled_from(WORDS), max_size=20),
)
styles = st.builds(
    NumberingStyle,
    brackets=st.sampled_from(Brackets),
    digit_mark=st.sampled_from(DigitMark),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    size = draw(st.integers(2, 4))
    columns = tuple(Column(f"欄目{letter}") for letter in "甲乙丙丁"[:size])
    cells = st.lists(sentences, min_size=1, max_size=3).map(
        lambda items: "\n".join(
            f"{n}、{text}" if len(items) > 1 else text
            for n, text in enumerate(items, 1)
        )
    )
    rows = draw(
        st.lists(st.lists(cells, min_size=size, max_size=size), min_size=1, max_size=4)
    )
    return Table(
        columns,
        tuple(Row(tuple(Cell(read_lines(text)) for text in row)) for row in rows),
    )


@st.composite
def points(draw: st.DrawFn, level: int = 1) -> Point:
    children: list[Block] = []
    if level < 7 and draw(st.booleans()):
        child = draw(st.integers(level + 1, 7))
        children += draw(st.lists(points(child), max_size=3))
    elif draw(st.booleans()):
        children.append(draw(tables()))
    body = "\n".join(draw(st.lists(sentences, max_size=2)))
    return Point(level, draw(sentences), body, tuple(children))


documents = st.builds(
    Document,
    office=st.just("晴川縣松林鄉公所"),
    year=st.just(115),
    title=st.just("晴川縣松林鄉公所115年度山村服務計畫"),
    children=st.lists(points(), min_size=1, max_size=4).map(tuple),
    annexes=st.one_of(
        st.just(()),
        st.builds(
            Annex, st.just("附件1"), st.just("進度表"), tables().map(lambda t: (t,))
        ).map(lambda annex: (annex,)),
    ),
    revisions=st.lists(
        st.builds(
            RevisionLine,
            st.integers(60, 130),
            st.integers(1, 12),
            st.integers(1, 28),
            st.integers(1, 30),
            st.sampled_from(("修訂", "修正")),
            st.sampled_from(("", "晴鄉秘字第1140001234號")),
            st.just(""),
            st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    style=styles,
)


def tree(blocks: tuple[Block, ...]) -> list[object]:
    """The structure and texts of blocks, without what is guessed from content."""
    return [
        (block.level, block.heading, block.body, tree(block.children))
        if isinstance(block, Point)
        else [
            [column.name for column in block.columns],
            [[cell.lines for cell in row.cells] for row in block.rows],
        ]
        if isinstance(block, Table)
        else block.text
        for block in blocks
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_reading_what_was_written_gives_the_same_plan(document: Document) -> None:
    reading = read(write_text(document))
    again = fold(reading, {})

    assert (again.title, again.office, again.year) == (
        document.title,
        document.office,
        document.year,
    )
    assert again.revisions == document.revisions
    assert tree(again.children) == tree(document.children)
    assert [(a.label, a.title, tree(a.children)) for a in again.annexes] == [
        (a.label, a.title, tree(a.children)) for a in document.annexes
    ]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_writing_what_was_read_gives_the_same_text(document: Document) -> None:
    style = NumberingStyle()
    text = write_text(replace(document, style=style))

    assert write_text(replace(fold(read(text), {}), style=style)) == text
