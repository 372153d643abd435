"""The audit trail of an office, for its 研考; all trails for the administrator."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from offices import roc
from offices.audit.models import INSTALLATION, Act, AuditChain, AuditEventQuerySet
from offices.audit.proof import MOST_ON_PAGE, name_of, verify
from offices.audit.recording import record
from offices.audit.sheet import MOST_EVENTS, write_sheet
from offices.forms.audit import AuditSearchForm
from offices.http import SignedInRequest
from offices.models import AuditEvent, Office
from offices.permissions import require_management

EVENTS_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Trail:
    """Whose events are looked at; no office for those of the installation."""

    key: int
    office: Office | None

    @property
    def name(self) -> str:
        return name_of(self.key, self.office.name if self.office else "")

    @property
    def events(self) -> AuditEventQuerySet:
        return AuditEvent.objects.filter(chain=self.key).order_by("-number")

    @property
    def chain(self) -> AuditChain:
        """As it is, or as it will be begun."""
        known = AuditChain.objects.filter(pk=self.key).first()
        return known or AuditChain(self.key)


def _find(request: SignedInRequest, office_pk: int) -> Trail:
    """404 for strangers, 403 for all of the office but 研考."""
    if request.user.is_superuser and office_pk == INSTALLATION:
        return Trail(INSTALLATION, None)
    offices = Office.objects.visible_to(request.user)
    if request.user.is_superuser:
        offices = Office.objects.all()
    office = get_object_or_404(offices, pk=office_pk)
    if not request.user.is_superuser:
        require_management(request.user, office)
    return Trail(office.pk, office)


@require_safe
def audit(request: SignedInRequest, office_pk: int) -> HttpResponse:
    """The events, newest first, and whether the chain was whole at the last check."""
    trail = _find(request, office_pk)
    form = AuditSearchForm(request.GET)
    events = Paginator(form.found_in(trail.events), EVENTS_A_PAGE)
    context = {
        "trail": trail,
        "office": trail.office,
        "chain": trail.chain,
        "form": form,
        "events": events.get_page(request.GET.get("page")),
        "most": f"{MOST_EVENTS:,}",
    }
    return render(request, "offices/audit.html", context)


@require_POST
def audit_verify(request: SignedInRequest, office_pk: int) -> HttpResponse:
    """Follow the chain over its newest events; the command ``verify_audit`` over all."""
    trail = _find(request, office_pk)
    chain = trail.chain
    if chain.last_number:
        check = verify(chain, newest=MOST_ON_PAGE)
        details = {"結果": check.found or "完整"}
        record(Act.AUDIT_CHECKED, by=request.user, office=trail.office, details=details)
        told = messages.success if check.is_whole else messages.error
        told(request, check.found or "稽核軌跡完整，沒有被更動。")
    return redirect("offices:audit", trail.key)


@require_safe
def audit_file(request: SignedInRequest, office_pk: int) -> HttpResponse:
    """What the filters found as a spreadsheet; taking it along is an event itself."""
    trail = _find(request, office_pk)
    form = AuditSearchForm(request.GET)
    events = list(form.found_in(trail.events)[:MOST_EVENTS])
    sheet = write_sheet(events)
    details = {"格式": "XLSX", "筆數": str(len(events)), "個人資料": "人員姓名與位址"}
    record(Act.AUDIT_EXPORTED, by=request.user, office=trail.office, details=details)
    name = f"{trail.name}稽核軌跡{roc.numeric(timezone.localdate())}.xlsx"
    disposition = content_disposition_header(True, name.replace("/", "."))
    return HttpResponse(
        sheet,
        content_type=XLSX,
        headers={"Content-Disposition": disposition or "", "Cache-Control": "no-store"},
    )
