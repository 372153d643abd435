"""Which points and table rows of the plan an item carries out; keys are b<pk>, r<pk>."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet

from plans.compose import compose
from plans.editing import lock_plan
from plans.models import Block, BlockKind, Plan, Row

from .editing import lock_item
from .models import Item, Link
from .strategies import Line, chapters_of


def links_in(plan: Plan) -> dict[int, set[str]]:
    """The keys that each standing item of the plan is linked to, by item."""
    found: dict[int, set[str]] = defaultdict(set)
    links = Link.objects.filter(item__plan=plan, item__removed_at=None)
    for item, key in _keys(links):
        found[item].add(key)
    return found


def keys_of(item: Item) -> set[str]:
    """What the item is linked to."""
    return {key for _, key in _keys(Link.objects.filter(item=item))}


def linked_lines(item: Item) -> tuple[Line, ...]:
    """The same as lines of the plan; where there are none, the plan is not composed."""
    keys = keys_of(item)
    if not keys:
        return ()
    chapters = chapters_of(compose(item.plan))
    return tuple(line for one in chapters for line in one.lines if line.key in keys)


@transaction.atomic
def save_links(item: Item, *, seen: Collection[str], wanted: Collection[str]) -> None:
    """Link what was ticked and unlink what was cleared since ``seen`` was shown.

    What others ticked meanwhile stays; keys that are not of the item's plan, or not
    there any more, are left out.  Raises Refused for an item deleted meanwhile.
    """
    current = lock_item(item)
    _unlink(current, set(seen) - set(wanted))
    standing = keys_of(current)
    new = _of_plan(current.plan, set(wanted) - set(seen)) - standing
    Link.objects.bulk_create(_link(current, key) for key in sorted(new))


@transaction.atomic
def save_carriers(
    plan: Plan, key: str, *, seen: Collection[int], wanted: Collection[int]
) -> None:
    """The same from the other side: which items (by pk) carry out the line ``key``.

    Items of other plans are left out.
    """
    lock_plan(plan)
    items = Item.objects.standing().filter(plan=plan)
    for item in items.filter(pk__in=set(seen) - set(wanted)):
        _unlink(item, {key})
    known = _of_plan(plan, {key})
    for item in items.filter(pk__in=set(wanted) - set(seen)):
        missing = known - keys_of(item)
        Link.objects.bulk_create(_link(item, one) for one in missing)


def _keys(links: QuerySet[Link]) -> Iterable[tuple[int, str]]:
    for item, block, row in links.values_list("item_id", "block_id", "row_id"):
        yield item, f"b{block}" if block else f"r{row}"


def _unlink(item: Item, keys: Collection[str]) -> None:
    links = Link.objects.filter(item=item)
    links.filter(block__in=_pks(keys, "b")).delete()
    links.filter(row__in=_pks(keys, "r")).delete()


def _of_plan(plan: Plan, keys: Collection[str]) -> set[str]:
    """Those keys that name a point or a row of the plan."""
    points = Block.objects.filter(
        plan=plan, kind=BlockKind.POINT, pk__in=_pks(keys, "b")
    )
    rows = Row.objects.filter(table__plan=plan, pk__in=_pks(keys, "r"))
    return {f"b{pk}" for pk in points.values_list("pk", flat=True)} | {
        f"r{pk}" for pk in rows.values_list("pk", flat=True)
    }


def _pks(keys: Collection[str], kind: str) -> list[int]:
    """The primary keys in what a browser sent; nothing for what is none."""
    return [
        int(key[1:])
        for key in keys
        if key[:1] == kind and key.isascii() and key[1:].isdigit() and len(key) < 19
    ]


def _link(item: Item, key: str) -> Link:
    pk = int(key[1:])
    return Link(item=item, block_id=pk) if key[0] == "b" else Link(item=item, row_id=pk)
