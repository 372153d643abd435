"""Points, paragraphs and annexes edited in place on the plan page.

Whatever button is pressed, the text typed in the open form goes along and is
saved first, in the same transaction: no act can lose a word.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from offices.http import SignedInRequest
from offices.models import User

from ..documents.headings import named_by
from ..editing import (
    Stale,
    add_block,
    indent_block,
    move_block,
    move_block_down,
    move_block_up,
    outdent_block,
    save_block,
    set_level,
)
from ..forms.blocks import BlockForm
from ..models import Block, BlockKind, Plan
from ..permissions import require_edit
from ..removal import delete_block
from ..tree import Refused, Tree
from .block_answers import (
    LEVELS,
    asked_first,
    closed_block,
    left_open,
    opened_block,
    returned_whole,
)
from .conflicts import block_gone, block_stale, text_refused
from .outline import (
    PlanPage,
    at_this_minute,
    changed,
    editable_plan,
    readable_plan,
    swapped_block,
)

MOVES = {
    "up": (move_block_up, "已上移"),
    "down": (move_block_down, "已下移"),
    "indent": (indent_block, "已降級"),
    "outdent": (outdent_block, "已升級"),
}
# What a button of the form adds: the kind, and whether it goes inside the block.
ADDITIONS = {
    "point-after": (BlockKind.POINT, False),
    "point-inside": (BlockKind.POINT, True),
    "paragraph-after": (BlockKind.PARAGRAPH, False),
    "paragraph-inside": (BlockKind.PARAGRAPH, True),
    "annex-after": (BlockKind.ANNEX, False),
}

# An act on the saved block; what it returns is the block to open afterwards.
Act = Callable[[Block], Block]


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def block_edit(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """The open block (GET; ``?closed`` shuts it again), or saving it (POST)."""
    plan = editable_plan(request, pk, f"b{block_pk}")
    if request.method == "POST":
        return _save_and(request, plan, block_pk, None, at_this_minute("已儲存"))
    block = get_object_or_404(plan.blocks, pk=block_pk)
    if block.kind == BlockKind.TABLE:
        return redirect("plans:table", plan.pk, block.pk)
    if request.htmx and "closed" in request.GET:
        page = PlanPage(plan, editable=True)
        return swapped_block(request, page, block, focus=f"b{block.pk}")
    return opened_block(request, plan, block)


@require_POST
def block_move(
    request: SignedInRequest, pk: int, block_pk: int, direction: str
) -> HttpResponse:
    """Up, down, one level in or out, together with all below it."""
    plan = editable_plan(request, pk)
    if direction not in MOVES:
        raise Http404
    move, note = MOVES[direction]

    def act(block: Block) -> Block:
        move(block, by=request.user)
        return block

    return _save_and(request, plan, block_pk, act, at_this_minute(note))


@require_POST
def block_place(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """Last below the point or annex chosen as ``target`` ("root": the plan itself)."""
    plan = editable_plan(request, pk)

    def act(block: Block) -> Block:
        move_block(block, parent=_target(request, plan), by=request.user)
        return block

    return _save_and(request, plan, block_pk, act, at_this_minute("已移動"))


@require_POST
def block_level(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """Another kind of mark, ``level`` 1 to 8, for the point and its siblings."""
    plan = editable_plan(request, pk)
    level = LEVELS.get(request.POST.get("level", ""))
    if level is None:
        raise Http404

    def act(block: Block) -> Block:
        set_level(block, level=level, by=request.user)
        return block

    return _save_and(request, plan, block_pk, act, at_this_minute("已變更項次"))


@require_POST
def block_add(
    request: SignedInRequest, pk: int, block_pk: int, addition: str
) -> HttpResponse:
    """A new empty block beside or inside this one, opened at once."""
    plan = editable_plan(request, pk)
    if addition not in ADDITIONS:
        raise Http404
    kind, inside = ADDITIONS[addition]

    def act(block: Block) -> Block:
        return add_block(
            plan,
            kind=kind,
            by=request.user,
            parent=block if inside else None,
            after=None if inside else block,
        )

    return _save_and(request, plan, block_pk, act, at_this_minute("已新增"))


@require_POST
def block_append(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """A new block at the end of the plan, with the texts sent along if any."""
    plan = editable_plan(request, pk)
    if kind not in {BlockKind.POINT, BlockKind.PARAGRAPH, BlockKind.ANNEX}:
        raise Http404
    form = BlockForm(kind, {**request.POST.dict(), "version": "1"}, key="gone")
    if not form.is_valid():
        return text_refused(request, plan, kind, form)
    texts = form.texts()
    block = add_block(
        plan,
        kind=kind,
        heading=texts["heading"],
        body=texts["body"],
        by=request.user,
    )
    return left_open(request, plan, block, at_this_minute("已新增"))


@require_POST
def block_delete(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """Delete with all below it; asks first where other points name it."""
    plan = readable_plan(request, pk)
    require_edit(request.user, plan, *returned_whole(plan, block_pk))
    block = plan.blocks.filter(pk=block_pk).first()
    if block is None:
        return block_gone(request, plan, block_pk)
    form = _typed_form(request, block)
    if form and not form.is_valid():
        return opened_block(request, plan, block, form=form, status=422)
    namers = _namers(plan, block)
    if namers and "confirmed" not in request.POST:
        return asked_first(request, plan, block, namers, form)
    try:
        with transaction.atomic():
            saved = _save_typed(block, form, request.user)
            removed = delete_block(saved, by=request.user)
    except Stale as stale:
        return block_stale(request, plan, stale.current)
    except (Refused, Block.DoesNotExist):
        return block_gone(request, plan, block_pk)
    note = f"已刪除「{removed.label}」。"
    focus = _neighbour(block)
    return changed(
        request, PlanPage(plan, editable=True), note=note, focus=focus, undo=removed.pk
    )


@require_POST
def block_reference(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """The form again, a reference to ``target`` added to its last text; not saved.

    With JavaScript the reference goes to the caret and this is never asked.
    """
    plan = editable_plan(request, pk)
    block = get_object_or_404(plan.blocks, pk=block_pk)
    form = BlockForm(block.kind, request.POST, key=f"b{block.pk}")
    target = plan.blocks.filter(pk=_chosen(request)).first()
    if target is None:
        return opened_block(
            request, plan, block, error="請先選擇要參照的項目。", form=form
        )
    name = "heading" if block.kind == BlockKind.ANNEX else "body"
    texts = form.typed() | {"version": request.POST.get("version", "")}
    texts[name] = f"{texts[name]}[[b{target.pk}]]"
    form = BlockForm(block.kind, initial=texts, key=f"b{block.pk}")
    return opened_block(request, plan, block, form=form)


def _save_and(
    request: SignedInRequest, plan: Plan, block_pk: int, act: Act | None, note: str
) -> HttpResponse:
    """Save what was typed and do the act, both or neither; then the answer."""
    block = plan.blocks.filter(pk=block_pk).first()
    if block is None:
        return block_gone(request, plan, block_pk)
    form = _typed_form(request, block)
    if form and not form.is_valid():
        return opened_block(request, plan, block, form=form, status=422)
    try:
        with transaction.atomic():
            saved = _save_typed(block, form, request.user)
            opened = act(saved) if act else None
    except Stale as stale:
        return block_stale(request, plan, stale.current)
    except Block.DoesNotExist:
        return block_gone(request, plan, block_pk)
    except Refused as refused:
        return opened_block(request, plan, block, form=form, error=str(refused))
    if opened is None:
        return closed_block(request, plan, saved, note)
    return left_open(request, plan, opened, note)


def _typed_form(request: SignedInRequest, block: Block) -> BlockForm | None:
    """The open form as it was sent along, if the request came from one."""
    if block.kind == BlockKind.TABLE or "version" not in request.POST:
        return None
    return BlockForm(block.kind, request.POST, key=f"b{block.pk}")


def _save_typed(block: Block, form: BlockForm | None, user: User) -> Block:
    if form is None:
        return block
    version = form.cleaned_data["version"]
    return save_block(block, version=version, by=user, **form.texts())


def _target(request: SignedInRequest, plan: Plan) -> Block | None:
    """The block chosen in the form's list; None for the plan itself."""
    if request.POST.get("target") == "root":
        return None
    chosen = _chosen(request)
    if not chosen:
        raise Refused("請先選擇要移到哪一項之下。")
    target = plan.blocks.filter(pk=chosen).first()
    if target is None:
        raise Refused("所選的項目已經被刪除。")
    return target


def _chosen(request: SignedInRequest) -> int:
    """The number chosen in the form's list, 0 where it is none."""
    chosen = request.POST.get("target", "")
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) <= 18
    return int(chosen) if is_number else 0


def _namers(plan: Plan, block: Block) -> tuple[str, ...]:
    tree = Tree(plan)
    ids = {f"b{item.pk}" for item in tree.subtree(tree.blocks[block.pk])}
    return named_by(PlanPage(plan, editable=True).document, ids)


def _neighbour(block: Block) -> str:
    """Where the cursor goes when the block is gone: what took its place."""
    siblings = block.plan.blocks.filter(parent=block.parent_id)
    before = siblings.filter(position__lte=block.position).last()
    if before is not None:
        return f"b{before.pk}"
    return f"b{block.parent_id}" if block.parent_id else "title"
