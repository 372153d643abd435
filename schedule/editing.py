"""The verbs that change items.  Each locks what it changes and counts a new edition.

What people typed is checked by the forms; these keep the rows whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from offices.models import Member, Unit, User
from plans.models import Plan

from .apply import save
from .models import Indicator, Item, Ownership, Share


class Refused(Exception):
    """The act is not possible; the message says why, in Chinese."""


class Stale(Exception):
    """Someone saved in between; ``current`` is the item as it stands now."""

    def __init__(self, current: Item) -> None:
        super().__init__("這一項剛才已由別人修改。")
        self.current = current


@dataclass(frozen=True, slots=True)
class Part:
    """A unit's part of an item as it was typed; an owner is (member or None, name)."""

    unit: Unit
    points: Decimal | None
    owners: tuple[tuple[Member | None, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The item's own words; months as in models.Item, 0 for none."""

    name: str
    scored_from: int = 0
    scored_until: int = 0
    note: str = ""


def lock_item(item: Item) -> Item:
    """The item's row with its plan's, held until the end of the transaction.

    The plan first, as everyone who changes the whole table does: nobody waits for the
    plan while holding what others wait for.  Raises Refused where it was deleted
    meanwhile.
    """
    plan = lock_plan(item.plan_id)
    found = Item.objects.select_for_update().standing().filter(pk=item.pk).first()
    if found is None:
        raise Refused("這個項目剛才已由別人刪除；可請研考在「最近刪除」復原。")
    found.plan = plan
    return found


def lock_plan(pk: int) -> Plan:
    """The plan's row, held until the end of the transaction; before any other."""
    return Plan.objects.select_for_update().get(pk=pk)


@transaction.atomic
def add_item(plan: Plan, *, head: Head, parts: Sequence[Part], by: User) -> Item:
    """A new item, last in the sheet of each of its units."""
    item = Item(plan=plan)
    _fill(item, head)
    save(item, by)
    _store_parts(item, parts, by)
    plan.touch()
    return item


@transaction.atomic
def save_item(
    item: Item, *, version: int, head: Head, parts: Sequence[Part], by: User
) -> Item:
    """Store name, interval, note and parts; raises Stale or Refused."""
    current = lock_item(item)
    if current.version != version:
        raise Stale(current)
    _fill(current, head)
    current.version += 1
    save(current, by)
    _store_parts(current, parts, by)
    current.plan.touch()
    return current


def _fill(item: Item, head: Head) -> None:
    item.name, item.note = head.name, head.note
    item.scored_from, item.scored_until = head.scored_from, head.scored_until


def _store_parts(item: Item, parts: Sequence[Part], by: User) -> None:
    standing = {share.unit_id: share for share in item.shares.all()}
    for part in parts:
        share = standing.pop(part.unit.pk, None)
        if share is None:
            share = Share(item=item, unit=part.unit, position=_end_of(item.plan, part))
        share.points = part.points
        save(share, by)
        store_owners(share, part.owners, by)
    for gone in standing.values():
        if gone.reports.exists():
            raise Refused(
                f"{gone.unit}已有填報，不能從這個項目移除；其他修改也沒有存入。"
            )
        item.methods.filter(unit=gone.unit_id).update(unit=None)
        gone.delete()


def _end_of(plan: Plan, part: Part) -> int:
    sheet = Share.objects.filter(item__plan=plan, unit=part.unit)
    last = sheet.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def store_owners(
    share: Share, owners: Sequence[tuple[Member | None, str]], by: User
) -> None:
    """Make these the owners without an end; those that stay keep their dates."""
    standing = {o.name: o for o in share.ownerships.filter(ends_on=None)}
    for position, (member, name) in enumerate(owners):
        row = standing.pop(name, None) or Ownership(share=share, name=name)
        row.member, row.position = member or row.member, position
        save(row, by)
    for gone in standing.values():
        gone.delete()


@transaction.atomic
def save_indicators(
    item: Item,
    *,
    version: int,
    indicators: Iterable[tuple[str, Decimal | None]],
    by: User,
) -> Item:
    """Make these (text, weight) the item's indicators; raises Stale or Refused."""
    current = lock_item(item)
    if current.version != version:
        raise Stale(current)
    standing = list(current.indicators.all())
    for position, (text, weight) in enumerate(indicators):
        row = standing.pop(0) if standing else Indicator(item=current)
        row.position, row.text, row.weight = position, text, weight
        save(row, by)
    for gone in standing:
        gone.delete()
    current.version += 1
    save(current, by)
    current.plan.touch()
    return current


@transaction.atomic
def delete_item(item: Item, *, by: User) -> None:
    """Take the item out of every sheet; restore_item puts it back."""
    current = lock_item(item)
    current.removed_at = timezone.now()
    save(current, by)
    current.plan.touch()


@transaction.atomic
def restore_item(item: Item, *, by: User) -> None:
    plan = lock_plan(item.plan_id)
    current = Item.objects.select_for_update().get(pk=item.pk)
    current.removed_at = None
    save(current, by)
    plan.touch()


@transaction.atomic
def move_item(item: Item, unit: Unit, *, up: bool, by: User) -> None:
    """One place up or down in the unit's sheet; at its end nothing happens."""
    lock_plan(item.plan_id)
    shares = list(
        Share.objects.filter(
            item__plan=item.plan_id, item__removed_at=None, unit=unit
        ).select_related("item")
    )
    here = next((i for i, s in enumerate(shares) if s.item_id == item.pk), None)
    if here is None:
        raise Refused("這個項目已不在這個課室的管制表裡。")
    there = here - 1 if up else here + 1
    if not 0 <= there < len(shares):
        return
    shares[here], shares[there] = shares[there], shares[here]
    for position, share in enumerate(shares):
        if share.position != position:
            share.position = position
            save(share, by)
    item.plan.touch()
