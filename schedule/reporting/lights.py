"""The light of a report: how it stands beside the plan, as word, symbol and colour.  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..models.reporting import Standing


@dataclass(frozen=True, slots=True)
class Light:
    """``css`` names the colour, which never speaks alone."""

    word: str
    symbol: str
    css: str

    def __str__(self) -> str:
        return f"{self.symbol} {self.word}"


AHEAD = Light("超前", "▲", "light-ahead")
ON_PLAN = Light("符合", "●", "light-on")
BEHIND = Light("落後", "▼", "light-behind")
SERIOUS = Light("嚴重落後", "▼▼", "light-serious")
MISSING = Light("未填報", "○", "light-missing")
DONE = Light("已完成", "✔", "light-done")
LIGHTS = (AHEAD, ON_PLAN, BEHIND, SERIOUS, MISSING, DONE)
# Those that ask for a cause and a remedy.
LATE = frozenset({BEHIND, SERIOUS})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Percentage points above (``ahead``) or below the plan, beyond which lights change."""

    ahead: Decimal = Decimal(0)
    behind: Decimal = Decimal(5)
    serious: Decimal = Decimal(10)


def light_of(
    standing: str,
    percent: Decimal | None,
    planned: Decimal | None,
    thresholds: Thresholds,
) -> Light:
    """The light of a report; MISSING for one without a standing or a percentage.

    Whoever calls an item behind is behind, whatever the numbers say; without a planned
    percentage there is nothing to be ahead of or behind.
    """
    if not standing or percent is None:
        return MISSING
    if standing == Standing.DONE:
        return DONE
    measured = _measured(percent, planned, thresholds)
    if standing == Standing.BEHIND and measured is not SERIOUS:
        return BEHIND
    return measured


def _measured(
    percent: Decimal, planned: Decimal | None, thresholds: Thresholds
) -> Light:
    deviation = Decimal(0) if planned is None else percent - planned
    if deviation < -thresholds.serious:
        return SERIOUS
    if deviation < -thresholds.behind:
        return BEHIND
    return AHEAD if deviation > thresholds.ahead else ON_PLAN
