"""What the audit trail tells of control tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from offices import roc
from offices.audit.models import Act
from offices.audit.recording import record
from offices.models import Member, Office, User
from plans.models import Plan

from .models import Feed
from .timetable.comparison import Change


def record_import(
    plan: Plan, changes: Sequence[Change], *, source: str, by: User | None
) -> None:
    """How many items were added, changed and deleted, and what they were read from."""
    count = Counter(change.kind for change in changes)
    done = "、".join(f"{kind} {count[kind]} 項" for kind in sorted(count))
    details = {"來源": source, "項目": done or "沒有不同"}
    record(
        Act.SCHEDULE_IMPORTED, by=by, office=plan.office, target=plan, details=details
    )


def record_export(plan: Plan, extension: str, *, by: User | None) -> None:
    """Every file of a control table names its owners."""
    details = {"格式": extension.upper(), "個人資料": "承辦人姓名"}
    record(
        Act.SCHEDULE_EXPORTED, by=by, office=plan.office, target=plan, details=details
    )


def record_handover(
    plan: Plan, giver: Member, taker: Member, day: date, *, items: int, by: User
) -> None:
    """Nothing where nothing was left to hand over."""
    if not items:
        return
    details = {
        "交出": str(giver.user),
        "接手": str(taker.user),
        "起日": roc.numeric(day),
        "項目": f"{items} 項",
    }
    record(Act.HANDED_OVER, by=by, office=plan.office, target=plan, details=details)


def record_feed(act: Act, feed: Feed, office: Office, *, by: User) -> None:
    """Of whose items the link is; its address is told to nobody."""
    record(act, by=by, office=office, target=feed)
