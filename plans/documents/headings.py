"""The outline of a document, and which of its parts name which others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .model import Block, Document, Paragraph, Point, Table, walk
from .outline import REFERENCE, point_numbers, resolve, with_marks

LONGEST_LINE = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the outline: ``mark`` is 一、, ``number`` 肆、一; chapters have depth 1."""

    id: str
    mark: str
    number: str
    text: str
    depth: int


def headings(document: Document) -> tuple[Heading, ...]:
    """Every point and annex in reading order, its text shortened to one line."""
    numbers = point_numbers(document)

    def collect(blocks: tuple[Block, ...], depth: int) -> Iterator[Heading]:
        for mark, block in with_marks(blocks, document.style):
            if isinstance(block, Point):
                text = one_line(resolve(block.heading or block.body, numbers))
                yield Heading(block.id, mark, numbers[block.id], text, depth)
                yield from collect(block.children, depth + 1)

    found = list(collect(document.children, 1))
    for annex in document.annexes:
        label = f"{annex.label}　"
        found.append(Heading(annex.id, label, annex.label, annex.title, 1))
        found += collect(annex.children, 2)
    return tuple(found)


def one_line(text: str) -> str:
    """The text without line breaks, cut with … after forty characters."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_LINE else words[: LONGEST_LINE - 1] + "…"


def named_by(document: Document, ids: Collection[str]) -> tuple[str, ...]:
    """How the parts outside of ``ids`` are called that refer to one of them.

    A point is called by its number and text, a table by the number above it.
    """
    numbers = point_numbers(document)
    return tuple(
        f"{number} {one_line(resolve(text, numbers))}".strip()
        for key, number, text in _texts(document, numbers)
        if key not in ids and set(REFERENCE.findall(text)) & set(ids)
    )


def _texts(
    document: Document, numbers: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Every part of the document as (id, number, all its text)."""
    for children in (document.children, *(a.children for a in document.annexes)):
        number = ""
        for block in walk(children):
            if isinstance(block, Point):
                number = numbers[block.id]
                yield block.id, number, f"{block.heading} {block.body}"
            else:
                yield block.id, number, _text(block)
    for annex in document.annexes:
        yield annex.id, annex.label, annex.title


def _text(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return block.text
    cells = (cell for row in block.rows for cell in row.cells)
    lines = (line.text for cell in cells for line in cell.lines)
    return " ".join((block.title, block.note, *lines))
