"""How far an item should be at the end of a month, read from its months.  Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..timetable.months import MONTHS

HUNDREDTH = Decimal("0.01")


def planned_percent(patterns: Sequence[str], month: int) -> Decimal | None:
    """The share of planned cells up to ``month`` (0–12), in percent with two decimals.

    ``patterns`` are the months of the item's rows, each cell weighing the same; None
    where nothing is planned in any month.
    """
    cells = [pattern[number - 1] != "0" for pattern in patterns for number in MONTHS]
    planned = sum(cells)
    if not planned:
        return None
    until = sum(state != "0" for pattern in patterns for state in pattern[:month])
    return (Decimal(100 * until) / planned).quantize(HUNDREDTH)


def joined(patterns: Sequence[str]) -> str:
    """One pattern for all rows: each month holds the most that any row has in it."""
    return "".join(
        max((pattern[month - 1] for pattern in patterns), default="0")
        for month in MONTHS
    )
