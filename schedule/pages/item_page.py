"""One item as its page shows it: sums, owners of a day, rows with their months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe

from ..linking import linked_lines
from ..models import Indicator, Item, Method, Ownership, Share
from ..strategies import Line
from ..timetable.months import say_months
from .grid_html import month_cells

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class PartLine:
    """A unit's part: who owns it on the day, and who before or after."""

    share: Share
    owners: tuple[Ownership, ...]
    others: tuple[Ownership, ...]


@dataclass(frozen=True, slots=True)
class MethodLine:
    """A row of the grid with its months in words and as cells."""

    row: Method
    months: str
    cells: SafeString
    examines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """Everything an item's page tells; weights are None where none are given."""

    parts: tuple[PartLine, ...]
    points: Decimal | None
    indicators: tuple[Indicator, ...]
    methods: tuple[MethodLine, ...]
    weights: Decimal | None
    missing: Decimal | None
    links: tuple[Line, ...]

    @property
    def is_joint(self) -> bool:
        return len(self.parts) > 1


def item_sheet(item: Item, day: date) -> ItemSheet:
    """Five queries, and those of the whole plan where the item is linked to it."""
    shares = list(
        item.shares.select_related("unit")
        .prefetch_related("ownerships")
        .order_by("unit__position", "unit__pk")
    )
    indicators = tuple(item.indicators.all())
    points = [share.points for share in shares if share.points is not None]
    weights = [one.weight for one in indicators if one.weight is not None]
    total = sum(weights, Decimal(0)) if weights else None
    return ItemSheet(
        tuple(_part(share, day) for share in shares),
        sum(points, Decimal(0)) if points else None,
        indicators,
        tuple(_method(row, indicators) for row in item.methods.select_related("unit")),
        total,
        HUNDRED - total if total is not None and total != HUNDRED else None,
        linked_lines(item),
    )


def _part(share: Share, day: date) -> PartLine:
    all_owners = list(share.ownerships.all())
    now = tuple(o for o in all_owners if _is_on(o, day))
    return PartLine(share, now, tuple(o for o in all_owners if o not in now))


def _is_on(owner: Ownership, day: date) -> bool:
    begun = owner.starts_on is None or owner.starts_on <= day
    return begun and (owner.ends_on is None or day <= owner.ends_on)


def _method(row: Method, indicators: tuple[Indicator, ...]) -> MethodLine:
    cells = mark_safe(month_cells(row.months))  # noqa: S308 - escaped Markup
    named = tuple(
        f"{n}. {indicators[n - 1].text[:20]}"
        for n in row.examines
        if 1 <= n <= len(indicators)
    )
    return MethodLine(row, say_months(row.months), cells, named)
