"""The month grid: the page, one change of cells, and taking proposals as they are."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from offices.http import SignedInRequest
from plans.models import Frozen, Plan
from plans.permissions import PartlyOpen

from ..fragments import fragments_of
from ..models import Method
from ..months import Clash, confirm_months, set_months
from ..pages.kept_grid import grid_part
from ..permissions import Desk, desk_at
from ..timetable.months import is_pattern, state_in
from .finding import editable_months, readable_plan


@require_safe
def grid_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every item with its months, by unit; filters stand in the address."""
    plan = readable_plan(request, pk)
    desk = desk_at(request.user, plan)
    context = {
        "plan": plan,
        "office": plan.office,
        "section": "grid",
        "desk": desk,
        "fragments": fragments_of(plan),
        "part": grid_part(plan, desk, request.GET, timezone.localdate()),
    }
    return render(request, "schedule/grid.html", context)


@require_POST
def months_save(request: SignedInRequest, pk: int, method_pk: int) -> HttpResponse:
    """Change cells of one row: ``was`` is the pattern seen, ``months`` the wanted one.

    Answers JSON: 200 with the row's pattern, 409 where another changed the same cell,
    422 for what is no pattern.
    """
    try:
        row = editable_months(request, pk, method_pk)
    except (Frozen, PartlyOpen) as shut:
        return JsonResponse({"message": str(shut)}, status=409)
    was, months = request.POST.get("was", ""), request.POST.get("months", "")
    if not (is_pattern(was) and is_pattern(months)):
        message = "月份須是 12 格，每格為空白、預定或重點；請重新整理頁面再試。"
        return JsonResponse({"message": message}, status=422)
    try:
        saved = set_months(row, was=was, months=months, by=request.user)
    except Clash as clash:
        return JsonResponse(_clash(clash), status=409)
    except Frozen as frozen:
        return JsonResponse({"message": str(frozen)}, status=409)
    except Method.DoesNotExist:
        message = "這一列剛才已由別人刪除，您的修改沒有存入。"
        return JsonResponse({"message": message}, status=409)
    return JsonResponse({"months": saved, "at": f"{timezone.localtime():%H:%M}"})


def _clash(clash: Clash) -> dict[str, object]:
    """What the other made of the cells, in words and as the pattern."""
    current = clash.current
    records = Method.history.filter(id=current.pk).select_related("history_user")
    author = records.first()
    who = str(author.history_user) if author and author.history_user else "別人"
    theirs = "、".join(
        f"{month}月改為「{state_in(current.months, month).word or '空白'}」"
        for month in clash.months
    )
    return {"months": current.months, "message": f"{who}剛才把{theirs}。", "who": who}


@require_POST
def months_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take proposed months as they stand: of the row ``method``, or of all one may edit."""
    plan = readable_plan(request, pk)
    desk = desk_at(request.user, plan)
    if not desk.may_write:
        raise PermissionDenied
    rows = _unconfirmed(plan, desk, request.POST.get("method", ""))
    count = confirm_months(rows, by=request.user)
    messages.success(request, f"已確認 {count} 列的月份。")
    return redirect(_back(request, plan))


def _unconfirmed(plan: Plan, desk: Desk, key: str) -> list[Method]:
    """The rows with proposed months that the person may edit."""
    rows = Method.objects.filter(
        item__plan=plan, item__removed_at=None, is_confirmed=False
    ).prefetch_related("item__shares__ownerships")
    if key:
        known = key.isascii() and key.isdigit() and len(key) < 19
        rows = rows.filter(pk=int(key)) if known else rows.none()
    return [row for row in rows if _may_edit(desk, row)]


def _may_edit(desk: Desk, row: Method) -> bool:
    shares = row.item.shares.all()
    owners = {o.member_id for share in shares for o in share.ownerships.all()}
    members = {member for member in owners if member}
    return desk.may_edit({share.unit_id for share in shares}, members)


def _back(request: HttpRequest, plan: Plan) -> str:
    """The grid with the filters it had."""
    query = QueryDict(request.POST.get("query", "")[:500]).urlencode()
    return reverse("schedule:grid", args=[plan.pk]) + (query and f"?{query}")
