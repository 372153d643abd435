"""Ranks: ties share one, and the next rank is passed over (1, 1, 3)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction


def ranked(
    scores: Mapping[str, Decimal | Fraction | None], *, lowest_first: bool = False
) -> dict[str, int]:
    """The rank of everyone who has a score, counted from 1."""
    given = {name: score for name, score in scores.items() if score is not None}
    sign = 1 if lowest_first else -1
    places = sorted(sign * score for score in given.values())
    first = {score: place for place, score in reversed([*enumerate(places, start=1)])}
    return {name: first[sign * score] for name, score in given.items()}
