"""Titles and heads that each page prints again."""

from plans.documents.model import tables
from plans.readers.text import fold, read

TITLE = "晴川縣松林鄉公所\n115年度山村服務計畫\n"


def test_a_title_on_two_lines_repeated_inside_a_table_does_not_cut_it() -> None:
    head = "要項\t作法\n"
    reading = read(
        f"{TITLE}壹、要項\n{head}苗圃\t育苗。\n{TITLE}{head}志工\t招募。\n貳、附則\n"
    )
    document = fold(reading, {})
    (table,) = tables(document)

    assert (document.title, len(table.rows)) == (TITLE.strip(), 2)
    assert {f.code: f.line for f in reading.flags}["running-head"] == 6


def test_a_head_above_the_title_with_the_same_words_is_dropped() -> None:
    joined = TITLE.replace("\n", "")

    reading = read(f"{joined}\n{TITLE}壹、目的：服務。\n{joined}\n貳、附則\n")

    assert reading.title == TITLE.strip()
    assert [piece.heading for piece in reading.pieces] == ["目的：服務。", "附則"]


def test_a_title_that_begins_with_its_year_is_no_revision() -> None:
    assert read(f"{TITLE}壹、實施。\n").revisions == ()
