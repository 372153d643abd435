"""Putting other words for words at a place of the plan, through the ordinary verbs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from offices.models import User

from .carriers import Fix
from .documents.proofs.finding import Replacement
from .documents.slots import GridRow
from .editing import save_block
from .masthead import save_settings
from .models import Block, Column, Plan
from .tables.columns import save_column
from .tables.sheet import Sheet


class Gone(Exception):
    """The words are not there any more: somebody changed the text meanwhile."""


def rewrite(plan: Plan, fixes: Mapping[str, Sequence[Fix]], *, by: User) -> None:
    """Replace words of blocks, rows and the front ("title"), by place: one new version
    of each with its history.

    What is replaced was found under the plan's lock, so that nothing is overwritten
    that nobody has seen.  Raises Gone.
    """
    rows = {int(key[1:]): own for key, own in fixes.items() if key.startswith("r")}
    for place, own in fixes.items():
        if place == "title":
            _rewrite_settings(plan, own, by)
        elif place.startswith("b"):
            _rewrite_block(plan, int(place[1:]), own, by)
    tables = plan.blocks.filter(rows__in=rows).distinct()
    for table in tables if rows else ():
        _rewrite_rows(table, rows, by)


def rewritten(texts: Mapping[str, str], fixes: Iterable[Fix]) -> dict[str, str]:
    """The texts by field, every replacement done.  Raises Gone."""
    by_field: dict[str, list[Replacement]] = defaultdict(list)
    for field, fix in fixes:
        by_field[field].append(fix)
    return dict(texts) | {
        field: _replaced(texts[field], own) for field, own in by_field.items()
    }


def _rewrite_block(plan: Plan, pk: int, fixes: Sequence[Fix], by: User) -> None:
    block = plan.blocks.get(pk=pk)
    names = ("heading", "body", "label")
    own = [fix for fix in fixes if fix[0] in names]
    if own:
        texts = rewritten({name: getattr(block, name) for name in names}, own)
        save_block(
            block, version=block.version, landscape=block.landscape, by=by, **texts
        )
    for column in block.columns.all():
        heads = [fix for field, fix in fixes if field == f"c{column.pk}"]
        if heads:
            _rewrite_column(column, heads, by)


def _rewrite_column(column: Column, fixes: Iterable[Replacement], by: User) -> None:
    """The upper head and the name are read as one text (「年度目標值 113年」)."""
    heads = {"group": column.group, "name": column.name}
    before = len(column.group) + 1 if column.group else 0
    own = [
        ("group", replace(fix, text=column.group))
        if fix.start < before
        else ("name", replace(fix, text=column.name, start=fix.start - before))
        for fix in fixes
    ]
    texts = rewritten(heads, own)
    save_column(column, version=column.version, by=by, **texts)


def _rewrite_rows(table: Block, fixes: Mapping[int, Sequence[Fix]], by: User) -> None:
    """All rows of one table at once, for it is read as a whole.

    No cell becomes empty, and none is joined otherwise than before.
    """
    sheet = Sheet(table, by)
    sheet.store(
        tuple(
            _with_words(sheet, cells, fixes[row.pk]) if row.pk in fixes else cells
            for row, cells in zip(sheet.rows, sheet.grid, strict=True)
        )
    )


def _with_words(sheet: Sheet, cells: GridRow, fixes: Sequence[Fix]) -> GridRow:
    keys = [f"c{column.pk}" for column in sheet.columns]
    texts = dict(zip(keys, (slot.text for slot in cells), strict=True))
    done = rewritten(texts, fixes)
    return tuple(
        replace(slot, text=done[key]) for key, slot in zip(keys, cells, strict=True)
    )


def _rewrite_settings(plan: Plan, fixes: Sequence[Fix], by: User) -> None:
    names = ("title", "running_head", "cover_date")
    texts = rewritten({name: getattr(plan, name) for name in names}, fixes)
    save_settings(plan, version=plan.version, values=texts, by=by)


def _replaced(stored: str, fixes: Iterable[Replacement]) -> str:
    """``stored`` may have list marks and blank lines that the proved text has not, but
    none of these words: the third there is the third here.  Raises Gone.

    Replacements of one text must not overlap.
    """
    found = _found_again(stored, fixes)
    cuts = sorted(((start, fix) for fix, start in found), key=lambda cut: cut[0])
    pieces, end = [], 0
    for start, fix in cuts:
        if start < end:
            raise Gone
        pieces += [stored[end:start], fix.new]
        end = start + len(fix.old)
    return "".join([*pieces, stored[end:]])


def _found_again(
    stored: str, fixes: Iterable[Replacement]
) -> Iterator[tuple[Replacement, int]]:
    """Where each replacement begins in ``stored``.  Raises Gone."""
    known: dict[str, dict[int, int]] = {}
    for fix in fixes:
        if fix.old not in known:
            here, there = _places(stored, fix.old), _places(fix.text, fix.old)
            if len(here) != len(there):
                raise Gone
            known[fix.old] = dict(zip(there, here, strict=True))
        if fix.start not in known[fix.old]:
            raise Gone
        yield fix, known[fix.old][fix.start]


def _places(text: str, words: str) -> list[int]:
    """Where the words begin in the text."""
    found = []
    at = text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found
