"""Events that are only ever added, and the chains that hold them together.

Nothing here points at an office or a person but by number and name: what happened
stays told when they are gone.  The database refuses changes, too (migration 0002).
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NoReturn

from django.db import models

# The chain of what belongs to no office, such as the failure of an unknown account.
INSTALLATION = 0


class Act(models.TextChoices):
    """What was done; a model field without choices, so that new acts need no migration."""

    SIGNED_IN = "signed_in", "登入"
    SIGNED_OUT = "signed_out", "登出"
    SIGN_IN_FAILED = "sign_in_failed", "登入失敗"
    LOCKED_OUT = "locked_out", "帳號鎖定"
    PASSWORD_CHANGED = "password_changed", "變更密碼"
    PASSWORD_ISSUED = "password_issued", "發給一次性密碼"
    OFFICE_CREATED = "office_created", "建立機關"
    UNIT_ADDED = "unit_added", "新增課室"
    UNIT_CHANGED = "unit_changed", "編輯課室"
    UNIT_MOVED = "unit_moved", "調整課室順序"
    UNIT_DELETED = "unit_deleted", "刪除課室"
    MEMBER_ADDED = "member_added", "新增成員"
    MEMBER_CHANGED = "member_changed", "編輯成員"
    ROLES_CHANGED = "roles_changed", "變更角色"
    MEMBER_LEFT = "member_left", "停用成員"
    MEMBER_BACK = "member_back", "恢復成員"
    DEPUTY_SET = "deputy_set", "新增職務代理"
    DEPUTY_ENDED = "deputy_ended", "結束職務代理"
    PLAN_CREATED = "plan_created", "建立計畫"
    PLAN_IMPORTED = "plan_imported", "匯入計畫"
    PLAN_DELETED = "plan_deleted", "刪除計畫"
    SUBMITTED = "submitted", "送核"
    WITHDRAWN = "withdrawn", "撤回送核"
    AGREED = "agreed", "同意"
    COMMENTED = "commented", "會辦"
    SENT_BACK = "sent_back", "退回修正"
    SKIPPED = "skipped", "略過步驟"
    JUDGED = "judged", "審核一項修改"
    REMARKED = "remarked", "加註意見"
    APPROVED = "approved", "核定"
    CLOSED = "closed", "結案"
    REOPENED = "reopened", "重新開啟"
    PDF_REQUESTED = "pdf_requested", "產生 PDF"
    PLAN_EXPORTED = "plan_exported", "匯出計畫"
    RESTORED = "restored", "自核定版本還原"
    SCAN_ATTACHED = "scan_attached", "附上簽核掃描檔"
    SCAN_READ = "scan_read", "下載簽核掃描檔"
    CHAIN_CHANGED = "chain_changed", "變更審核步驟"
    PLAN_CARRIED = "plan_carried", "沿用去年計畫"
    SCHEDULE_IMPORTED = "schedule_imported", "匯入管制表"
    SCHEDULE_EXPORTED = "schedule_exported", "匯出管制表"
    HANDED_OVER = "handed_over", "移交管制項目"
    ROUND_OPENED = "round_opened", "開辦考核輪次"
    ROUND_CLOSED = "round_closed", "結束考核輪次"
    ROUND_REOPENED = "round_reopened", "重新開放考核輪次"
    SCORED = "scored", "評分"
    SCORES_EXPORTED = "scores_exported", "匯出考核成績"
    FEED_MADE = "feed_made", "建立行事曆連結"
    FEED_REVOKED = "feed_revoked", "停用行事曆連結"
    PERIOD_OPENED = "period_opened", "建立填報期別"
    PERIOD_DELETED = "period_deleted", "刪除填報期別"
    PERIOD_CLOSED = "period_closed", "關閉填報"
    PERIOD_REOPENED = "period_reopened", "重新開啟填報"
    REPORTED = "reported", "填報"
    CONFIRMED = "confirmed", "確認填報"
    RETURNED = "returned", "退回填報"
    REMINDED = "reminded", "催報"
    SUPPLEMENT_ASKED = "supplement_asked", "請求補報"
    SUPPLEMENT_DECIDED = "supplement_decided", "決定補報"
    EVIDENCE_ADDED = "evidence_added", "上傳佐證"
    EVIDENCE_READ = "evidence_read", "下載佐證"
    EVIDENCE_DELETED = "evidence_deleted", "刪除佐證"
    DEFECT_OPENED = "defect_opened", "列管查核缺失"
    DEFECT_CHANGED = "defect_changed", "編輯查核缺失"
    DEFECT_ANSWERED = "defect_answered", "填報缺失辦理情形"
    DEFECT_RETURNED = "defect_returned", "審查缺失辦理情形"
    DEFECT_RELEASED = "defect_released", "同意缺失解列"
    DEFECT_REOPENED = "defect_reopened", "缺失恢復列管"
    AUDIT_CHECKED = "audit_checked", "驗證稽核軌跡"
    AUDIT_EXPORTED = "audit_exported", "匯出稽核軌跡"
    AUDIT_PURGED = "audit_purged", "清除逾期的稽核軌跡"


_WORDS: dict[str, str] = dict(Act.choices)


class AppendOnly(Exception):
    """Events are neither changed nor deleted; purge() alone removes the oldest."""


class AuditChain(models.Model):
    """The chain of one office; whoever appends holds its row locked.

    ``last_number`` and ``last_digest`` repeat the last event, so that a tail cut off
    is missed.  ``anchor_number`` and ``anchor_digest`` are those of the last event
    that was purged: the first one kept follows it.  The rest is the last check.
    """

    office = models.PositiveBigIntegerField(primary_key=True)
    last_number = models.PositiveBigIntegerField(default=0)
    last_digest = models.CharField(max_length=64, blank=True)
    anchor_number = models.PositiveBigIntegerField(default=0)
    anchor_digest = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_from = models.PositiveBigIntegerField(default=0)
    checked_until = models.PositiveBigIntegerField(default=0)
    break_found = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "稽核軌跡"
        verbose_name_plural = "稽核軌跡"

    def __str__(self) -> str:
        return f"{self.office}: {self.last_number}"


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Reads, adds, and purges from the oldest on; nothing else."""

    def update(self, **_values: Any) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def purge(self) -> int:
        """Delete for good; how many.  The database allows it for old events alone."""
        return super().delete()[0]


