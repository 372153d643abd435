"""The PDF of a plan: asked for, made once for each edition, kept until the next."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from importlib.metadata import version

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from .compose import compose
from .documents.canonical import digest
from .documents.html import STYLE, TEMPLATES
from .documents.model import Document
from .documents.part import part_of
from .documents.pdf import Paper, PdfUnavailable, render
from .models import Export, ExportQuerySet, Plan

PART_GONE = "要列印的附件或表格已經不在計畫裡。"
UNEXPECTED = (
    "產生 PDF 時發生未預期的錯誤，已記錄下來；請再試一次，仍失敗時請通知系統管理者。"
)


@cache
def layout() -> str:
    """Names the style and renderer, so that an upgrade makes new files."""
    known = hashlib.sha256(version("weasyprint").encode())
    for path in sorted([*TEMPLATES.glob("*.jinja"), STYLE]):
        known.update(path.read_bytes())
    return known.hexdigest()[:16]


def finished_exports() -> ExportQuerySet:
    """The PDFs of plans as they are now."""
    return Export.objects.filter(
        edition=F("plan__edition"), layout=layout(), state=Export.State.DONE
    )


def finished_export(plan: Plan, part: str = "") -> Export | None:
    """The PDF of the plan as it is now, if it has been made.  One query."""
    return finished_exports().filter(plan=plan, part=part).first()


def current_export(plan: Plan, part: str = "") -> Export | None:
    """The job or file of the plan as it is now, in whatever state."""
    exports = plan.exports.filter(edition=plan.edition, part=part)
    return exports.filter(layout=layout()).first()


@transaction.atomic
def request_export(plan: Plan, part: str = "") -> Export:
    """Have the PDF of the plan as it is now made, unless it is or will be.

    ``part`` is the id of an annex, or of a table in one, to be printed alone.

    However often it is asked for, one edition is one job; a job that failed, or
    that nobody ends, is begun again.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    export, is_new = Export.objects.get_or_create(
        plan=plan, edition=plan.edition, part=part, defaults={"layout": layout()}
    )
    if is_new or _is_worth_another_try(export):
        export.state = Export.State.WAITING
        export.layout = layout()
        export.message = ""
        export.requested_at = timezone.now()
        export.started_at = None
        export.save()
        transaction.on_commit(partial(make_export.enqueue, export.pk))
    return export


def _is_worth_another_try(export: Export) -> bool:
    if export.is_done:
        kept = export.file.storage.exists(export.file.name)
        return export.layout != layout() or not kept
    failed = export.state == Export.State.FAILED
    return failed or export.is_stuck or export.is_unattended


@task()
def make_export(pk: int) -> None:
    """A worker's job: lay out the plan as it is now and keep the file.

    A job that another worker has taken up, or that is gone, is left alone.
    """
    document = _take_up(pk)
    if document is None:
        return
    try:
        paper = render(document)
    except PdfUnavailable as problem:
        _fail(pk, str(problem))
    except Exception:
        _fail(pk, UNEXPECTED)
        raise
    else:
        _finish(pk, document, paper)


@transaction.atomic
def _take_up(pk: int) -> Document | None:
    """Mark the job as running; what it prints is the plan of this moment."""
    export = Export.objects.filter(pk=pk, state=Export.State.WAITING).first()
    if export is None:
        return None
    plans = Plan.objects.select_for_update(of=("self",)).select_related("office")
    plan = plans.get(pk=export.plan_id)
    others = plan.exports.exclude(pk=pk).filter(part=export.part)
    if others.filter(edition=plan.edition).exists():
        export.delete()  # the newer edition has a job of its own
        return None
    taken = Export.objects.filter(pk=pk, state=Export.State.WAITING).update(
        state=Export.State.RUNNING, edition=plan.edition, started_at=timezone.now()
    )
    document = part_of(compose(plan), export.part) if taken else None
    if taken and document is None:
        _fail(pk, PART_GONE)
    return document


def _fail(pk: int, message: str) -> None:
    Export.objects.filter(pk=pk).update(
        state=Export.State.FAILED, message=message, finished_at=timezone.now()
    )


@transaction.atomic
def _finish(pk: int, document: Document, paper: Paper) -> None:
    """Keep the file and drop those of older editions.

    Where the plan is just being deleted, its row is awaited: no file stays behind.
    """
    plans = Plan.objects.select_for_update(of=("self",))
    plan = plans.filter(exports=pk).first()
    export = Export.objects.filter(pk=pk).first()
    if plan is None or export is None:
        return
    export.state = Export.State.DONE
    export.digest = digest(document)
    export.pages = paper.pages
    export.missing = "".join(sorted(paper.missing))[:200]
    export.finished_at = timezone.now()
    name = f"{export.plan_id}-{export.edition}-{export.digest[:12]}.pdf"
    export.file.save(name, ContentFile(paper.pdf))
    discard_exports(plan, before=export.edition)


def discard_exports(plan: Plan, *, before: int | None = None) -> None:
    """Delete the plan's files, or only those of editions ``before`` one."""
    exports = (
        plan.exports.all()
        if before is None
        else plan.exports.filter(edition__lt=before)
    )
    for export in exports:
        name = export.file.name
        export.delete()
        if name:
            transaction.on_commit(partial(export.file.storage.delete, name))
