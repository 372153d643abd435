"""Merging two people's versions of one text so that no word of either is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Chinese paragraphs are long lines: sentences are the pieces that people change.
_PIECE = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+")


class Origin(StrEnum):
    """Whose piece of a merged text it is; CLASH pieces hold both."""

    BOTH = "both"
    MINE = "mine"
    THEIRS = "theirs"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of merged text; ``other`` is the second text of a CLASH (theirs)."""

    origin: Origin
    text: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text, part by part."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """All parts in a row; where both changed a piece, mine and then theirs."""
        return "".join(_joined(part) for part in self.parts)

    @property
    def clashes(self) -> int:
        return sum(part.origin is Origin.CLASH for part in self.parts)


def merge_text(base: str | None, mine: str, theirs: str) -> Merged:
    """Three-way merge by sentence and line.

    ``base`` is what both started from.  None (unknown) keeps what both have in
    common and takes every difference from both sides.
    """
    if mine == theirs:
        return Merged((Part(Origin.BOTH, mine),) if mine else ())
    if base is None:
        return Merged(tuple(_two_way(_pieces(mine), _pieces(theirs))))
    return Merged(tuple(_three_way(_pieces(base), _pieces(mine), _pieces(theirs))))


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(text)


def _joined(part: Part) -> str:
    apart = part.text and part.other and not part.text.endswith("\n")
    return part.text + ("\n" if apart else "") + part.other


def _two_way(mine: list[str], theirs: list[str]) -> Iterator[Part]:
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Part(Origin.BOTH, "".join(mine[a:b]))
        else:
            yield from _choose(None, mine[a:b], theirs[c:d])


def _three_way(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[Part]:
    b = m = t = 0
    for at, to_mine, to_theirs, size in _anchors(base, mine, theirs):
        yield from _between(base[b:at], mine[m:to_mine], theirs[t:to_theirs])
        if size:
            yield Part(Origin.BOTH, "".join(base[at : at + size]))
        b, m, t = at + size, to_mine + size, to_theirs + size


def _anchors(
    base: list[str], mine: list[str], theirs: list[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Runs of base that stand unchanged on both sides, then the end of all three."""
    in_mine = _matched(base, mine)
    in_theirs = _matched(base, theirs)
    for at in range(len(base)):
        if at in in_mine and at in in_theirs:
            yield at, in_mine[at], in_theirs[at], 1
    yield len(base), len(mine), len(theirs), 0


def _matched(base: list[str], side: list[str]) -> dict[int, int]:
    matcher = SequenceMatcher(None, base, side, autojunk=False)
    return {
        run.a + step: run.b + step
        for run in matcher.get_matching_blocks()
        for step in range(run.size)
    }


def _between(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[Part]:
    """A stretch without anchors; as many pieces on each side pair off in order."""
    if len(base) == len(mine) == len(theirs):
        for ours, own, other in zip(base, mine, theirs, strict=True):
            yield from _choose([ours], [own], [other])
    else:
        yield from _choose(base, mine, theirs)


def _choose(
    base: list[str] | None, mine: list[str], theirs: list[str]
) -> Iterator[Part]:
    """The parts for one stretch between two anchors."""
    ours, others = "".join(mine), "".join(theirs)
    if mine == theirs:
        part = Part(Origin.BOTH, ours)
    elif mine == base or not (mine or base):
        part = Part(Origin.THEIRS, others)
    elif theirs == base or not (theirs or base):
        part = Part(Origin.MINE, ours)
    else:
        part = Part(Origin.CLASH, ours, others)
    if part.text or part.other:
        yield part
