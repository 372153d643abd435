"""Marks outside the official set: ①, (A), A., 第一條, ※ and 註：."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plans.documents.numbering import read_mark

from .reading import Flag, Piece, PieceKind, Severity

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_KEPT = re.compile(
    r"第\s*[\d一二三四五六七八九十百]{1,5}\s*[編章節條](?=[\s　：:])"
    r"|[(（][A-Za-z][)）]|[A-Za-z][.、．](?=\s*[^\x00-\x7f])"
)
_LABELLED = re.compile(r"[^\s，。；：:、]{2,8}[：:]\s*\S")
_NOTE = re.compile(r"※|(?:備註|附註|註|說明)\s*[\d一二三四五]{0,2}\s*[:：]")


def circled_number(text: str) -> int:
    """3 for a line that begins with ③, else 0."""
    return _CIRCLED.find(text[:1]) + 1 if text else 0


def is_note(text: str) -> bool:
    """Whether a line is a note: 「※…」, 「備註：…」."""
    return bool(_NOTE.match(text))


def is_labelled(text: str) -> bool:
    """Whether a line is a named part of a cell: 「承辦單位：登記課」."""
    return bool(_LABELLED.match(text.strip())) and not is_note(text.strip())


def begins_item(text: str) -> bool:
    """Whether a line begins with a mark of any kind, and so is no rest of another."""
    return bool(
        read_mark(text) or circled_number(text) or is_note(text) or _KEPT.match(text)
    )


def other_mark_flags(pieces: Iterable[Piece]) -> Iterator[Flag]:
    """What became of marks that the official set does not know: told once each."""
    pieces = list(pieces)
    circled = [p for p in pieces if circled_number(p.mark)]
    if circled:
        message = (
            f"「①」等圈號不是公文分項標號，已改為下一層的編號（{len(circled)} 項）。"
        )
        yield _info("circled-marks", message, circled[0])
    kept = [(found[0], piece) for piece in pieces for found in _kept_marks(piece)]
    if kept:
        message = f"「{kept[0][0]}」等標號照原文保留為文字，不會自動重新編號（{len(kept)} 處）。"
        yield _info("kept-marks", message, kept[0][1])


def _info(code: str, message: str, piece: Piece) -> Flag:
    return Flag(code, message, piece.first_line, piece.key, Severity.INFO)


def _kept_marks(piece: Piece) -> Iterator[re.Match[str]]:
    if piece.kind is PieceKind.PARAGRAPH:
        lines = piece.heading.splitlines()
    else:
        lines = piece.body.splitlines()
    yield from filter(None, map(_KEPT.match, lines))
