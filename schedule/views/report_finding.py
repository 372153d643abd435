"""Finding and allowing: what every view of reporting begins with."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from offices.http import SignedInRequest
from plans.cycle import Actor
from plans.models import Plan

from ..models import Period, Share
from ..reporting.pages.rows import ReportRow, rows_of
from ..reporting.permissions import coordinator_of, require_running
from ..reporting.settings import thresholds_of


def reported_plan(request: SignedInRequest, pk: int) -> Plan:
    """The plan with its office and lights, or 404 for people of other offices."""
    plans = Plan.objects.visible_to(request.user)
    return get_object_or_404(plans.select_related("office__light_settings"), pk=pk)


def period_of(plan: Plan, pk: int) -> Period:
    """A period of the plan, or 404."""
    period = get_object_or_404(Period, pk=pk, plan=plan)
    period.plan = plan
    return period


def share_of(plan: Plan, pk: int) -> Share:
    """A unit's share of a standing item of the plan, or 404."""
    shares = Share.objects.filter(item__plan=plan, item__removed_at=None)
    return get_object_or_404(shares.select_related("item", "unit"), pk=pk)


def row_of(period: Period, share: Share) -> ReportRow:
    """The share as one row of the period; 404 for one deleted meanwhile."""
    thresholds = thresholds_of(period.plan.office)
    shares = Share.objects.filter(pk=share.pk)
    for row in rows_of(shares, period, thresholds, timezone.localdate()):
        return row
    raise Http404


def as_coordinator(request: SignedInRequest, plan: Plan) -> Actor:
    """研考 of the plan's office; 403 for others, and for all once it is 已結案."""
    actor = coordinator_of(request.user, plan)
    require_running(plan)
    return actor
