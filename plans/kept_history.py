"""The histories of a plan's own rows, for 編修歷程."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from .models import Block, BlockKind, Column, Plan, Row, State
from .sittings import Kept

_SETTINGS = {
    "title": "計畫名稱",
    "year": "年度",
    "running_head": "頁首文字",
    "cover_date": "封面日期",
    "body_size": "內文字級",
}


def _tables_of(plan: Plan) -> Any:
    """Tables that the plan has or had."""
    kept = Block.history.filter(plan_id=plan.pk, kind=BlockKind.TABLE)
    return kept.order_by().values("id")


def _block_words(record: Any) -> str:
    return " ".join(filter(None, (record.label, record.heading, record.body)))


def _block_name(record: Any) -> str:
    return BlockKind(record.kind).label


def _row_words(record: Any) -> str:
    cells = (cell.get("text", "") for cell in record.cells.values())
    return " ".join(filter(None, cells))


def _column_words(record: Any) -> str:
    return " ".join(filter(None, (record.group, record.name)))


def _plan_words(record: Any) -> str:
    values = ((label, getattr(record, name)) for name, label in _SETTINGS.items())
    settings = [f"{label} {value}" for label, value in values if value]
    return "，".join([f"狀態 {State(record.state).label}", *settings])


def _in_plan(plan: Plan, key: str) -> str:
    return f"{plan.get_absolute_url()}#{key}"


PLAN_HISTORIES = (
    Kept(
        "block",
        lambda plan: Block.history.filter(plan_id=plan.pk),
        _block_name,
        _block_words,
        lambda plan, record: _in_plan(plan, f"b{record.id}"),
    ),
    Kept(
        "row",
        lambda plan: Row.history.filter(table_id__in=_tables_of(plan)),
        lambda _record: "表格的列",
        _row_words,
        lambda plan, record: _in_plan(plan, f"r{record.id}"),
    ),
    Kept(
        "column",
        lambda plan: Column.history.filter(table_id__in=_tables_of(plan)),
        lambda _record: "表格的欄",
        _column_words,
        lambda plan, record: _in_plan(plan, f"b{record.table_id}"),
    ),
    Kept(
        "plan",
        lambda plan: Plan.history.filter(id=plan.pk),
        lambda _record: "計畫設定",
        _plan_words,
        lambda plan, _record: reverse("plans:detail", args=[plan.pk]),
    ),
)
