"""Tables drawn with bars, boxes or blanks → the same lines with tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plans.documents.numbering import read_mark

from .aligned_tables import aligned_rows
from .cell_text import HARD_BREAK
from .lines import SourceLine

_BAR = re.compile(r"[│┃║｜|]")
_BORDER = re.compile(
    r"(?=.*[-─━═]{2})[\s+|｜│┃║:\-─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╭╮╰╯┏┳┓┣╋┫┗┻┛]+"
)
_PART_BORDER = re.compile(r"[├┣╠+][-─━═]{2,}")
_COLUMNS = re.compile(r"(?:[ ]{2,}|　{2,}|[ 　]{3,})")
LONGEST_CELL = 80


def with_tabs(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Tables drawn with bars, boxes or blanks, rewritten with tabs."""
    result: list[SourceLine] = []
    index = 0
    while index < len(lines):
        end = _drawn_end(lines, index)
        if end > index + 1:
            result.extend(_drawn_rows(lines[index:end]))
        elif (aligned := aligned_rows(lines, index))[1]:
            end = aligned[0]
            result.extend(aligned[1])
        elif (end := _spaced_end(lines, index)) > index:
            result.extend(
                replace(line, text="\t".join(_COLUMNS.split(line.bare)))
                for line in lines[index:end]
            )
        else:
            end = index + 1
            result.append(lines[index])
        index = end
    return result


def _drawn_end(lines: Sequence[SourceLine], start: int) -> int:
    end = start
    while end < len(lines) and _is_drawn(lines[end].text):
        end += 1
    return end


def _is_drawn(text: str) -> bool:
    if "\t" in text:
        return False
    bare = text.strip()
    return bool(_BORDER.fullmatch(bare)) or (
        bool(_BAR.match(bare)) and len(_BAR.findall(bare)) >= 2
    )


def _drawn_rows(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    borders = [bool(_BORDER.fullmatch(line.bare)) for line in lines]
    boxed = sum(borders) >= 3
    open_row: SourceLine | None = None
    for line, border in zip(lines, borders, strict=True):
        if border or (boxed and _PART_BORDER.search(line.bare)):
            if open_row:
                yield open_row
            open_row = None
            continue
        inner = line.bare[1:-1] if _BAR.match(line.bare[-1]) else line.bare[1:]
        row = replace(line, text=_BAR.sub("\t", inner))
        if boxed and open_row:
            open_row = replace(open_row, text=_stacked(open_row.text, row.text))
        elif boxed:
            open_row = row
        else:
            yield row
    if open_row:
        yield open_row


def _stacked(above: str, below: str) -> str:
    """Two printed lines of one drawn row: cell below cell."""
    upper, lower = above.split("\t"), below.split("\t")
    size = max(len(upper), len(lower))
    pairs = zip(_sized(upper, size), _sized(lower, size), strict=True)
    return "\t".join(_stack(a.strip(), b.strip()) for a, b in pairs)


def _stack(above: str, below: str) -> str:
    if not (above and below):
        return above or below
    return above + (HARD_BREAK if read_mark(below) else "") + below


def _spaced_end(lines: Sequence[SourceLine], start: int) -> int:
    """The end of lines that all stand in the same three or more columns of blanks."""
    count = _spaced_cells(lines[start])
    end = start
    while end < len(lines) and count >= 3 and _spaced_cells(lines[end]) == count:
        end += 1
    return end if end >= start + 3 else start


def _spaced_cells(line: SourceLine) -> int:
    if "\t" in line.text or len(line.bare) > LONGEST_CELL * 3:
        return 0
    cells = _COLUMNS.split(line.bare)
    return len(cells) if len(line.bare) >= 3 * len(cells) else 0


def _sized(cells: list[str], size: int) -> list[str]:
    return cells + [""] * (size - len(cells))
