"""Reading + a person's choices → Document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from plans.documents.model import (
    Annex,
    Block,
    ColumnKind,
    Document,
    Paragraph,
    Point,
    Table,
)

from .reading import Piece, PieceKind, Reading

Choice = Mapping[str, Any]
MOST_UPRIGHT_COLUMNS = 6


@dataclass(slots=True)
class _Open:
    """A point or annex that may still get children; level 0 is the root."""

    piece: Piece
    level: int
    children: list[_Open | Block] = field(default_factory=list)

    def closed(self) -> tuple[Block, ...]:
        return tuple(
            Point(
                child.level,
                child.piece.heading,
                child.piece.body,
                child.closed(),
                child.piece.key,
            )
            if isinstance(child, _Open)
            else child
            for child in self.children
        )


def fold(reading: Reading, choices: Mapping[str, Choice]) -> Document:
    """The Document of a reading after a person's choices, by piece key.

    A choice is {"drop": True}, {"level": 1–8}, {"kind": "paragraph"},
    {"kind": "point", "level": n} or {"kind": "annex"}; others change nothing.  A
    point's or paragraph's text becomes the annex's title.  Children of a dropped point stay and move to
    the point before it.  Blocks carry the key of their piece as id.
    """
    root, annexes = _tree(chosen(reading.pieces, choices))
    return Document(
        office=reading.office,
        year=reading.year,
        title=reading.title,
        children=root.closed(),
        annexes=tuple(_annex(node) for node in annexes),
        revisions=reading.revisions,
        style=reading.style,
        cover=reading.cover,
        running_head=reading.running_head,
    )


def _tree(pieces: Iterable[Piece]) -> tuple[_Open, list[_Open]]:
    """The root of the plan itself and those of its annexes."""
    root = _Open(Piece("", PieceKind.ANNEX), 0)
    annexes: list[_Open] = []
    stack = [root]
    for piece in pieces:
        if piece.kind is PieceKind.ANNEX:
            annexes.append(_Open(piece, 0))
            stack = [annexes[-1]]
        elif piece.kind is PieceKind.POINT:
            stack = [node for node in stack if node.level < piece.level]
            node = _Open(piece, piece.level)
            stack[-1].children.append(node)
            stack.append(node)
        else:
            stack[-1].children.append(_leaf(piece))
    return root, annexes


def chosen(pieces: Iterable[Piece], choices: Mapping[str, Choice]) -> Iterable[Piece]:
    """The pieces as the person wants them, without the dropped ones."""
    for piece in pieces:
        choice = choices.get(piece.key, {})
        if choice.get("drop"):
            continue
        kind = choice.get("kind", piece.kind)
        if piece.kind is PieceKind.POINT and kind == PieceKind.PARAGRAPH:
            yield _as_paragraph(piece)
        elif piece.kind is not PieceKind.TABLE and kind == PieceKind.ANNEX:
            yield _headed(piece, PieceKind.ANNEX, 0)
        elif piece.kind in {PieceKind.POINT, PieceKind.PARAGRAPH} and (
            "level" in choice or kind == PieceKind.POINT
        ):
            level = min(max(int(choice.get("level", piece.level or 2)), 1), 8)
            yield _headed(piece, PieceKind.POINT, level)
        else:
            yield piece


def _headed(piece: Piece, kind: PieceKind, level: int) -> Piece:
    """The first line stands beside the mark or label, all others below it."""
    heading, _, more = piece.heading.partition("\n")
    body = "\n".join(text for text in (more, piece.body) if text)
    return replace(piece, kind=kind, level=level, heading=heading, body=body)


def _as_paragraph(piece: Piece) -> Piece:
    """The mark that was typed is part of the text again."""
    lines = [piece.mark + piece.heading, *piece.body.splitlines()]
    return replace(
        piece, kind=PieceKind.PARAGRAPH, heading="\n".join(lines), body="", level=0
    )


def _leaf(piece: Piece) -> Block:
    if piece.table is not None:
        return replace(piece.table, id=piece.key)
    return Paragraph(piece.heading, piece.key)


def _annex(node: _Open) -> Annex:
    own = (Paragraph(node.piece.body),) if node.piece.body else ()
    children = (*own, *node.closed())
    wide = any(_is_wide(block) for block in children if isinstance(block, Table))
    return Annex(node.piece.label, node.piece.heading, children, wide, node.piece.key)


def _is_wide(table: Table) -> bool:
    return len(table.columns) > MOST_UPRIGHT_COLUMNS or any(
        column.kind is ColumnKind.MONTH for column in table.columns
    )
