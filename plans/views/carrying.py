"""沿用去年: making the new plan, confirming its parts, deciding about old words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from offices.http import SignedInRequest

from ..apply import UnfitDocumentError
from ..carried import confirm
from ..carrying import AlreadyCarried, carry_over
from ..forms.carrying import CarryForm
from ..freezing import Altered
from ..models import Plan
from ..permissions import can_carry_plan, can_edit_plan
from ..rewriting import Gone
from ..settling import keep, replace_words
from .carried_page import CarriedPage, Line
from .outline import editable_plan, readable_plan

GONE = "這一處剛才已經改過，沒有再改；清單已重新整理。"


@require_http_methods(["GET", "HEAD", "POST"])
def plan_carry(request: SignedInRequest, pk: int) -> HttpResponse:
    """For which year, and what comes along; then the new plan, to be confirmed."""
    source = readable_plan(request, pk)
    if not can_carry_plan(request.user, source):
        raise PermissionDenied
    approval = source.approvals.without_content().first()
    data = request.POST if request.method == "POST" else None
    form = CarryForm(data, source=source, approval=approval)
    if form.is_valid():
        plan = _carried(request, source, form)
        if plan:
            return redirect("plans:carried", plan.pk)
    context = {"plan": source, "office": source.office, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "plans/carry.html", context, status=status)


def _carried(request: SignedInRequest, source: Plan, form: CarryForm) -> Plan | None:
    """The new plan; pressed twice, the one of the first time."""
    data = form.cleaned_data
    try:
        plan = carry_over(
            source,
            office=source.office,
            year=data["year"],
            title=data["title"],
            by=request.user,
            version=form.version,
            again=data.get("again", False),
        )
    except AlreadyCarried as already:
        messages.info(request, str(already))
        return already.plan
    except (Altered, UnfitDocumentError) as error:
        form.add_error("text", str(error))
        return None
    messages.success(request, f"已沿用為「{plan}」，請逐項確認。")
    return plan


@require_safe
def carried_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """What waits to be confirmed; 400 points cost as many queries as four."""
    plan = readable_plan(request, pk)
    page = CarriedPage(plan, request.user, editable=can_edit_plan(request.user, plan))
    context = _context(page) | {"opened": request.GET.get("open", "")}
    return render(request, "plans/carried.html", context)


@require_POST
def carried_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm the part ``key`` of the chapter ``part``; with ``all``, what is open of it."""
    plan = editable_plan(request, pk)
    page = CarriedPage(plan, request.user, editable=True)
    part = request.POST.get("part", "")
    section = page.section(part)
    lines = section.lines if section else ()
    key = request.POST.get("key", "")
    everywhere = "all" in request.POST
    keys = [o.key for o in lines if o.is_open and (everywhere or o.key == key)]
    count = confirm(plan, keys, by=request.user)
    messages.success(request, f"已確認 {count} 項。")
    if request.htmx and section:
        return _confirmed(request, plan, part, _next(lines, key))
    url = reverse("plans:carried", args=[plan.pk])
    return redirect(f"{url}?open={part}#at-{part}" if section else url)


@require_POST
def carried_replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put the offered words at ``key``; at ``all``, wherever they are offered."""
    return _decided(
        request, pk, replace_words, "已改 {} 處，原來的文字在各項的歷史裡。"
    )


@require_POST
def carried_keep(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave the words at ``key`` as they are; at ``all``, wherever they stand."""
    return _decided(request, pk, keep, "已保留 {} 處。")


def _decided(
    request: SignedInRequest, pk: int, verb: Callable[..., int], words: str
) -> HttpResponse:
    plan = editable_plan(request, pk)
    everywhere = "all" in request.POST
    key = request.POST.get("all" if everywhere else "key", "")
    try:
        count = verb(plan, key, everywhere=everywhere, by=request.user)
    except Gone:
        messages.warning(request, GONE)
    else:
        messages.success(request, words.format(count))
    group = request.POST.get("words", "")
    if not request.htmx:
        return redirect(f"{reverse('plans:carried', args=[plan.pk])}#words")
    # Read anew: the title itself may have been replaced.
    page = CarriedPage(readable_plan(request, pk), request.user, editable=True)
    context = _context(page) | {"words": page.words(group), "key": group}
    return render(request, "plans/_carried_decided.html", context)


def _confirmed(
    request: SignedInRequest, plan: Plan, part: str, focus: str
) -> HttpResponse:
    """For htmx: the chapter anew, the cursor on the next button."""
    page = CarriedPage(plan, request.user, editable=True)
    section = {"section": page.section(part), "opened": part, "focus": focus}
    context = _context(page) | section
    return render(request, "plans/_carried_confirmed.html", context)


def _context(page: CarriedPage) -> dict[str, object]:
    return {"page": page, "plan": page.plan, "office": page.plan.office}


def _next(lines: Sequence[Line], key: str) -> str:
    """The line behind the one with this key, else the one before it."""
    keys = [line.key for line in lines]
    if key not in keys:
        return ""
    at = keys.index(key)
    return next(iter([*keys[at + 1 :], *reversed(keys[:at])]), "")
