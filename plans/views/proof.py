"""送核前檢查: the list, mending by one key, leaving a finding, and the catalogue."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from offices.http import SignedInRequest
from offices.models import Office
from offices.permissions import require_management

from ..documents.headings import headings
from ..documents.proofs.finding import Grade
from ..forms.proof import DismissForm, GradesForm
from ..mending import mend
from ..models import Plan, State
from ..permissions import Act, can_edit_plan, may
from ..proofing import catalogue, dismiss, findings_of, grades_of, recall, set_grade
from ..reviews.standing import standing_of
from ..rewriting import Gone
from .outline import editable_plan, readable_plan
from .proof_page import ProofPage

GONE = "這一處剛才已經改過，清單已重新檢查。"


@require_safe
def proof_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is found in the plan now; 400 points cost as many queries as four."""
    return _page(request, readable_plan(request, pk))


@require_safe
def proof_marks(request: SignedInRequest, pk: int) -> HttpResponse:
    """For htmx: how many findings, for the plan's menu and for each outline entry."""
    plan = readable_plan(request, pk)
    found = findings_of(plan)
    by_part = Counter(finding.part.key for finding in found.findings)
    entries = {heading.id for heading in headings(found.document)}
    parts = [(key, count) for key, count in by_part.items() if key in entries]
    counts = [(grade, count) for grade, count in found.counts.items() if count]
    context = {"counts": counts, "parts": parts, "plan": plan}
    if plan.state == State.AMENDING:
        # The first change after 核定 was made on a page that still says 已核定.
        context["standing"] = standing_of(plan, request.user)
    return render(request, "plans/_proof_marks.html", context)


@require_POST
def proof_fix(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put the right word at the finding ``key``; with ``all``, wherever it stands."""
    plan = editable_plan(request, pk)
    everywhere = "all" in request.POST
    key = request.POST.get("key", "")
    try:
        count = mend(plan, key, everywhere=everywhere, by=request.user)
    except Gone:
        messages.warning(request, GONE)
    else:
        messages.success(request, f"已改正 {count} 處。")
    return _back(plan, request)


@require_POST
def proof_dismiss(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave a finding as it is, with a reason; an error can only be mended."""
    plan = editable_plan(request, pk)
    form = DismissForm(request.POST)
    if not form.is_valid():
        return _page(request, plan, form)
    finding = findings_of(plan).find(form.cleaned_data["key"])
    if finding is None or finding.grade is Grade.ERROR:
        messages.warning(request, "錯誤必須改正，不能略過。" if finding else GONE)
    else:
        dismiss(plan, finding, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "已列為不予處理；文字改變時會再提醒。")
    return _back(plan, request)


@require_POST
def proof_recall(request: SignedInRequest, pk: int, dismissal_pk: int) -> HttpResponse:
    """Put a dismissed finding on the list again."""
    plan = editable_plan(request, pk)
    recall(get_object_or_404(plan.dismissals, pk=dismissal_pk), by=request.user)
    messages.success(request, "已放回清單。")
    return _back(plan, request)


@require_safe
def proof_catalogue(request: SignedInRequest) -> HttpResponse:
    """Every check there is: how grave, why, and how to mend; part of the help."""
    offices = Office.objects.managed_by(request.user)
    context = {"checks": catalogue().values(), "offices": offices}
    return render(request, "plans/proof_catalogue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proof_grades(request: SignedInRequest, office_pk: int) -> HttpResponse:
    """How grave the office takes each check."""
    offices = Office.objects.visible_to(request.user)
    office = get_object_or_404(offices, pk=office_pk)
    require_management(request.user, office)
    checks = catalogue()
    data = request.POST if request.method == "POST" else None
    form = GradesForm(checks, grades_of(office), data)
    if form.is_valid():
        for code, grade in form.grades().items():
            set_grade(office, code, grade, by=request.user)
        messages.success(request, "檢查的等級已儲存。")
        return redirect("plans:proof_grades", office.pk)
    rows = [(info, form[code]) for code, info in checks.items()]
    context = {"office": office, "form": form, "rows": rows}
    status = 422 if form.is_bound else 200
    return render(request, "plans/proof_grades.html", context, status=status)


def _page(
    request: SignedInRequest, plan: Plan, refused: DismissForm | None = None
) -> HttpResponse:
    """The list; with a reason that was refused (422)."""
    page = ProofPage(plan, request.user, editable=can_edit_plan(request.user, plan))
    context = {
        "page": page,
        "plan": plan,
        "office": plan.office,
        "may_submit": may(request.user, plan, Act.SUBMIT),
        "refused": refused,
        "refused_key": refused["key"].value() if refused else "",
    }
    status = 422 if refused else 200
    return render(request, "plans/proof.html", context, status=status)


def _back(plan: Plan, request: SignedInRequest) -> HttpResponse:
    """The list, at the part whose button was pressed."""
    part = request.POST.get("part", "")
    known = part.isascii() and part.isalnum() and len(part) <= 20
    url = reverse("plans:proof", args=[plan.pk])
    return redirect(f"{url}#at-{part}" if known else url)
