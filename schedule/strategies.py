"""The points and table rows of a plan that items can carry out, in the paper's order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plans.documents.headings import one_line
from plans.documents.model import (
    Annex,
    Block,
    Cell,
    ColumnKind,
    Document,
    Point,
    Row,
    RowKind,
    Table,
)
from plans.documents.outline import point_numbers, resolve

from .timetable.columns import control_columns

BLANK = "（空白）"
# Chapters that say why and for whom; nobody carries them out.
_BACKGROUND = re.compile(
    r"(?:依據|緣起|目的|目標|宗旨|願景|對象|範圍|期程|期間|附則)$|獎懲|^經費|經費來源"
)
_OF_THE_PLAN = re.compile(r"b\d+")
_REMARK = re.compile(r"^[※＊*]?\s*(?:註|附註|備註|說明|圖例)\s*\d*\s*[:：]")


@dataclass(frozen=True, slots=True)
class Line:
    """A point (b12) or a table row (r5).

    ``within`` names the points around it, the chapter first; ``under`` are the words
    that stand above a row: the table's caption, the name of its group, first cells.
    Only a leaf is a strategy of its own: what stands below a point says more exactly
    what to do.
    """

    key: str
    words: str
    number: str = ""
    within: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    is_leaf: bool = True

    @property
    def depth(self) -> int:
        return len(self.within)

    @property
    def name(self) -> str:
        """「肆、一　簡化流程」"""
        return f"{self.number}　{self.words}" if self.number else self.words


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, an annex or a table outside of both; its own point is its first line."""

    key: str
    number: str
    words: str
    lines: tuple[Line, ...]

    @property
    def is_background(self) -> bool:
        """Whether its heading says why or for whom, and not what to do."""
        return bool(_BACKGROUND.search(self.words.partition("：")[0].strip()))


def chapters_of(document: Document) -> tuple[Chapter, ...]:
    """The chapters that hold any point or row.

    Control tables are left out: their rows are the items themselves.
    """
    numbers = point_numbers(document)
    found = [_chapter(block, numbers) for block in document.children]
    found += [_annex(annex, numbers) for annex in document.annexes]
    return tuple(one for one in found if one.lines)


def lines_by_key(chapters: Sequence[Chapter]) -> dict[str, Line]:
    """Every line that an item can be linked to."""
    return {line.key: line for one in chapters for line in one.lines}


def fresh_heads(before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Those of the heads ``now`` that have to be told anew after those ``before``."""
    same = 0
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    return tuple(now[same:])


def _chapter(block: Block, numbers: Mapping[str, str]) -> Chapter:
    lines = tuple(_lines(block, (), numbers))
    if isinstance(block, Point):
        return Chapter(block.id, lines[0].number, lines[0].words, lines)
    title = block.title if isinstance(block, Table) else ""
    return Chapter(block.id, "", one_line(title) or "表格", lines)


def _annex(annex: Annex, numbers: Mapping[str, str]) -> Chapter:
    """Annexes that other parts of the program print hold nothing of the plan's own."""
    own = annex.children if _OF_THE_PLAN.fullmatch(annex.id) else ()
    lines = tuple(line for block in own for line in _lines(block, (), numbers))
    return Chapter(annex.id, annex.label, one_line(annex.title), lines)


def _lines(
    block: Block, within: tuple[str, ...], numbers: Mapping[str, str]
) -> Iterator[Line]:
    if isinstance(block, Table) and not control_columns(block):
        for line in _TableRows(block).lines():
            yield _readable(replace(line, within=within), numbers)
    if not isinstance(block, Point):
        return
    inner = (*within, block.id)
    below = [line for child in block.children for line in _lines(child, inner, numbers)]
    words = block.heading or block.body
    own = Line(block.id, words, numbers[block.id], within, is_leaf=not below)
    yield _readable(own, numbers)
    yield from below


def _readable(line: Line, numbers: Mapping[str, str]) -> Line:
    """The words on one line each, cut, with the numbers they refer to."""
    words = one_line(resolve(line.words, numbers)).rstrip("：:") or BLANK
    under = tuple(one_line(resolve(text, numbers)) for text in line.under)
    return replace(line, words=words, under=under)


class _TableRows:
    """Tells the rows that say something to do from the others, and how to call them.

    A row is called by the column that is joined least; the cells before it, mostly
    joined over many rows, are its heads.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        texts = [i for i, c in enumerate(table.columns) if c.kind is ColumnKind.TEXT]
        self._texts = texts or list(range(len(table.columns)))
        joined = {i: sum(r.cells[i].joined for r in table.rows) for i in self._texts}
        self._naming = min(self._texts, key=lambda i: joined[i], default=0)
        self._telling = self._naming
        counts = [i for i, c in enumerate(table.columns) if c.kind is ColumnKind.NUMBER]
        if counts:  # numbered rows are told apart and called by their first words
            self._telling, self._naming = counts[0], self._texts[0]

    def lines(self) -> Iterator[Line]:
        caption = (self._table.title,) if self._table.title else ()
        group: tuple[str, ...] = ()
        standing: dict[int, str] = {}
        for row in self._table.rows:
            if row.kind is RowKind.GROUP:
                group = (_first_words(row),)
            if not self._is_strategy(row):
                continue
            standing |= {i: _words(c) for i, c in enumerate(row.cells) if not c.joined}
            heads = [standing.get(i, "") for i in self._texts if i < self._naming]
            words = standing.get(self._naming, "") or _first_words(row)
            under = (*caption, *group, *filter(None, heads))
            yield Line(row.id, words, under=under)

    def _is_strategy(self, row: Row) -> bool:
        """Not sums and remarks, nor what carries on the row above it."""
        if row.kind not in {RowKind.DATA, RowKind.LEAD}:
            return False
        if row.cells[self._telling].joined:
            return False
        first = _first_words(row)
        return bool(first) and not _REMARK.match(first)


def _first_words(row: Row) -> str:
    return next(filter(None, map(_words, row.cells)), "")


def _words(cell: Cell) -> str:
    return " ".join(line.text for line in cell.lines)
