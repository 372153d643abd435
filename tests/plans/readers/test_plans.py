"""Whole plans of fictional offices, in the shapes and with the faults of real ones."""

import re
from pathlib import Path

import pytest

from plans.documents.cells import marked_rows, write_lines
from plans.documents.model import (
    Block,
    Document,
    NumberingStyle,
    Paragraph,
    Point,
    Table,
    logical_rows,
    tables,
)
from plans.documents.numbering import read_mark
from plans.documents.text import write_text
from plans.readers.outline import without_list_dash
from plans.readers.text import decode, fold, read

from .perturbing import CHANGES, Change, wrapped

PLANS = {
    path.stem: path for path in sorted((Path(__file__).parent / "plans").glob("*.txt"))
}

# Level-1 (or, where there is none, top) points, rows of each table, revision lines.
COUNTS = {
    "boxdrawing": (3, [2], 0),
    "budget": (3, [7], 0),
    "bullets": (3, [2], 0),
    "compare": (0, [3], 0),
    "faults": (6, [], 0),
    "fullwidth": (3, [], 0),
    "html_cells": (3, [3, 2], 1),
    "kpi": (3, [2, 4, 3], 0),
    "law_portal": (4, [], 2),
    "monthgrid": (2, [3, 1], 4),
    "pdfcopy": (4, [], 0),
    "slid": (4, [12], 0),
    "strategy": (12, [6], 1),
    "wordcopy": (4, [3, 1], 0),
    "broken_rows": (4, [3, 2, 3], 0),
    "aligned": (5, [3], 2),
    "citing": (0, [3], 0),
    "labels": (2, [3], 0),
    "odd_marks": (6, [], 0),
    "quoted_cells": (7, [3], 1),
    "school": (7, [4, 3, 8], 0),
    "selfcheck": (3, [4], 0),
    "two_line_head": (4, [4], 0),
}
# Their own lines are broken already, at another place than ours would be.
BROKEN_ALREADY = {"aligned", "pdfcopy", "strategy", "wordcopy"}


def text_of(name: str) -> str:
    return decode(PLANS[name].read_bytes())


def document_of(text: str) -> Document:
    return fold(read(text), {})


def sketch(blocks: tuple[Block, ...]) -> list[object]:
    """Levels and texts without blanks: what must survive every change of dress."""
    return [_sketched(block) for block in blocks]


def _sketched(block: Block) -> object:
    match block:
        case Point():
            own = _tight(f"{block.level} {block.heading}|{block.body}")
            return [own, sketch(block.children)]
        case Paragraph():
            return _tight(block.text)
        case Table():
            return [
                _tight(block.title),
                [_tight(c.group + c.name) for c in block.columns],
                _rows(block),
            ]


def _rows(table: Table) -> list[list[str]]:
    return [
        [
            "^" if c.joined else _tight(write_lines(m))
            for c, m in zip(row.cells, marks, strict=True)
        ]
        for row, marks in zip(
            table.rows, marked_rows(table, NumberingStyle()), strict=True
        )
    ]


def _tight(text: str) -> str:
    return re.sub(r"[ \u3000]", "", text)


@pytest.mark.parametrize("name", PLANS)
def test_chapters_rows_and_revisions_are_counted_as_a_person_counts(name: str) -> None:
    document = document_of(text_of(name))

    chapters = sum(isinstance(block, Point) for block in document.children)
    rows = [logical_rows(table) for table in tables(document)]
    assert (chapters, rows, len(document.revisions)) == COUNTS[name]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", PLANS)
def test_another_dress_is_the_same_plan(name: str, change: Change) -> None:
    if change is wrapped and name in BROKEN_ALREADY:
        pytest.skip("broken twice, no reader can tell the lines from the paragraphs")
    text = text_of(name)

    plain, changed = document_of(text), document_of(change(text))

    assert sketch(changed.children) == sketch(plain.children)
    assert [sketch(a.children) for a in changed.annexes] == [
        sketch(a.children) for a in plain.annexes
    ]
    assert (
        _tight(changed.title),
        changed.office,
        changed.year,
        len(changed.revisions),
    ) == (
        _tight(plain.title),
        plain.office,
        plain.year,
        len(plain.revisions),
    )


@pytest.mark.parametrize("name", PLANS)
def test_every_word_of_the_source_stands_in_the_plan(name: str) -> None:
    text = text_of(name)
    # A revision line keeps its date without the name of the era; a flag tells it.
    written = _han(write_text(document_of(text))) + "中華民國年月日雲坪秘"

    fragments = [
        _han(without_list_dash(fragment.strip())[_mark_length(fragment) :])
        for line in text.splitlines()
        for fragment in re.split(r"[\t|│]|<[^<>]*>| {2,}", line)
    ]
    lost = [
        f
        for f in fragments
        if any(f[i : i + 4] not in written for i in range(len(f) - 3))
    ]
    assert lost == []


def _han(text: str) -> str:
    return "".join(re.findall(r"[\u3400-\u9fff]", text))


def _mark_length(fragment: str) -> int:
    found = read_mark(without_list_dash(fragment.strip()))
    return found.length if found else 0


@pytest.mark.parametrize("name", PLANS)
def test_big5_and_utf_8_give_the_same_plan(name: str) -> None:
    text = text_of(name)

    assert read(decode(text.encode("big5hkscs", "replace"))) == read(
        text.encode("big5hkscs", "replace").decode("big5hkscs")
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("faults", {("skipped-number", 5), ("double-number", 9), ("joined-heading", 11), ("skipped-number", 16), ("skipped-number", 18), ("double-number", 20), ("doubled-words", 3)}),
        ("monthgrid", set()),
        ("slid", {("moved-cells", 14)}),
        ("strategy", set()),
        ("wordcopy", set()),
        ("html_cells", set()),
    ],
)  # fmt: skip
def test_only_what_is_doubtful_is_a_warning(
    name: str, expected: set[tuple[str, int]]
) -> None:
    flags = read(text_of(name)).flags

    assert {(f.code, f.line) for f in flags if f.severity == "warning"} == expected
