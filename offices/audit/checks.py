"""Settings with which the system must not start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from .proof import FEWEST_DAYS


def connect() -> None:
    """Called once when Django starts."""
    register(kept_long_enough)


def kept_long_enough(**_kwargs: Any) -> list[CheckMessage]:
    """The law's six months, with a margin."""
    if settings.AUDIT_DAYS >= FEWEST_DAYS:
        return []
    message = f"AUDIT_DAYS 是 {settings.AUDIT_DAYS}，不可少於 {FEWEST_DAYS} 天。"
    return [
        Error(
            message, hint="資通系統防護基準要求日誌至少留存六個月。", id="offices.E001"
        )
    ]
