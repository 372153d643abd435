"""Reading a control table in: give it, see every cell that would change, decide."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from offices.http import SignedInRequest
from plans.models import Plan
from plans.readers.reading import Severity

from ..apply import UnfitNumber
from ..forms.importing import UNIT_WANTED, ConfirmForm, FragmentForm, SheetForm
from ..fragments import UnitMissing, settle_fragment
from ..importing import (
    Changed,
    OwnAnnex,
    Settled,
    apply_import,
    discard_import,
    preview,
    read_own_annex,
    start_import,
)
from ..models import SheetImport
from ..permissions import can_keep_schedule
from ..reading import NoTimetable
from .finding import kept_plan

WRONG_CHOICE = "還沒有匯入：送出的選擇有誤，請重新確認。"
CHANGED = "您看差異的時候，計畫有變動，還沒有匯入。下面是重新比對的結果，請再看一次。"


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a text or a file; ``own`` reads the annex that the plan itself holds."""
    plan = kept_plan(request, pk)
    if request.method == "POST" and "own" in request.POST:
        return _import_own(request, plan)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(plan, *posted)
    if form.is_valid() and form.reading:
        started = start_import(
            plan, form.reading, source_name=form.source_name, by=request.user
        )
        return redirect(started)
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "import",
        "form": form,
        "own": _own_annex(plan),
        "waiting": SheetImport.objects.visible_to(request.user).filter(
            plan=plan, is_done=False
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "schedule/import.html", context, status=status)


def _own_annex(plan: Plan) -> OwnAnnex | None:
    try:
        return read_own_annex(plan)
    except NoTimetable:
        return None


def _import_own(request: SignedInRequest, plan: Plan) -> HttpResponse:
    try:
        own = read_own_annex(plan)
    except NoTimetable as error:
        messages.error(request, str(error))
        return redirect("schedule:import", plan.pk)
    started = start_import(
        plan,
        own.reading,
        source_name="計畫的附件",
        by=request.user,
        annexes=own.blocks,
    )
    return redirect(started)


@require_http_methods(["GET", "HEAD", "POST"])
def import_confirm(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    """A dry run: what would be added, changed and removed; POST stores it all."""
    started = _find(request, pk, import_pk)
    if started.is_done:
        return redirect("schedule:grid", pk)
    if request.method != "POST":
        return _page(request, started)
    form = ConfirmForm(preview(started), request.POST)
    if not form.is_valid():
        return _page(request, started, form=form, error=WRONG_CHOICE, status=422)
    try:
        apply_import(started, **form.cleaned_data, by=request.user)
    except Changed:
        return _page(request, started, error=CHANGED, status=409)
    except UnfitNumber as error:
        return _page(request, started, error=f"{error}沒有存入任何資料。", status=422)
    except Settled:
        return redirect("schedule:grid", pk)
    messages.success(request, f"已匯入「{started.source_name}」。")
    return redirect("schedule:grid", pk)


@require_POST
def import_discard(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    started = _find(request, pk, import_pk)
    discard_import(started)
    messages.success(request, "已放棄這次匯入，沒有更動任何項目。")
    return redirect("schedule:import", pk)


@require_POST
def fragment_settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make an item of a rest that waits (``keep``), or drop it."""
    plan = kept_plan(request, pk)
    form = FragmentForm(plan.office, request.POST)
    if not form.is_valid():
        return _unit_wanted(request, pk)
    try:
        is_settled = settle_fragment(plan, **form.cleaned_data, by=request.user)
    except UnitMissing:
        return _unit_wanted(request, pk)
    if is_settled:
        keep = form.cleaned_data["keep"]
        done = "已建為「名稱待補」的項目，請補上名稱。" if keep else "已捨棄這段內容。"
        messages.success(request, done)
    return redirect("schedule:grid", pk)


def _unit_wanted(request: SignedInRequest, pk: int) -> HttpResponse:
    messages.error(request, UNIT_WANTED)
    return redirect("schedule:grid", pk)


def _find(request: SignedInRequest, pk: int, import_pk: int) -> SheetImport:
    """One's own import into this plan, or 404; 403 for who is 研考 no longer."""
    imports = SheetImport.objects.visible_to(request.user).filter(plan__pk=pk)
    started = get_object_or_404(imports.select_related("plan__office"), pk=import_pk)
    if not can_keep_schedule(request.user, started.plan):
        raise PermissionDenied
    return started


def _page(
    request: SignedInRequest,
    started: SheetImport,
    *,
    form: ConfirmForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    plan = Plan.objects.select_related("office").get(pk=started.plan_id)
    started.plan = plan
    seen = preview(started)
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "import",
        "started": started,
        "seen": seen,
        "added": seen.of_kind("新增"),
        "changed": seen.of_kind("修改"),
        "removed": seen.of_kind("刪除"),
        "warnings": any(f.severity is Severity.WARNING for f in seen.reminders),
        "fragments": (form or ConfirmForm(seen)).rows(),
        "error": error,
    }
    return render(request, "schedule/import_confirm.html", context, status=status)
