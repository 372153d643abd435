"""Where the act being done comes from: the address of a request, or a command."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

# None outside of requests.
_address: ContextVar[str | None] = ContextVar("audit_address", default=None)

Answer = Callable[[HttpRequest], HttpResponse]


def remember_origin(get_response: Answer) -> Answer:
    """Middleware, behind config.middleware.trust_proxy, which knows the caller."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _address.set(request.META.get("REMOTE_ADDR", ""))
        try:
            return get_response(request)
        finally:
            _address.reset(token)

    return middleware


def address() -> str:
    """The caller's address; "" for commands."""
    return _address.get() or ""


def nobody() -> str:
    """Who acts where no person has signed in: a stranger, or the machine's account."""
    if _address.get() is not None:
        return "未登入"
    return f"系統指令（{_machine_account()}）"


def _machine_account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "不明"
