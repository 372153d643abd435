"""One notice for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from ..models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> NoticeQuerySet:
        """Notices are their receiver's alone."""
        return self.filter(user=user)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)


class Notice(models.Model):
    """What happened, in one sentence, and where to go on.

    ``url`` is a path of this system.  One that ``is_urgent`` is mailed at once, others
    with the day's digest; ``mailed_at`` tells when.
    """

    user = models.ForeignKey("offices.User", models.CASCADE, related_name="notices")
    office = models.ForeignKey("offices.Office", models.CASCADE, related_name="+")
    text = models.CharField("內容", max_length=300)
    url = models.CharField(max_length=300)
    is_urgent = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "read_at"])]

    def __str__(self) -> str:
        return self.text
