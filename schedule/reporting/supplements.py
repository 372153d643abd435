"""請求補報: asking to report after a period closed, and 研考's answer."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from offices.audit.models import Act
from offices.models import Role, User
from offices.notices.sending import notify
from offices.roc import numeric
from plans.cycle import Actor, NotNow, tell
from plans.models import Plan

from ..models import Period, Share, SupplementRequest
from .permissions import require_running


@transaction.atomic
def ask_supplement(
    period: Period, share: Share, *, reason: str, by: Actor
) -> SupplementRequest:
    """Ask 研考 to open the row again; they are given notice.

    Raises NotNow while the period is open, or where a request waits already.
    """
    require_running(period.plan)
    day = timezone.localdate()
    if not period.is_past(day):
        raise NotNow(f"{period}還沒有關閉，不用請求補報。")
    asked = SupplementRequest.objects.filter(period=period, share=share)
    if any(one.is_open(day) for one in asked):
        raise NotNow("這一列已經同意補報，可以直接填。")
    request = _waiting(period, share, reason, by)
    _tell(Act.SUPPLEMENT_ASKED, request, by, 原因=reason)
    notify(
        _coordinators(period.plan),
        office=period.plan.office,
        text=f"{by.user}請求補報{period}「{share.item}」：{reason}",
        url=f"{period.get_absolute_url()}matrix/",
    )
    return request


def _waiting(period: Period, share: Share, reason: str, by: Actor) -> SupplementRequest:
    try:
        with transaction.atomic():
            return SupplementRequest.objects.create(
                period=period, share=share, reason=reason, asked_by=by.user
            )
    except IntegrityError as error:
        raise NotNow("這一列的補報請求已經送出，正等研考決定。") from error


@transaction.atomic
def decide_supplement(
    request: SupplementRequest, *, until: date | None, by: Actor
) -> SupplementRequest:
    """Open the row through ``until``, or refuse for None; the asker is given notice.

    Raises NotNow where it was decided already.
    """
    rows = SupplementRequest.objects.select_for_update(of=("self",)).select_related(
        "period__plan__office", "share__item", "share__unit", "asked_by"
    )
    current = rows.get(pk=request.pk)
    require_running(current.period.plan)
    if current.is_granted is not None:
        raise NotNow("這個補報請求剛才已經決定。")
    current.is_granted, current.open_until = until is not None, until
    current.decided_by, current.decided_at = by.user, timezone.now()
    current.save()
    answer = f"同意，{numeric(until)} 前可以填" if until else "不同意"
    _tell(Act.SUPPLEMENT_DECIDED, current, by, 決定=answer)
    notify(
        [current.asked_by],
        office=current.period.plan.office,
        text=f"{current.period}「{current.share.item}」的補報請求：{answer}",
        url=current.period.get_absolute_url(),
    )
    return current


def _tell(act: Act, request: SupplementRequest, by: Actor, **more: str) -> None:
    tell(
        act,
        request.period.plan,
        by,
        期別=str(request.period),
        項目=request.share.item.name,
        課室=request.share.unit.name,
        **more,
    )


def _coordinators(plan: Plan) -> list[User | None]:
    members = plan.office.members.active().filter(roles__role=Role.COORDINATOR)
    return [member.user for member in members.select_related("user")]
