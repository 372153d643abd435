"""{% load points %}: numbers and months as an office writes them."""

from __future__ import annotations

from decimal import Decimal

from django import template

from ..timetable.wording import plain_number

register = template.Library()


@register.filter
def points(number: Decimal | None) -> str:
    """10.50 as 10.5; nothing for None."""
    return "" if number is None else plain_number(number)


@register.filter
def roc_month(stored: int) -> str:
    """11211 as 112年11月; nothing for 0."""
    return f"{stored // 100}年{stored % 100}月" if stored else ""
