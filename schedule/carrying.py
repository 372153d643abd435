"""The control table of a plan that is carried over to a new year.

Items come with their shares, owners of today, indicators and methods; months are to be
confirmed anew, and no report, score or evidence comes along.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from offices.models import Unit, User
from plans.models import Plan

from .apply import BATCH
from .models import Indicator, Item, Link, Method, Ownership, Schedule, Share
from .unit_names import units_named

# The letter of each kind of row in the keys of a Timetable.
_LETTERS: Mapping[type[models.Model], str] = {Item: "item", Share: "s", Method: "m"}
_Row = TypeVar("_Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class _Way:
    """From which plan to which, and how many years later."""

    source: Plan
    plan: Plan
    by: User | None

    @property
    def years(self) -> int:
        return self.plan.year - self.source.year

    def store(self, rows: Iterable[models.Model], model: type[models.Model]) -> None:
        stored = list(rows)
        if stored:
            bulk_create_with_history(
                stored, model, batch_size=BATCH, default_user=self.by
            )


def carry_schedule(
    source: Plan, plan: Plan, ids: Mapping[str, str], *, by: User | None
) -> dict[str, str]:
    """Copy the control table; keys of items (item3), shares and methods, old → new.

    The number of queries does not grow with the number of items.
    """
    way = _Way(source, plan, by)
    _settings(way)
    items = _items(way)
    if not items:
        return {}
    units = _units(way)
    shares = _shares(way, items, units)
    _owners(way, shares)
    _indicators(way, items)
    methods = _methods(way, items, units)
    _links(way, items, ids)
    keys = (_keys(items), _keys(shares), _keys(methods))
    return {old: new for some in keys for old, new in some}


def _keys(copies: Mapping[int, models.Model]) -> Iterator[tuple[str, str]]:
    for old, new in copies.items():
        letter = _LETTERS[type(new)]
        yield f"{letter}{old}", f"{letter}{new.pk}"


def _settings(way: _Way) -> None:
    kept = Schedule.objects.filter(plan=way.source).first()
    if kept:
        names = ("label", "title", "total", "place")
        values = {name: getattr(kept, name) for name in names}
        Schedule.objects.create(plan=way.plan, **values)


def _items(way: _Way) -> dict[int, Item]:
    """The copies by the key of what was copied; scoring intervals move along."""
    copies = {
        item.pk: Item(
            plan=way.plan,
            name=item.name,
            note=item.note,
            scored_from=_later(item.scored_from, way.years),
            scored_until=_later(item.scored_until, way.years),
        )
        for item in Item.objects.standing().filter(plan=way.source)
    }
    way.store(copies.values(), Item)
    return copies


def _later(month: int, years: int) -> int:
    """11211 as 11311; 0 stays none."""
    return max(month + years * 100, 0) if month else 0


def _units(way: _Way) -> dict[int, Unit]:
    """The unit of the new plan's office for each unit of the old one's."""
    old = list(way.source.office.units.all())
    if way.plan.office_id == way.source.office_id:
        return {unit.pk: unit for unit in old}
    names = [unit.name for unit in old]
    named = units_named(way.plan.office, names, create=True)
    return {unit.pk: named[unit.name] for unit in old}


def _shares(
    way: _Way, items: Mapping[int, Item], units: Mapping[int, Unit]
) -> dict[int, Share]:
    copies = {
        share.pk: Share(
            item=items[share.item_id],
            unit=units[share.unit_id],
            points=share.points,
            position=share.position,
        )
        for share in Share.objects.filter(item__in=items)
    }
    way.store(copies.values(), Share)
    return copies


def _owners(way: _Way, shares: Mapping[int, Share]) -> None:
    """Those of today; who is no active member any more is kept by name alone, which
    送核前檢查 tells."""
    today = Ownership.objects.on(timezone.localdate()).filter(share__in=shares)
    way.store(
        (
            Ownership(
                share=shares[row.share_id],
                member=row.member if _is_member(way, row) else None,
                name=row.name,
                position=row.position,
            )
            for row in today.select_related("member__user")
        ),
        Ownership,
    )


def _is_member(way: _Way, row: Ownership) -> bool:
    member = row.member
    return (
        member is not None
        and member.office_id == way.plan.office_id
        and member.is_active
        and member.user.is_active
    )


def _indicators(way: _Way, items: Mapping[int, Item]) -> None:
    way.store(
        (
            _copy(row, item=items[row.item_id])
            for row in Indicator.objects.filter(item__in=items)
        ),
        Indicator,
    )


def _methods(
    way: _Way, items: Mapping[int, Item], units: Mapping[int, Unit]
) -> dict[int, Method]:
    """Months are those of last year until somebody confirms them."""
    copies = {
        row.pk: _copy(
            row,
            item=items[row.item_id],
            unit=units[row.unit_id] if row.unit_id else None,
            is_confirmed=False,
        )
        for row in Method.objects.filter(item__in=items)
    }
    way.store(copies.values(), Method)
    return copies


def _copy(row: _Row, **changed: Any) -> _Row:
    """An unsaved row with the same values but those that are given."""
    fields = row._meta.concrete_fields
    values = {
        field.name: getattr(row, field.name)
        for field in fields
        if not field.primary_key and not field.is_relation
    }
    return type(row)(**values | changed)


def _links(way: _Way, items: Mapping[int, Item], ids: Mapping[str, str]) -> None:
    """Links to parts that were not carried over are left out."""
    made: dict[str, list[Link]] = defaultdict(list)
    for link in Link.objects.filter(item__in=items):
        kind, old = ("b", link.block_id) if link.block_id else ("r", link.row_id)
        new = ids.get(f"{kind}{old}")
        if new:
            field = "block_id" if kind == "b" else "row_id"
            copy = Link(item=items[link.item_id], **{field: int(new[1:])})
            made[kind].append(copy)
    Link.objects.bulk_create([*made["b"], *made["r"]], batch_size=BATCH)
