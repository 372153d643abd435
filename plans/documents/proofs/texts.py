"""What is wrong with a text by itself: doubled words, open quotes, lost references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..outline import REFERENCE
from .finding import Finding
from .galley import Galley, Passage

_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,6})\1")
_QUOTES = re.compile(r"[「」『』]")
_CLOSING = {"」": "「", "』": "『"}


def doubled(passage: Passage, _year: int) -> Iterator[Finding]:
    """「依據依據」"""
    for met in _DOUBLED.finditer(passage.text):
        message = f"「{met[1]}」連寫了兩次。"
        yield passage.finding("doubled", *met.span(), message)


def quotes(passage: Passage, _year: int) -> Iterator[Finding]:
    """The first 「 that is never closed, or 」 that was never opened."""
    opened: list[int] = []
    for met in _QUOTES.finditer(passage.text):
        if met[0] not in _CLOSING:
            opened.append(met.start())
        elif opened and passage.text[opened[-1]] == _CLOSING[met[0]]:
            opened.pop()
        else:
            message = "這個引號沒有開頭。"
            yield passage.finding("quotes", *met.span(), message)
            return
    if opened:
        message = "這個引號沒有結尾。"
        yield passage.finding("quotes", opened[0], opened[0] + 1, message)


def lost_reference(galley: Galley) -> Iterator[Finding]:
    """[[b12]] where b12 is gone."""
    for passage in galley.passages:
        for met in REFERENCE.finditer(passage.text) if "[[" in passage.text else ():
            if met[1] not in galley.numbers:
                message = "這裡參照的項目已經刪除。"
                yield passage.finding("lost-reference", *met.span(), message)
