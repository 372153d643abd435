"""Rests of items whose page is lost on the paper read in: kept until 研考 decides.

They are no items, as nobody knows their name; but nothing that was read is dropped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from offices.models import User
from plans.models import Plan

from .apply import apply_timetable
from .compose import schedule_of
from .timetable.canonical import item_from_plain, item_to_plain
from .timetable.model import Item, Share, Timetable, UnitSheet
from .timetable.sharing import NO_UNIT, with_both
from .timetable.wording import indicator_text

UNNAMED = "（名稱待補）"


class UnitMissing(Exception):
    """A fragment that names no unit is to become an item, and none was chosen."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """One rest: ``key`` tells it from the others, whatever becomes of them."""

    key: str
    item: Item

    @property
    def owners(self) -> str:
        return "、".join(name for share in self.item.shares for name in share.owners)

    @property
    def needs_unit(self) -> bool:
        return needs_unit(self.item)

    @property
    def texts(self) -> list[str]:
        return [
            *map(indicator_text, self.item.indicators),
            *(method.text for method in self.item.methods),
        ]


def fragment(item: Item) -> Fragment:
    plain = json.dumps(item_to_plain(item), sort_keys=True)
    return Fragment(hashlib.sha256(plain.encode()).hexdigest()[:16], item)


def fragments_of(plan: Plan) -> list[Fragment]:
    """What waits for a decision.  No query where the plan's schedule is at hand."""
    return [fragment(item_from_plain(one)) for one in schedule_of(plan).fragments]


@transaction.atomic
def keep_fragments(plan: Plan, items: Iterable[Item]) -> None:
    """Let these wait; one that waits already is not kept twice."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    waiting = {one.key: one.item for one in fragments_of(plan)}
    waiting |= {fragment(item).key: item for item in items}
    _store(plan, waiting.values())


@transaction.atomic
def settle_fragment(
    plan: Plan, key: str, *, keep: bool, by: User, unit: str = ""
) -> bool:
    """Make an unnamed item of the fragment, or drop it; False if it was settled before.

    ``unit`` is whose it becomes if it names none.  Raises UnitMissing without it.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    waiting = fragments_of(plan)
    found = next((one for one in waiting if one.key == key), None)
    if found is None:
        return False
    if keep:
        item = placed(found.item, unit)
        apply_timetable(plan, as_timetable(plan, [item]), by=by)
        plan.refresh_from_db()
    _store(plan, [one.item for one in waiting if one.key != key])
    return True


def needs_unit(item: Item) -> bool:
    """Whether nobody knows whose the item is."""
    return not item.shares or any(one.unit in {"", NO_UNIT} for one in item.shares)


def placed(item: Item, unit: str) -> Item:
    """The item with ``unit`` where it names none.  Raises UnitMissing for no unit."""
    if not needs_unit(item):
        return item
    if unit in {"", NO_UNIT}:
        raise UnitMissing
    shares: dict[str, Share] = {}
    for share in item.shares or (Share(unit),):
        own = unit if share.unit in {"", NO_UNIT} else share.unit
        shares[own] = with_both(shares.get(own), replace(share, unit=own))
    return replace(item, shares=tuple(shares.values()))


def as_timetable(plan: Plan, items: Iterable[Item]) -> Timetable:
    """Fragments as items without a name, each in the sheets of its units."""
    sheets: dict[str, list[Item]] = {}
    for item in items:
        named = replace(item, name=f"{UNNAMED}{fragment(item).key[:4]}")
        for share in item.shares:
            sheets.setdefault(share.unit, []).append(named)
    found = (UnitSheet(unit, tuple(items)) for unit, items in sheets.items())
    return Timetable(plan.year, tuple(found))


def _store(plan: Plan, items: Iterable[Item]) -> None:
    schedule: Any = schedule_of(plan)
    schedule.fragments = [item_to_plain(item) for item in items]
    schedule.save()
