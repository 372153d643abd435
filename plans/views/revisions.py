"""The revision lines (歷次修訂) under a plan's title."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from offices.http import SignedInRequest

from ..compose import revision_line
from ..documents.revisions import revision_text
from ..forms.masthead import RevisionForm
from ..masthead import (
    StaleRevision,
    add_revision,
    delete_revision,
    move_revision,
    save_revision,
)
from .outline import editable_plan

STEPS = {"up": -1, "down": +1}


@require_http_methods(["GET", "HEAD", "POST"])
def revision_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """All lines as printed, and a form that adds one."""
    plan = editable_plan(request, pk)
    form = RevisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        line = add_revision(plan, values=form.values())
        messages.success(request, f"已新增「{revision_text(revision_line(line))}」。")
        return redirect("plans:revisions", plan.pk)
    lines = [
        (line, revision_text(revision_line(line))) for line in plan.revisions.all()
    ]
    context = {"plan": plan, "office": plan.office, "form": form, "lines": lines}
    status = 422 if form.is_bound else 200
    return render(request, "plans/revisions.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def revision_edit(request: SignedInRequest, pk: int, line_pk: int) -> HttpResponse:
    plan = editable_plan(request, pk)
    line = get_object_or_404(plan.revisions, pk=line_pk)
    now = revision_text(revision_line(line))
    seen, theirs = request.POST.get("seen", now), ""
    form = RevisionForm(
        request.POST if request.method == "POST" else None, instance=line
    )
    if form.is_valid():
        try:
            save_revision(line, seen=seen, values=form.values())
        except StaleRevision as stale:
            seen = theirs = revision_text(revision_line(stale.current))
        else:
            messages.success(request, "修訂紀錄已儲存。")
            return redirect("plans:revisions", plan.pk)
    context = {"plan": plan, "office": plan.office, "form": form}
    context |= {"seen": seen, "theirs": theirs}
    status = 409 if theirs else 422 if form.is_bound else 200
    return render(request, "plans/revision.html", context, status=status)


@require_POST
def revision_move(
    request: SignedInRequest, pk: int, line_pk: int, direction: str
) -> HttpResponse:
    plan = editable_plan(request, pk)
    line = get_object_or_404(plan.revisions, pk=line_pk)
    if direction not in STEPS:
        raise Http404
    move_revision(line, steps=STEPS[direction])
    return redirect("plans:revisions", plan.pk)


@require_POST
def revision_delete(request: SignedInRequest, pk: int, line_pk: int) -> HttpResponse:
    plan = editable_plan(request, pk)
    line = get_object_or_404(plan.revisions, pk=line_pk)
    text = revision_text(revision_line(line))
    delete_revision(line)
    messages.success(request, f"已刪除「{text}」。")
    return redirect("plans:revisions", plan.pk)
