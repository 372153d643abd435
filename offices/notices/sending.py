"""Giving notice, in the transaction of what happened."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from ..models import Office, User
from .mailing import send_urgent
from .models import Notice

LONGEST = 300


def notify(
    users: Iterable[User | None],
    *,
    office: Office,
    text: str,
    url: str,
    urgent: bool = False,
) -> list[Notice]:
    """One notice for each person, however often named; None and sleepers get none.

    Urgent ones are mailed as soon as the transaction is over.
    """
    receivers = {user.pk: user for user in users if user is not None and user.is_active}
    made = Notice.objects.bulk_create(
        Notice(
            user=user,
            office=office,
            text=text[:LONGEST],
            url=url,
            is_urgent=urgent,
        )
        for user in receivers.values()
    )
    if urgent:
        keys = [notice.pk for notice in made]
        transaction.on_commit(partial(send_urgent.enqueue, keys))
    return made
