"""{% load cycle %}: where a plan stands, with a symbol beside the word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils import timezone

from offices import roc

from ..documents.headings import Heading
from ..models import Plan, State
from ..reviews.standing import SYMBOLS

register = template.Library()


@register.filter
def state_symbol(plan: Plan) -> str:
    """○ for 草稿 and so on; the word always stands beside it."""
    return SYMBOLS[State(plan.state)]


@register.filter
def roc_day(moment: datetime) -> str:
    """114年3月2日"""
    day = timezone.localtime(moment).date()
    return f"{roc.roc_year(day)}年{day.month}月{day.day}日"


@register.filter
def named_in(key: str, headings: Iterable[Heading]) -> str:
    """Number and heading of the part with this key; "" for one without a heading."""
    found = next((one for one in headings if one.id == key), None)
    return f"{found.number} {found.text}" if found else ""
