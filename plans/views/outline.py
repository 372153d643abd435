"""The plan page: the paper with its outline, whole or only the part that changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from offices.http import SignedInRequest

from ..carried import count_waiting
from ..compose import compose
from ..documents.headings import Heading, headings
from ..documents.html import Screen, block_html, body_html
from ..documents.model import Document
from ..models import Block, Plan
from ..permissions import can_carry_plan, can_edit_something, require_edit
from ..reviews.standing import standing_of
from ..tree import HOLDERS
from .screen import edit_urls


@dataclass
class PlanPage:
    """One plan on the screen, composed once for its paper, outline and forms.

    ``editable``: the person writes the plan, or what was returned of it; ``open_form`` is the finished HTML of the form that stands in place of the
    block ``opened``.
    """

    plan: Plan
    editable: bool
    opened: Block | None = None
    open_form: str = ""

    @cached_property
    def document(self) -> Document:
        return compose(self.plan)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        return headings(self.document)

    @property
    def is_open(self) -> bool:
        """Whether the person may change the plan's structure, too."""
        return self.editable and not self.plan.returned_parts

    @property
    def screen(self) -> Screen:
        urls = edit_urls(self.plan, self.document) if self.editable else _no_address
        opened = f"b{self.opened.pk}" if self.opened else ""
        return Screen(urls, opened, self.open_form)

    def paper(self) -> str:
        return _trusted(body_html(self.document, self.screen))

    def block(self, block: Block) -> str:
        return _trusted(block_html(self.document, f"b{block.pk}", self.screen))


def readable_plan(request: SignedInRequest, pk: int) -> Plan:
    """The plan, or 404 for people of other offices."""
    plans = Plan.objects.visible_to(request.user).select_related("office")
    return get_object_or_404(plans, pk=pk)


def editable_plan(request: SignedInRequest, pk: int, *keys: str) -> Plan:
    """The plan, or 404 for people of other offices and 403 for its readers.

    With ``keys`` it is enough that one of these parts is open (permissions).
    """
    plan = readable_plan(request, pk)
    require_edit(request.user, plan, *keys)
    return plan


@require_safe
@vary_on_headers("HX-Request")
def plan_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper with its outline; 400 points cost as many queries as four."""
    plan = readable_plan(request, pk)
    page = PlanPage(plan, can_edit_something(request.user, plan))
    return whole_page(request, page)


def whole_page(
    request: SignedInRequest, page: PlanPage, *, status: int = 200
) -> HttpResponse:
    """The plan page for a browser that asked for a page."""
    context = {
        "page": page,
        "plan": page.plan,
        "office": page.plan.office,
        "removals": page.plan.removals.count() if page.editable else 0,
        "standing": standing_of(page.plan, request.user),
        "waiting": count_waiting(page.plan),
        "may_carry": can_carry_plan(request.user, page.plan),
    }
    return render(request, "plans/detail.html", context, status=status)


def swapped_block(
    request: SignedInRequest,
    page: PlanPage,
    block: Block,
    *,
    note: str = "",
    focus: str = "",
    status: int = 200,
) -> HttpResponse:
    """For htmx: one block anew, with the outline and a note for the reader."""
    context = {"page": page, "html": page.block(block), "note": note}
    response = render(request, "plans/_renewed.html", context, status=status)
    return _aimed(response, f"#{swap_id(block)}", focus)


def swapped_paper(
    request: SignedInRequest,
    page: PlanPage,
    *,
    note: str,
    focus: str = "",
    undo: int = 0,
) -> HttpResponse:
    """For htmx: the whole paper anew; the cursor then goes to the block ``focus``.

    ``undo`` is the pk of the removal that the note offers to put back.
    """
    context = {"page": page, "html": page.paper(), "note": note, "undo": undo}
    response = render(request, "plans/_renewed.html", context)
    return _aimed(response, "#paper", focus)


def changed(
    request: SignedInRequest, page: PlanPage, *, note: str, focus: str, undo: int = 0
) -> HttpResponse:
    """After a change of the tree: the paper anew, or back to the plan page."""
    if request.htmx:
        return swapped_paper(request, page, note=note, focus=focus, undo=undo)
    messages.success(request, note)
    return redirect(f"{page.plan.get_absolute_url()}#{focus}")


def swap_id(block: Block) -> str:
    """The id of the element that holds the block's own text."""
    return f"b{block.pk}-own" if block.kind in HOLDERS else f"b{block.pk}"


def at_this_minute(words: str) -> str:
    """「已儲存 10:32」"""
    return f"{words} {timezone.localtime():%H:%M}"


def _aimed(response: HttpResponse, target: str, focus: str = "") -> HttpResponse:
    response["HX-Retarget"] = target
    response["HX-Reswap"] = "outerHTML show:none"
    told: dict[str, object] = {"plan:renewed": {}}
    if focus:
        told["plan:focus"] = {"id": focus}
    response["HX-Trigger-After-Settle"] = json.dumps(told)
    return response


def _no_address(_key: str) -> str:
    return ""


def _trusted(html: str) -> str:
    return mark_safe(html)  # noqa: S308 - rendered with autoescape by our own writer
