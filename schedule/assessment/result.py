"""What any way of scoring comes to: exact fractions, and how many scores are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Result:
    """``so_far`` is what the given scores come to, ``of`` what all can come to.

    With bonus points ``so_far`` may be more than ``of``.  ``details`` are each score's
    own part of it, None while it is missing.
    """

    so_far: Fraction
    of: Fraction
    missing: int = 0
    details: tuple[Fraction | None, ...] = ()

    @property
    def score(self) -> Fraction | None:
        """The whole score; None while any part is missing, which is never zero."""
        return None if self.missing else self.so_far

    @property
    def percent(self) -> Fraction | None:
        """The whole score of a hundred; None while it is open, or of nothing."""
        if self.missing or not self.of:
            return None
        return self.so_far * 100 / self.of


def together(results: Iterable[Result]) -> Result:
    """The sum of several results."""
    every = list(results)
    return Result(
        sum((one.so_far for one in every), ZERO),
        sum((one.of for one in every), ZERO),
        sum(one.missing for one in every),
    )
