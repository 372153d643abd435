"""The PDFs of a plan: asked for, made once for each edition, kept until the next.

Those of approved versions are made once and for all: see paper_sources.PaperSource.
"""

from __future__ import annotations

import hashlib
from functools import cache, partial
from importlib.metadata import version

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from .documents.canonical import digest
from .documents.html import STYLE, TEMPLATES
from .documents.model import Document
from .documents.pdf import Paper, PdfUnavailable, render
from .freezing import Altered
from .models import Export, ExportQuerySet, Plan
from .paper_sources import PaperSource, paper_source_of

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


def layout_of(source: PaperSource) -> str:
    """The layout, and what else the paper depends on, such as the 說明 of a table."""
    if not source.stamp:
        return layout()
    return hashlib.sha256(f"{layout()} {source.stamp}".encode()).hexdigest()[:16]


def finished_exports() -> ExportQuerySet:
    """The PDFs of plans as they are now."""
    return Export.objects.filter(
        edition=F("plan__edition"), layout=layout(), state=Export.State.DONE
    )


def finished_export(plan: Plan, part: str = "") -> Export | None:
    """The PDF of what it is now, if it has been made.

    One query, and for versions those of paper_sources.paper_source_of.
    """
    export = current_export(plan, part)
    return export if export and export.is_done else None


def current_export(plan: Plan, part: str = "") -> Export | None:
    """The job or file of what it is now, in whatever state."""
    source = paper_source_of(plan, part)
    return _exports_of(source).filter(_is_current(source)).first() if source else None


def _exports_of(source: PaperSource) -> QuerySet[Export]:
    return source.plan.exports.filter(part=source.part, edition=source.edition)


def _is_current(source: PaperSource) -> Q:
    """A job is, too, whatever it was asked with: it prints what it finds."""
    if source.is_lasting:
        return Q()
    if source.stamp:
        return Q(layout=layout_of(source)) | ~Q(state=Export.State.DONE)
    return Q(layout=layout_of(source))


@transaction.atomic
def request_export(plan: Plan, part: str = "") -> Export:
    """Have the PDF of the plan as it is now made, unless it is or will be.

    ``part`` is what paper_sources.paper_source_of knows: "" for the whole plan, an annex, a
    version or a comparison; the caller has seen that there is such a part.

    However often it is asked for, one edition is one job; a job that failed, or
    that nobody ends, is begun again.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    source = paper_source_of(plan, part) or PaperSource(plan, part)
    export, is_new = Export.objects.get_or_create(
        plan=plan,
        edition=source.edition,
        part=part,
        defaults={"layout": layout_of(source)},
    )
    if is_new or _is_worth_another_try(export, source):
        export.state = Export.State.WAITING
        export.layout = layout_of(source)
        export.message = ""
        export.requested_at = timezone.now()
        export.started_at = None
        export.save()
        transaction.on_commit(partial(make_export.enqueue, export.pk))
    return export


def _is_worth_another_try(export: Export, source: PaperSource) -> bool:
    if export.is_done:
        kept = export.file.storage.exists(export.file.name)
        is_old = export.layout != layout_of(source) and not source.is_lasting
        return is_old or not kept
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
    source = paper_source_of(plan, export.part)
    edition = source.edition if source else export.edition
    others = plan.exports.exclude(pk=pk).filter(part=export.part)
    if others.filter(edition=edition).exists():
        export.delete()  # the newer edition has a job of its own
        return None
    taken = Export.objects.filter(pk=pk, state=Export.State.WAITING).update(
        state=Export.State.RUNNING,
        edition=edition,
        layout=layout_of(source) if source else export.layout,
        started_at=timezone.now(),
    )
    return _document(pk, source) if taken else None


def _document(pk: int, source: PaperSource | None) -> Document | None:
    """What the job prints; where that cannot be, it says why."""
    try:
        document = source.document() if source else None
    except Altered as altered:
        _fail(pk, str(altered))
        return None
    if document is None:
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
    before = export.file.name
    export.file.save(name, ContentFile(paper.pdf))
    if before != export.file.name:
        _forget(export, before)
    discard_exports(plan, before=export.edition)


def discard_exports(plan: Plan, *, before: int | None = None) -> None:
    """Delete the plan's files, or only those of editions ``before`` one.

    What belongs to no edition, as an approved version, stays then.
    """
    exports = (
        plan.exports.all()
        if before is None
        else plan.exports.filter(edition__gt=0, edition__lt=before)
    )
    for export in exports:
        _forget(export, export.file.name)
        export.delete()


def _forget(export: Export, name: str | None) -> None:
    """Delete a file that is not needed any more, once all is stored."""
    if name:
        transaction.on_commit(partial(export.file.storage.delete, name))
