"""Finding and allowing: what every view of a round begins with."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from offices.http import SignedInRequest
from plans.models import Plan

from ..models import Round
from ..scoring.roles import can_keep_rounds
from .finding import readable_plan


def readable_round(request: SignedInRequest, pk: int, round_pk: int) -> Round:
    """A round of the plan, or 404 for people of other offices."""
    rounds = Round.objects.visible_to(request.user)
    found = rounds.select_related("plan__office", "plan__schedule", "scale", "earlier")
    return get_object_or_404(found, pk=round_pk, plan__pk=pk)


def kept_round(request: SignedInRequest, pk: int, round_pk: int) -> Round:
    """The round for its 研考; 403 for others of the office."""
    found = readable_round(request, pk, round_pk)
    require_keeper(request, found.plan)
    return found


def plan_to_score(request: SignedInRequest, pk: int) -> Plan:
    """The plan for its 研考, whatever its state: scores are no part of its paper."""
    plan = readable_plan(request, pk)
    require_keeper(request, plan)
    return plan


def require_keeper(request: SignedInRequest, plan: Plan) -> None:
    if not can_keep_rounds(request.user, plan):
        raise PermissionDenied
