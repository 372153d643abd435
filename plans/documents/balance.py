"""Lines broken where a person would break them: titles and column heads."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from math import ceil, inf

from .widths import ems

# Good places: before a bracket and 暨, after 年度 and a separating sign, at a space.
_SEAM = re.compile(r"(?=[（(「])|(?=暨)|(?<=年度)|(?<=[／/、，：])|(?<=\s)")
# No line begins with what closes, or ends with what opens.
_CLOSING, _OPENING = "）)」』】〕、，。；：！？／/％%", "（(「『【〔"
_BROKEN_WORD, _LINE = 0.5, 1.0


@cache
def balanced(text: str, most: float, seam: int = 0) -> tuple[str, ...]:
    """``text`` in as few lines of at most ``most`` ems as it needs, about equal.

    ``seam`` is one more good place: how many characters stand before it.  A text
    that cannot be broken so is one line, left to the renderer.
    """
    width = ems(text)
    if width <= most:
        return (text,)
    good = {found.start() for found in _SEAM.finditer(text)} | {seam}
    ideal = width / ceil(width / most)
    costs: list[tuple[float, tuple[int, ...]]] = [(0.0, (0,))]
    for end in range(1, len(text) + 1):
        price = _price(text, end, good)
        ways = [
            (cost + price + _LINE + _unlike(text[cuts[-1] : end], ideal), (*cuts, end))
            for cost, cuts in costs
            if cuts and price < inf and ems(text[cuts[-1] : end].strip()) <= most
        ]
        costs.append(min(ways, default=(0.0, ())))
    cuts = costs[-1][1] or (0, len(text))
    return tuple(text[start:end].strip() for start, end in pairwise(cuts))


def _price(text: str, place: int, good: set[int]) -> float:
    """What it costs to break before the character at ``place``."""
    if place == len(text):
        return 0.0
    before, after = text[place - 1], text[place]
    if after in _CLOSING or before in _OPENING:
        return inf
    if place in good:
        return 0.0
    return inf if (before + after).isascii() else _BROKEN_WORD


def _unlike(line: str, ideal: float) -> float:
    return (ems(line.strip()) / ideal - 1) ** 2
