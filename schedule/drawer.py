"""The verbs of the grid's drawer: a part of an item is saved, the rest stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.db import transaction

from offices.models import Unit, User

from .apply import fill_method, save
from .editing import Stale, lock_item, lock_plan
from .models import Item, Method
from .months import MethodStale, fingerprint
from .timetable import model as sheet

# Everything of a method row but its months, which belong to the grid.
_WORDS = ("mark", "text", "kinds", "stages", "examines", "unit_id")
_DIGITS_OF_KEY = 19


@transaction.atomic
def save_points(
    item: Item, *, version: int, points: Mapping[int, Decimal | None], by: User
) -> Item:
    """Give each share (by its key) its points; raises Stale or Refused."""
    current = lock_item(item)
    if current.version != version:
        raise Stale(current)
    for share in current.shares.all():
        given = points.get(share.pk, share.points)
        if given != share.points:
            share.points = given
            save(share, by)
    current.version += 1
    save(current, by)
    current.plan.touch()
    return current


@transaction.atomic
def save_words(
    row: Method, *, seen: str, method: sheet.Method, unit: Unit | None, by: User
) -> Method:
    """Store everything of the row but its months; ``seen`` as in months.save_method.

    Who changes cells of the row meanwhile, oneself in the grid, is not in the way.
    Raises MethodStale where somebody changed its words, Method.DoesNotExist for a row
    deleted meanwhile.
    """
    plan = lock_plan(row.item.plan_id)
    current = Method.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not _says_what_was_seen(current, seen):
        raise MethodStale(current)
    kept = replace(method, months=current.months, confirmed=current.is_confirmed)
    fill_method(current, kept, unit)
    save(current, by)
    plan.touch()
    return current


def _says_what_was_seen(current: Method, seen: str) -> bool:
    if fingerprint(current) == seen:
        return True
    if not (seen.isascii() and seen.isdigit() and len(seen) < _DIGITS_OF_KEY):
        return False
    record = current.history.filter(pk=int(seen)).first()
    return record is not None and all(
        getattr(record, name) == getattr(current, name) for name in _WORDS
    )
