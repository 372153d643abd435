"""What 研考 keep of their office: the overview and the units."""

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

from offices.forms.people import UnitForm
from offices.http import SignedInRequest
from offices.models import Deputy, Office, Unit
from offices.permissions import require_management
from offices.units import UnitInUse, add_unit, delete_unit, move_unit, rename_unit


@require_safe
def office_list(request: SignedInRequest) -> HttpResponse:
    """The offices one manages; for the administrator, also the trails of all."""
    context = {
        "offices": Office.objects.managed_by(request.user),
        "audited": Office.objects.all() if request.user.is_superuser else (),
    }
    return render(request, "offices/list.html", context)


@require_safe
def office_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Units, members and deputies of one office, on one page."""
    office = get_object_or_404(Office.objects.visible_to(request.user), pk=pk)
    require_management(request.user, office)
    deputies = Deputy.objects.filter(
        member__office=office, ends_on__gte=timezone.localdate()
    )
    context = {
        "office": office,
        "units": office.units.all(),
        "members": office.members.select_related("user", "unit").prefetch_related(
            "roles"
        ),
        "deputies": deputies.select_related("member__user", "deputy__user"),
    }
    return render(request, "offices/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_create(request: SignedInRequest, office_pk: int) -> HttpResponse:
    office = get_object_or_404(Office.objects.visible_to(request.user), pk=office_pk)
    require_management(request.user, office)
    data = request.POST if request.method == "POST" else None
    form = UnitForm(data, instance=Unit(office=office))
    with office.locked():
        if form.is_valid():
            add_unit(form.instance, by=request.user)
            messages.success(request, f"已新增課室「{form.instance}」。")
            return redirect(office)
    context = {"office": office, "form": form, "heading": "新增課室"}
    return render(request, "offices/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(
        Unit.objects.visible_to(request.user).select_related("office"), pk=pk
    )
    require_management(request.user, unit.office)
    data = request.POST if request.method == "POST" else None
    form = UnitForm(data, instance=unit)
    with unit.office.locked():
        if form.is_valid():
            rename_unit(unit, by=request.user)
            messages.success(request, f"已儲存課室「{unit}」。")
            return redirect(unit.office)
    context = {"office": unit.office, "form": form, "heading": "編輯課室"}
    return render(request, "offices/form.html", context)


@require_POST
def unit_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """``direction`` up or down."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    require_management(request.user, unit.office)
    move_unit(unit, up=request.POST.get("direction") == "up", by=request.user)
    return redirect(f"{unit.office.get_absolute_url()}#unit-{unit.pk}")


@require_POST
def unit_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    require_management(request.user, unit.office)
    try:
        delete_unit(unit, by=request.user)
    except UnitInUse as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"已刪除課室「{unit}」。")
    return redirect(unit.office)
