"""Copies of the title and the running head among the lines of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lines import SourceLine, drop_lines
from .reading import Flag, Severity


def without_repeated_titles(
    lines: Sequence[SourceLine], *heads: str
) -> tuple[list[SourceLine], list[Flag]]:
    """Drop what pages print again: a head as a whole, on one line or on its own lines."""
    drop: set[int] = set()
    for head in filter(None, heads):
        typed = [_squeezed(line) for line in head.splitlines()]
        drop |= _places(lines, typed) | _places(lines, ["".join(typed)])
    if not drop:
        return list(lines), []
    first = lines[min(drop)]
    message = f"已略去每頁重複的「{first.bare[:30]}」。"
    flag = Flag("running-head", message, first.number, severity=Severity.INFO)
    return drop_lines(lines, drop), [flag]


def _places(lines: Sequence[SourceLine], typed: Sequence[str]) -> set[int]:
    """The indexes at which these lines stand one below the other."""
    squeezed = [_squeezed(line.text) if "\t" not in line.text else "" for line in lines]
    size = len(typed)
    return {
        index + offset
        for index in range(len(lines) - size + 1)
        if squeezed[index : index + size] == typed
        for offset in range(size)
    }


def without_joined_copy(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Without a running head that stands above the same words on two or three lines."""
    for index, line in enumerate(lines[:3]):
        below = [_squeezed(other.text) for other in lines[index + 1 : index + 4]]
        joined = ["".join(below[:n]) for n in (2, 3) if n <= len(below)]
        if _squeezed(line.text) in joined:
            return [other for other in lines if other is not line]
    return list(lines)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
