"""What is still open in a control table, each with the page that mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from ..grid import MayEdit
from ..timetable.model import Item, Timetable
from ..timetable.months import NO_MONTHS
from ..timetable.wording import plain_number

MOST_SHOWN = 8
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """One item that something is missing of: what exactly, and where it is mended."""

    name: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class OpenEnds:
    """All open ends of one kind; many are folded away below their number."""

    title: str
    ends: tuple[OpenEnd, ...]

    @property
    def is_folded(self) -> bool:
        return len(self.ends) > MOST_SHOWN


# What is missing of an item in words ("" for nothing), and the page that mends it.
_Judge = Callable[[Item], str]
_Mend = Callable[[int, Item], str]


def open_ends(
    timetable: Timetable, plan_pk: int, may_edit: MayEdit
) -> tuple[OpenEnds, ...]:
    """The kinds of which there is any; those who may not mend get the item's page.

    The timetable needs its indicators, and the owners of the day.
    """
    items = list(timetable.items())
    kinds: list[tuple[str, _Judge, _Mend]] = [
        ("權重合計不是 100%", _open_weights, _page_of("schedule:indicators")),
        ("沒有承辦人", _without_owner, _page_of("schedule:item_edit")),
        ("沒有考核方式", _without_method, _page_of("schedule:method_create")),
        ("沒有排定任何月份", _without_month, _first_method),
    ]
    if any(item.points is not None for item in items):
        kinds.insert(1, ("沒有配分", _without_points, _page_of("schedule:item_edit")))
    found = (
        OpenEnds(title, tuple(_ends(items, plan_pk, may_edit, judge, mend)))
        for title, judge, mend in kinds
    )
    return tuple(kind for kind in found if kind.ends)


def _ends(
    items: Sequence[Item], plan_pk: int, may_edit: MayEdit, judge: _Judge, mend: _Mend
) -> Iterator[OpenEnd]:
    read = _page_of("schedule:item")
    for item in items:
        if words := judge(item):
            page = mend if may_edit(item) else read
            yield OpenEnd(item.name, words, page(plan_pk, item))


def _open_weights(item: Item) -> str:
    weights = [one.weight for one in item.indicators if one.weight is not None]
    missing = _HUNDRED - sum(weights, Decimal(0))
    if not weights or not missing:
        return ""
    verb = "尚差" if missing > 0 else "超過"
    return f"{_units(item)}，{verb} {plain_number(abs(missing))}%"


def _without_points(item: Item) -> str:
    return "、".join(s.unit for s in item.shares if s.points is None)


def _without_owner(item: Item) -> str:
    return "、".join(s.unit for s in item.shares if not s.owners)


def _without_method(item: Item) -> str:
    return "" if item.methods else _units(item)


def _without_month(item: Item) -> str:
    planned = any(method.months != NO_MONTHS for method in item.methods)
    return "" if planned or not item.methods else _units(item)


def _units(item: Item) -> str:
    return "、".join(share.unit for share in item.shares)


def _page_of(name: str) -> _Mend:
    return lambda plan_pk, item: reverse(name, args=[plan_pk, int(item.id[1:])])


def _first_method(plan_pk: int, item: Item) -> str:
    return reverse("schedule:method", args=[plan_pk, int(item.methods[0].id[1:])])
