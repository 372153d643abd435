"""Cells copied from a spreadsheet: lines of texts between tabs."""

from __future__ import annotations

import re

MOST_CHARACTERS = 300_000
MOST_ROWS = 1000

# A cell that holds a line break or a tab is copied in quotes, its own quotes doubled;
# any other cell is copied as it is, even where it begins with a quote.
_QUOTED = re.compile(r'"((?:[^"]|"")*[\n\t](?:[^"]|"")*)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")

Cells = tuple[tuple[str, ...], ...]


class UnfitCells(ValueError):
    """What was pasted cannot be used; the message says why, in Chinese."""


def read_cells(text: str) -> Cells:
    """The texts row by row, short rows filled up; raises UnfitCells."""
    if len(text) > MOST_CHARACTERS:
        raise UnfitCells(
            f"貼上的內容有 {len(text):,} 個字，最多 {MOST_CHARACTERS:,} 個字；請分幾次貼。"
        )
    rows = _rows(text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n"))
    if not any(cell.strip() for row in rows for cell in row):
        raise UnfitCells("請先貼上從試算表複製的內容。")
    if len(rows) > MOST_ROWS:
        raise UnfitCells(
            f"貼上的內容有 {len(rows):,} 列，一次最多 {MOST_ROWS:,} 列；請分幾次貼。"
        )
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def _rows(text: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        quoted = _QUOTED.match(text, at) if text.startswith('"', at) else None
        if quoted:
            rows[-1].append(quoted[1].replace('""', '"'))
            at = quoted.end()
        else:
            plain = _PLAIN.match(text, at)
            rows[-1].append(plain[0] if plain else "")
            at = plain.end() if plain else at
        if at >= len(text):
            return rows
        if text[at] == "\n":
            rows.append([])
        at += 1
