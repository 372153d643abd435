"""Approved versions of a plan: frozen, proven by a digest, printed from what was frozen."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from offices.models import Member, User, offices_visible_to

from .plan import Plan, Revision
from .review import Submission


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def visible_to(self, user: User) -> ApprovalQuerySet:
        return self.filter(plan__office__in=offices_visible_to(user))

    def without_content(self) -> ApprovalQuerySet:
        """For lists: a whole plan's JSON is not read along."""
        return self.defer("content")


class Approval(models.Model):
    """One approved version (核定版本): the composed Document at the moment of 核定.

    ``content`` is its canonical JSON and ``digest`` the SHA-256 of that, in
    hexadecimal; ``number`` counts the plan's versions from 1.  ``approved_on`` and
    ``reference`` (文號) are those of the signed paper; ``line`` is the line of the
    history block that it added.  ``scan`` is a picture of the signed copy.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="approvals")
    number = models.PositiveSmallIntegerField("版次")
    edition = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    approved_on = models.DateField("核定日期")
    reference = models.CharField("文號", max_length=120, blank=True)
    verb = models.CharField("動作", max_length=20, default="訂定")
    note = models.TextField("備註", blank=True)
    line = models.ForeignKey(
        Revision, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    submission = models.ForeignKey(
        Submission, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    acting_for = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(default=timezone.now)
    scan = models.FileField("簽核掃描檔", upload_to="scans/", blank=True)
    scan_name = models.CharField(max_length=200, blank=True)
    scan_digest = models.CharField(max_length=64, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = "核定版本"
        verbose_name_plural = "核定版本"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="version_once")
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 版"

    def get_absolute_url(self) -> str:
        return reverse("plans:approval", args=[self.plan_id, self.pk])


class AmendmentNote(models.Model):
    """說明 of one row of a 修正對照表, typed by a person.

    ``pair`` names what is compared, as plans.versions.Pair writes it; ``key`` is that
    of the change.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="amendment_notes")
    pair = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    text = models.TextField("說明", max_length=2000)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "說明"
        verbose_name_plural = "說明"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "pair", "key"], name="one_amendment_note"
            )
        ]

    def __str__(self) -> str:
        return self.text[:30]
