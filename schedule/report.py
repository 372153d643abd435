"""What a Timetable holds, as plain data for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from plans.readers.reading import Flag

from .timetable.annex import unit_points
from .timetable.model import Item, Method, Timetable
from .timetable.months import months_of
from .timetable.wording import plain_number


def report(timetable: Timetable, flags: Iterable[Flag] = ()) -> dict[str, Any]:
    """Units with their counts and points, items, and what is in doubt.

    Points of units and items are text ("10.5"), shares and weights numbers; a unit's
    points are its own shares.
    """
    return {
        "units": {
            one.unit: {"items": len(one.items), "points": _text(unit_points(one))}
            for one in timetable.sheets
        },
        "items": [_item(item) for item in timetable.items()],
        "flags": [
            {"code": flag.code, "message": flag.message, "line": flag.line}
            for flag in flags
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "name": item.name,
        "units": [share.unit for share in item.shares],
        "points": _text(item.points),
        "shares": [_number(share.points) for share in item.shares],
        "owners": sum(len(share.owners) for share in item.shares),
        "indicators": [_number(one.weight) for one in item.indicators],
        "methods": [_method(method) for method in item.methods],
    }


def _method(method: Method) -> dict[str, Any]:
    return {
        "kinds": list(method.kinds),
        "months": sorted(months_of(method.months)),
        "text": f"{method.mark}{method.text}",
        "stages": [[s.first, s.last, s.label] for s in method.stages],
        "unit": method.unit,
        "confirmed": method.confirmed,
    }


def _text(number: Decimal | None) -> str:
    return "" if number is None else plain_number(number)


def _number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)
