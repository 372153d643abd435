"""Whatever is done to the tree, in whatever order: it stays a tree that can print."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from plans.compose import compose
from plans.editing import (
    add_block,
    indent_block,
    move_block,
    move_block_down,
    move_block_up,
    outdent_block,
)
from plans.models import BlockKind
from plans.removal import delete_block, restore_removed
from plans.tree import HOLDERS, Refused, Tree
from tests.factories import make_plan, make_user

pytestmark = pytest.mark.django_db

MOVES = (indent_block, outdent_block, move_block_up, move_block_down)
WHERE = st.integers(0, 40)
STEPS = st.lists(st.tuples(st.sampled_from(MOVES), WHERE), max_size=12)
BIRTHS = st.lists(
    st.tuples(st.sampled_from(["point", "point", "paragraph", "annex"]), WHERE),
    min_size=1,
    max_size=8,
)


def grow(births, user):
    """A plan whose blocks were added one by one below some earlier block."""
    plan = make_plan()
    for kind, number in births:
        blocks = [None, *plan.blocks.order_by("pk")]
        parent = blocks[number % len(blocks)]
        with contextlib.suppress(Refused):
            add_block(plan, kind=kind, parent=parent, by=user)
    return plan


def nth(plan, number):
    blocks = list(plan.blocks.order_by("pk"))
    return blocks[number % len(blocks)] if blocks else None


def walk_about(plan, steps, user):
    for move, number in steps:
        with contextlib.suppress(Refused):
            move(nth(plan, number), by=user)


def check(plan):
    tree = Tree(plan)
    for block in tree.blocks.values():
        parent = tree.parent(block)
        siblings = tree.children(parent)
        assert [s.position for s in siblings] == list(range(len(siblings)))
        assert parent is None or parent.kind in HOLDERS
        if block.kind == BlockKind.POINT:
            above = parent.level if parent and parent.kind == BlockKind.POINT else 0
            assert above < block.level <= 8
        if block.kind == BlockKind.ANNEX:
            assert parent is None
    kinds = [b.kind == BlockKind.ANNEX for b in plan.blocks.filter(parent=None)]
    assert kinds == sorted(kinds)
    assert len(tree.in_order()) == len(tree.blocks)


class TreeTest(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(BIRTHS, STEPS, WHERE, WHERE)
    def test_moves_keep_the_tree_whole_and_lose_no_block(
        self, births, steps, what, where
    ):
        user = make_user()
        plan = grow(births, user)
        before = set(plan.blocks.values_list("pk", flat=True))
        if not before:
            return

        walk_about(plan, steps, user)
        with contextlib.suppress(Refused):
            move_block(nth(plan, what), parent=nth(plan, where), by=user)

        check(plan)
        assert set(plan.blocks.values_list("pk", flat=True)) == before

    @settings(max_examples=15, deadline=None)
    @given(BIRTHS, STEPS, WHERE)
    def test_delete_and_restore_is_identity(self, births, steps, number):
        user = make_user()
        plan = grow(births, user)
        walk_about(plan, steps, user)
        before = compose(plan)

        removed = delete_block(nth(plan, number), by=user) if nth(plan, 0) else None
        check(plan)
        if removed:
            restore_removed(removed, by=user)

        assert compose(plan) == before

    @settings(max_examples=15, deadline=None)
    @given(BIRTHS, STEPS, WHERE)
    def test_up_and_down_again_is_identity(self, births, steps, number):
        user = make_user()
        plan = grow(births, user)
        walk_about(plan, steps, user)
        before = compose(plan)

        with contextlib.suppress(Refused):
            move_block_up(nth(plan, number), by=user)
            move_block_down(nth(plan, number), by=user)

        assert compose(plan) == before
