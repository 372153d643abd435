"""How commands name a document: by the number of its plan."""

from __future__ import annotations

from .compose import compose
from .documents.model import Document
from .models import Plan

LONGEST_NUMBER = 18


class UnknownName(Exception):
    """Nothing is called so; the text is a sentence in Chinese."""


def plan_named(text: str) -> Plan:
    """The plan with a number.  Raises UnknownName."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    plans = Plan.objects.select_related("office")
    plan = plans.filter(pk=int(text)).first() if is_number else None
    if plan is None:
        raise UnknownName(f"找不到編號「{text}」的計畫。")
    return plan


def document_named(text: str) -> Document:
    """What is compared under a name: a plan as it is now.  Raises UnknownName."""
    return compose(plan_named(text))
