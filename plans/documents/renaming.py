"""The same Document under other ids: what was copied, called by the keys of its copy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .model import Annex, Block, Cell, Document, Paragraph, Point, Row, Table
from .outline import REFERENCE

# Ids of kept annexes name several rows of the database at once: m5s3.
_KEY = re.compile(r"[a-z]+\d+")


def with_ids(document: Document, ids: Mapping[str, str]) -> Document:
    """Every part that ``ids`` names (old id → new id) under its new id.

    Cross references follow; parts that are not named keep their ids.  Linear.
    """
    return _Renamer(ids).document(document)


class _Renamer:
    """Holds the mapping while the tree is walked."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self.ids = ids

    def document(self, document: Document) -> Document:
        return replace(
            document,
            children=self._blocks(document.children),
            annexes=tuple(self._annex(annex) for annex in document.annexes),
            revisions=tuple(
                replace(line, id=self._id(line.id)) for line in document.revisions
            ),
        )

    def _id(self, key: str) -> str:
        return _KEY.sub(lambda met: self.ids.get(met[0], met[0]), key)

    def _text(self, text: str) -> str:
        if "[[" not in text:
            return text
        return REFERENCE.sub(lambda met: f"[[{self._id(met[1])}]]", text)

    def _blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        if isinstance(block, Point):
            return replace(
                block,
                heading=self._text(block.heading),
                body=self._text(block.body),
                children=self._blocks(block.children),
                id=self._id(block.id),
            )
        if isinstance(block, Paragraph):
            return replace(block, text=self._text(block.text), id=self._id(block.id))
        return self._table(block)

    def _table(self, table: Table) -> Table:
        return replace(
            table,
            columns=tuple(
                replace(column, id=self._id(column.id)) for column in table.columns
            ),
            rows=tuple(self._row(row) for row in table.rows),
            title=self._text(table.title),
            note=self._text(table.note),
            id=self._id(table.id),
        )

    def _row(self, row: Row) -> Row:
        cells = tuple(self._cell(cell) for cell in row.cells)
        return replace(row, cells=cells, id=self._id(row.id))

    def _cell(self, cell: Cell) -> Cell:
        if not any("[[" in line.text for line in cell.lines):
            return cell
        lines = (replace(line, text=self._text(line.text)) for line in cell.lines)
        return replace(cell, lines=tuple(lines))

    def _annex(self, annex: Annex) -> Annex:
        return replace(
            annex,
            title=self._text(annex.title),
            children=self._blocks(annex.children),
            id=self._id(annex.id),
        )
