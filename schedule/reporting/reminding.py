"""催報: one notice, and one mail, for each person who has not reported yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from offices.audit.models import Act
from offices.models import Deputy, User
from offices.notices.sending import notify
from offices.roc import numeric
from plans.cycle import Actor, NotNow, tell

from ..models import Ownership, Period, Report, Share
from .periods import locked_period
from .permissions import require_running


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many people were reminded, and how many rows have nobody to remind."""

    people: int
    unreachable: int


@transaction.atomic
def remind(period: Period, *, by: Actor) -> Reminded:
    """Remind owners and their deputies of rows without a report, once a day.

    Raises NotNow for a period that takes no reports or was reminded of today.
    """
    current = locked_period(period)
    day = timezone.localdate()
    require_running(current.plan)
    if not current.is_open(day):
        raise NotNow(f"{current}現在不開放填報，沒有催報。")
    if current.reminded_at and timezone.localdate(current.reminded_at) == day:
        raise NotNow(f"{current}今天已經催報過，同一天只寄一次。")
    missing = {share.pk for share in missing_shares(current)}
    owed = _owed(missing, day)
    for user, shares in owed.items():
        _notify(current, user, len(shares))
    current.reminded_at = timezone.now()
    current.save(update_fields=["reminded_at"])
    tell(Act.REMINDED, current.plan, by, 期別=str(current), 人數=f"{len(owed)} 人")
    reached = {pk for shares in owed.values() for pk in shares}
    return Reminded(len(owed), len(missing - reached))


def missing_shares(period: Period) -> QuerySet[Share]:
    """Shares of standing items that nothing was reported on."""
    told = Report.objects.filter(
        period=period, share=OuterRef("pk"), reported_at__isnull=False
    )
    return Share.objects.filter(
        ~Exists(told), item__plan=period.plan_id, item__removed_at=None
    )


def _owed(missing: Iterable[int], day: date) -> dict[User, set[int]]:
    """What each person has still to report, as an owner or for one."""
    owners = Ownership.objects.on(day).filter(
        share__in=missing, member__is_active=True, member__user__is_active=True
    )
    owed: dict[User, set[int]] = defaultdict(set)
    shares: dict[int, set[int]] = defaultdict(set)
    for owner in owners.select_related("member__user"):
        if owner.member:
            owed[owner.member.user].add(owner.share_id)
            shares[owner.member.pk].add(owner.share_id)
    for deputy in _deputies(shares, day):
        owed[deputy.deputy.user] |= shares[deputy.member_id]
    return owed


def _deputies(members: Iterable[int], day: date) -> QuerySet[Deputy]:
    standing_in = Deputy.objects.filter(
        member__in=members,
        starts_on__lte=day,
        ends_on__gte=day,
        deputy__is_active=True,
        deputy__user__is_active=True,
    )
    return standing_in.select_related("deputy__user")


def _notify(period: Period, user: User, count: int) -> None:
    notify(
        [user],
        office=period.plan.office,
        text=f"「{period.plan}」{period}還有 {count} 項未填報，{numeric(period.due_on)} 截止",
        url=period.get_absolute_url(),
        urgent=True,
    )
