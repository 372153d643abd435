"""The single bridge from the database to the Timetable: timetable_of(plan)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from plans.models import Plan

from .models import Indicator, Method, Schedule, Share
from .timetable import model as sheet


def timetable_of(
    plan: Plan, day: date | None = None, *, with_indicators: bool = True
) -> sheet.Timetable:
    """All items of the plan, in four queries at most whatever their number.

    Owners are those of ``day``; for None those without an end, which is what paper
    shows.  Ids: items i<pk>, shares s<pk>, indicators n<pk>, methods m<pk>.
    """
    return _Composer(plan, day, with_indicators).timetable()


def schedule_of(plan: Plan) -> Schedule:
    """The plan's settings for the annex, unsaved ones until they are changed."""
    try:
        return plan.schedule
    except Schedule.DoesNotExist:
        return Schedule(plan=plan, title=f"{plan.year}年度工作計畫作業時程管制表")


class _Composer:
    """Holds the rows of one plan while its Timetable is built."""

    def __init__(self, plan: Plan, day: date | None, with_indicators: bool) -> None:
        self.plan = plan
        self.items: dict[int, sheet.Item] = {}
        self.shares: dict[int, dict[int, sheet.Share]] = defaultdict(dict)
        self.order: dict[str, list[int]] = defaultdict(list)
        for row in _parts(plan):
            self._part(day, *row)
        known = bool(self.items)
        self.methods = _methods(plan) if known else {}
        self.indicators = _indicators(plan) if known and with_indicators else {}

    def timetable(self) -> sheet.Timetable:
        if not self.items:
            return sheet.Timetable(self.plan.year)
        items = {pk: self._whole(pk, item) for pk, item in self.items.items()}
        schedule = schedule_of(self.plan)
        return sheet.Timetable(
            self.plan.year,
            tuple(
                sheet.UnitSheet(unit, tuple(items[pk] for pk in keys))
                for unit, keys in self.order.items()
            ),
            schedule.title,
            schedule.label,
            schedule.total,
        )

    def _part(self, day: date | None, item: int, share: int, *row: Any) -> None:
        """Take in one share of one item, with one of its owners or none."""
        name, first, last, note, points, unit, owner, starts, ends = row
        if item not in self.items:
            interval = roc_month(first), roc_month(last)
            self.items[item] = sheet.Item(name, (), None, (), (), *interval, note)
        shares = self.shares[item]
        if share not in shares:
            shares[share] = sheet.Share(unit, points, (), f"s{share}")
            self.order[unit].append(item)
        if owner and _is_owner(day, starts, ends):
            owners = (*shares[share].owners, owner)
            shares[share] = replace(shares[share], owners=owners)

    def _whole(self, pk: int, item: sheet.Item) -> sheet.Item:
        shares = tuple(self.shares[pk].values())
        return replace(
            item,
            shares=shares,
            points=total_points(shares),
            indicators=tuple(self.indicators.get(pk, ())),
            methods=tuple(self.methods.get(pk, ())),
            id=f"i{pk}",
        )


def total_points(shares: Iterable[sheet.Share]) -> Any:
    """The points of an item; None where no share has any."""
    points = [share.points for share in shares if share.points is not None]
    return sum(points) if points else None


def roc_month(stored: int) -> sheet.RocMonth:
    """11211 as (112, 11); 0 as None."""
    return divmod(stored, 100) if stored else None


def stored_month(month: sheet.RocMonth) -> int:
    """(112, 11) as 11211; None as 0."""
    return month[0] * 100 + month[1] if month else 0


def _parts(plan: Plan) -> Iterable[tuple[Any, ...]]:
    """Every share with its item, once for each owner: units in the office's order."""
    shares = Share.objects.filter(item__plan=plan, item__removed_at=None)
    ordered = shares.order_by(
        "unit__position",
        "unit__pk",
        "position",
        "pk",
        "ownerships__position",
        "ownerships__pk",
    )
    return ordered.values_list(
        "item_id",
        "pk",
        "item__name",
        "item__scored_from",
        "item__scored_until",
        "item__note",
        "points",
        "unit__name",
        "ownerships__name",
        "ownerships__starts_on",
        "ownerships__ends_on",
    )


def _is_owner(day: date | None, starts: date | None, ends: date | None) -> bool:
    if day is None:
        return ends is None
    return (starts is None or starts <= day) and (ends is None or day <= ends)


def _indicators(plan: Plan) -> dict[int, list[sheet.Indicator]]:
    found: dict[int, list[sheet.Indicator]] = defaultdict(list)
    rows = Indicator.objects.filter(item__plan=plan)
    for pk, item, text, weight in rows.values_list("pk", "item_id", "text", "weight"):
        found[item].append(sheet.Indicator(text, weight, f"n{pk}"))
    return found


def _methods(plan: Plan) -> dict[int, list[sheet.Method]]:
    found: dict[int, list[sheet.Method]] = defaultdict(list)
    rows = Method.objects.filter(item__plan=plan).values_list(
        "pk",
        "item_id",
        "text",
        "mark",
        "kinds",
        "months",
        "stages",
        "examines",
        "unit__name",
        "is_confirmed",
    )
    for pk, item, text, mark, kinds, months, stages, examines, unit, confirmed in rows:
        found[item].append(
            sheet.Method(
                text,
                mark,
                tuple(kinds),
                months,
                tuple(sheet.Stage(*stage) for stage in stages),
                tuple(examines),
                unit or "",
                confirmed,
                f"m{pk}",
            )
        )
    return found
