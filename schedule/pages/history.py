"""What happened to an item, in words: one line for each saved change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from ..models import Indicator, Item, Method, Ownership, Share
from ..timetable.months import say_months
from ..timetable.wording import plain_number

MOST_LINES = 40
_VERBS = {"+": "新增", "~": "修改", "-": "刪除"}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Who did what when; ``author`` is "" for imports by command."""

    at: datetime
    author: str
    words: str


def sittings(item: Item) -> list[HistoryLine]:
    """The latest changes first.  Five queries."""
    records = [
        *_changes(Item.history.filter(id=item.pk), _item_words),
        *_changes(Share.history.filter(item_id=item.pk), _share_words),
        *_changes(Ownership.history.filter(share__item_id=item.pk), _owner_words),
        *_changes(Indicator.history.filter(item_id=item.pk), _indicator_words),
        *_changes(Method.history.filter(item_id=item.pk), _method_words),
    ]
    return sorted(records, key=lambda line: line.at, reverse=True)[:MOST_LINES]


def _changes(records: Any, words: Any) -> Iterator[HistoryLine]:
    """A line for each record that says something else than the one before it."""
    found = list(records.select_related("history_user").order_by("id", "history_id"))
    for before, record in pairwise([None, *found]):
        same = before is not None and before.id == record.id
        old = words(before) if same else ""
        new = words(record)
        if record.history_type == "~" and old == new:
            continue
        said = f"{old} → {new}" if record.history_type == "~" else new
        verb = _VERBS[record.history_type]
        author = str(record.history_user or "")
        yield HistoryLine(record.history_date, author, f"{verb}{said}")


def _item_words(record: Any) -> str:
    note = f"（{record.note[:40]}）" if record.note else ""
    removed = "，已刪除" if record.removed_at else ""
    return f"項目「{record.name}」{note}{removed}"


def _share_words(record: Any) -> str:
    points = "未給" if record.points is None else plain_number(record.points)
    return f"配分 {points}"


def _owner_words(record: Any) -> str:
    until = f"（至 {record.ends_on:%m/%d}）" if record.ends_on else ""
    return f"承辦人「{record.name}」{until}"


def _indicator_words(record: Any) -> str:
    weight = "" if record.weight is None else f" {plain_number(record.weight)}%"
    return f"指標「{record.text[:30]}」{weight}"


def _method_words(record: Any) -> str:
    months = say_months(record.months) or "未排月份"
    return f"考核方式「{record.text[:24]}」{months}"
