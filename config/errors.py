"""Error pages that need more than their template; Django itself shows 403 and 404."""

from __future__ import annotations

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import bad_request as plain_bad_request

from .logs import request_id

# Names of what no person typed, or must not see; shorter texts are choices and numbers.
NOT_TYPED = ("token", "password", "next", "seen", "version")
FEWEST_TYPED = 4


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: what is only too large is told as such."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return too_large(request)
    return plain_bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403: says why where the reason is known, and shows what was typed."""
    context = {
        "reason": exception.args[0] if exception.args else "",
        "typed": typed_texts(request),
    }
    return render(request, "403.html", context, status=403)


def typed_texts(request: HttpRequest) -> list[str]:
    """What a person typed into a form that was refused: sentences, not keys or marks."""
    if request.method != "POST":
        return []
    try:
        posted = request.POST
    except (BadRequest, MultiPartParserError, SuspiciousOperation):
        return []  # sent by no form: nobody typed it
    return [
        text
        for name, text in posted.items()
        if isinstance(text, str)
        and len(text) >= FEWEST_TYPED
        and not any(word in name for word in NOT_TYPED)
    ]


def too_large(request: HttpRequest) -> HttpResponse:
    """413, with the way out in words."""
    return render(request, "413.html", status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: touches neither session nor database, which may be what failed."""
    page = render_to_string("500.html", {"request_id": request_id.get()})
    return HttpResponse(page, status=500)
