"""Finding and allowing: what every view of a control table begins with."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from offices.http import SignedInRequest
from plans.models import Plan, State

from ..models import Item, Method
from ..months import MonthsRow, months_row
from ..permissions import (
    can_edit_item,
    can_edit_item_in,
    can_keep_schedule,
    require_open,
)


def readable_plan(request: SignedInRequest, pk: int) -> Plan:
    """The plan with its office and schedule, or 404 for people of other offices."""
    plans = Plan.objects.visible_to(request.user)
    return get_object_or_404(plans.select_related("office", "schedule"), pk=pk)


def kept_plan(request: SignedInRequest, pk: int) -> Plan:
    """The plan for its 研考; 403 for others of the office."""
    plan = readable_plan(request, pk)
    if not can_keep_schedule(request.user, plan):
        raise PermissionDenied
    require_open(plan)
    return plan


def readable_item(request: SignedInRequest, pk: int, item_pk: int) -> Item:
    """A standing item of the plan, or 404."""
    items = Item.objects.visible_to(request.user).standing()
    found = items.select_related("plan__office", "plan__schedule")
    return get_object_or_404(found, pk=item_pk, plan__pk=pk)


def editable_item(request: SignedInRequest, pk: int, item_pk: int) -> Item:
    """The item, or 403 for those who may only read it."""
    item = readable_item(request, pk, item_pk)
    if not can_edit_item(request.user, item):
        raise PermissionDenied
    require_open(item.plan, item.pk)
    return item


def readable_method(request: SignedInRequest, pk: int, method_pk: int) -> Method:
    """A row of a standing item of the plan, or 404."""
    methods = Method.objects.visible_to(request.user).filter(item__plan__pk=pk)
    found = methods.select_related("item__plan__office")
    return get_object_or_404(found, pk=method_pk)


def editable_method(request: SignedInRequest, pk: int, method_pk: int) -> Method:
    """The row, or 403 for those who may only read it, and 404 for strangers."""
    method = readable_method(request, pk, method_pk)
    if not can_edit_item(request.user, method.item):
        raise PermissionDenied
    require_open(method.item.plan, method.item_id)
    return method


def editable_months(request: SignedInRequest, pk: int, method_pk: int) -> MonthsRow:
    """The row's months, or 403 for those who may only read them, 404 for strangers.

    Whoever writes in the office may see it: visibility costs as much as all the rest
    of a changed cell, so it is asked only about those who do not write.
    """
    try:
        row = months_row(method_pk)
    except Method.DoesNotExist:
        raise Http404 from None
    if row.plan != pk:
        raise Http404
    if not can_edit_item_in(request.user, row.item, row.office):
        readable_method(request, pk, method_pk)
        raise PermissionDenied
    if row.state == State.RETURNED:
        require_open(Plan.objects.get(pk=pk), row.item)
    return row
