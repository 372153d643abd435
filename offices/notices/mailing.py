"""Mail: what is urgent at once, the rest once a day, never more than one digest.

Mails name the plan and what happened, and lead to the page; nothing of the text.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, time

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import task

from ..models import User
from .models import Notice

logger = logging.getLogger(__name__)

MOST_LINES = 100


@task()
def send_urgent(keys: list[int]) -> None:
    """A worker's job: one mail for each of these notices that was not yet mailed."""
    for key in keys:
        _send_one(key)


def send_digests() -> int:
    """One mail to everyone who has unread notices and got no digest today; how many.

    People without a mail address read their notices on the page.
    """
    waiting = Notice.objects.filter(
        user=OuterRef("pk"), mailed_at=None, read_at=None, is_urgent=False
    )
    people = User.objects.filter(Exists(waiting), is_active=True).exclude(email="")
    return sum(_send_digest(user) for user in people)


@transaction.atomic
def _send_one(key: int) -> None:
    notices = Notice.objects.select_for_update(of=("self",)).select_related("user")
    notice = notices.filter(pk=key, mailed_at=None, user__is_active=True).first()
    if notice is None or not notice.user.email:
        return
    if _send(notice.user, notice.text, [notice]):
        _mark([notice])


@transaction.atomic
def _send_digest(user: User) -> bool:
    """The person's row is held, so that two runs at once send one mail.

    Not its key: what the person does meanwhile need not wait for the mail server.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    notices = Notice.objects.filter(user=user, is_urgent=False)
    if notices.filter(mailed_at__gte=_midnight()).exists():
        return False
    waiting = list(notices.filter(mailed_at=None, read_at=None))
    if not waiting:
        return False
    sent = _send(user, f"年度服務計畫：{len(waiting)} 則通知", waiting[:MOST_LINES])
    if sent:
        _mark(waiting)
    return sent


def _send(user: User, subject: str, notices: Iterable[Notice]) -> bool:
    """Whether the mail went out; one that did not is tried again the next time."""
    lines = [f"‧{notice.text}\n　{settings.SITE_URL}{notice.url}" for notice in notices]
    text = f"{user.full_name} 您好：\n\n" + "\n".join(lines) + "\n"
    one_line = " ".join(subject.split())[:150]
    try:
        send_mail(one_line, text, None, [user.email])
    except OSError:
        logger.exception("a mail to the person %s could not be sent", user.pk)
        return False
    return True


def _mark(notices: Iterable[Notice]) -> None:
    keys = [notice.pk for notice in notices]
    Notice.objects.filter(pk__in=keys).update(mailed_at=timezone.now())


def _midnight() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
