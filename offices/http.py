"""What a guarded view may rely on, and what stands in front of every view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from .models import User

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def page_behind(htmx: HtmxDetails) -> str:
    """The address, on this host, of the page that htmx asks from; "" if it tells none."""
    try:
        return htmx.current_url_abs_path or ""
    except ValueError:  # the header is no address at all
        return ""


class SignedInRequest(HttpRequest):
    """A request that LoginRequiredMiddleware let through."""

    user: User
    htmx: HtmxDetails


# What a person with a one-time password may still open.
OPEN_BEFORE_CHANGE = frozenset(
    {
        "offices:sign_in",
        "offices:sign_out",
        "offices:password",
        "offices:help",
    }
)


class PasswordChangeRequiredMiddleware:
    """Until the one-time password is changed, every page leads to the password page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: Any
    ) -> HttpResponse | None:
        user = request.user
        if not isinstance(user, User) or not user.must_change_password:
            return None
        if request.resolver_match and (
            request.resolver_match.view_name in OPEN_BEFORE_CHANGE
        ):
            return None
        return redirect("offices:password")


class HtmxSignInMiddleware:
    """A redirect to a page of its own replaces the page, never a fragment of it.

    htmx would follow the redirect of an expired session and swap the whole
    sign-in page into a table row.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not getattr(request, "htmx", None):
            return response
        if not isinstance(response, HttpResponseRedirectBase):
            return response
        return self._whole_page(request, response)

    def _whole_page(
        self, request: HttpRequest, response: HttpResponseRedirectBase
    ) -> HttpResponseBase:
        """The same redirect as HX-Redirect; after sign-in back to the page, not the fragment."""
        path = response.headers.get("Location", "").partition("?")[0]
        if path == reverse("offices:password"):
            return HttpResponseClientRedirect(path)
        if path != reverse("offices:sign_in"):
            return response
        page = page_behind(request.htmx)  # type: ignore[attr-defined]
        target = reverse("offices:sign_in", query={"next": page} if page else None)
        return HttpResponseClientRedirect(target)
