"""查核缺失 of a plan: the list, a new one, one with its rounds, and its wording."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from offices.http import SignedInRequest
from plans.cycle import NotNow
from plans.models import Plan

from ..defects.opening import StaleDefect, change_defect, open_defect
from ..defects.permissions import keeper_of, keeps_defects
from ..forms.defects import DefectFilterForm, DefectForms
from ..models import Defect
from ..pages.defects import DefectPage, counts_of, lines_of, units_in
from .finding import readable_plan
from .finding_defects import kept_plan, readable_defect


@require_safe
def defect_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The filters stand in the address."""
    plan = readable_plan(request, pk)
    lines = lines_of(plan, timezone.localdate())
    form = DefectFilterForm(request.GET, units=units_in(lines))
    wanted = form.wanted()
    context = {
        **_context(plan),
        "form": form,
        "lines": [line for line in lines if line.fits(wanted)],
        "counts": counts_of(lines),
        "all": len(lines),
        "is_filtered": bool(wanted),
        "keeps_defects": keeps_defects(request.user, plan),
    }
    return render(request, "schedule/defects/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def defect_create(request: SignedInRequest, pk: int) -> HttpResponse:
    plan, by = kept_plan(request, pk)
    data = request.POST if request.method == "POST" else None
    form = DefectForms(plan, data, item=request.GET.get("item", ""))
    if form.is_valid():
        made = open_defect(plan, form.wording.wording(), form.named(), by=by)
        messages.success(request, f"已列管「{made}」，並通知課室。")
        return redirect(made)
    return _form_page(request, plan, form)


@require_http_methods(["GET", "HEAD", "POST"])
def defect_edit(request: SignedInRequest, pk: int, defect_pk: int) -> HttpResponse:
    defect = readable_defect(request, pk, defect_pk)
    by = keeper_of(request.user, defect.plan)
    data = request.POST if request.method == "POST" else None
    form = DefectForms(defect.plan, data, defect=defect)
    current: Defect | None = None
    problem = ""
    if form.is_valid():
        try:
            change_defect(
                defect,
                version=form.wording.cleaned_data["version"],
                wording=form.wording.wording(),
                named=form.named(),
                dropped=form.dropped(),
                by=by,
            )
        except StaleDefect as stale:
            current = stale.current
            typed = {**request.POST.dict(), "version": str(current.version)}
            form.wording.data = typed
        except NotNow as late:
            problem = str(late)
        else:
            messages.success(request, "已儲存。")
            return redirect(defect)
    return _form_page(request, defect.plan, form, defect, current, problem)


def _form_page(
    request: SignedInRequest,
    plan: Plan,
    form: DefectForms,
    defect: Defect | None = None,
    current: Defect | None = None,
    problem: str = "",
) -> HttpResponse:
    """The form; where someone was faster, what stands there now (409)."""
    context = {
        **_context(plan),
        "form": form,
        "defect": defect,
        "current": current,
        "problem": problem,
    }
    late = bool(current or problem)
    status = 409 if late else 422 if form.is_bound else 200
    return render(request, "schedule/defects/form.html", context, status=status)


@require_safe
def defect_detail(request: SignedInRequest, pk: int, defect_pk: int) -> HttpResponse:
    """One defect with the rounds of every unit."""
    defect = readable_defect(request, pk, defect_pk)
    return defect_page(request, DefectPage(defect, request.user, timezone.localdate()))


def defect_page(
    request: SignedInRequest, page: DefectPage, *, status: int = 200
) -> HttpResponse:
    """The page of a defect, also with a form that was refused."""
    context = {
        **_context(page.defect.plan),
        "defect": page.defect,
        "page": page,
        "rounds": page.rounds(),
    }
    return render(request, "schedule/defects/defect.html", context, status=status)


def _context(plan: Plan) -> dict[str, Any]:
    return {"plan": plan, "office": plan.office, "section": "defects"}
