"""Where the characters stand that no font has."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .model import Block, Document, Paragraph, Point, Table, walk
from .outline import point_numbers
from .revisions import revision_text

CONTEXT = 8
MOST_PLACES = 50


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence: the character, its code, the part it stands in, its words."""

    character: str
    code: str
    part: str
    words: str


def places(document: Document, missing: Collection[str]) -> list[Place]:
    """Up to 50 places in reading order; ``part`` is a number such as 肆、一."""
    found: list[Place] = []
    for part, text in _texts(document) if missing else ():
        for at, character in enumerate(text):
            if character in missing:
                words = text[max(0, at - CONTEXT) : at + CONTEXT + 1]
                found.append(Place(character, code(character), part, words))
                if len(found) == MOST_PLACES:
                    return found
    return found


def code(character: str) -> str:
    """U+5803, as standards name a character."""
    return f"U+{ord(character):04X}"


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    yield "計畫名稱", document.title
    yield "機關全銜", document.office
    yield "頁首文字", document.running_head
    if document.cover:
        yield "封面", f"{document.cover.title}\n{document.cover.date}"
    for line in document.revisions:
        yield "修訂紀錄", revision_text(line)
    numbers = point_numbers(document)
    yield from _block_texts(document.children, numbers, "內文")
    for annex in document.annexes:
        yield annex.label, f"{annex.label} {annex.title}"
        yield from _block_texts(annex.children, numbers, annex.label)


def _block_texts(
    blocks: tuple[Block, ...], numbers: dict[str, str], part: str
) -> Iterator[tuple[str, str]]:
    for block in walk(blocks):
        if isinstance(block, Point):
            part = numbers.get(block.id, part)
            yield part, f"{block.heading}\n{block.body}"
        elif isinstance(block, Paragraph):
            yield part, block.text
        else:
            yield from _table_texts(block, part)


def _table_texts(table: Table, part: str) -> Iterator[tuple[str, str]]:
    yield f"{part}的表格", f"{table.title}\n{table.note}"
    for column in table.columns:
        yield f"{part}的表格欄名", f"{column.group} {column.name}"
    for number, row in enumerate(table.rows, 1):
        for cell in row.cells:
            for line in cell.lines:
                yield f"{part}的表格第{number}列", line.text
