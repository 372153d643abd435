"""Who has the review page of a submission open now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from offices.models import User

from ..models import Presence, Submission
from ..models.review import PRESENCE_SECONDS


def arrive(submission: Submission, user: User) -> None:
    """The page tells that it is still open; it does so every few seconds."""
    Presence.objects.update_or_create(
        submission=submission, user=user, defaults={"seen_at": timezone.now()}
    )


def others_here(submission: Submission, user: User) -> list[str]:
    """The names of those who look at it beside ``user``.  One query."""
    since = timezone.now() - timedelta(seconds=PRESENCE_SECONDS)
    here = submission.present.filter(seen_at__gte=since).exclude(user=user)
    return names_of(here.select_related("user").order_by("pk"), user)


def names_of(presences: Iterable[Presence], user: User) -> list[str]:
    """Those of ``presences`` that are here, without ``user``."""
    return [str(p.user) for p in presences if p.is_here and p.user_id != user.pk]
