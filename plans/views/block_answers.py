"""The answers to acts on one block: its form open, the block closed, or a question."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from offices.http import SignedInRequest

from ..compose import numbering_style
from ..documents.numbering import DEEPEST, FORMAL, mark
from ..forms.blocks import BlockForm, texts_of
from ..models import Block, BlockKind, Plan
from ..removal import label_of
from ..tree import Tree
from .outline import (
    PlanPage,
    changed,
    swap_id,
    swapped_block,
    swapped_paper,
    whole_page,
)

LEVELS = {str(level): level for level in range(FORMAL, DEEPEST + 1)}


def opened_block(
    request: SignedInRequest,
    plan: Plan,
    block: Block,
    *,
    form: BlockForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The block with its form in place, in the page or alone for htmx.

    An ``error`` is shown in the form and makes the status 422.
    """
    if block.kind == BlockKind.TABLE:
        messages.error(request, error)
        return redirect(plan)
    page = _with_form(request, plan, block, form, error)
    code = 422 if error else status
    if request.htmx:
        return swapped_block(request, page, block, status=code)
    return whole_page(request, page, status=code)


def left_open(
    request: SignedInRequest, plan: Plan, block: Block, note: str
) -> HttpResponse:
    """After an act, the form stays open on the block, ready for the next."""
    block.refresh_from_db()
    if block.kind == BlockKind.TABLE:
        page = PlanPage(plan, editable=True)
        return changed(request, page, note=note, focus=f"b{block.pk}")
    if not request.htmx:
        return redirect("plans:block", plan.pk, block.pk)
    page = _with_form(request, plan, block, None, "")
    return swapped_paper(request, page, note=note, focus=f"b{block.pk}")


def closed_block(
    request: SignedInRequest, plan: Plan, block: Block, note: str
) -> HttpResponse:
    """After saving: the block as it is printed, and the cursor on it."""
    page = PlanPage(plan, editable=True)
    if block.kind == BlockKind.ANNEX or not request.htmx:
        # An annex's label is part of the numbers that references print.
        return changed(request, page, note=note, focus=f"b{block.pk}")
    return swapped_block(request, page, block, note=note, focus=f"b{block.pk}")


def _with_form(
    request: SignedInRequest,
    plan: Plan,
    block: Block,
    form: BlockForm | None,
    error: str,
) -> PlanPage:
    key = f"b{block.pk}"
    page = PlanPage(plan, editable=True, opened=block)
    form = form or BlockForm(block.kind, initial=texts_of(block), key=key)
    if not request.htmx:
        form.start_typing()
    context = {
        "page": page,
        "plan": plan,
        "block": block,
        "form": form,
        "error": error,
        "number": next((h.number for h in page.headings if h.id == key), ""),
        "marks": [(n, mark(n, 1, numbering_style(plan))) for n in LEVELS.values()],
        "is_new": block.version == 1 and not (block.heading or block.body),
        "may_delete": page.is_open or bool(returned_whole(plan, block.pk)),
        "swap_id": swap_id(block),
    }
    page.open_form = render_to_string("plans/_block_form.html", context, request)
    return page


def returned_whole(plan: Plan, block_pk: int) -> list[str]:
    """The block's key, where it was returned together with all below it."""
    tree = Tree(plan) if plan.returned_parts else None
    block = tree.blocks.get(block_pk) if tree else None
    if tree is None or block is None:
        return []
    keys = [f"b{below.pk}" for below in tree.subtree(block)]
    return keys if set(keys) <= set(plan.returned_parts) else []


def asked_first(
    request: SignedInRequest,
    plan: Plan,
    block: Block,
    namers: tuple[str, ...],
    typed: BlockForm | None,
) -> HttpResponse:
    """409: the parts ``namers`` refer to the block; delete it all the same?"""
    context = {
        "plan": plan,
        "block": block,
        "label": label_of(block),
        "namers": namers,
        "typed": typed,
        "swap_id": swap_id(block),
    }
    html = render_to_string("plans/_delete_referred.html", context, request)
    page = PlanPage(plan, editable=True, opened=block, open_form=html)
    if request.htmx:
        return swapped_block(request, page, block, status=409)
    return whole_page(request, page, status=409)
