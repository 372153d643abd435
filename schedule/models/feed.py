"""Private links to a calendar."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from offices.models import Member, Unit, User


def new_secret() -> str:
    return secrets.token_urlsafe(16)


class FeedQuerySet(models.QuerySet["Feed"]):
    def visible_to(self, user: User) -> FeedQuerySet:
        """One's own links; a unit's link belongs to whoever made it."""
        return self.filter(created_by=user)


class Feed(models.Model):
    """A private calendar link: of a member's own items, or of a unit's.

    ``secret`` makes the address; deleting the row revokes it.
    """

    created_by = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    member = models.ForeignKey(Member, models.CASCADE, null=True, related_name="feeds")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="feeds")
    secret = models.CharField(max_length=32, default=new_secret, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member=None, unit__isnull=False)
                | Q(unit=None, member__isnull=False),
                name="feed_of_one",
            ),
            models.UniqueConstraint(
                fields=["created_by", "member"], name="member_feed_once"
            ),
            models.UniqueConstraint(
                fields=["created_by", "unit"], name="unit_feed_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.member or self.unit)
