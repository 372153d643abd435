"""The galley: a Document cut into passages and blocks that each know their place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..headings import one_line
from ..model import Annex, Block, Document, Paragraph, Point, Table
from ..outline import point_numbers, resolve
from .catalogue import CATALOGUE
from .finding import CONTEXT, Finding, Part, Replacement

FRONT = Part("title", "計畫名稱與封面")
HISTORY = Part("revisions", "修訂紀錄")


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that a person typed into one field; ``heading`` is its chapter's."""

    place: str
    field: str
    text: str
    where: str
    part: Part
    heading: str = ""

    def finding(
        self, check: str, start: int, end: int, message: str, new: str | None = None
    ) -> Finding:
        """What ``check`` found from ``start`` to ``end``; ``new`` would mend it."""
        text, old = self.text, self.text[start:end]
        fix = None if new is None else Replacement(old, new, text, start)
        return Finding(
            check,
            CATALOGUE[check].grade,
            self.place,
            self.part,
            self.where,
            message,
            text[max(0, start - CONTEXT) : start],
            old,
            text[end : end + CONTEXT],
            self.field,
            fix,
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the words for its place; ``depth`` 1 are chapters."""

    block: Block
    part: Part
    where: str
    heading: str
    depth: int

    def finding(self, check: str, message: str, found: str = "") -> Finding:
        """A finding about the block as a whole."""
        grade = CATALOGUE[check].grade
        place = self.block.id
        return Finding(check, grade, place, self.part, self.where, message, found=found)


class Galley:
    """A Document under proof; ``kept`` are the ids of annexes that others prove."""

    def __init__(self, document: Document, kept: Collection[str] = ()) -> None:
        self.document = document
        self.numbers = point_numbers(document)
        self.annexes = tuple(a for a in document.annexes if a.id not in kept)

    def annex_part(self, annex: Annex) -> Part:
        return Part(annex.id, f"{annex.label}　{one_line(annex.title)}".strip("　"))

    @cached_property
    def blocks(self) -> tuple[Placed, ...]:
        """Every block in reading order, those of annexes last."""
        placed = [p for block in self.document.children for p in self._chapter(block)]
        for annex in self.annexes:
            part = self.annex_part(annex)
            placed += self._below(annex.children, part, annex.label, annex.title, 2)
        return tuple(placed)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every typed text but those of the revision lines, in reading order."""
        return tuple(self._passages())

    def _chapter(self, block: Block) -> Iterator[Placed]:
        if isinstance(block, Point):
            number = self.numbers[block.id]
            heading = one_line(resolve(block.heading or block.body, self.numbers))
            apart = "" if number.endswith(("）", ")")) else "、"
            name = heading.partition("：")[0]
            part = Part(block.id, f"{number}{apart}{name}")
            yield Placed(block, part, number, heading, 1)
            yield from self._below(block.children, part, number, heading, 2)
        else:
            part = Part(block.id, "章以外的文字")
            yield from self._below((block,), part, "", "", 1)

    def _below(
        self,
        blocks: tuple[Block, ...],
        part: Part,
        where: str,
        heading: str,
        depth: int,
    ) -> Iterator[Placed]:
        for block in blocks:
            if isinstance(block, Point):
                number = self.numbers[block.id]
                yield Placed(block, part, number, heading, depth)
                yield from self._below(block.children, part, number, heading, depth + 1)
            else:
                yield Placed(block, part, where, heading, depth)

    def _passages(self) -> Iterator[Passage]:
        document = self.document
        yield Passage("title", "title", document.title, "計畫名稱", FRONT)
        yield Passage("title", "running_head", document.running_head, "頁首", FRONT)
        if document.cover:
            date = document.cover.date
            yield Passage("title", "cover_date", date, "封面日期", FRONT)
        for annex in self.annexes:
            part = self.annex_part(annex)
            yield Passage(annex.id, "heading", annex.title, annex.label, part)
        for placed in self.blocks:
            yield from _texts(placed)


def _texts(placed: Placed) -> Iterator[Passage]:
    block, where, part = placed.block, placed.where, placed.part
    heading = placed.heading
    if isinstance(block, Table):
        yield from _table_texts(block, placed)
    elif isinstance(block, Paragraph):
        yield Passage(block.id, "body", block.text, where, part, heading)
    else:
        yield Passage(block.id, "heading", block.heading, where, part, heading)
        yield Passage(block.id, "body", block.body, where, part, heading)


def _table_texts(table: Table, placed: Placed) -> Iterator[Passage]:
    part, heading, where = placed.part, placed.heading, f"{placed.where}的表格"
    yield Passage(table.id, "heading", table.title, where, part, heading)
    for column in table.columns:
        head = f"{column.group} {column.name}".strip()
        yield Passage(table.id, column.id, head, f"{where}欄名", part, heading)
    for number, row in enumerate(table.rows, 1):
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell.lines:
                text = "\n".join(line.text for line in cell.lines)
                at = row_words(where, number, column.name or column.group)
                yield Passage(row.id, column.id, text, at, part, heading)
    yield Passage(table.id, "body", table.note, where, part, heading)


def row_words(where: str, number: int, column: str = "") -> str:
    """「肆的表格第 3 列「辦理期限」」"""
    return f"{where}第 {number} 列" + (f"「{column}」" if column else "")
