"""The formats of scoring that offices use, each a value with one formula.

Scores are Decimals or None (missing); results are exact.  None of them rounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .ranking import ranked
from .result import ZERO, Result

Score = Decimal | Fraction | None
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class PointsTimesWeights:
    """配分 × 權重: points × Σ weight × score / 10,000, scores of 100.

    Without any weight there is one score for the whole item: points × score / 100.
    An indicator without a weight beside weighted ones does not count.
    """

    points: Decimal
    weights: tuple[Decimal | None, ...] = ()

    def result(self, scores: Sequence[Score]) -> Result:
        counted = [w for w in self.weights if w is not None] or [Decimal(100)]
        points = Fraction(self.points)
        parts = [points * Fraction(weight) / HUNDRED for weight in counted]
        return _shares(parts, scores, of=points)


@dataclass(frozen=True, slots=True)
class WeightedParts:
    """分項加權: parts of a hundred each, weighted to a total."""

    weights: tuple[Decimal, ...]

    def result(self, scores: Sequence[Score]) -> Result:
        parts = [Fraction(weight) for weight in self.weights]
        return _shares(parts, scores, of=sum(parts, ZERO))


@dataclass(frozen=True, slots=True)
class SelfTimesWeight:
    """自評分數 × 權重: the criteria's points add up, times the weight of the target.

    86 points at 20 % are 17.2.
    """

    weight: Decimal

    def result(self, scores: Sequence[Score]) -> Result:
        weight = Fraction(self.weight) / HUNDRED
        return _sum([_times(score, weight) for score in scores], HUNDRED * weight)


@dataclass(frozen=True, slots=True)
class FacetPoints:
    """構面配分: every facet is scored up to its own points, together ``total``."""

    total: Decimal

    def result(self, scores: Sequence[Score]) -> Result:
        return _sum([_times(score, Fraction(1)) for score in scores], self.total)


@dataclass(frozen=True, slots=True)
class Bonus:
    """加分: added to what stands, and of nothing, so that a score may exceed 100.

    What is not given was not earned: no bonus is never a gap.
    """

    def result(self, scores: Sequence[Score]) -> Result:
        return _sum([Fraction(score or 0) for score in scores], ZERO)


@dataclass(frozen=True, slots=True)
class RankSum:
    """名次總和: in each part the units are ranked, and the lowest sum wins.

    Whoever has a part under ``floor`` is not ranked, in no part either.
    """

    floor: Decimal | None = None

    def results(self, table: Mapping[str, Sequence[Score]]) -> dict[str, Result]:
        """Sums of ranks by unit, of nothing: a sum is no share of anything.

        Open for all while a score of anyone who is ranked is missing.
        """
        competing = {u: s for u, s in table.items() if not self.excludes(s)}
        missing = sum(score is None for row in competing.values() for score in row)
        sums = dict.fromkeys(competing, ZERO)
        for part in zip(*competing.values(), strict=True):
            for unit, rank in ranked(dict(zip(competing, part, strict=True))).items():
                sums[unit] += rank
        return {unit: Result(sums.get(unit, ZERO), ZERO, missing) for unit in table}

    def excludes(self, scores: Sequence[Score]) -> bool:
        floor = self.floor
        return floor is not None and any(s is not None and s < floor for s in scores)


class Direction(StrEnum):
    """Which side of its target an indicator should be on."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"


# What one month reported: (numerator, denominator); None where it did not.
Reported = tuple[Decimal | Fraction, Decimal | Fraction] | None


@dataclass(frozen=True, slots=True)
class KpiTarget:
    """關鍵績效指標: Σ numerator / Σ denominator in percent against a target.

    A month that did not report is a gap, never zero.  ``weight`` is what reaching the
    target is worth; short of it ``is_partial`` gives the share that was reached.
    """

    direction: Direction
    target: Decimal
    weight: Decimal
    is_partial: bool = False

    def value(self, months: Sequence[Reported]) -> Fraction | None:
        """What the reported months come to in percent; None without any case."""
        told = [month for month in months if month is not None]
        cases = sum((Fraction(below) for _, below in told), ZERO)
        if not cases:
            return None
        return sum((Fraction(above) for above, _ in told), ZERO) * HUNDRED / cases

    def is_reached(self, value: Fraction) -> bool:
        target = Fraction(self.target)
        is_below = self.direction is Direction.AT_MOST
        return value <= target if is_below else value >= target

    def result(self, months: Sequence[Reported]) -> Result:
        """Open while a month is missing; of nothing where there was no case at all."""
        missing = sum(month is None for month in months)
        value = self.value(months)
        if value is None:
            return Result(ZERO, ZERO if not missing else Fraction(self.weight), missing)
        earned = Fraction(self.weight) * self._reached_share(value)
        return Result(earned, Fraction(self.weight), missing)

    def _reached_share(self, value: Fraction) -> Fraction:
        if self.is_reached(value):
            return Fraction(1)
        if not self.is_partial:
            return ZERO
        target = Fraction(self.target)
        is_below = self.direction is Direction.AT_MOST
        return target / value if is_below else value / target


def _shares(parts: Sequence[Fraction], scores: Sequence[Score], of: Fraction) -> Result:
    """Each part times its score of a hundred; raises ValueError for unequal lengths."""
    pairs = zip(parts, scores, strict=True)
    return _sum([_times(score, part / HUNDRED) for part, score in pairs], of)


def _times(score: Score, factor: Fraction) -> Fraction | None:
    return None if score is None else Fraction(score) * factor


def _sum(earned: Sequence[Fraction | None], of: Decimal | Fraction) -> Result:
    given = [one for one in earned if one is not None]
    missing = len(earned) - len(given)
    return Result(sum(given, ZERO), Fraction(of), missing, tuple(earned))
