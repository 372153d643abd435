"""Handing all items of one person over to another, from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from offices.models import Member, User
from plans.models import Plan

from .apply import save
from .editing import Refused
from .models import Item, Ownership
from .ownership import standing_rows
from .recording import record_handover

ONE_DAY = timedelta(days=1)
# Both days included; None as the second is without an end.
Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Move:
    """An ownership that ends, and the spans in which the taker follows.

    No spans where the taker owns the part already.
    """

    row: Ownership
    spans: tuple[Span, ...]


def moves(plan: Plan, *, giver: Member, taker: Member, day: date) -> list[Move]:
    """What hand_over would do, in the order of the units' sheets.  Two queries."""
    rows = standing_rows(plan).filter(
        Q(ends_on=None) | Q(ends_on__gte=day), member=giver
    )
    ordered = rows.select_related("share__item", "share__unit").order_by(
        "share__unit__position", "share__unit__pk", "share__position", "pk"
    )
    return [
        Move(row, tuple(_free_spans(row, taker, day)))
        for row in ordered.prefetch_related("share__ownerships")
    ]


def _free_spans(row: Ownership, taker: Member, day: date) -> Iterator[Span]:
    """The row's time from ``day`` on in which the taker does not own the part yet."""
    taken = [
        (one.starts_on, one.ends_on)
        for one in row.share.ownerships.all()
        if one.member_id == taker.pk
    ]
    return uncovered(max(day, row.starts_on or day), row.ends_on, taken)


def uncovered(
    first: date, last: date | None, taken: Iterable[tuple[date | None, date | None]]
) -> Iterator[Span]:
    """The parts of first…last that no span of ``taken`` (None: open) covers."""
    for start, end in sorted(taken, key=lambda span: span[0] or date.min):
        if end is not None and end < first:
            continue
        if last is not None and (start or first) > last:
            break
        if start is not None and start > first:
            yield first, start - ONE_DAY
        if end is None or (last is not None and end >= last):
            return
        first = end + ONE_DAY
    yield first, last


@transaction.atomic
def hand_over(plan: Plan, *, giver: Member, taker: Member, day: date, by: User) -> int:
    """From ``day`` on ``taker`` owns what ``giver`` owned; returns how many items.

    The giver's time is kept with its end, so that the year's history stands.  An
    item that both own is only ended for the giver.  Forms of these items that were
    opened before are told so when they are sent.  Raises Refused for one person.
    """
    if giver == taker:
        raise Refused("交出和接手的是同一個人。")
    Plan.objects.select_for_update().get(pk=plan.pk)
    made = moves(plan, giver=giver, taker=taker, day=day)
    for move in made:
        for span in move.spans:
            _receive(move.row, taker, span, by)
        _end(move.row, day, by)
    items = {move.row.share.item_id for move in made}
    if items:
        Item.objects.filter(pk__in=items).update(version=F("version") + 1)
        plan.touch()
    record_handover(plan, giver, taker, day, items=len(items), by=by)
    return len(items)


def _receive(row: Ownership, taker: Member, span: Span, by: User) -> None:
    """A new ownership; one that ends the day before is prolonged instead."""
    first, last = span
    mine = (one for one in row.share.ownerships.all() if one.member_id == taker.pk)
    earlier = next((one for one in mine if one.ends_on == first - ONE_DAY), None)
    received = earlier or Ownership(
        share=row.share,
        member=taker,
        name=taker.user.full_name,
        position=row.position,
        starts_on=first,
    )
    received.ends_on = last
    save(received, by)


def _end(row: Ownership, day: date, by: User) -> None:
    """The giver's time ends before ``day``; what had not begun by then is gone."""
    if row.starts_on is not None and row.starts_on >= day:
        row._history_user = by  # type: ignore[attr-defined]  # read by simple-history
        row.delete()
        return
    row.ends_on = day - ONE_DAY
    save(row, by)


def givers(plan: Plan, day: date) -> QuerySet[Member]:
    """The members, former ones too, who own anything on ``day`` or later."""
    rows = standing_rows(plan).filter(Q(ends_on=None) | Q(ends_on__gte=day))
    members = Member.objects.filter(office=plan.office_id).select_related(
        "user", "unit"
    )
    return members.filter(pk__in=rows.values("member"))
