"""The way in: a Timetable becomes rows of the database, all or nothing.

Items are told by their id, else by units and name.  What is the same is not written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from offices.models import Member, Office, Unit, User
from plans.models import Plan

from .compose import schedule_of, stored_month, timetable_of
from .models import Indicator, Item, Method, Ownership, Share
from .timetable import model as sheet
from .timetable.comparison import matched
from .timetable.sharing import NO_UNIT
from .unit_names import units_named

BATCH = 500
LONGEST_NAME = 60
MOST_DIGITS = 6


class UnfitNumber(ValueError):
    """No column can hold the number; the message says so, in Chinese."""


@transaction.atomic
def apply_timetable(
    plan: Plan,
    timetable: sheet.Timetable,
    *,
    by: User | None,
    removed: Iterable[str] = (),
) -> None:
    """Store the items of ``timetable``; those with an id in ``removed`` are deleted.

    Units that the office lacks are made.  Owners who are no members are kept by
    name alone.  Raises UnfitNumber.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    _Applier(plan, timetable, by).store(removed)
    _store_settings(plan, timetable)
    plan.touch()


def _store_settings(plan: Plan, timetable: sheet.Timetable) -> None:
    """Title, label and total, where the timetable names them."""
    schedule = schedule_of(plan)
    named = {
        "title": timetable.title[:200],
        "label": timetable.label[:20],
        "total": kept(timetable.total, 2),
    }
    for name, value in named.items():
        if value not in {"", None, getattr(schedule, name)}:
            setattr(schedule, name, value)
            schedule.version += 1
    schedule.save()


class _Applier:
    """Writes one timetable; new rows are gathered and written together."""

    def __init__(self, plan: Plan, timetable: sheet.Timetable, by: User | None) -> None:
        self.plan, self.timetable, self.by = plan, timetable, by
        self.units = units_named(
            plan.office, [one.unit for one in timetable.sheets], create=True
        )
        self.people = People(plan.office)
        self.places: dict[tuple[int, str], int] = {}
        shares = Share.objects.filter(item__plan=plan)
        self.positions = dict(shares.values_list("pk", "position"))
        count = sum(len(one.items) for one in timetable.sheets)
        self.end = max(self.positions.values(), default=-1) + count + 1
        self.new: dict[type[models.Model], list[Any]] = {
            kind: [] for kind in (Item, Share, Ownership, Indicator, Method)
        }

    def store(self, removed: Iterable[str]) -> None:
        standing = timetable_of(self.plan)
        pairs = list(matched(standing, self.timetable))
        gone = {*removed, *(old.id for old, _ in pairs if old)}
        self.places = self._all_places(standing, pairs, gone)
        for old, item in pairs:
            if old is None or not self._is_stored(old, item):
                self._item(old, item)
        for kind, rows in self.new.items():
            if rows:
                bulk_create_with_history(
                    rows, kind, batch_size=BATCH, default_user=self.by
                )
        self._remove({int(key[1:]) for key in removed})

    def _all_places(
        self,
        standing: sheet.Timetable,
        pairs: Iterable[tuple[sheet.Item | None, sheet.Item]],
        known: Collection[str],
    ) -> dict[tuple[int, str], int]:
        """Where every share goes: as the sheet orders them, where it is whole.

        In a sheet that holds further items those stay, and new ones stand at its end.
        """
        partial = {
            one.unit
            for one in standing.sheets
            if any(item.id not in known for item in one.items)
        }
        is_new = {id(item) for old, item in pairs if old is None}
        return {
            (id(item), one.unit): place + self.end * (one.unit in partial)
            for one in self.timetable.sheets
            for place, item in enumerate(one.items)
            if one.unit not in partial or id(item) in is_new
        }

    def _remove(self, keys: set[int]) -> None:
        for item in Item.objects.standing().filter(plan=self.plan, pk__in=keys):
            item.removed_at = timezone.now()
            save(item, self.by)

    def _is_stored(self, old: sheet.Item, new: sheet.Item) -> bool:
        """Whether the database holds all of ``new`` already, in its place."""
        stands = all(
            self.positions[pk] == self._place(new, share, pk)
            for share in old.shares
            for pk in [int(share.id[1:])]
        )
        return stands and _without_ids(old) == _without_ids(new)

    def _place(self, item: sheet.Item, share: sheet.Share, pk: int | None) -> int:
        """Where a share stands; in a sheet that is not given, where it stood."""
        stood = self.end if pk is None else self.positions[pk]
        return self.places.get((id(item), share.unit), stood)

    def _item(self, old: sheet.Item | None, new: sheet.Item) -> None:
        row = Item.objects.get(pk=old.id[1:]) if old else Item(plan=self.plan)
        row.name, row.note = new.name[:200], new.note
        row.scored_from = stored_month(new.scored_from)
        row.scored_until = stored_month(new.scored_until)
        row.version += bool(old)
        self._put(row)
        standing = (
            {s.unit.name: s for s in row.shares.select_related("unit")} if old else {}
        )
        for share in new.shares:
            known = standing.pop(share.unit, None)
            place = self._place(new, share, known.pk if known else None)
            self._share(row, known, share, place)
        for gone in standing.values():
            gone.delete()
        self._indicators(row, old, new)
        self._methods(row, old, new)

    def _share(
        self, item: Item, row: Share | None, share: sheet.Share, place: int
    ) -> None:
        now = list(row.ownerships.filter(ends_on=None)) if row else []
        if row is None:
            row = Share(item=item, unit=self._unit(share.unit))
        row.points, row.position = kept(share.points, 2), place
        self._put(row)
        self._owners(row, {owner.name: owner for owner in now}, share.owners)

    def _owners(
        self, share: Share, standing: dict[str, Ownership], names: Iterable[str]
    ) -> None:
        """Those that stay keep their dates."""
        for position, name in enumerate(name[:LONGEST_NAME] for name in names):
            row = standing.pop(name, None)
            if row is None:
                member = self.people.named(name, share.unit)
                row = Ownership(share=share, member=member, name=name)
            row.position = position
            self._put(row)
        for gone in standing.values():
            gone.delete()

    def _indicators(self, item: Item, old: sheet.Item | None, new: sheet.Item) -> None:
        if old and _bare(old.indicators) == _bare(new.indicators):
            return
        if old:
            item.indicators.all().delete()
        for position, indicator in enumerate(new.indicators):
            self._put(
                Indicator(
                    item=item,
                    position=position,
                    text=indicator.text,
                    weight=kept(indicator.weight, 3),
                )
            )

    def _methods(self, item: Item, old: sheet.Item | None, new: sheet.Item) -> None:
        standing = {m.pk: m for m in item.methods.all()} if old else {}
        for position, method in enumerate(new.methods):
            row = standing.pop(_row_of(method, standing), None) or Method(item=item)
            fill_method(row, method, self.units.get(method.unit))
            row.position = position
            self._put(row)
        for gone in standing.values():
            gone.delete()

    def _unit(self, name: str) -> Unit:
        name = name or NO_UNIT
        if name not in self.units:
            self.units |= units_named(self.plan.office, [name], create=True)
        return self.units[name]

    def _put(self, row: Any) -> None:
        """Write a row that stands already; gather one that is new."""
        if row.pk:
            save(row, self.by)
        else:
            self.new[type(row)].append(row)


