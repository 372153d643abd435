"""Approved versions: the list, one of them, what is put back from it, and its scan."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import zip_longest

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from offices.audit.models import Act as Told
from offices.audit.recording import lender_of
from offices.http import SignedInRequest

from ..cycle import Actor, tell
from ..documents.html import body_html
from ..documents.model import Document
from ..forms.versions import ScanForm
from ..freezing import ALTERED, Altered, document_of
from ..kept_parts import Kept, kept_at, name_of
from ..models import Approval, Plan
from ..permissions import COORDINATOR, Act, may, require_edit
from ..restoring import Moved, Preview, exists, preview, restore_part, words_of
from ..scans import NotAScan, attach_scan, content_type_of, read_scan
from ..tree import Refused
from ..versions import NOW, Pair, side_of
from .outline import readable_plan


@dataclass(frozen=True, slots=True)
class Version:
    """One version and what it can be compared with; "" for nothing."""

    approval: Approval
    part: str
    with_before: str
    with_now: str


@require_safe
def approval_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """All versions of the plan, the newest first."""
    plan = readable_plan(request, pk)
    context = {
        "plan": plan,
        "office": plan.office,
        "versions": _versions(plan),
        "may_submit": may(request.user, plan, Act.SUBMIT),
        "may_scan": may(request.user, plan, Act.SCAN),
    }
    return render(request, "plans/versions/list.html", context)


def _versions(plan: Plan) -> list[Version]:
    """The newest first.  One query."""
    approvals = plan.approvals.without_content()
    found = list(approvals.select_related("approved_by", "acting_for__user"))
    return [
        _version(plan, approval, before)
        for approval, before in zip_longest(found, found[1:])
    ]


def _version(plan: Plan, approval: Approval, before: Approval | None) -> Version:
    side = side_of(approval)
    is_now = approval.edition == plan.edition
    return Version(
        approval,
        side,
        Pair(side_of(before), side).name if before else "",
        "" if is_now else Pair(side, NOW).name,
    )


@require_safe
def approval_page(request: SignedInRequest, pk: int, approval_pk: int) -> HttpResponse:
    """One version as it was frozen; one that was altered is shown as broken."""
    plan = readable_plan(request, pk)
    return _page(request, _approval(plan, approval_pk))


def _approval(plan: Plan, pk: int) -> Approval:
    """The version, or 404 for one of another plan."""
    approvals = plan.approvals.select_related(
        "approved_by", "acting_for__user", "submission__submitted_by"
    )
    approval = get_object_or_404(approvals, pk=pk)
    approval.plan = plan
    return approval


def _page(
    request: SignedInRequest, approval: Approval, form: ScanForm | None = None
) -> HttpResponse:
    plan = approval.plan
    try:
        paper = body_html(document_of(approval))
    except Altered:
        paper = ""
    may_scan = may(request.user, plan, Act.SCAN)
    context = {
        "plan": plan,
        "office": plan.office,
        "approval": approval,
        # Every text in it was escaped by the paper's own templates.
        "paper": mark_safe(paper),  # noqa: S308
        "altered": "" if paper else ALTERED,
        "found_digest": hashlib.sha256(approval.content.encode()).hexdigest(),
        "version": _version(plan, approval, _before(approval)),
        "steps": _steps(approval),
        "scan_form": form or (ScanForm() if may_scan else None),
    }
    status = 422 if form else 200
    return render(request, "plans/versions/version.html", context, status=status)


def _before(approval: Approval) -> Approval | None:
    older = approval.plan.approvals.filter(number__lt=approval.number)
    return older.without_content().first()


def _steps(approval: Approval) -> list[object]:
    """Who agreed on the way, in the order of the chain."""
    if approval.submission is None:
        return []
    steps = approval.submission.steps.select_related("by", "acting_for__user")
    return list(steps.exclude(at=None))


@require_http_methods(["GET", "HEAD", "POST"])
def restore(
    request: SignedInRequest, pk: int, approval_pk: int, key: str
) -> HttpResponse:
    """What restoring a part would change, and the restoring."""
    plan = readable_plan(request, pk)
    approval = _approval(plan, approval_pk)
    try:
        kept = kept_at(document_of(approval), key)
    except Altered as altered:
        messages.error(request, str(altered))
        return redirect(approval)
    if kept is None:
        raise Http404
    # What is gone has a place only in a plan that is open as a whole.
    keys = [key, kept.table_key] if exists(plan, key) else []
    require_edit(request.user, plan, *keys)
    if plan.returned_parts:
        _require_each(request, plan, document_of(approval), kept)
    if request.method != "POST":
        return _restore_page(request, approval, kept)
    try:
        restore_part(approval, key, seen=request.POST.get("seen", ""), by=request.user)
    except (Moved, Refused) as refused:
        return _restore_page(request, approval, kept, str(refused))
    messages.success(request, f"已依{approval}還原{name_of(kept)}。")
    return redirect(f"{plan.get_absolute_url()}#{key}")


def _require_each(
    request: SignedInRequest, plan: Plan, version: Document, kept: Kept
) -> None:
    """A point is restored with its paragraphs: each of them has to be open, too."""
    for change in preview(plan, version, kept).changes:
        require_edit(request.user, plan, change.key, kept.table_key)


def _restore_page(
    request: SignedInRequest, approval: Approval, kept: Kept, problem: str = ""
) -> HttpResponse:
    plan = approval.plan
    found: Preview = preview(plan, document_of(approval), kept)
    context = {
        "plan": plan,
        "office": plan.office,
        "approval": approval,
        "name": name_of(kept),
        "is_row": kept.row is not None,
        "preview": found,
        "changes": [(change, words_of(change)) for change in found.changes],
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "plans/versions/restore.html", context, status=status)


@require_POST
def scan_attach(request: SignedInRequest, pk: int, approval_pk: int) -> HttpResponse:
    """Keep a scan of the signed copy with the version."""
    plan = readable_plan(request, pk)
    approval = _approval(plan, approval_pk)
    if not may(request.user, plan, Act.SCAN):
        raise PermissionDenied
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, approval, form)
    by = Actor(request.user, lender_of(request.user, plan.office, COORDINATOR))
    try:
        data = form.cleaned_data["scan"].read()
        attach_scan(approval, data=data, name=form.file_name(), by=by)
    except NotAScan as refused:
        form.add_error("scan", str(refused))
        return _page(request, approval, form)
    messages.success(request, f"已附上{approval}的簽核掃描檔。")
    return redirect(approval)


@require_safe
def scan(request: SignedInRequest, pk: int, approval_pk: int) -> HttpResponse:
    """The scan, to be kept and not shown in the browser; its reading is told."""
    plan = readable_plan(request, pk)
    approval = _approval(plan, approval_pk)
    if not approval.scan:
        raise Http404
    try:
        data = read_scan(approval)
    except NotAScan as refused:
        messages.error(request, str(refused))
        return redirect(approval)
    tell(Told.SCAN_READ, plan, Actor(request.user), 版次=str(approval))
    disposition = content_disposition_header(True, approval.scan_name)
    return HttpResponse(
        data,
        content_type=content_type_of(approval),
        headers={
            "Content-Disposition": disposition or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
