"""Cells as spreadsheets put them on the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.documents.pasted import (
    MOST_CHARACTERS,
    MOST_ROWS,
    UnfitCells,
    read_cells,
)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", (("甲", "乙"), ("丙", "丁"))),
        ("甲\n乙\t丙", (("甲", ""), ("乙", "丙"))),
        ('"一\n二"\t乙', (("一\n二", "乙"),)),
        ('"他說""好""\n就這樣"', (('他說"好"\n就這樣',),)),
        ('"引號"開頭\t乙', (('"引號"開頭', "乙"),)),
        ('"沒有關上\t乙', (('"沒有關上', "乙"),)),
        ("\t\t丙", (("", "", "丙"),)),
        ("單格", (("單格",),)),
    ],
)
def test_cells_are_read_as_they_were_copied(text, cells):
    assert read_cells(text) == cells


@pytest.mark.parametrize("text", ["", "\n\n", "\t\t\n\t", "  "])
def test_nothing_pasted_is_said(text):
    with pytest.raises(UnfitCells, match="請先貼上"):
        read_cells(text)


def test_too_many_rows_are_refused():
    with pytest.raises(UnfitCells, match="10,000 列"):
        read_cells("甲\n" * 10_000)


def test_too_much_text_is_refused():
    with pytest.raises(UnfitCells, match="請分幾次貼"):
        read_cells("字" * (MOST_CHARACTERS + 1))


cell_texts = st.text(st.sampled_from('甲乙"\n\t 1'), min_size=1, max_size=8).map(
    lambda text: "字" + text.strip() + "字"
)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.tuples(*[cell_texts] * width), min_size=1, max_size=MOST_ROWS // 100
        )
    )
)
def test_what_a_spreadsheet_writes_is_read_back(rows):
    copied = "\r\n".join("\t".join(map(on_clipboard, row)) for row in rows)

    assert read_cells(copied) == tuple(rows)


def on_clipboard(text):
    """A cell as Excel copies it."""
    if "\n" in text or "\t" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
