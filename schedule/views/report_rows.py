"""One row: read, saved, confirmed, returned, and asked for after its period closed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from offices.http import SignedInRequest
from offices.roc import numeric
from plans.cycle import NotNow
from plans.models import Plan, State

from ..forms.periods import DecisionForm, EvidenceForm, ReasonForm
from ..forms.reporting import ReportForm
from ..models import Period, Report, Share, SupplementRequest
from ..reporting.evidence import MOST_FILES
from ..reporting.pages.history import share_history
from ..reporting.pages.my_report import MyReport, my_report
from ..reporting.pages.rows import ReportRow
from ..reporting.permissions import (
    confirmer_of,
    may_read_evidence,
    overseer_of,
    require_running,
    writer_of,
)
from ..reporting.reports import Stale, confirm_report, return_report
from ..reporting.settings import statuses_of, thresholds_of
from ..reporting.supplements import ask_supplement, decide_supplement
from ..timetable.wording import plain_number
from .report_finding import as_coordinator, period_of, reported_plan, row_of, share_of
from .reporting import form_for, renew, save_row


@require_http_methods(["GET", "HEAD", "POST"])
def report_row(
    request: SignedInRequest, pk: int, period_pk: int, share_pk: int
) -> HttpResponse:
    """The row's own page; POST saves it, and answers JSON to those who ask for it."""
    plan = reported_plan(request, pk)
    period, share = period_of(plan, period_pk), share_of(plan, share_pk)
    if request.method != "POST":
        return row_page(request, plan, row_of(period, share))
    writer_of(request.user, share, plan, timezone.localdate())
    require_running(plan)
    row = row_of(period, share)
    form = form_for(request, plan, row, statuses_of(plan.office))
    theirs: Report | None = None
    if form.is_valid():
        try:
            save_row(request, plan, row, form)
        except Stale as stale:
            theirs = stale.current
        except NotNow as refused:
            form.add_error(None, str(refused))
        else:
            return _saved(request, plan, period, share)
    if _wants_json(request):
        return _refused(form, theirs)
    if theirs:
        renew(form, theirs)
    return row_page(request, plan, row_of(period, share), form, theirs)


