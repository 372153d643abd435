"""研考's pages of reporting: the periods of the year, and how a period stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from offices.http import SignedInRequest
from offices.models import Office
from offices.permissions import require_management
from offices.roc import numeric
from plans.cycle import NotNow
from plans.models import Plan

from ..forms.periods import (
    DecisionForm,
    PeriodForm,
    PeriodsForm,
    ReasonForm,
    ReopenForm,
    ReportingSettingsForm,
)
from ..models import Period
from ..reporting.pages.matrix import matrix_of
from ..reporting.periods import (
    change_period,
    close_period,
    delete_periods,
    make_year,
    reopen_period,
)
from ..reporting.permissions import overseer_of
from ..reporting.reminding import remind
from ..reporting.settings import save_settings, statuses_of, thresholds_of
from .report_finding import as_coordinator, period_of, reported_plan


@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan's periods; POST makes those of the whole year."""
    plan = reported_plan(request, pk)
    by = as_coordinator(request, plan)
    form = PeriodsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            count = make_year(plan, by=by, **form.values())
        except NotNow as refused:
            form.add_error(None, str(refused))
        else:
            words = f"已建立 {count} 期。" if count else "各期都已經有了，沒有新增。"
            messages.success(request, words)
            return redirect("schedule:periods", pk)
    context = _context(plan) | {
        "form": form,
        "periods": plan.periods.all(),
        "today": timezone.localdate(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "schedule/reporting/periods.html", context, status=status)


def _context(plan: Plan) -> dict[str, object]:
    return {"plan": plan, "office": plan.office, "section": "reporting"}


@require_http_methods(["GET", "HEAD", "POST"])
def period_edit(request: SignedInRequest, pk: int, period_pk: int) -> HttpResponse:
    """Dates and instructions of one period, and opening it again."""
    plan = reported_plan(request, pk)
    period = period_of(plan, period_pk)
    as_coordinator(request, plan)
    form = PeriodForm(request.POST if request.method == "POST" else None, period=period)
    if form.is_valid():
        change_period(period, **form.cleaned_data)
        messages.success(request, f"已儲存{period}的日期與說明。")
        return redirect("schedule:periods", pk)
    return _period_page(request, period, form, ReopenForm())


def _period_page(
    request: SignedInRequest, period: Period, form: PeriodForm, reopening: ReasonForm
) -> HttpResponse:
    context = _context(period.plan) | {
        "period": period,
        "form": form,
        "reopening": reopening,
        "is_past": period.is_past(timezone.localdate()),
        "may_delete": not period.reports.exists(),
    }
    status = 422 if form.is_bound or reopening.is_bound else 200
    return render(request, "schedule/reporting/period.html", context, status=status)


@require_POST
def period_delete(request: SignedInRequest, pk: int, period_pk: int) -> HttpResponse:
    """Delete a period in which nothing was reported."""
    plan = reported_plan(request, pk)
    period = period_of(plan, period_pk)
    by = as_coordinator(request, plan)
    if delete_periods([period], by=by):
        messages.success(request, f"已刪除{period}。")
    else:
        messages.error(request, f"{period}已有填報，沒有刪除。")
    return redirect("schedule:periods", pk)


@require_POST
def period_close(request: SignedInRequest, pk: int, period_pk: int) -> HttpResponse:
    """Take no more reports."""
    plan = reported_plan(request, pk)
    period = period_of(plan, period_pk)
    by = as_coordinator(request, plan)
    try:
        close_period(period, by=by)
    except NotNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已關閉{period}的填報。")
    return redirect("schedule:report_matrix", pk, period_pk)


@require_POST
def period_reopen(request: SignedInRequest, pk: int, period_pk: int) -> HttpResponse:
    """Take reports again, with a reason."""
    plan = reported_plan(request, pk)
    period = period_of(plan, period_pk)
    by = as_coordinator(request, plan)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _period_page(request, period, PeriodForm(period=period), form)
    until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
    try:
        current = reopen_period(period, until=until, reason=reason, by=by)
    except NotNow as refused:
        messages.error(request, str(refused))
    else:
        words = f"已重新開啟{period}，填到 {numeric(current.closes_on)}。"
        messages.success(request, words)
    return redirect("schedule:report_matrix", pk, period_pk)


@require_POST
def period_remind(request: SignedInRequest, pk: int, period_pk: int) -> HttpResponse:
    """催報: one mail a person."""
    plan = reported_plan(request, pk)
    period = period_of(plan, period_pk)
    by = as_coordinator(request, plan)
    try:
        reminded = remind(period, by=by)
    except NotNow as refused:
        messages.error(request, str(refused))
    else:
        words = f"已催報 {reminded.people} 人，每人一封。"
        if reminded.unreachable:
            words += f"另有 {reminded.unreachable} 項的承辦人沒有帳號，請另外聯絡。"
        messages.success(request, words)
    return redirect("schedule:report_matrix", pk, period_pk)


@require_safe
def report_matrix(request: SignedInRequest, pk: int, period_pk: int) -> HttpResponse:
    """Unit × item: what was reported, what is missing, what is behind."""
    plan = reported_plan(request, pk)
    period = period_of(plan, period_pk)
    day = timezone.localdate()
    context = _context(plan) | {
        "period": period,
        "periods": plan.periods.all(),
        "matrix": matrix_of(plan, period, day),
        "overseer": overseer_of(request.user, plan),
        "is_open": period.is_open(day),
        "is_past": period.is_past(day),
        "deciding": DecisionForm(),
        "today": day,
    }
    return render(request, "schedule/reporting/matrix.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_settings(request: SignedInRequest, office_pk: int) -> HttpResponse:
    """The office's statuses and lights."""
    office = get_object_or_404(Office.objects.visible_to(request.user), pk=office_pk)
    require_management(request.user, office)
    form = ReportingSettingsForm(
        request.POST if request.method == "POST" else None,
        statuses=statuses_of(office),
        thresholds=thresholds_of(office),
    )
    if form.is_valid():
        save_settings(office, statuses=form.statuses(), thresholds=form.thresholds())
        messages.success(request, "填報狀態與燈號門檻已儲存。")
        return redirect(office)
    context = {"office": office, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "schedule/reporting/settings.html", context, status=status)
