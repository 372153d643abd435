"""When two people edit one block: mine, theirs and merged; nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from offices.http import SignedInRequest

from ..forms.blocks import BlockForm, texts_of
from ..merging import Merged, merge_text
from ..models import Block, BlockKind, Plan
from .outline import PlanPage, swap_id, swapped_block, whole_page

# A paragraph has no heading and an annex no body: equal texts are not shown.
TEXTS = {"label": "附件編號", "heading": "標題或條文", "body": "內文"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One text that both hold differently."""

    name: str
    label: str
    mine: str
    theirs: str
    merged: Merged


def block_stale(request: SignedInRequest, plan: Plan, current: Block) -> HttpResponse:
    """409: what I typed, what stands there now, and both merged, to choose from."""
    mine = BlockForm(current.kind, request.POST, key="mine").typed()
    base = _text_at(current, request.POST.get("version", ""))
    differences = _differences(base, mine, current)
    now = texts_of(current)
    merged = now | {d.name: d.merged.text for d in differences}
    key = f"b{current.pk}"
    context = {
        "plan": plan,
        "block": current,
        "differences": differences,
        "has_clash": any(d.merged.clashes for d in differences),
        "saved": current.history.select_related("history_user").first(),
        "mine": BlockForm(current.kind, initial=now | mine, key=f"{key}-mine"),
        "merged": BlockForm(current.kind, initial=merged, key=key),
        "swap_id": swap_id(current),
    }
    html = render_to_string("plans/_conflict.html", context, request)
    page = PlanPage(plan, editable=True, opened=current, open_form=html)
    if request.htmx:
        return swapped_block(request, page, current, status=409)
    return whole_page(request, page, status=409)


def block_gone(request: SignedInRequest, plan: Plan, block_pk: int) -> HttpResponse:
    """409 for a block deleted meanwhile, with my text; 404 for one that never was."""
    last = Block.history.filter(id=block_pk, plan_id=plan.pk).first()
    if last is None or last.kind == BlockKind.TABLE:
        raise Http404
    mine = BlockForm(last.kind, request.POST, key="mine").typed()
    removal = next(
        (
            removed
            for removed in plan.removals.all()
            if any(item["pk"] == block_pk for item in removed.payload.get("blocks", ()))
        ),
        None,
    )
    context = {
        "plan": plan,
        "office": plan.office,
        "kind": last.kind,
        "mine": mine,
        "removal": removal,
    }
    response = render(request, "plans/block_gone.html", context, status=409)
    response["HX-Retarget"] = "#plan-body"
    response["HX-Reswap"] = "afterbegin show:#block-gone:top"
    response["HX-Reselect"] = "#block-gone"
    return response


def text_refused(
    request: SignedInRequest, plan: Plan, kind: str, form: BlockForm
) -> HttpResponse:
    """422: the text of a deleted block, sent to be added again, with what is wrong."""
    errors = [error for found in form.errors.values() for error in found]
    context = {
        "plan": plan,
        "office": plan.office,
        "kind": kind,
        "mine": form.typed(),
        "errors": errors,
    }
    return render(request, "plans/block_gone.html", context, status=422)


def _text_at(block: Block, version: str) -> dict[str, str] | None:
    """The texts at ``version``, or None where the history does not know them."""
    if not version.isascii() or not version.isdigit() or len(version) > 9:
        return None
    row = block.history.filter(version=int(version)).first()
    return {name: getattr(row, name) for name in TEXTS} if row else None


def _differences(
    base: dict[str, str] | None, mine: dict[str, Any], current: Block
) -> list[Difference]:
    return [
        Difference(
            name,
            label,
            mine[name],
            getattr(current, name),
            merge_text(
                base[name] if base else None, mine[name], getattr(current, name)
            ),
        )
        for name, label in TEXTS.items()
        if mine[name] != getattr(current, name)
    ]
