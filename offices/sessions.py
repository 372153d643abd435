"""How long a person stays signed in: idle time-out, and a longest working day.

SESSION_COOKIE_AGE is the idle limit: the session is saved again, and so lives on,
at most once a minute while the person works.  SESSION_LONGEST_AGE ends it anyway.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

SAVE_INTERVAL = 60


def begin(request: HttpRequest, **_kwargs: object) -> None:
    """Signal user_logged_in: note when the session began, in seconds since the epoch."""
    request.session["began"] = request.session["seen"] = int(time.time())


def end_stale_session(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after authentication: keep a working session alive, end an old one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if is_too_old(request.session):
                logout(request)
            else:
                keep_alive(request.session)
        return get_response(request)

    return middleware


def is_too_old(session: SessionBase) -> bool:
    """A session without a beginning counts as too old."""
    age: float = time.time() - session.get("began", 0)
    return age > settings.SESSION_LONGEST_AGE


def keep_alive(session: SessionBase) -> None:
    """A changed session is saved at the end of the request."""
    now = int(time.time())
    if now - session.get("seen", 0) >= SAVE_INTERVAL:
        session["seen"] = now
