"""What happens to every request before a view sees it, and to every answer after."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path

from . import errors
from .logs import request_id, without_secrets

logger = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]

DRAIN_CHUNK = 64 * 1024
DRAIN_LIMIT = 256 * 1024 * 1024


def identify_request(get_response: Answer) -> Answer:
    """Give the request an id, tell it in X-Request-ID, and log one line about the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = request_id.set(secrets.token_hex(6))
        started = time.perf_counter()
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            log_answer(request, response, time.perf_counter() - started)
        finally:
            request_id.reset(token)
        return response

    return middleware


def log_answer(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """Only the path is logged, without secrets: a query may hold what was searched for."""
    logger.info(
        "%s %s %s %.0f ms",
        request.method,
        without_secrets(escape_uri_path(request.path)),
        response.status_code,
        seconds * 1000,
    )


def trust_proxy(get_response: Answer) -> Answer:
    """Take the caller's address from the proxy in front, where there is one.

    The last entry of X-Forwarded-For is the one our own proxy wrote; earlier ones
    are the caller's word.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        forwarded = request.headers.get("X-Forwarded-For", "")
        if settings.TRUST_PROXY and forwarded:
            request.META["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip()
        return get_response(request)

    return middleware


def guard_answer(get_response: Answer) -> Answer:
    """Headers that Django has no setting for; a view may set its own instead."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


def refuse_oversize(get_response: Answer) -> Answer:
    """Answer 413 to a body above MAX_REQUEST_BYTES, before any of it is kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if body_size(request) <= settings.MAX_REQUEST_BYTES:
            return get_response(request)
        drain(request)
        return errors.too_large(request)

    return middleware


def body_size(request: HttpRequest) -> int:
    """The announced size in bytes; 0 where none, or nonsense, is announced."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isdecimal() else 0


def drain(request: HttpRequest) -> None:
    """Read the body away: a browser shows no answer while it is still sending."""
    for _ in range(DRAIN_LIMIT // DRAIN_CHUNK):
        if not request.read(DRAIN_CHUNK):
            return
