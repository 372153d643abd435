"""Signing in and out, as Django and axes tell of it."""

from __future__ import annotations

from typing import Any

# Imported before our receivers are connected: axes has counted a failure when we tell it.
import axes.signals  # noqa: F401
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.http import HttpRequest

from ..models import Office, User
from .models import Act
from .recording import record_in, record_of_person

LONGEST_NAME = 150


def connect() -> None:
    """Called once when Django starts."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(sign_in_failed)


def signed_in(user: User, **_kwargs: Any) -> None:
    record_of_person(Act.SIGNED_IN, user, by=user)


def signed_out(user: User | None, **_kwargs: Any) -> None:
    """Also at the end of a session's longest time; not of one that nobody holds."""
    if user:
        record_of_person(Act.SIGNED_OUT, user, by=user)


def sign_in_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **_kwargs: Any
) -> None:
    """The name as it was typed, of the password nothing; and the lock, where it begins.

    axes counts no failures while an account is locked.
    """
    is_locked = getattr(request, "axes_locked_out", False)
    is_counted = bool(getattr(request, "axes_failures_since_start", None))
    was_locked = is_locked and not is_counted
    reason = {"原因": "帳號鎖定中" if was_locked else "帳號或密碼不正確"}
    _record_stranger(Act.SIGN_IN_FAILED, credentials.get("username"), reason)
    if is_locked and is_counted:
        _record_stranger(Act.LOCKED_OUT, credentials.get("username"))


def _record_stranger(
    act: Act, username: str | None, details: dict[str, str] | None = None
) -> None:
    """In the offices of whoever has this account; nobody has proved to be that person."""
    typed = (username or "").replace("\x00", "")[:LONGEST_NAME]
    offices = Office.objects.filter(
        members__user__username=typed, members__is_active=True
    ).distinct()
    record_in(offices, act, by=None, target=typed, details=details)
