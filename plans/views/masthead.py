"""Finding, creating, setting up and deleting whole plans."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from offices import roc
from offices.http import SignedInRequest
from offices.models import Office

from ..cycle import NotNow
from ..forms.masthead import (
    PlanForm,
    PlanSearchForm,
    SettingsForm,
)
from ..masthead import StaleSettings, create_plan, delete_plan, save_settings
from ..models import Plan
from ..permissions import can_create_plan, can_delete_plan, offices_to_write_for
from .outline import editable_plan, readable_plan

PLANS_A_PAGE = 50


@require_safe
def plan_list(request: SignedInRequest) -> HttpResponse:
    """The plans of the user's offices, newest year first."""
    offices = Office.objects.visible_to(request.user)
    form = PlanSearchForm(request.GET, offices=offices)
    visible = Plan.objects.visible_to(request.user).select_related("office")
    plans = Paginator(form.found_in(visible), PLANS_A_PAGE)
    writable = set(offices_to_write_for(request.user).values_list("pk", flat=True))
    context = {
        "form": form,
        "plans": plans.get_page(request.GET.get("page")),
        "searching": any(request.GET.get(name) for name in ("q", "year", "office")),
        "may_create": bool(writable),
        "writable": writable,
    }
    return render(request, "plans/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_create(request: SignedInRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    this_year = roc.roc_year(timezone.localdate())
    form = PlanForm(data, user=request.user, initial={"year": this_year})
    if not offices_to_write_for(request.user).exists():
        raise PermissionDenied
    if form.is_valid():
        if not can_create_plan(request.user, form.cleaned_data["office"]):
            raise PermissionDenied
        create_plan(form.instance, by=request.user)
        messages.success(request, "計畫已建立，可以開始新增章節。")
        return redirect(form.instance)
    return render(
        request,
        "plans/create.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan_settings(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = editable_plan(request, pk)
    form = SettingsForm(
        request.POST if request.method == "POST" else None, instance=plan
    )
    stale: Plan | None = None
    if form.is_valid():
        try:
            save_settings(
                plan,
                version=form.cleaned_data["version"],
                values=form.values(),
                by=request.user,
            )
        except StaleSettings as error:
            stale = error.current
        else:
            messages.success(request, "計畫設定已儲存。")
            return redirect(plan)
    return _settings_page(request, plan, form, stale)


def _settings_page(
    request: SignedInRequest, plan: Plan, form: SettingsForm, stale: Plan | None
) -> HttpResponse:
    """The form; where someone saved in between, with what differs now (409)."""
    differing = []
    if stale:
        typed = form.values()
        form.data = {**request.POST.dict(), "version": str(stale.version)}
        differing = [
            (form.fields[name].label, _shown(stale, name))
            for name, value in typed.items()
            if getattr(stale, name) != value
        ]
    context = {
        "plan": plan,
        "office": plan.office,
        "form": form,
        "differing": differing,
        "may_delete": can_delete_plan(request.user, plan),
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "plans/settings.html", context, status=status)


def _shown(plan: Plan, name: str) -> str:
    """A setting as a person reads it."""
    value = getattr(plan, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    display = getattr(plan, f"get_{name}_display", None)
    return str(display() if display else value) or "（空白）"


@require_http_methods(["GET", "HEAD", "POST"])
def plan_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks first: a whole plan cannot be put back."""
    plan = readable_plan(request, pk)
    if not can_delete_plan(request.user, plan):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("confirmed"):
        try:
            delete_plan(plan, by=request.user)
        except NotNow as late:
            messages.warning(request, str(late))
            return redirect(plan)
        messages.success(request, "計畫已刪除。")
        return redirect("plans:list")
    context = {
        "plan": plan,
        "office": plan.office,
        "blocks": plan.blocks.count(),
        "unconfirmed": request.method == "POST",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/delete.html", context, status=status)
