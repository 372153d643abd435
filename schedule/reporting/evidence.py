"""佐證: kept outside the web root, proven by its digest, handed out as a file only."""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from offices.audit.models import Act
from plans.cycle import Actor, tell
from plans.models import Plan

from ..models import Evidence, Indicator, Report
from .evidence_kinds import CONTENT_TYPES, NotEvidence, kind_of
from .permissions import require_running

logger = logging.getLogger(__name__)

MOST_FILES = 20
FULL = (
    "檔案沒有存入：系統的磁碟空間不足或無法寫入。"
    "已填的文字不受影響，請洽系統管理者後再上傳一次。"
)
TOO_MANY = f"每一項最多 {MOST_FILES} 個佐證檔，請合併或刪除舊檔。"
LOST = "留存的佐證檔不見了，請洽系統管理者自備份取回，或重新上傳。"
CHANGED = "留存的佐證檔和上傳時的雜湊不符，已被更動，不能下載；請洽系統管理者。"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a person sent it."""

    name: str
    data: bytes


def most_bytes() -> int:
    """The largest file that is taken."""
    return int(settings.EVIDENCE_MEGABYTES) * 1024 * 1024


def too_large() -> str:
    """The sentence for a file that is larger."""
    return f"檔案超過 {settings.EVIDENCE_MEGABYTES} MB，請壓縮圖片或分開存放。"


def add_evidence(
    plan: Plan, upload: Upload, *, to: Report | Indicator, by: Actor
) -> Evidence:
    """Look into the file, keep it and tell it.

    Raises NotEvidence with the reason, also where the disk is full: then nothing at
    all has changed.
    """
    require_running(plan)
    if len(upload.data) > most_bytes():
        raise NotEvidence(too_large())
    if to.evidence.count() >= MOST_FILES:
        raise NotEvidence(TOO_MANY)
    kind = kind_of(upload.data)
    name = _store(plan, upload.data, kind)
    try:
        return _add(plan, upload, kind, name, to, by)
    except BaseException:
        _forget(name)
        raise


@transaction.atomic
def _add(
    plan: Plan,
    upload: Upload,
    kind: str,
    stored: str,
    to: Report | Indicator,
    by: Actor,
) -> Evidence:
    evidence = Evidence.objects.create(
        report=to if isinstance(to, Report) else None,
        indicator=to if isinstance(to, Indicator) else None,
        file=stored,
        name=_named(upload.name, kind),
        kind=kind,
        size=len(upload.data),
        digest=hashlib.sha256(upload.data).hexdigest(),
        uploaded_by=by.user,
    )
    tell(
        Act.EVIDENCE_ADDED,
        plan,
        by,
        對象=str(to),
        檔名=evidence.name,
        雜湊=evidence.digest,
    )
    return evidence


def _store(plan: Plan, data: bytes, kind: str) -> str:
    """Nobody can guess where a file lies; what was half written is removed again."""
    name = f"evidence/{plan.pk}/{secrets.token_hex(16)}.{kind}"
    try:
        return default_storage.save(name, ContentFile(data))
    except OSError as error:
        logger.exception("evidence of plan %s could not be stored", plan.pk)
        _forget(name)
        raise NotEvidence(FULL) from error


def _forget(name: str) -> None:
    try:
        default_storage.delete(name)
    except OSError:
        logger.warning("the unused file %s could not be removed", name)


def _named(name: str, kind: str) -> str:
    """The person's own name for it, ending as its content does."""
    plain = name.replace("\\", "/").rpartition("/")[2].strip() or "佐證"
    endings = (".jpg", ".jpeg") if kind == "jpg" else (f".{kind}",)
    if not plain.lower().endswith(endings):
        plain = f"{plain[:190]}.{kind}"
    return plain[-200:]


def read_evidence(evidence: Evidence) -> bytes:
    """The file as it was kept.  Raises NotEvidence where it is lost or another one."""
    try:
        with evidence.file.open() as file:
            data: bytes = file.read()
    except (OSError, ValueError) as error:
        raise NotEvidence(LOST) from error
    if hashlib.sha256(data).hexdigest() != evidence.digest:
        raise NotEvidence(CHANGED)
    return data


def content_type_of(evidence: Evidence) -> str:
    return CONTENT_TYPES.get(evidence.kind, "application/octet-stream")


@transaction.atomic
def delete_evidence(evidence: Evidence, plan: Plan, *, by: Actor) -> None:
    """The trail keeps name and digest; the file goes when the transaction is over."""
    require_running(plan)
    name = evidence.file.name
    tell(Act.EVIDENCE_DELETED, plan, by, 檔名=evidence.name, 雜湊=evidence.digest)
    evidence.delete()
    transaction.on_commit(partial(_forget, name))
