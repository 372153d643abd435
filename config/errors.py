"""Error pages that need more than their template; Django itself shows 403 and 404."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import bad_request as plain_bad_request

from .logs import request_id


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: what is only too large is told as such."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return too_large(request)
    return plain_bad_request(request, exception)


def too_large(request: HttpRequest) -> HttpResponse:
    """413, with the way out in words."""
    return render(request, "413.html", status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: touches neither session nor database, which may be what failed."""
    page = render_to_string("500.html", {"request_id": request_id.get()})
    return HttpResponse(page, status=500)
