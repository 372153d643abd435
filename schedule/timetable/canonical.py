"""A Timetable as plain JSON data and back: joint items stand once, sheets name places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from .model import Indicator, Item, Method, RocMonth, Share, Stage, Timetable, UnitSheet


def to_plain(timetable: Timetable) -> dict[str, Any]:
    """Only text, numbers, lists and dictionaries; decimals as text."""
    items = list(timetable.items())
    places = {id(item): place for place, item in enumerate(items)}
    return {
        "year": timetable.year,
        "title": timetable.title,
        "label": timetable.label,
        "total": _text(timetable.total),
        "items": [item_to_plain(item) for item in items],
        "sheets": [
            [one.unit, [places[id(item)] for item in one.items]]
            for one in timetable.sheets
        ],
    }


def from_plain(plain: Mapping[str, Any]) -> Timetable:
    """Raises KeyError, TypeError or ValueError for what to_plain did not make."""
    items = [item_from_plain(one) for one in plain["items"]]
    return Timetable(
        plain["year"],
        tuple(
            UnitSheet(unit, tuple(items[place] for place in places))
            for unit, places in plain["sheets"]
        ),
        plain["title"],
        plain["label"],
        _number(plain["total"]),
    )


def item_to_plain(item: Item) -> dict[str, Any]:
    return _plain(asdict(item))  # type: ignore[no-any-return]


def item_from_plain(plain: Mapping[str, Any]) -> Item:
    return Item(
        plain["name"],
        tuple(_share(one) for one in plain["shares"]),
        _number(plain["points"]),
        tuple(
            Indicator(one["text"], _number(one["weight"]), one["id"])
            for one in plain["indicators"]
        ),
        tuple(_method(one) for one in plain["methods"]),
        _month(plain["scored_from"]),
        _month(plain["scored_until"]),
        plain["note"],
        plain["id"],
    )


def _share(plain: Mapping[str, Any]) -> Share:
    owners = tuple(plain["owners"])
    return Share(plain["unit"], _number(plain["points"]), owners, plain["id"])


def _method(plain: Mapping[str, Any]) -> Method:
    lists = {
        "kinds": tuple(plain["kinds"]),
        "examines": tuple(plain["examines"]),
        "stages": tuple(Stage(**stage) for stage in plain["stages"]),
    }
    return Method(**{**plain, **lists})


def _month(plain: Any) -> RocMonth:
    return (plain[0], plain[1]) if plain else None


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _text(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
