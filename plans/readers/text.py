"""Plain text of a plan → Reading: the front door of the text reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plans.documents.numbering import read_mark

from .decoding import LARGEST_FILE, Unreadable, decode
from .drawn_tables import with_tabs
from .folding import fold
from .lines import SourceLine, drop_lines, source_lines, wrap_of
from .opening import Opening, read_opening
from .other_marks import other_mark_flags
from .outline import (
    Draft,
    Outline,
    doubled_flags,
    numbering_flags,
    read_annex,
    without_list_dash,
)
from .quoted_cells import without_quotes
from .reading import Flag, Piece, PieceKind, Reading, Severity
from .regions import Grid, is_table_line, split_regions
from .running_heads import without_repeated_titles
from .styles import style_of
from .tables import read_tables

__all__ = [
    "LARGEST_FILE",
    "Flag",
    "Piece",
    "PieceKind",
    "Reading",
    "Severity",
    "Unreadable",
    "decode",
    "fold",
    "read",
]

MOST_OPENING_LINES = 60


def read(text: str) -> Reading:
    """Everything found in the text of a plan; never raises, drops nothing silently."""
    typed, flags = source_lines(text)
    lines, repeated = without_repeated_annexes(with_tabs(without_quotes(typed)))
    flags += repeated
    start = _first_content(lines)
    wrap = wrap_of(lines)
    opening = read_opening([_untabbed(line) for line in lines[:start]], wrap)
    body, again = without_repeated_titles(
        lines[start:], opening.title, opening.running_head
    )
    flags += again
    outline = Outline(wrap)
    marks: list[str] = []
    for line in opening.rest:
        outline.add(line)
    for region in split_regions(body):
        if isinstance(region, Grid):
            marks += _add_tables(outline, region)
        else:
            outline.add(region)
    return _reading(opening, outline, flags, marks)


def without_repeated_annexes(
    lines: Sequence[SourceLine],
) -> tuple[list[SourceLine], list[Flag]]:
    """An annex's title that is printed again before each table or page counts once."""
    met: set[str] = set()
    again: set[int] = set()
    for index, line in enumerate(lines):
        annex = None if "\t" in line.text else read_annex(line.bare)
        if annex and annex[1] and line.bare in met:
            again.add(index)
        elif annex:
            met.add(line.bare)
    flags = [_repeated_annex(lines[index]) for index in sorted(again)]
    return drop_lines(lines, again), flags


def _repeated_annex(line: SourceLine) -> Flag:
    message = f"已略去重複的「{line.bare[:30]}」。"
    return Flag("repeated-annex", message, line.number, severity=Severity.INFO)


def _add_tables(outline: Outline, grid: Grid) -> list[str]:
    """Add the tables of a grid; returns the marks typed in their cells."""
    marks: list[str] = []
    for found in read_tables(grid):
        caption = outline.pop_caption()
        table = replace(found.table, title=found.table.title or caption)
        draft = outline.add_table(table, found.first_line, found.last_line)
        outline.flags += [(flag, draft) for flag in found.flags]
        marks += found.marks
    return marks


def _untabbed(line: SourceLine) -> SourceLine:
    plain = line.text.replace("\t", " ").strip()
    return replace(line, text=without_list_dash(plain))


def _first_content(lines: Sequence[SourceLine]) -> int:
    """Index of the first point, table or annex."""
    for index, line in enumerate(lines[:MOST_OPENING_LINES]):
        text = without_list_dash(line.bare)
        if is_table_line(line.text) or read_mark(text) or read_annex(text):
            return index
    return min(len(lines), MOST_OPENING_LINES)


def _reading(
    opening: Opening, outline: Outline, flags: list[Flag], marks: list[str]
) -> Reading:
    drafts = outline.drafts
    pieces = tuple(draft.finished(f"k{n}") for n, draft in enumerate(drafts, 1))
    keys = {id(draft): piece.key for draft, piece in zip(drafts, pieces, strict=True)}
    style, mixed = style_of([*(piece.mark for piece in pieces), *marks])
    found = [*outline.flags, *numbering_flags(drafts), *doubled_flags(drafts)]
    return Reading(
        title=opening.title,
        office=opening.office,
        year=opening.year,
        pieces=pieces,
        flags=(
            *_opening_flags(opening, drafts),
            *flags,
            *sorted((_keyed(flag, keys[id(d)]) for flag, d in found), key=_line),
            *other_mark_flags(pieces),
            *mixed,
        ),
        revisions=opening.revisions,
        cover=opening.cover,
        running_head=opening.running_head,
        style=style,
    )


def _keyed(flag: Flag, key: str) -> Flag:
    return Flag(flag.code, flag.message, flag.line, key, flag.severity)


def _line(flag: Flag) -> int:
    return flag.line


def _opening_flags(opening: Opening, drafts: Sequence[Draft]) -> list[Flag]:
    flags = []
    if not opening.title:
        flags.append(Flag("no-title", "找不到計畫名稱，請自行填寫。", opening.line))
    if not opening.office:
        flags.append(
            Flag("no-office", "計畫名稱中找不到機關名稱，請確認。", opening.line)
        )
    if not opening.year:
        flags.append(Flag("no-year", "找不到計畫年度，請自行填寫。", opening.line))
    if opening.era_line:
        message = "歷次修訂日期前的「中華民國」已略去，只保留年月日。"
        flags.append(Flag("era-name", message, opening.era_line, "", Severity.INFO))
    if not any(draft.kind in {PieceKind.POINT, PieceKind.TABLE} for draft in drafts):
        message = "整份文字沒有「壹、」「一、」等編號，已全部列為段落。"
        flags.append(Flag("no-numbering", message))
    return flags