def _wants_json(request: SignedInRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _saved(
    request: SignedInRequest, plan: Plan, period: Period, share: Share
) -> HttpResponse:
    if not _wants_json(request):
        messages.success(request, f"已儲存「{share.item}」的填報。")
        return redirect("schedule:report_row", plan.pk, period.pk, share.pk)
    row = row_of(period, share)
    form = form_for(None, plan, row, statuses_of(plan.office))
    mine = _progress(request, plan, period)
    return JsonResponse(
        {
            "version": row.version,
            "seen": form.initial["seen"],
            "fields": _shown(form),
            "light": {
                "word": row.light.word,
                "symbol": row.light.symbol,
                "css": row.light.css,
            },
            "is_carried_over": bool(row.report and row.report.is_carried_over),
            "is_done": row.is_done,
            "reported": mine.reported,
            "total": len(mine.rows),
            "at": f"{timezone.localtime():%H:%M}",
        }
    )


def _progress(request: SignedInRequest, plan: Plan, period: Period) -> MyReport:
    return my_report(request.user, plan, [period], timezone.localdate(), period.pk)


def _shown(form: ReportForm) -> dict[str, str]:
    """The stored values as the fields hold them."""
    percent = form.initial["percent"]
    return {
        "status": form.initial["status"],
        "percent": "" if percent is None else plain_number(percent),
        "words": form.initial["words"],
        "cause": form.initial["cause"],
        "remedy": form.initial["remedy"],
    }


def _refused(form: ReportForm, theirs: Report | None) -> JsonResponse:
    """422 with what is wrong by field, or 409 with what somebody else saved."""
    if theirs:
        return JsonResponse(_theirs(theirs), status=409)
    errors = {name: str(told[0]) for name, told in form.errors.items()}
    message = errors.pop("__all__", "這一列還沒有存入，請看標示的欄位。")
    status = 422 if errors else 409
    return JsonResponse({"message": message, "errors": errors}, status=status)


def _theirs(theirs: Report) -> dict[str, object]:
    who = str(theirs.reported_by or "別人")
    return {
        "message": f"{who}剛才也填了這一列，您的還沒有存入。",
        "version": theirs.version,
        "theirs": {
            "status": theirs.status,
            "percent": "" if theirs.percent is None else plain_number(theirs.percent),
            "words": theirs.words,
            "cause": theirs.cause,
            "remedy": theirs.remedy,
        },
    }


def row_page(
    request: SignedInRequest,
    plan: Plan,
    row: ReportRow,
    form: ReportForm | None = None,
    theirs: Report | None = None,
    *,
    file_form: EvidenceForm | None = None,
    reason_form: ReasonForm | None = None,
    status: int = 0,
) -> HttpResponse:
    """The page with whatever was refused on it."""
    rights = _rights(request, plan, row)
    thresholds = thresholds_of(plan.office)
    reads = rights["reads_evidence"]
    context = rights | {
        "plan": plan,
        "office": plan.office,
        "section": "reporting",
        "row": row,
        "form": form or form_for(None, plan, row, statuses_of(plan.office)),
        "theirs": theirs,
        "thresholds": thresholds,
        "evidence": list(row.report.evidence.all()) if row.report and reads else [],
        "most_files": MOST_FILES,
        "file_form": file_form or EvidenceForm(),
        "reason_form": reason_form or ReasonForm(),
        "supplements": SupplementRequest.objects.filter(
            period=row.period, share=row.share
        ).select_related("asked_by"),
        "history": share_history(row.share, plan, thresholds),
    }
    refused = bool(form and form.errors) or file_form or reason_form
    status = status or (409 if theirs else 422 if refused else 200)
    return render(request, "schedule/reporting/row.html", context, status=status)


def _rights(request: SignedInRequest, plan: Plan, row: ReportRow) -> dict[str, bool]:
    """What the person may do with the row today, by the names the page knows."""
    day = timezone.localdate()
    may_write = _may_write(request, plan, row)
    is_open = plan.state != State.CLOSED
    confirms = overseer_of(request.user, plan).confirms(row.share.unit_id)
    reads = may_write or may_read_evidence(request.user, plan, row.share, day)
    return {
        "may_write": may_write,
        "is_writable": may_write and row.is_writable and is_open,
        "may_confirm": confirms and is_open,
        "may_ask": may_write and row.period.is_past(day) and not row.is_writable,
        "reads_evidence": reads,
    }


def _may_write(request: SignedInRequest, plan: Plan, row: ReportRow) -> bool:
    try:
        writer_of(request.user, row.share, plan, timezone.localdate())
    except PermissionDenied:
        return False
    return True


@require_POST
def report_confirm(
    request: SignedInRequest, pk: int, period_pk: int, share_pk: int
) -> HttpResponse:
    """課室主管 agrees with the version that was looked at."""
    plan = reported_plan(request, pk)
    period, share = period_of(plan, period_pk), share_of(plan, share_pk)
    by = confirmer_of(request.user, share, plan)
    report = get_object_or_404(Report, period=period, share=share)
    try:
        confirm_report(report, seen=_seen(request), by=by)
    except (Stale, NotNow) as refused:
        messages.error(request, f"{refused}沒有確認，請再看一次。")
        return row_page(request, plan, row_of(period, share), status=409)
    messages.success(request, f"已確認「{share.item}」的填報。")
    return redirect("schedule:report_row", pk, period_pk, share_pk)


@require_POST
def report_return(
    request: SignedInRequest, pk: int, period_pk: int, share_pk: int
) -> HttpResponse:
    """Give the report back with a reason."""
    plan = reported_plan(request, pk)
    period, share = period_of(plan, period_pk), share_of(plan, share_pk)
    by = confirmer_of(request.user, share, plan)
    report = get_object_or_404(Report, period=period, share=share)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return row_page(request, plan, row_of(period, share), reason_form=form)
    reason = form.cleaned_data["reason"]
    try:
        return_report(report, seen=_seen(request), reason=reason, by=by)
    except (Stale, NotNow) as refused:
        form.add_error(None, f"{refused}沒有退回，請再看一次。")
        row = row_of(period, share)
        return row_page(request, plan, row, reason_form=form, status=409)
    messages.success(request, f"已退回「{share.item}」的填報，並通知填報人。")
    return redirect("schedule:report_row", pk, period_pk, share_pk)


def _seen(request: SignedInRequest) -> int:
    """The version that was looked at; -1 for what is none."""
    version = request.POST.get("version", "")
    is_number = version.isascii() and version.isdigit() and len(version) < 10
    return int(version) if is_number else -1


@require_POST
def supplement_ask(
    request: SignedInRequest, pk: int, period_pk: int, share_pk: int
) -> HttpResponse:
    """請求補報 of a row whose period is closed."""
    plan = reported_plan(request, pk)
    period, share = period_of(plan, period_pk), share_of(plan, share_pk)
    by = writer_of(request.user, share, plan, timezone.localdate())
    require_running(plan)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return row_page(request, plan, row_of(period, share), reason_form=form)
    try:
        ask_supplement(period, share, reason=form.cleaned_data["reason"], by=by)
    except NotNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已送出補報請求，研考決定後會通知您。")
    return redirect("schedule:report_row", pk, period_pk, share_pk)


@require_POST
def supplement_decide(
    request: SignedInRequest, pk: int, supplement_pk: int
) -> HttpResponse:
    """研考 opens the row again for some days, or does not."""
    plan = reported_plan(request, pk)
    asked = get_object_or_404(SupplementRequest, pk=supplement_pk, period__plan=plan)
    by = as_coordinator(request, plan)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    else:
        until = form.open_until()
        try:
            decide_supplement(asked, until=until, by=by)
        except NotNow as refused:
            messages.error(request, str(refused))
        else:
            told = f"同意補報到 {numeric(until)}" if until else "不同意補報"
            messages.success(request, f"已回覆：{told}。")
    return redirect("schedule:report_matrix", pk, asked.period_id)
