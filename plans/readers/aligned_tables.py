"""Tables whose columns are kept apart by blanks, seen by where their cells begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from plans.documents.numbering import read_mark

from .cell_text import HARD_BREAK
from .lines import SourceLine, width

_CELL = re.compile(r"\S+(?:[ \u3000]\S+)*")
FEWEST_COLUMNS, FEWEST_ROWS = 3, 2
OFF_BY = 1.0
# Printed places, or places counted in characters as some programs set them.
_MEASURES: tuple[Callable[[str], float], ...] = (width, len)


def aligned_rows(
    lines: Sequence[SourceLine], start: int
) -> tuple[int, list[SourceLine]]:
    """The end of the table that begins at ``start``, and its rows with tabs.

    A line with one cell, not below the first head, goes on in the row above.
    """
    found = [_rows(lines, start, measure) for measure in _MEASURES]
    return max(found, key=lambda end_and_rows: end_and_rows[0])


def _rows(
    lines: Sequence[SourceLine], start: int, measure: Callable[[str], float]
) -> tuple[int, list[SourceLine]]:
    columns = [place for place, _ in _cells(lines[start], measure)]
    if len(columns) < FEWEST_COLUMNS:
        return start, []
    rows: list[list[str]] = []
    heads: list[SourceLine] = []
    end = start
    for line in lines[start:]:
        cells = _placed(line, columns, measure)
        if (
            (line.gap and rows)
            or not cells
            or (len(cells) == 1 and (0 in cells or not rows))
        ):
            break
        end += 1
        if len(cells) == 1:
            _go_on(rows[-1], cells)
            continue
        rows.append([cells.get(c, "") for c in range(len(columns))])
        heads.append(line)
    if len(rows) <= FEWEST_ROWS:
        return start, []
    pairs = zip(heads, rows, strict=True)
    return end, [replace(line, text="\t".join(row)) for line, row in pairs]


def _cells(
    line: SourceLine, measure: Callable[[str], float]
) -> list[tuple[float, str]]:
    if "\t" in line.text:
        return []
    found = _CELL.finditer(line.text)
    return [(measure(line.text[: cell.start()]), cell[0]) for cell in found]


def _placed(
    line: SourceLine, columns: Sequence[float], measure: Callable[[str], float]
) -> dict[int, str]:
    """The cells by column; none where one stands below no head."""
    placed: dict[int, str] = {}
    for place, text in _cells(line, measure):
        near = [i for i, c in enumerate(columns) if abs(place - c) <= OFF_BY]
        if not near or near[0] in placed:
            return {}
        placed[near[0]] = text
    return placed


def _go_on(row: list[str], cells: dict[int, str]) -> None:
    for column, text in cells.items():
        glue = HARD_BREAK if read_mark(text) or not row[column] else ""
        row[column] = (row[column] + glue + text).strip(HARD_BREAK)
