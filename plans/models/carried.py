"""What a plan took over from last year's, and what people decided about its words."""

from __future__ import annotations

from django.db import models

from offices.models import User

from .plan import Plan


class Carried(models.Model):
    """One part that was copied from ``source_key`` of the plan's source to ``key``.

    Keys are those of a Document (b1, c2, r3), and what other apps name theirs (item4).
    ``version`` is the one that nobody has looked at: a part with a later one was
    touched, and needs no confirming.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="carried")
    key = models.CharField(max_length=24)
    source_key = models.CharField(max_length=24)
    version = models.PositiveIntegerField(default=1)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "沿用的內容"
        verbose_name_plural = "沿用的內容"
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="carried_once")
        ]

    def __str__(self) -> str:
        return f"{self.source_key} → {self.key}"


class Settled(models.Model):
    """Words (a year, a date …) that somebody decided about: they stand as they are.

    ``place`` and ``digest`` are those of the mention; the decision holds while the same
    words stand there.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="settled")
    place = models.CharField(max_length=24)
    digest = models.CharField(max_length=24)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "已決定的字句"
        verbose_name_plural = "已決定的字句"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "place", "digest"], name="settled_once"
            )
        ]

    def __str__(self) -> str:
        return self.place
