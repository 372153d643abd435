"""等第: a scale of lower bounds, and at most one grade for a score."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


class BadScale(ValueError):
    """The bounds make no scale; says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Step:
    """A grade and the lowest score that earns it."""

    name: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """Grades from the best down; raises BadScale where they overlap or repeat."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if not self.steps:
            raise BadScale("至少要有一個等第。")
        for number, step in enumerate(self.steps):
            if step.name in {one.name for one in self.steps[:number]}:
                raise BadScale(f"「{step.name}」寫了兩次。")
            if number and step.at_least >= self.steps[number - 1].at_least:
                raise BadScale(
                    f"「{step.name}」的最低分數須比「{self.steps[number - 1].name}」低。"
                )

    def grade(self, score: Fraction | Decimal | None) -> str:
        """The grade of an exact score; "" while it is open, or below the lowest."""
        if score is None:
            return ""
        return next((s.name for s in self.steps if score >= s.at_least), "")


USUAL_SCALE = Scale(
    (
        Step("優等", Decimal(90)),
        Step("甲等", Decimal(80)),
        Step("乙等", Decimal(70)),
        Step("丙等", Decimal(0)),
    )
)
