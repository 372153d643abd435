"""How commands name a document: 12 is a plan as it stands, v12 an approved version."""

from __future__ import annotations

from .compose import compose
from .documents.model import Document
from .freezing import Altered, document_of
from .models import Approval, Plan
from .versions import last_year

LONGEST_NUMBER = 18


class UnknownName(Exception):
    """Nothing sound is called so; the text is a sentence in Chinese."""


def plan_named(text: str) -> Plan:
    """The plan with a number, or of a version.  Raises UnknownName."""
    if text.startswith("v"):
        return _version_named(text).plan
    plans = Plan.objects.select_related("office", "source")
    number = _number(text)
    plan = plans.filter(pk=number).first() if number is not None else None
    if plan is None:
        raise UnknownName(f"找不到編號「{text}」的計畫。")
    return plan


def document_named(text: str) -> Document:
    """A plan as it is now, or what was frozen.  Raises UnknownName."""
    if not text.startswith("v"):
        return compose(plan_named(text))
    try:
        return document_of(_version_named(text))
    except Altered as altered:
        raise UnknownName(f"{text}：{altered}") from altered


def documents_named(old: str, new: str) -> tuple[Document, Document]:
    """Both sides; a plan that was carried over from the other one tells which part
    became which.  Raises UnknownName."""
    after = document_named(new)
    carried = plan_named(new)
    if carried.source_id == plan_named(old).pk and not old.startswith("v"):
        before = last_year(carried)
        if before is not None:
            return before, after
    return document_named(old), after


def _version_named(text: str) -> Approval:
    versions = Approval.objects.select_related("plan__office", "plan__source")
    number = _number(text[1:])
    version = versions.filter(pk=number).first() if number is not None else None
    if version is None:
        raise UnknownName(f"找不到編號「{text}」的核定版本。")
    return version


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None
