"""「本期填報」: my rows of a period, and all of them saved at once (without JavaScript)."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from offices.http import SignedInRequest
from plans.cycle import NotNow
from plans.models import Plan, State

from ..forms.reporting import ReportForm
from ..models import Report
from ..reporting.pages.my_report import MyReport, my_report
from ..reporting.pages.rows import ReportRow
from ..reporting.permissions import overseer_of, require_running, writer_of
from ..reporting.reports import Stale, save_report
from ..reporting.settings import Named, statuses_of, thresholds_of
from .report_finding import period_of, reported_plan


@require_safe
def reporting(request: SignedInRequest, pk: int) -> HttpResponse:
    """The current period of the plan."""
    plan = reported_plan(request, pk)
    return _page(request, _mine(request, plan), {})


@require_http_methods(["GET", "HEAD", "POST"])
def report_period(request: SignedInRequest, pk: int, period_pk: int) -> HttpResponse:
    """My rows of one period; POST saves each row that was touched and can be."""
    plan = reported_plan(request, pk)
    period_of(plan, period_pk)
    mine = _mine(request, plan, period_pk)
    if request.method != "POST":
        return _page(request, mine, {})
    if not mine.rows:
        raise PermissionDenied
    require_running(plan)
    left, saved = _save_all(request, mine)
    if saved:
        messages.success(request, f"已儲存 {saved} 列。")
    if left:
        messages.error(request, f"還有 {len(left)} 列沒有存入，原因寫在各列裡。")
        return _page(request, _mine(request, plan, period_pk), left)
    return redirect("schedule:report_period", pk, period_pk)


def _mine(request: SignedInRequest, plan: Plan, period: int | None = None) -> MyReport:
    periods = list(plan.periods.all())
    return my_report(request.user, plan, periods, timezone.localdate(), period)


def form_for(
    request: SignedInRequest | None,
    plan: Plan,
    row: ReportRow,
    statuses: Sequence[Named],
) -> ReportForm:
    """The row's form, holding what was sent where there is a request."""
    return ReportForm(
        request.POST if request else None,
        row=row,
        statuses=statuses,
        thresholds=thresholds_of(plan.office),
    )


# Rows that were not saved: the form as it was typed, and what somebody else saved.
Left = dict[int, tuple[ReportForm, Report | None]]


def _save_all(request: SignedInRequest, mine: MyReport) -> tuple[Left, int]:
    """What could not be saved, by share, and how many rows were."""
    statuses = statuses_of(mine.plan.office)
    left: Left = {}
    saved = 0
    for row in mine.rows:
        form = form_for(request, mine.plan, row, statuses)
        if not form.was_touched():
            continue
        theirs = None
        if form.is_valid():
            try:
                save_row(request, mine.plan, row, form)
            except Stale as stale:
                theirs = stale.current
                renew(form, theirs)
            except NotNow as refused:
                form.add_error(None, str(refused))
            else:
                saved += 1
                continue
        left[row.share.pk] = form, theirs
    return left, saved


def save_row(
    request: SignedInRequest, plan: Plan, row: ReportRow, form: ReportForm
) -> Report:
    """Store what the valid form tells; raises Stale, NotNow or PermissionDenied."""
    by = writer_of(request.user, row.share, plan, timezone.localdate())
    seen = form.cleaned_data["version"]
    return save_report(row.period, row.share, seen=seen, told=form.told(), by=by)


def renew(form: ReportForm, theirs: Report) -> None:
    """Saving once more is on purpose: it replaces what the other saved."""
    renewed = {"version": str(theirs.version), "seen": ""}
    renewed = {form.add_prefix(name): value for name, value in renewed.items()}
    form.data = {**form.data.dict(), **renewed}  # type: ignore[attr-defined]


def _page(request: SignedInRequest, mine: MyReport, left: Left) -> HttpResponse:
    plan = mine.plan
    is_closed = plan.state == State.CLOSED
    statuses = statuses_of(plan.office) if mine.rows else ()
    lines = [
        (row, *left.get(row.share.pk, (form_for(None, plan, row, statuses), None)))
        for row in mine.rows
    ]
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "reporting",
        "mine": mine,
        "lines": lines,
        "statuses": statuses,
        "thresholds": thresholds_of(plan.office),
        "overseer": overseer_of(request.user, plan),
        "is_plan_closed": is_closed,
        "is_writable": mine.is_writable and not is_closed,
        "has_left": bool(left),
    }
    is_stale = any(theirs for _, theirs in left.values())
    status = 409 if is_stale else 422 if left else 200
    return render(request, "schedule/reporting/mine.html", context, status=status)
