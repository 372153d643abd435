"""One annex of a document, or one table of it, as a document that is printed alone."""

from __future__ import annotations

from dataclasses import replace

from .model import Annex, Document, Table


def part_of(document: Document, key: str) -> Document | None:
    """Only the annex ``key``, or of its annex only the table ``key``; None for no such.

    The whole document for "".  A part has neither cover nor title page, and no text.
    """
    if not key:
        return document
    annex = next((a for a in document.annexes if _holds(a, key)), None)
    if annex is None:
        return None
    if annex.id != key:
        annex = replace(annex, children=tuple(t for t in annex.children if t.id == key))
    return replace(
        document,
        title="",
        children=(),
        annexes=(annex,),
        revisions=(),
        cover=None,
        running_head="",
    )


def _holds(annex: Annex, key: str) -> bool:
    tables = (block for block in annex.children if isinstance(block, Table))
    return annex.id == key or any(table.id == key for table in tables)


def parts(document: Document) -> list[tuple[str, str]]:
    """What can be printed alone, as (id, words): every annex."""
    return [
        (annex.id, f"{annex.label}　{annex.title}".strip())
        for annex in document.annexes
    ]