class AuditEvent(models.Model):
    """One thing that happened; ``digest`` covers all the rest of the row.

    ``number`` counts within the chain from 1.  ``actor_name`` and ``acting_for_name``
    hold the account too: 「谷昱辰（gu）」.  ``details`` are words for people: name of
    the detail → text.
    """

    chain = models.ForeignKey(AuditChain, models.PROTECT, related_name="events")
    number = models.PositiveBigIntegerField("編號")
    at = models.DateTimeField("時間")
    office_name = models.CharField("機關", max_length=80, blank=True)
    actor = models.PositiveBigIntegerField(null=True)
    actor_name = models.CharField("人員", max_length=220)
    acting_for = models.PositiveBigIntegerField(null=True)
    acting_for_name = models.CharField("代理", max_length=220, blank=True)
    address = models.CharField("來源位址", max_length=64, blank=True)
    act = models.CharField("動作", max_length=40)
    target_kind = models.CharField(max_length=60, blank=True)
    target = models.PositiveBigIntegerField(null=True)
    target_name = models.CharField("對象", max_length=250, blank=True)
    details = models.JSONField("說明", default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "稽核事件"
        verbose_name_plural = "稽核事件"
        ordering = ["chain", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "number"], name="audit_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.act_words}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnly

    @property
    def act_words(self) -> str:
        """In Chinese; an act that is no longer known by its code."""
        return _WORDS.get(self.act, self.act)

    @property
    def details_words(self) -> str:
        return "；".join(f"{name}：{text}" for name, text in self.details.items())


SEALED = tuple(
    field.attname
    for field in AuditEvent._meta.concrete_fields
    if field.name not in {"id", "digest"}
)


def digest_of(event: AuditEvent) -> str:
    """SHA-256, in hex, over the canonical JSON of everything else in the row."""
    row = {name: getattr(event, name) for name in SEALED}
    text = json.dumps(
        row,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=_in_utc,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
