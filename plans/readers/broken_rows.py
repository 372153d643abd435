"""Rows whose cells were typed on several lines: where such a row ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plans.documents.numbering import FORMAL, read_mark

from .heads import comparable, looks_like_head
from .lines import SourceLine
from .other_marks import is_labelled

SHORT_HEAD = 14
LONGEST_ROW = 40


@dataclass(slots=True)
class GridRow:
    """A row as typed: ``cells`` hold their lines apart by line feeds."""

    cells: list[str]
    line: int
    last_line: int
    page: bool = False
    gap: bool = False


def widest_row(lines: Sequence[SourceLine], start: int) -> int:
    """How many cells the head has where it was typed on two lines; 0: on one.

    The two lines together hold as many tabs as the widest row below them.
    """
    if start + 2 >= len(lines) or lines[start + 1].gap:
        return 0
    first, second = lines[start].text, lines[start + 1].text
    together = first.count("\t") + second.count("\t")
    if second.startswith("\t") or not (first.count("\t") and second.count("\t")):
        return 0
    below = []
    for line in lines[start + 2 : start + 2 + LONGEST_ROW]:
        if line.gap:
            break
        below.append(line.text.count("\t"))
    names = (*first.split("\t"), *second.split("\t"))
    return (
        together + 1
        if looks_like_head(names) and max(below, default=0) == together
        else 0
    )


def goes_on_until(
    lines: Sequence[SourceLine], index: int, rows: Sequence[GridRow], size: int
) -> int:
    """Where the open row ends whose cells were typed on several lines; 0: here."""
    if not rows or lines[index].gap:
        return 0
    cells = rows[-1].cells
    missing = size - len(cells)
    if missing > 0 and len(rows) == 1:
        return index + 1 if widest_row(lines, index - 1) == size else 0
    if missing <= 0:
        return _last_cell_until(lines, index, rows)
    for end in range(index, min(index + LONGEST_ROW, len(lines))):
        line = lines[end]
        if line.gap:
            return 0
        tabs = line.text.count("\t")
        if tabs:
            fits = tabs <= missing and not line.text.startswith("\t")
            return end + 1 if fits and (end > index or _counts_on(cells, line)) else 0
    return 0


def _counts_on(cells: Sequence[str], line: SourceLine) -> bool:
    """Whether a line goes on in the list of the last cell: 1. is followed by 2."""
    above = [read_mark(text.strip()) for text in cells[-1].split("\n")]
    last = next((mark for mark in reversed(above) if mark), None)
    found = read_mark(line.bare)
    return bool(
        last and found and (found.level, found.number) == (last.level, last.number + 1)
    )


def _last_cell_until(
    lines: Sequence[SourceLine], index: int, rows: Sequence[GridRow]
) -> int:
    """Where the lines end that belong to the last cell of a row that is full."""
    if "\t" in lines[index].text or len(rows) < 2:
        return 0
    cells = rows[-1].cells
    if is_labelled(cells[-1].rpartition("\n")[2]) and is_labelled(lines[index].bare):
        return index + 1
    below = _next_row(lines, index)
    if _counts_on(cells, lines[index]):
        return index + 1 if below or not _counts_outside(lines, index) else 0
    if not below or not cells[-1].strip():
        return 0
    same_row = below.text.count("\t") == len(cells) - 1
    new_table = comparable(below.text.split("\t")) == comparable(rows[0].cells)
    return index + 1 if same_row and not new_table and _is_rest(lines[index]) else 0


def _is_rest(line: SourceLine) -> bool:
    """Whether a line names no item, caption or chapter of its own."""
    return not read_mark(line.bare) and not line.bare.endswith(("表", "：", "）", ")"))


def _next_row(lines: Sequence[SourceLine], index: int) -> SourceLine | None:
    """The next row below, with nothing between but lines without chapter or blank."""
    for line in lines[index : index + LONGEST_ROW]:
        if line.gap:
            return None
        if "\t" in line.text:
            return line
        found = read_mark(line.bare)
        if found and found.level == FORMAL:
            return None
    return None


def _counts_outside(lines: Sequence[SourceLine], index: int) -> bool:
    """Whether the text before the table counts on to this line as well."""
    found = read_mark(lines[index].bare)
    for line in reversed(lines[:index]):
        above = read_mark(line.bare) if "\t" not in line.text else None
        if found and above and above.level <= found.level:
            return above.level == found.level and above.number == found.number - 1
    return False


def is_group(lines: Sequence[SourceLine], index: int, rows: Sequence[GridRow]) -> bool:
    """Whether a short line names a group of rows: 「人事費」 in a table of money.

    The first stands directly below the head, the others below a row whose last
    cell is empty or an amount.
    """
    line = lines[index]
    if "\t" in line.text or line.gap or len(line.bare) > SHORT_HEAD or not rows:
        return False
    below = lines[index + 1] if index + 1 < len(lines) else None
    size = len(rows[-1].cells)
    if (
        not below
        or (below.gap and not below.page)
        or below.text.count("\t") != size - 1
        or size < 3
    ):
        return False
    if not _is_rest(line):
        return False
    if len(rows) == 1:
        return looks_like_head(rows[0].cells)
    grouped = sum(1 for c in rows[1].cells if c.strip()) == 1 and rows[1].cells[0]
    return bool(grouped) and not any(c.isalpha() for c in rows[-1].cells[-1])
