"""The way of a plan to its approval: the office's chain, a submission, its review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from offices.models import Member, Office, Role, Unit, User, offices_visible_to

from .plan import Plan

# Somebody whose page has not told for so many seconds does not look any more.
PRESENCE_SECONDS = 30

REVIEWING = [Role.UNIT_HEAD, Role.COORDINATOR, Role.CHIEF]


class StepBase(models.Model):
    """Who reviews at one place of a chain: holders of a role, of one unit if named.

    A step that ``only_comments`` (會辦) is open beside the others and decides nothing.
    """

    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField("步驟名稱", max_length=20)
    role = models.CharField(
        "角色", max_length=20, choices=[(role.value, role.label) for role in REVIEWING]
    )
    unit = models.ForeignKey(
        Unit,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="課室",
    )
    only_comments = models.BooleanField("只會辦、不決定", default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class ChainStep(StepBase):
    """One step of an office's chain; without any, DEFAULT_CHAIN of workflow holds."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="chain")

    class Meta:
        verbose_name = "審核步驟"
        verbose_name_plural = "審核步驟"
        ordering = ["position", "pk"]


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: User) -> SubmissionQuerySet:
        return self.filter(plan__office__in=offices_visible_to(user))

    def pending(self) -> SubmissionQuerySet:
        return self.filter(outcome=Submission.Outcome.PENDING)


class Submission(models.Model):
    """A plan as it was sent for approval (送核).

    ``content`` is the canonical JSON of its Document and ``digest`` that of it;
    ``base`` is what it is compared with, ``base_content`` where that is no approval of
    this plan but last year's text.  ``counts`` maps added, deleted, changed, moved and
    renumbered to how many.  ``unit`` is the submitter's.
    """

    class Outcome(models.TextChoices):
        PENDING = "pending", "審核中"
        RETURNED = "returned", "已退回"
        WITHDRAWN = "withdrawn", "已撤回"
        APPROVED = "approved", "已核定"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="submissions")
    edition = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    base = models.ForeignKey(
        "Approval", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    base_content = models.TextField(blank=True)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    note = models.TextField("送核說明", blank=True)
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    submitted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="submissions"
    )
    acting_for = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PENDING)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "送核"
        verbose_name_plural = "送核"
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            # However many tabs press at once, a plan is under review once.
            models.UniqueConstraint(
                fields=["plan"], condition=Q(outcome="pending"), name="one_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} 送核"

    def get_absolute_url(self) -> str:
        return reverse("plans:submission", args=[self.plan_id, self.pk])

    @property
    def is_pending(self) -> bool:
        return self.outcome == self.Outcome.PENDING

    @property
    def days_waiting(self) -> int:
        return (timezone.localdate() - timezone.localdate(self.submitted_at)).days


class SubmissionStep(StepBase):
    """The step of one submission, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "尚未輪到"
        CURRENT = "current", "審核中"
        AGREED = "agreed", "同意"
        RETURNED = "returned", "退回"
        SKIPPED = "skipped", "略過"
        COMMENTED = "commented", "已會辦"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    acting_for = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    since = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(null=True, blank=True)
    note = models.TextField("意見", blank=True)

    class Meta:
        verbose_name = "審核"
        verbose_name_plural = "審核"
        ordering = ["position", "pk"]

    @property
    def is_current(self) -> bool:
        return self.state == self.State.CURRENT


class Judgement(models.Model):
    """What a reviewer decided about one change; ``key`` is that of the change."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "同意"
        RETURNED = "returned", "退回"

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="judgements"
    )
    key = models.CharField(max_length=80)
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField("退回原因", blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    acting_for = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "逐項審核"
        verbose_name_plural = "逐項審核"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "key"], name="one_judgement_a_change"
            )
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()


class Remark(models.Model):
    """A remark (意見) on a change, or on the whole submission (``key`` "")."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="remarks")
    key = models.CharField(max_length=80, blank=True)
    text = models.TextField("意見", max_length=2000)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    acting_for = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "意見"
        verbose_name_plural = "意見"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:30]


class Presence(models.Model):
    """Who has the review page of a submission open; its page tells every few seconds."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="present")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "user"], name="one_presence_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} 正在看"

    @property
    def is_here(self) -> bool:
        return timezone.now() - self.seen_at < timedelta(seconds=PRESENCE_SECONDS)