def _row_of(method: sheet.Method, standing: Mapping[int, Method]) -> int:
    """The key of the row that a method is: by its id, else the first with its words."""
    by_id = (pk for pk in standing if method.id == f"m{pk}")
    said = method.mark, method.text
    rows = (pk for pk, row in standing.items() if (row.mark, row.text) == said)
    return next(by_id, None) or next(rows, 0)


def kept(number: Decimal | None, places: int) -> Decimal | None:
    """The number as its column keeps it.  Raises UnfitNumber for one too large.

    SQLite would take any number, and break only where it is read again.
    """
    if number is None:
        return None
    plain = round(number, places) if number.is_finite() else number
    if plain.is_finite() and abs(plain) < 10 ** (MOST_DIGITS - places):
        return plain
    raise UnfitNumber(f"數值「{number}」太大，無法儲存。")


def fill_method(row: Method, method: sheet.Method, unit: Unit | None) -> None:
    """Everything of a method row but its place."""
    row.unit = unit
    row.text, row.mark = method.text, method.mark[:8]
    row.kinds, row.examines = list(method.kinds), list(method.examines)
    row.months = method.months
    row.stages = [[s.first, s.last, s.label] for s in method.stages]
    row.is_confirmed = method.confirmed


def save(row: Any, by: User | None) -> None:
    """Write one row with its history."""
    row._history_user = by
    row.save()


def _without_ids(item: sheet.Item) -> sheet.Item:
    """An item as it is compared: without keys and computed points, shares by unit."""
    shares = (replace(one, id="") for one in item.shares)
    return replace(
        item,
        id="",
        points=None,
        shares=tuple(sorted(shares, key=attrgetter("unit"))),
        indicators=tuple(replace(one, id="") for one in item.indicators),
        methods=tuple(replace(one, id="") for one in item.methods),
    )


def _bare(indicators: Sequence[sheet.Indicator]) -> list[tuple[str, Any]]:
    return [(one.text, one.weight) for one in indicators]


class People:
    """The active members of an office, by the names that are printed."""

    def __init__(self, office: Office) -> None:
        self._members: dict[str, list[Member]] = {}
        for member in office.members.active().select_related("user", "unit"):
            self._members.setdefault(member.user.full_name, []).append(member)

    def named(self, name: str, unit: Unit | None = None) -> Member | None:
        """The member of that name; of several, the one of ``unit``; else None."""
        found = self._members.get(name, [])
        if len(found) > 1 and unit is not None:
            found = [m for m in found if m.unit_id == unit.pk]
        return found[0] if len(found) == 1 else None

    def names(self) -> list[str]:
        return sorted(self._members)
