"""{% load roc %}: dates on pages, the Taiwan way.  Nothing for an empty value."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from offices import roc

register = template.Library()


def _local_day(moment: date) -> date:
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date()
    return moment


@register.filter
def roc_date(moment: date | None) -> str:
    """114/1/2"""
    return roc.numeric(_local_day(moment)) if moment else ""


@register.filter
def roc_datetime(moment: datetime | None) -> str:
    """114/1/2 09:05, in the office's time zone"""
    if not moment:
        return ""
    local = timezone.localtime(moment)
    return f"{roc.numeric(local.date())} {local:%H:%M}"


@register.filter
def roc_second(moment: datetime) -> str:
    """114/1/2 09:05:07, in the office's time zone"""
    return f"{roc_datetime(moment)}:{timezone.localtime(moment):%S}"
