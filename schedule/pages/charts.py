"""Bar charts as plain values: where each bar of an inline SVG stands.

Widths are percentages and heights are in em, so that the words of a chart keep their
size in every window and grow with the reader's own letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

LONGEST_LABEL = 14
# In em: a line of words, and below it the bar.
ROW_HEIGHT = 3.0
BASELINE = 1.1
BAR_TOP = 1.5


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar as it is meant; ``words`` say its value: 「12.5分」."""

    label: str
    value: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class PlacedBar:
    """One bar as it is drawn; ``width`` in percent, ``baseline`` and ``top`` in em."""

    bar: Bar
    width: str
    baseline: str
    top: str

    @property
    def label(self) -> str:
        """Cut for narrow windows; the table below the chart has it whole."""
        whole = self.bar.label
        if len(whole) <= LONGEST_LABEL:
            return whole
        return whole[: LONGEST_LABEL - 1] + "…"


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart for reading and for hearing; ``height`` in em."""

    bars: tuple[PlacedBar, ...]
    height: str
    description: str


def bar_chart(bars: Sequence[Bar]) -> BarChart:
    """The bars below each other, the longest as wide as the chart.

    Raises ValueError for a value below zero, which no bar can show.
    """
    longest = max((bar.value for bar in bars), default=Decimal(0))
    placed = tuple(_placed(bar, place, longest) for place, bar in enumerate(bars))
    description = "、".join(f"{bar.label} {bar.words}" for bar in bars)
    return BarChart(placed, _em(len(bars) * ROW_HEIGHT), description)


def _placed(bar: Bar, place: int, longest: Decimal) -> PlacedBar:
    if bar.value < 0:
        raise ValueError(f"a bar of {bar.value}")
    share = bar.value / longest * 100 if longest else Decimal(0)
    top = place * ROW_HEIGHT
    return PlacedBar(bar, f"{share:.2f}", _em(top + BASELINE), _em(top + BAR_TOP))


def _em(number: float) -> str:
    """As SVG wants it, whatever language the page speaks."""
    return f"{number:.2f}"
