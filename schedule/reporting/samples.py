"""What a year of reporting would look like in one sample plan, with ups and downs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from offices.models import Role, User
from plans.cycle import Actor
from plans.models import Plan

from ..models import Method, Period, Report, Share, Standing
from .periods import Days, Rhythm, make_year
from .planned import planned_percent

OFFICE = "MS11"
LAST_REPORTED = 10
OPEN_MONTH = 11
INSTRUCTIONS = "請寫本月辦理的場次與人數；有照片或紀錄的請一併上傳。"
WORDS = (
    "依計畫辦理，本月已完成{month}月預定的工作項目。",
    "已召開工作會議並分配各里負責人，{month}月的場次如期辦理。",
    "{month}月辦理現場訪視，紀錄已歸檔，並追蹤上次建議事項。",
    "配合{month}月活動期程備妥宣導資料，已寄送各里辦公處。",
)
CAUSE = "場地整修延期，{month}月的場次改期辦理。"
REMEDY = "已改借學校禮堂，下個月加開一場補足進度。"


class _Sample(NamedTuple):
    """The plan's shares, what each should have done by a month, and who reports."""

    shares: list[Share]
    patterns: dict[int, list[str]]
    reporters: dict[int, User]
    keeper: User


@transaction.atomic
def add_reports(plan: Plan) -> None:
    """Twelve months of periods, ten of them reported on, the eleventh open today."""
    if plan.office.code != OFFICE:
        return
    keeper = plan.office.members.filter(roles__role=Role.COORDINATOR).first()
    if keeper is None:
        return
    by = Actor(keeper.user)
    days = Days(due=7, closing=10)
    make_year(plan, rhythm=Rhythm.MONTHLY, days=days, instructions=INSTRUCTIONS, by=by)
    _open_today(plan)
    sample = _read(plan, keeper.user)
    reports = [
        _report(period, share, sample)
        for period in plan.periods.filter(first__lte=LAST_REPORTED)
        for share in sample.shares
        if _is_reported(period.first, share.pk)
    ]
    Report.objects.bulk_create(reports)


def _open_today(plan: Plan) -> None:
    """Months before the open one are over, whatever year today is in."""
    today = timezone.localdate()
    for period in plan.periods.filter(first__gte=OPEN_MONTH):
        behind = period.first - OPEN_MONTH
        period.opens_on = today + timedelta(days=30 * behind - 10)
        period.due_on = today + timedelta(days=30 * behind + 7)
        period.closes_on = today + timedelta(days=30 * behind + 10)
        period.save()


def _read(plan: Plan, keeper: User) -> _Sample:
    shares = list(
        Share.objects.filter(item__plan=plan, item__removed_at=None)
        .order_by("pk")
        .prefetch_related("ownerships__member__user")
    )
    patterns: dict[int, list[str]] = {share.pk: [] for share in shares}
    rows = Method.objects.filter(item__plan=plan)
    for item, unit, months in rows.values_list("item_id", "unit_id", "months"):
        for share in shares:
            if share.item_id == item and unit in {None, share.unit_id}:
                patterns[share.pk].append(months)
    reporters = {
        share.pk: owner.member.user
        for share in shares
        for owner in share.ownerships.all()
        if owner.member
    }
    return _Sample(shares, patterns, reporters, keeper)


def _is_reported(month: int, share: int) -> bool:
    """Most of them; a few were forgotten."""
    return (month * 5 + share * 3) % 11 != 0


def _report(period: Period, share: Share, sample: _Sample) -> Report:
    month = period.first
    planned = planned_percent(sample.patterns[share.pk], month) or Decimal(0)
    turn = (month * 3 + share.pk * 7) % 10
    standing, percent = _standing(planned, turn)
    is_late = standing == Standing.BEHIND
    at = _moment(period.due_on - timedelta(days=turn % 5))
    return Report(
        period=period,
        share=share,
        status=standing.label,
        standing=standing,
        percent=percent,
        words=_words(standing, month, share.pk),
        cause=CAUSE.format(month=month) if is_late else "",
        remedy=REMEDY if is_late else "",
        is_done=True,
        version=1,
        reported_by=sample.reporters.get(share.pk, sample.keeper),
        reported_at=at,
        confirmed_by=sample.keeper if turn % 3 else None,
        confirmed_at=at + timedelta(days=1) if turn % 3 else None,
    )


def _standing(planned: Decimal, turn: int) -> tuple[Standing, Decimal]:
    """Now a little ahead, now behind, done when all months are over."""
    if planned == 100:
        return Standing.DONE, Decimal(100)
    if planned == 0:
        return Standing.NOT_STARTED, Decimal(0)
    if turn in {0, 4}:
        return Standing.BEHIND, max(planned - Decimal(8 + turn), Decimal(0))
    gained = Decimal(5) if turn in {2, 7} else Decimal(0)
    return Standing.RUNNING, min(planned + gained, Decimal(99))


def _words(standing: Standing, month: int, share: int) -> str:
    if standing == Standing.NOT_STARTED:
        return "尚未到預定月份。"
    return WORDS[(month + share) % len(WORDS)].format(month=month)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(16, 20)))
