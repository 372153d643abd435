"""The PDF of one edition of a plan, and the job that makes it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from offices.models import User, offices_visible_to

from .plan import Plan

# A job that nobody takes up, or that does not end, after so many seconds is told.
UNATTENDED_SECONDS = 8
STUCK_SECONDS = 600


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: User) -> ExportQuerySet:
        """The exports of the plans that the user may read."""
        return self.filter(plan__office__in=offices_visible_to(user))


class Export(models.Model):
    """A finished or running PDF of one edition of a plan, or of a ``part`` of it.

    A part is the id of an annex or of a table in one; "" is the whole plan.  "v12" is
    an approved version and "v12-now" a 修正對照表 (paper_sources); the file of a version
    belongs to edition 0, as no later edition changes it.

    ``layout`` names the style and renderer it was made with: a file of another
    layout is not handed out any more.  ``digest`` is that of the Document.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待中"
        RUNNING = "running", "產生中"
        DONE = "done", "完成"
        FAILED = "failed", "失敗"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="exports")
    edition = models.PositiveIntegerField()
    part = models.CharField(max_length=80, blank=True, default="")
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    layout = models.CharField(max_length=16, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    file = models.FileField(upload_to="exports/", blank=True)
    pages = models.PositiveIntegerField(default=0)
    missing = models.CharField(max_length=200, blank=True)
    message = models.TextField(blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "edition", "part"], name="export_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} 第 {self.edition} 版"

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def seconds_waited(self) -> int:
        since = self.started_at or self.requested_at
        return int((timezone.now() - since).total_seconds())

    @property
    def is_unattended(self) -> bool:
        """Nobody took the job up: most likely no worker runs."""
        waiting = self.state == self.State.WAITING
        return waiting and self.seconds_waited >= UNATTENDED_SECONDS

    @property
    def is_stuck(self) -> bool:
        """The job was taken up and never ended, as when its worker was killed."""
        running = self.state == self.State.RUNNING
        return running and self.seconds_waited >= STUCK_SECONDS
