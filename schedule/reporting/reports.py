"""The verbs of a report: saved without losing another's text, confirmed, returned."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from offices.audit.models import Act
from offices.history import record_change
from offices.notices.sending import notify
from plans.cycle import Actor, NotNow, tell
from plans.models import Plan

from ..models import Period, Report, Share, SupplementRequest
from ..timetable.wording import plain_number
from .permissions import require_running


@dataclass(frozen=True, slots=True)
class Told:
    """What a person tells in one row; ``percent`` is cumulative."""

    status: str
    standing: str
    percent: Decimal | None
    words: str = ""
    cause: str = ""
    remedy: str = ""
    is_carried_over: bool = False
    is_done: bool = False


class Stale(Exception):
    """Somebody saved the row in between; ``current`` is what stands there now."""

    def __init__(self, current: Report) -> None:
        super().__init__("這一列剛才已由別人填報。")
        self.current = current


def is_writable(
    period: Period, supplement: SupplementRequest | None, day: date
) -> bool:
    """Whether a row of the period takes reports on ``day``."""
    granted = supplement is not None and supplement.is_open(day)
    return period.is_open(day) or granted


def require_writable(period: Period, share: Share, day: date) -> None:
    """Raises NotNow with what can be done instead; one query where it is closed."""
    if period.is_open(day):
        return
    if period.opens_on > day and period.closed_at is None:
        raise NotNow(f"{period}還沒有開放填報。")
    granted = SupplementRequest.objects.filter(
        period=period, share=share, is_granted=True, open_until__gte=day
    )
    if not granted.exists():
        raise NotNow(f"{period}的填報已經關閉，沒有存入；請用「請求補報」。")


@transaction.atomic
def save_report(
    period: Period, share: Share, *, seen: int, told: Told, by: Actor
) -> Report:
    """Store the row if it still is at version ``seen``, 0 for one never saved.

    Where all is so already nothing happens.  A confirmation or a return is over with
    the next report.  Raises Stale, or NotNow where the period takes no reports.
    """
    fresh = Period.objects.select_related("plan__office").get(pk=period.pk)
    require_running(fresh.plan)
    require_writable(fresh, share, timezone.localdate())
    current = report_for(fresh, share)
    if current.is_reported and _is_same(current, told):
        return current
    if current.version != seen:
        raise Stale(current)
    values = asdict(told) | {
        "reported_by": by.user,
        "reported_at": timezone.now(),
        "acting_for": by.acting_for,
        "confirmed_by": None,
        "confirmed_at": None,
        "returned_reason": "",
        "version": seen + 1,
    }
    # Written only over what was seen: whoever came in between is not overwritten.
    if not Report.objects.filter(pk=current.pk, version=seen).update(**values):
        raise Stale(Report.objects.get(pk=current.pk))
    record_change(Report, current.pk, by=by.user)
    _tell(Act.REPORTED, fresh.plan, fresh, share, by, told)
    return Report.objects.get(pk=current.pk)


def report_for(period: Period, share: Share) -> Report:
    """The row's report, made empty where there is none; it counts as missing then."""
    try:
        with transaction.atomic():
            report, _ = Report.objects.get_or_create(period=period, share=share)
    except IntegrityError:  # made by somebody else at the same moment
        report = Report.objects.get(period=period, share=share)
    return report


def _is_same(report: Report, told: Told) -> bool:
    return all(getattr(report, name) == value for name, value in asdict(told).items())


def _tell(
    act: Act, plan: Plan, period: Period, share: Share, by: Actor, told: Told
) -> None:
    percent = "" if told.percent is None else f"{plain_number(told.percent)}%"
    tell(
        act,
        plan,
        by,
        期別=str(period),
        項目=share.item.name,
        課室=share.unit.name,
        狀態=told.status,
        累計=percent,
    )


@transaction.atomic
def confirm_report(report: Report, *, seen: int, by: Actor) -> Report:
    """課室主管 agrees with what is told.  Raises Stale, or NotNow."""
    current = _reported(report, seen)
    if current.confirmed_at:
        raise NotNow("這一列剛才已經確認。")
    current.confirmed_by, current.confirmed_at = by.user, timezone.now()
    current.returned_reason = ""
    current.save(update_fields=["confirmed_by", "confirmed_at", "returned_reason"])
    _tell_of(Act.CONFIRMED, current, by)
    return current


@transaction.atomic
def return_report(report: Report, *, seen: int, reason: str, by: Actor) -> Report:
    """Ask the reporter to mend it; they are given notice.

    Raises Stale, or NotNow where nobody could mend it because the period is closed.
    """
    current = _reported(report, seen)
    require_writable(current.period, current.share, timezone.localdate())
    current.confirmed_by, current.confirmed_at = None, None
    current.returned_reason, current.is_done = reason, False
    current.save(
        update_fields=["confirmed_by", "confirmed_at", "returned_reason", "is_done"]
    )
    _tell_of(Act.RETURNED, current, by, 原因=reason)
    notify(
        [current.reported_by],
        office=current.period.plan.office,
        text=f"{current.period}「{current.share.item}」的填報已退回：{reason}",
        url=current.period.get_absolute_url(),
        urgent=True,
    )
    return current


def _reported(report: Report, seen: int) -> Report:
    """The report as it is now, held, if it still is what was looked at."""
    rows = Report.objects.select_for_update(of=("self",)).select_related(
        "period__plan__office", "share__item", "share__unit", "reported_by"
    )
    current = rows.get(pk=report.pk)
    require_running(current.period.plan)
    if not current.is_reported:
        raise NotNow("這一列還沒有填報。")
    if current.version != seen:
        raise Stale(current)
    return current


def _tell_of(act: Act, report: Report, by: Actor, **more: str) -> None:
    tell(
        act,
        report.period.plan,
        by,
        期別=str(report.period),
        項目=report.share.item.name,
        課室=report.share.unit.name,
        **more,
    )
