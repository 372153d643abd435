"""等第標準 of an office, kept by its 研考."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from offices.http import SignedInRequest
from offices.models import Office
from offices.permissions import require_management

from ..forms.rounds import ScaleForm
from ..models import GradeScale
from ..scoring.scales import save_scale


@require_safe
def scale_list(request: SignedInRequest, office_pk: int) -> HttpResponse:
    office = _kept_office(request, office_pk)
    scales = office.grade_scales.prefetch_related("grades")
    context = {"office": office, "scales": scales}
    return render(request, "schedule/scoring/scales.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scale_create(request: SignedInRequest, office_pk: int) -> HttpResponse:
    office = _kept_office(request, office_pk)
    return _scale_page(request, GradeScale(office=office))


@require_http_methods(["GET", "HEAD", "POST"])
def scale_edit(request: SignedInRequest, office_pk: int, scale_pk: int) -> HttpResponse:
    return _scale_page(request, _kept_scale(request, office_pk, scale_pk))


def _scale_page(request: SignedInRequest, scale: GradeScale) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ScaleForm(data, instance=scale)
    if form.is_valid():
        chosen = form.cleaned_data
        save_scale(scale, name=chosen["name"], scale=chosen["grades"])
        messages.success(request, f"等第標準「{scale}」已儲存。")
        return redirect("schedule:grade_scales", scale.office_id)
    context = {"office": scale.office, "form": form, "scale": scale}
    status = 422 if form.is_bound else 200
    return render(request, "schedule/scoring/scale_form.html", context, status=status)


@require_POST
def scale_delete(
    request: SignedInRequest, office_pk: int, scale_pk: int
) -> HttpResponse:
    """Closed rounds keep the grades they closed with; open ones have none then."""
    scale = _kept_scale(request, office_pk, scale_pk)
    scale.delete()
    messages.success(request, f"等第標準「{scale}」已刪除；已結束的輪次不受影響。")
    return redirect("schedule:grade_scales", office_pk)


def _kept_office(request: SignedInRequest, pk: int) -> Office:
    office = get_object_or_404(Office.objects.visible_to(request.user), pk=pk)
    require_management(request.user, office)
    return office


def _kept_scale(request: SignedInRequest, office_pk: int, scale_pk: int) -> GradeScale:
    office = _kept_office(request, office_pk)
    return get_object_or_404(office.grade_scales.select_related("office"), pk=scale_pk)
