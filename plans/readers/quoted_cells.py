"""Cells that a spreadsheet put in quotation marks (RFC 4180), with breaks inside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .cell_text import HARD_BREAK
from .lines import SourceLine

_OPENS = re.compile(r'(?:^[ \u3000]*|\t)"')
_CELL = re.compile(r'"((?:[^"]|"")*)"|([^\t"][^\t]*)|')
LONGEST_RECORD = 200


def without_quotes(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Rows whose quoted cells go over several lines become one line each."""
    result: list[SourceLine] = []
    index = 0
    while index < len(lines):
        end, cells = _record(lines, index)
        if cells:
            result.append(replace(lines[index], text="\t".join(cells)))
        else:
            end = index + 1
            result.append(lines[index])
        index = end
    return result


def _record(lines: Sequence[SourceLine], start: int) -> tuple[int, list[str]]:
    """Where the record ends that begins here, and its cells; none: no such record."""
    if not _OPENS.search(lines[start].text):
        return start, []
    text = ""
    for end in range(start, min(start + LONGEST_RECORD, len(lines))):
        text += (
            "\n" + lines[end].text if end > start else lines[end].text.lstrip(" \u3000")
        )
        if text.count('"') % 2 == 0:
            cells = _cells(text) if "\t" in text else None
            if cells:
                return end + 1, cells
    return start, []


def _cells(record: str) -> list[str] | None:
    """The cells of a whole record without their quotes; None where it is none."""
    cells: list[str] = []
    place = 0
    while True:
        found = _CELL.match(record, place)
        if found is None or (found[2] and "\n" in found[2]):
            return None
        quoted = (found[1] or "").replace('""', '"').replace("\t", " ")
        cells.append(found[2] or quoted.strip().replace("\n", HARD_BREAK))
        place = found.end()
        if place == len(record):
            return cells
        if record[place] != "\t":
            return None
        place += 1
