"""The histories that the control table keeps for a plan, for its 編修歷程."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from plans.models import Plan
from plans.sittings import Kept

from .models import Indicator, Item, Method, Ownership, Share
from .timetable.months import say_months
from .timetable.wording import plain_number


def _items(plan: Plan) -> Any:
    """Items that the plan has or had."""
    return Item.history.filter(plan_id=plan.pk).order_by().values("id")


def _shares(plan: Plan) -> Any:
    return Share.history.filter(item_id__in=_items(plan)).order_by().values("id")


def _item_words(record: Any) -> str:
    removed = "（已刪除）" if record.removed_at else ""
    return " ".join(filter(None, (record.name, record.note))) + removed


def _share_words(record: Any) -> str:
    return "未給" if record.points is None else f"{plain_number(record.points)} 分"


def _owner_words(record: Any) -> str:
    until = f"（至 {record.ends_on:%m/%d}）" if record.ends_on else ""
    return f"{record.name}{until}"


def _indicator_words(record: Any) -> str:
    weight = "" if record.weight is None else f" {plain_number(record.weight)}%"
    return f"{record.text}{weight}"


def _method_words(record: Any) -> str:
    return f"{record.text} {say_months(record.months) or '未排月份'}"


def _item_url(plan: Plan, item: int) -> str:
    return reverse("schedule:item", args=[plan.pk, item])


SCHEDULE_HISTORIES = (
    Kept(
        "item",
        lambda plan: Item.history.filter(plan_id=plan.pk),
        lambda _record: "管制項目",
        _item_words,
        lambda plan, record: _item_url(plan, record.id),
    ),
    Kept(
        "share",
        lambda plan: Share.history.filter(item_id__in=_items(plan)),
        lambda _record: "課室配分",
        _share_words,
        lambda plan, record: _item_url(plan, record.item_id),
    ),
    Kept(
        "ownership",
        lambda plan: Ownership.history.filter(share_id__in=_shares(plan)),
        lambda _record: "承辦人",
        _owner_words,
        lambda plan, _record: reverse("schedule:grid", args=[plan.pk]),
    ),
    Kept(
        "indicator",
        lambda plan: Indicator.history.filter(item_id__in=_items(plan)),
        lambda _record: "考核指標",
        _indicator_words,
        lambda plan, record: _item_url(plan, record.item_id),
    ),
    Kept(
        "method",
        lambda plan: Method.history.filter(item_id__in=_items(plan)),
        lambda _record: "考核方式",
        _method_words,
        lambda plan, record: _item_url(plan, record.item_id),
    ),
)
