"""The way back: whoever opened a field from 送核前檢查 returns there after saving.

The list's links carry ``?back=proof:b3``; b3 is the part of the list they stood in.
The page with the form keeps that address, and every browser tells it with the form:
htmx as HX-Current-URL, others as the Referer that protection from forgery needs
anyway.  It only decides whether the answer leads to the list of the plan that was
saved: no address is ever taken from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from offices.http import page_behind

from ..documents.proofs.finding import Part

# The pages that mend something, and whose saving is the end of it.
SAVING = frozenset(
    {
        "plans:block",
        "plans:revision",
        "plans:row",
        "plans:settings",
        "plans:table",
        "plans:table_columns",
        "schedule:indicators",
        "schedule:item_edit",
        "schedule:method",
        "schedule:method_create",
        "schedule:settings",
    }
)
_BACK = re.compile(r"proof:([a-z]+\d{0,18})")
GetResponse = Callable[[HttpRequest], HttpResponseBase]


def back_query(part: Part) -> str:
    """What a link of the list adds to an address."""
    return f"?back=proof:{part.key}"


def return_to_proof(get_response: GetResponse) -> GetResponse:
    """Middleware: after saving, back to the list where the finding is gone."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        key = _part_behind(request) if request.method == "POST" else ""
        if not key or not _is_saved(request, response):
            return response
        return _to_list(request, key)

    return answer


def _is_saved(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A page answers with a redirect, htmx gets the saved text; errors are 409, 422.

    「儲存並開下一列」 goes on where it is.
    """
    match = request.resolver_match
    if match is None or match.view_name not in SAVING or "then" in request.POST:
        return False
    if getattr(request, "htmx", None):
        return response.status_code == 200
    return isinstance(response, HttpResponseRedirectBase)


def _part_behind(request: HttpRequest) -> str:
    """The part of the list that the form was opened from, "" where it was not."""
    if getattr(request, "htmx", None):
        page = page_behind(request.htmx)  # type: ignore[attr-defined]
    else:
        page = request.headers.get("Referer", "")
    try:
        address = urlsplit(page)
        back = parse_qs(address.query, max_num_fields=9).get("back", [""])[0]
    except ValueError:  # no address at all
        return ""
    found = _BACK.fullmatch(back)
    return found[1] if found and request.path.startswith(address.path) else ""


def _to_list(request: HttpRequest, key: str) -> HttpResponseBase:
    match = request.resolver_match
    plan = match.kwargs["pk"] if match else 0
    url = f"{reverse('plans:proof', args=[plan])}#at-{key}"
    if not getattr(request, "htmx", None):
        return HttpResponseRedirect(url)
    messages.success(request, "已儲存。")
    return HttpResponseClientRedirect(url)
