"""Document → plain text as a person types it, tables with tabs between the cells."""

from __future__ import annotations

from collections.abc import Iterator

from .cells import marked_rows, write_lines
from .model import Block, Document, NumberingStyle, Point, Table
from .outline import with_marks
from .revisions import revision_text

LINE_IN_CELL = "<br>"


def write_text(document: Document) -> str:
    """The whole plan as text; ``plans.readers.text.read`` understands it."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    if document.running_head:
        yield from (document.running_head, "")
    if document.cover:
        yield from (document.cover.title, "", document.cover.date, "")
    yield from (document.title, "")
    yield from map(revision_text, document.revisions)
    yield from _blocks(document.children, document.style)
    for annex in document.annexes:
        yield from ("", f"{annex.label} {annex.title}".strip())
        yield from _blocks(annex.children, document.style)


def _blocks(blocks: tuple[Block, ...], style: NumberingStyle) -> Iterator[str]:
    for sign, block in with_marks(blocks, style):
        if isinstance(block, Point):
            yield sign + block.heading
            yield from block.body.splitlines()
            yield from _blocks(block.children, style)
        elif isinstance(block, Table):
            yield from _table(block, style)
        else:
            yield block.text


def _table(table: Table, style: NumberingStyle) -> Iterator[str]:
    if table.title:
        yield table.title
    yield from _heads(table)
    for marked in marked_rows(table, style):
        texts = (write_lines(lines).replace("\n", LINE_IN_CELL) for lines in marked)
        yield "\t".join(texts)
    if table.note:
        yield table.note
    yield ""


def _heads(table: Table) -> Iterator[str]:
    """One head row, or two where columns share a group."""
    groups = [column.group for column in table.columns]
    names = [column.name for column in table.columns]
    if not any(groups):
        yield "\t".join(names)
        return
    upper = [
        (group if index == 0 or group != groups[index - 1] else "") if group else name
        for index, (group, name) in enumerate(zip(groups, names, strict=True))
    ]
    yield "\t".join(upper)
    lower = [name if group else "" for group, name in zip(groups, names, strict=True)]
    if any(lower):
        yield "\t".join(lower)
