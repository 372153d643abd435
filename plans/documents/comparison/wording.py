"""Two texts, word by word: what both have, what was deleted and what is new.

Clauses that stand in both are found first, then runs of words between them.
The work is bounded by the length of the texts: where nothing more is found within
it, a stretch counts as replaced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from difflib import SequenceMatcher
from itertools import accumulate, groupby, takewhile

from .model import Op, Piece

# Latin words and numbers (98.4.3, 10,000) and runs of blanks are read as one; what
# combines with a character (accents, variation selectors) stays with it.
_TOKEN = re.compile(
    r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+(?:[.,][0-9]+)*"
    r"|[^\S\n]+"
    r"|.[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]*",
    re.DOTALL,
)
_CLAUSE = re.compile(r"[^，：。；！？\n]*[，：。；！？\n]|[^，：。；！？\n]+")
# Steps of the search, for each token of both texts and for any text; prose needs few.
STEPS, LEAST_STEPS = 60, 30_000


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """``old`` to ``new``: EQUAL and DELETE give the one, EQUAL and INSERT the other.

    A single character between two changes is not kept: it would only disturb.
    """
    if old == new:
        return (Piece(Op.EQUAL, old),) if old else ()
    return tuple(_pieces(_whole(_without_lone(_whole(_runs(old, new))))))


# A stretch of both texts: the same words, or words that were replaced.
_Run = tuple[str, str]


def _runs(old: str, new: str) -> Iterator[_Run]:
    before, after = _CLAUSE.findall(old), _CLAUSE.findall(new)
    for ours, theirs in _stretches(before, after, least=1):
        if ours == theirs:
            yield "".join(ours), "".join(theirs)
        else:
            yield from _word_runs("".join(ours), "".join(theirs))


def _word_runs(old: str, new: str) -> Iterator[_Run]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    for ours, theirs in _stretches(before, after, least=2):
        yield "".join(ours), "".join(theirs)


def _whole(runs: Iterable[_Run]) -> list[_Run]:
    """Neighbours of one kind put together."""
    return [
        ("".join(ours), "".join(theirs))
        for ours, theirs in (
            zip(*group, strict=True)
            for _, group in groupby(runs, key=lambda run: run[0] == run[1])
        )
    ]


def _without_lone(runs: Sequence[_Run]) -> Iterator[_Run]:
    """A lone character between two changes becomes part of them."""
    for index, (ours, theirs) in enumerate(runs):
        inside = 0 < index < len(runs) - 1
        if inside and ours == theirs and len(ours) == 1 and ours != "\n":
            yield ours, ""
            yield "", theirs
        else:
            yield ours, theirs


def _pieces(runs: Iterable[_Run]) -> Iterator[Piece]:
    for ours, theirs in runs:
        if ours == theirs:
            yield Piece(Op.EQUAL, ours)
            continue
        if ours:
            yield Piece(Op.DELETE, ours)
        if theirs:
            yield Piece(Op.INSERT, theirs)


def _stretches(
    old: Sequence[str], new: Sequence[str], *, least: int
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Both sequences cut at what they have in common; equal stretches come as such.

    ``least`` is how many single characters in a row are worth keeping.
    """
    at_old = at_new = 0
    for a, b, size in (*_matches(old, new, least), (len(old), len(new), 0)):
        if at_old < a or at_new < b:
            yield old[at_old:a], new[at_new:b]
        if size:
            yield old[a : a + size], new[b : b + size]
        at_old, at_new = a + size, b + size


# Place in old, place in new, length.
_Match = tuple[int, int, int]


def _matches(old: Sequence[str], new: Sequence[str], least: int) -> Iterator[_Match]:
    """What both begin with, what they have in common, what both end with; in order."""
    start = _common(old, new)
    tail = _common(old[start:][::-1], new[start:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    if start:
        yield 0, 0, start
    if start < min(old_end, new_end):
        search = _Search(old[start:old_end], new[start:new_end], least)
        for a, b, size in sorted(search.matches()):
            yield start + a, start + b, size
    if tail:
        yield old_end, new_end, tail


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of both sequences that is still to be searched."""

    a: int
    a_end: int
    b: int
    b_end: int

    def before(self, a: int, b: int) -> _Window:
        return _Window(self.a, a, self.b, b)

    def behind(self, a: int, b: int) -> _Window:
        return _Window(a, self.a_end, b, self.b_end)

    @property
    def is_open(self) -> bool:
        return self.a < self.a_end and self.b < self.b_end


class _Search:
    """The longest common runs of two sequences, then those between them, and so on."""

    def __init__(self, old: Sequence[str], new: Sequence[str], least: int) -> None:
        self.old, self.new, self.least = old, new, least
        # What a search through old up to each place takes, in steps.
        counts = Counter(new)
        self.costs = [0, *accumulate(1 + counts[token] for token in old)]
        self.steps = LEAST_STEPS + STEPS * (len(old) + len(new))

    def matches(self) -> Iterator[_Match]:
        """As (place in old, place in new, length), the longest first."""
        matcher = SequenceMatcher(None, self.old, self.new, autojunk=False)
        windows = [_Window(0, len(self.old), 0, len(self.new))]
        for window in windows:
            self.steps -= self._cost(window)
            if self.steps < 0:
                return
            a, b, size = matcher.find_longest_match(*astuple(window))
            if size < self.least:
                a, b, size = self._single(window)
            if size:
                yield a, b, size
                sides = window.before(a, b), window.behind(a + size, b + size)
                windows += [side for side in sides if side.is_open]

    def _cost(self, window: _Window) -> int:
        width = window.a_end - window.a + window.b_end - window.b
        return width + self.costs[window.a_end] - self.costs[window.a]

    def _single(self, window: _Window) -> _Match:
        """The first word, number or line break that both sides of a window have."""
        places: dict[str, int] = {}
        for place in range(window.b_end - 1, window.b - 1, -1):
            places[self.new[place]] = place
        for place in range(window.a, window.a_end):
            word = self.old[place]
            if word in places and (len(word.strip()) > 1 or word == "\n"):
                return place, places[word], 1
        return window.a, window.b, 0


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many tokens both begin with."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
