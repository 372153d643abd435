"""Private calendar links: who may make which, and what they show.

A link shows the plans of this ROC year and of later ones; where there are none yet,
those of the latest year.  A member's link shows the items that are theirs today, a
unit's those of its sheet, each with all its months.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from offices import roc
from offices.audit.models import Act
from offices.models import Member, Office, Unit, User, offices_visible_to
from plans.models import Plan

from .compose import timetable_of
from .models import Feed, Item, Ownership
from .recording import record_feed
from .timetable.ics import Entry, entries_of, write_calendar


def memberships_of(user: User) -> QuerySet[Member]:
    """Whose items a person may subscribe to: their own, in each of their offices."""
    members = Member.objects.active().filter(user=user)
    return members.select_related("user", "office", "unit")


def units_for(user: User) -> QuerySet[Unit]:
    """The units a person belongs to, and all units of offices whose 研考 they are."""
    own = Member.objects.active().filter(user=user)
    managed = Office.objects.managed_by(user)
    units = Unit.objects.filter(
        Q(pk__in=own.values("unit")) | Q(office__in=managed.order_by().values("pk"))
    )
    return units.select_related("office").order_by("office__code", "position", "pk")


@transaction.atomic
def make_feed(user: User, *, member: Member | None, unit: Unit | None) -> Feed:
    """A link for one of the two; where there is one already, that one stays."""
    feed, is_new = Feed.objects.get_or_create(created_by=user, member=member, unit=unit)
    if is_new:
        record_feed(Act.FEED_MADE, feed, office_of(feed), by=user)
    return feed


@transaction.atomic
def revoke_feed(feed: Feed, *, by: User) -> None:
    """Its address opens nothing from now on."""
    record_feed(Act.FEED_REVOKED, feed, office_of(feed), by=by)
    feed.delete()


def open_feed(secret: str) -> Feed | None:
    """The link, while whoever made it may read the office (active people alone may).

    Two queries.
    """
    feeds = Feed.objects.filter(secret=secret).select_related(
        "created_by", "member__user", "member__office", "unit__office"
    )
    feed = feeds.first()
    if feed is None or office_of(feed).pk not in offices_visible_to(feed.created_by):
        return None
    return feed


def office_of(feed: Feed) -> Office:
    """No query where member or unit were selected with their office."""
    shown = feed.member or feed.unit
    assert shown is not None  # noqa: S101 - the constraint feed_of_one
    return shown.office


def calendar_of(feed: Feed, day: date) -> bytes:
    """The calendar file as it is on ``day``; the queries grow with the plans alone."""
    plans = shown_plans(office_of(feed), day)
    name = f"{feed.member.user if feed.member else feed.unit}管制項目"
    return write_calendar(name, _entries(feed, plans, day), _last_change(feed, plans))


def shown_plans(office: Office, day: date) -> list[Plan]:
    """The plans with items of the ROC year of ``day`` or later, else of the latest."""
    items = Item.objects.standing().filter(plan=OuterRef("pk"))
    plans = list(
        office.plans.filter(Exists(items))
        .select_related("schedule")
        .order_by("year", "pk")
    )
    latest = max((plan.year for plan in plans), default=0)
    return [plan for plan in plans if plan.year >= min(roc.roc_year(day), latest)]


def _entries(feed: Feed, plans: list[Plan], day: date) -> Iterator[Entry]:
    shares = _shares(feed.member, plans, day) if feed.member and plans else None
    unit = feed.unit.name if feed.unit else ""
    for plan in plans:
        timetable = timetable_of(plan, day, with_indicators=False)
        yield from entries_of(timetable, unit=unit, shares=shares)


def _shares(member: Member, plans: list[Plan], day: date) -> frozenset[str]:
    """The ids, as a Timetable has them, of the parts that the member owns on ``day``."""
    rows = Ownership.objects.on(day).filter(member=member, share__item__plan__in=plans)
    return frozenset(f"s{pk}" for pk in rows.values_list("share", flat=True))


def _last_change(feed: Feed, plans: list[Plan]) -> datetime:
    return max((plan.changed_at for plan in plans), default=feed.created_at)
