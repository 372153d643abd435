"""Finding and allowing: what every view of a defect begins with."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from offices.http import SignedInRequest
from plans.cycle import Actor
from plans.models import Plan

from ..defects.permissions import keeper_of
from ..models import Defect, DefectTarget
from .finding import readable_plan


def kept_plan(request: SignedInRequest, pk: int) -> tuple[Plan, Actor]:
    """The plan for its 研考, whatever its state; 403 for others of the office."""
    plan = readable_plan(request, pk)
    return plan, keeper_of(request.user, plan)


def readable_defect(request: SignedInRequest, pk: int, defect_pk: int) -> Defect:
    """A defect of the plan, or 404 for people of other offices."""
    defects = Defect.objects.visible_to(request.user)
    found = defects.select_related(
        "plan__office", "plan__schedule", "item", "created_by"
    )
    return get_object_or_404(found, pk=defect_pk, plan__pk=pk)


def readable_target(request: SignedInRequest, pk: int, target_pk: int) -> DefectTarget:
    """One unit's part of a defect of the plan, or 404 for people of other offices."""
    targets = DefectTarget.objects.visible_to(request.user)
    found = targets.select_related(
        "defect__plan__office", "defect__plan__schedule", "defect__item", "unit"
    )
    return get_object_or_404(found, pk=target_pk, defect__plan__pk=pk)
