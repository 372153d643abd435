"""Sending the person on, also from a part of a page that htmx asked for."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from offices.http import SignedInRequest


def sent_on(request: SignedInRequest, to: Any, *args: Any) -> HttpResponse:
    """The whole page at ``to``: htmx would swap a plain redirect's page into the part."""
    if request.htmx:
        return HttpResponseClientRedirect(resolve_url(to, *args))
    return redirect(to, *args)
