"""Calendar links: the page of one's own, and the calendar that an address opens."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from offices.http import SignedInRequest
from offices.models import Member, Office, Unit, User, offices_visible_to

from ..feeds import (
    calendar_of,
    make_feed,
    memberships_of,
    office_of,
    open_feed,
    revoke_feed,
    units_for,
)
from ..forms.feeds import FeedForm
from ..models import Feed


@require_safe
def feed_list(request: SignedInRequest) -> HttpResponse:
    """One's links with their addresses, and what else one may subscribe to."""
    feeds = Feed.objects.visible_to(request.user).select_related(
        "member__user", "member__office", "unit__office"
    )
    made = {(feed.member_id, feed.unit_id) for feed in feeds}
    context = {
        "links": [(feed, office_of(feed), _address(request, feed)) for feed in feeds],
        "readable": set(offices_visible_to(request.user)),
        "offers": _offers(request.user, made),
    }
    return render(request, "schedule/feeds.html", context)


def _offers(
    user: User, made: set[tuple[int | None, int | None]]
) -> list[tuple[Office, list[Member], list[Unit]]]:
    """What one may still subscribe to, by office."""
    offers: dict[Office, tuple[list[Member], list[Unit]]] = {}
    for member in memberships_of(user):
        if (member.pk, None) not in made:
            offers.setdefault(member.office, ([], []))[0].append(member)
    for unit in units_for(user):
        if (None, unit.pk) not in made:
            offers.setdefault(unit.office, ([], []))[1].append(unit)
    return [(office, *found) for office, found in offers.items()]


def _address(request: HttpRequest, feed: Feed) -> str:
    return request.build_absolute_uri(reverse("schedule:feed", args=[feed.secret]))


@require_POST
def feed_create(request: SignedInRequest) -> HttpResponse:
    """A link for ``member`` or ``unit``; where there is one already, that one stays."""
    form = FeedForm(request.POST, user=request.user)
    if not form.is_valid():
        raise Http404
    feed = make_feed(request.user, **form.cleaned_data)
    messages.success(request, "已建立行事曆連結，請複製網址，貼到您的行事曆。")
    return redirect(f"{reverse('schedule:feeds')}#feed-{feed.pk}")


@require_POST
def feed_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """The address opens nothing from now on."""
    feeds = Feed.objects.visible_to(request.user)
    revoke_feed(get_object_or_404(feeds, pk=pk), by=request.user)
    messages.success(request, "已停用這個連結，用過它的行事曆不會再更新。")
    return redirect("schedule:feeds")


@login_not_required
@require_safe
def feed_calendar(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar for whoever knows the secret; 304 while it is what they have."""
    feed = open_feed(secret)
    if feed is None:
        raise Http404
    calendar = calendar_of(feed, timezone.localdate())
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["ETag"] = f'"{hashlib.sha256(calendar).hexdigest()}"'
    etag = response.headers["ETag"]
    return get_conditional_response(request, etag, response=response) or response
