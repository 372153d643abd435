"""The parts of an approved version that can be put back: blocks, and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .documents.headings import one_line
from .documents.model import Annex, Block, Document, Paragraph, Point, Row, Table, walk

KEY = re.compile(r"[br][1-9]\d{0,17}")
Part = Block | Annex


@dataclass(frozen=True, slots=True)
class Kept:
    """What the version says at a key: a block, or a row with its table."""

    part: Part | None = None
    table: Table | None = None
    row: Row | None = None

    @property
    def keys(self) -> list[str]:
        """The part and all below it."""
        if self.row:
            return [self.row.id]
        return list(_keys([self.part] if self.part else []))

    @property
    def own_keys(self) -> list[str]:
        """The part alone; a point with its own paragraphs."""
        if self.row or self.part is None:
            return self.keys
        paragraphs = [one.id for one in children_of(self.part) if is_words(one)]
        return [self.part.id, *(paragraphs if isinstance(self.part, Point) else [])]

    @property
    def table_key(self) -> str:
        return self.table.id if self.table else ""


def kept_at(version: Document, key: str) -> Kept | None:
    """None for what the version has not, or what is kept elsewhere than in the plan."""
    if not KEY.fullmatch(key):
        return None
    for part in parts_of(version):
        if part.id == key:
            return Kept(part)
        if isinstance(part, Table):
            for row in part.rows:
                if row.id == key:
                    return Kept(table=part, row=row)
    return None


def name_of(kept: Kept) -> str:
    """How a sentence calls it."""
    if kept.row:
        texts = (line.text for cell in kept.row.cells for line in cell.lines)
        return f"表格的一列「{one_line(' '.join(texts))}」"
    part = kept.part
    if isinstance(part, Paragraph):
        return f"「{one_line(part.text)}」"
    if isinstance(part, Table):
        return f"表格「{one_line(part.title)}」" if part.title else "表格"
    if isinstance(part, Annex):
        return f"附件「{one_line(part.title or part.label)}」"
    return f"「{one_line(part.heading or part.body)}」" if part else ""


def parts_of(document: Document) -> Iterator[Part]:
    """Every block and annex, in reading order."""
    yield from walk(document.children)
    for annex in document.annexes:
        yield annex
        yield from walk(annex.children)


def children_of(part: Part) -> tuple[Block, ...]:
    """The blocks directly below."""
    return part.children if isinstance(part, (Point, Annex)) else ()


def is_words(part: Part) -> bool:
    """Whether it is a paragraph, which a point keeps with itself."""
    return isinstance(part, Paragraph)


def _keys(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        yield part.id
        yield from _keys(children_of(part))
        if isinstance(part, Table):
            yield from (row.id for row in part.rows)


def texts_of(part: Part) -> tuple[str, str, str]:
    """Heading, body and label, as Block keeps them."""
    if isinstance(part, Point):
        return part.heading, part.body, ""
    if isinstance(part, Paragraph):
        return "", part.text, ""
    if isinstance(part, Table):
        return part.title, part.note, ""
    return part.title, "", part.label
