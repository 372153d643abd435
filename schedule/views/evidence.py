"""Evidence: added to a report or an indicator, handed out as a file, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from offices.audit.models import Act
from offices.http import SignedInRequest
from plans.cycle import Actor, NotNow, tell
from plans.models import Plan, State

from ..forms.periods import EvidenceForm
from ..models import Evidence, Item, Share
from ..permissions import can_edit_item
from ..reporting.evidence import (
    add_evidence,
    content_type_of,
    delete_evidence,
    read_evidence,
)
from ..reporting.evidence_kinds import NotEvidence
from ..reporting.permissions import (
    may_read_evidence,
    overseer_of,
    require_running,
    writer_of,
)
from ..reporting.reports import report_for, require_writable
from .finding import readable_item
from .report_finding import period_of, reported_plan, row_of, share_of
from .report_rows import row_page


@require_POST
def evidence_add(
    request: SignedInRequest, pk: int, period_pk: int, share_pk: int
) -> HttpResponse:
    """Keep a file with the row's report."""
    plan = reported_plan(request, pk)
    period, share = period_of(plan, period_pk), share_of(plan, share_pk)
    by = writer_of(request.user, share, plan, timezone.localdate())
    require_running(plan)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            require_writable(period, share, timezone.localdate())
            report = report_for(period, share)
            evidence = add_evidence(plan, form.upload(), to=report, by=by)
        except (NotEvidence, NotNow) as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"已上傳「{evidence}」。")
            return redirect("schedule:report_row", pk, period_pk, share_pk)
    return row_page(request, plan, row_of(period, share), file_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def item_evidence(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """The evidence of an item's indicators; POST adds a file to one of them."""
    item = readable_item(request, pk, item_pk)
    plan = item.plan
    indicators = item.indicators.prefetch_related("evidence__uploaded_by")
    if not _reads_of_item(request, item):
        raise PermissionDenied
    form = EvidenceForm()
    if request.method == "POST":
        if not can_edit_item(request.user, item):
            raise PermissionDenied
        require_running(plan)
        indicator = get_object_or_404(indicators, pk=_key(request))
        form = EvidenceForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                by = Actor(request.user)
                evidence = add_evidence(plan, form.upload(), to=indicator, by=by)
            except NotEvidence as refused:
                form.add_error("file", str(refused))
            else:
                messages.success(request, f"已上傳「{evidence}」。")
                return redirect("schedule:item_evidence", pk, item_pk)
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "grid",
        "item": item,
        "indicators": indicators,
        "form": form,
        "chosen": _key(request),
        "is_writable": can_edit_item(request.user, item) and plan.state != State.CLOSED,
    }
    status = 422 if form.is_bound else 200
    return render(request, "schedule/reporting/evidence.html", context, status=status)


def _key(request: SignedInRequest) -> int:
    """The indicator that was chosen; 0 for none."""
    key = request.POST.get("indicator", "")
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0


def _reads_of_item(request: SignedInRequest, item: Item) -> bool:
    """Whoever reads the evidence of one of its shares, or may change the item."""
    overseer = overseer_of(request.user, item.plan)
    if overseer.is_above or can_edit_item(request.user, item):
        return True
    day = timezone.localdate()
    shares = item.shares.all()
    return any(may_read_evidence(request.user, item.plan, s, day) for s in shares)


def _found(request: SignedInRequest, pk: int, evidence_pk: int) -> Evidence:
    """Evidence of the plan, or 404."""
    rows = Evidence.objects.visible_to(request.user).select_related(
        "report__share__item__plan__office",
        "report__share__unit",
        "report__period",
        "indicator__item__plan__office",
    )
    evidence = get_object_or_404(rows, pk=evidence_pk)
    if _plan_of(evidence).pk != pk:
        raise Http404
    return evidence


def _plan_of(evidence: Evidence) -> Plan:
    return _item_of(evidence).plan


def _item_of(evidence: Evidence) -> Item:
    if evidence.report:
        return evidence.report.share.item
    assert evidence.indicator  # noqa: S101 - the database keeps one of the two
    return evidence.indicator.item


def _share_of(evidence: Evidence) -> Share | None:
    return evidence.report.share if evidence.report else None


@require_safe
def evidence_file(request: SignedInRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """The file, to be kept and not shown in the browser; its reading is told."""
    evidence = _found(request, pk, evidence_pk)
    plan, share = _plan_of(evidence), _share_of(evidence)
    if share and not may_read_evidence(request.user, plan, share, timezone.localdate()):
        raise PermissionDenied
    if not share and not _reads_of_item(request, _item_of(evidence)):
        raise PermissionDenied
    try:
        data = read_evidence(evidence)
    except NotEvidence as refused:
        messages.error(request, str(refused))
        return _back(evidence, pk)
    tell(Act.EVIDENCE_READ, plan, Actor(request.user), 檔名=evidence.name)
    disposition = content_disposition_header(True, evidence.name)
    return HttpResponse(
        data,
        content_type=content_type_of(evidence),
        headers={
            "Content-Disposition": disposition or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@require_POST
def evidence_delete(
    request: SignedInRequest, pk: int, evidence_pk: int
) -> HttpResponse:
    """Delete a file while its row takes reports; that of an indicator at any time."""
    evidence = _found(request, pk, evidence_pk)
    plan, report = _plan_of(evidence), evidence.report
    if report:
        by = writer_of(request.user, report.share, plan, timezone.localdate())
    elif can_edit_item(request.user, _item_of(evidence)):
        by = Actor(request.user)
    else:
        raise PermissionDenied
    require_running(plan)
    name, answer = evidence.name, _back(evidence, pk)
    try:
        if report:
            require_writable(report.period, report.share, timezone.localdate())
    except NotNow as refused:
        messages.error(request, str(refused))
        return answer
    delete_evidence(evidence, plan, by=by)
    messages.success(request, f"已刪除「{name}」。")
    return answer


def _back(evidence: Evidence, pk: int) -> HttpResponse:
    """Where the file is listed."""
    report = evidence.report
    if report:
        where = "schedule:report_row"
        return redirect(where, pk, report.period_id, report.share_id)
    return redirect("schedule:item_evidence", pk, _item_of(evidence).pk)
