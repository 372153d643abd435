"""What 研考 set: how a plan's annex looks, and which kinds an office has."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from offices.http import SignedInRequest
from offices.models import Office
from offices.permissions import require_management
from plans.models import Plan

from ..compose import schedule_of
from ..forms.settings import KindsForm, ScheduleForm
from ..models import Schedule, kinds_of
from ..settings import StaleSchedule, save_kinds, save_schedule
from ..timetable.wording import USUAL_KINDS
from .finding import kept_plan


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_settings(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = kept_plan(request, pk)
    data = request.POST if request.method == "POST" else None
    form = ScheduleForm(data, schedule=schedule_of(plan))
    stale: Schedule | None = None
    if form.is_valid():
        try:
            save_schedule(
                plan, version=form.cleaned_data["version"], values=form.values()
            )
        except StaleSchedule as error:
            stale = error.current
        else:
            messages.success(request, "管制表設定已儲存。")
            return redirect("schedule:grid", pk)
    return _settings_page(request, plan, form, stale)


def _settings_page(
    request: SignedInRequest, plan: Plan, form: ScheduleForm, stale: Schedule | None
) -> HttpResponse:
    """The form; where someone saved in between, with what differs now (409)."""
    differing = []
    if stale:
        differing = [
            (form.fields[name].label, form.shown(name, getattr(stale, name)))
            for name, value in form.values().items()
            if getattr(stale, name) != value
        ]
        form.data = {**request.POST.dict(), "version": str(stale.version)}
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "settings",
        "form": form,
        "differing": differing,
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "schedule/settings.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def kinds(request: SignedInRequest, office_pk: int) -> HttpResponse:
    """The office's kinds of 考核方式, one a line."""
    office = get_object_or_404(Office.objects.visible_to(request.user), pk=office_pk)
    require_management(request.user, office)
    data = request.POST if request.method == "POST" else None
    form = KindsForm(data, initial={"names": "\n".join(kinds_of(office))})
    if form.is_valid():
        save_kinds(office, form.cleaned_data["names"])
        messages.success(request, "考核方式種類已儲存。")
        return redirect(office)
    context = {"office": office, "form": form, "usual": USUAL_KINDS}
    status = 422 if form.is_bound else 200
    return render(request, "schedule/kinds.html", context, status=status)
