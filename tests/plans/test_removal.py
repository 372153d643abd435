import pytest

from plans.compose import compose
from plans.editing import add_block, indent_block, move_block
from plans.models import Block, Column, Removed, Row
from plans.removal import delete_block, restore_removed
from plans.tree import Refused
from tests.factories import make_plan, make_point, make_table, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user()


def test_delete_takes_the_subtree_with_tables_and_renumbers(user):
    plan = make_plan()
    first = make_point(plan, "依據")
    make_table(plan, rows=[("甲", "乙")], parent=first)
    second = make_point(plan, "目標")

    removed = delete_block(first, by=user)

    second.refresh_from_db()
    assert (removed.label, second.position) == ("依據", 0)
    assert (Block.objects.count(), Column.objects.count(), Row.objects.count()) == (
        1,
        0,
        0,
    )


def test_restore_gives_back_the_same_document_with_the_same_ids(user):
    plan = make_plan()
    make_point(plan, "依據")
    middle = make_point(plan, "要領")
    make_point(plan, "近程", middle)
    make_table(plan, rows=[("甲", "1、乙"), (None, "丙")], parent=middle)
    make_point(plan, "獎懲")
    before = compose(plan)

    restore_removed(delete_block(middle, by=user), by=user)

    assert compose(plan) == before
    assert Removed.objects.count() == 0
    assert middle.history.first().history_type == "+"


def test_restore_of_an_annex_puts_it_back_among_the_annexes(user):
    plan = make_plan()
    first = add_block(plan, kind="annex", heading="一覽表", by=user)
    add_block(plan, kind="annex", heading="管制表", by=user)
    removed = delete_block(first, by=user)
    make_point(plan, "後加的章", position=0)

    restore_removed(removed, by=user)

    assert [b.heading for b in plan.blocks.filter(parent=None)] == [
        "後加的章",
        "一覽表",
        "管制表",
    ]


def test_what_was_restored_already_is_not_restored_again(user):
    plan = make_plan()
    removed = delete_block(make_point(plan), by=user)
    restore_removed(removed, by=user)

    with pytest.raises(Refused, match="已經復原"):
        restore_removed(removed, by=user)

    assert plan.blocks.count() == 1


def test_restore_waits_for_a_deleted_parent(user):
    plan = make_plan()
    parent = make_point(plan)
    removed = delete_block(make_point(plan, "子", parent), by=user)
    upper = delete_block(parent, by=user)

    with pytest.raises(Refused, match="上層項目也已刪除"):
        restore_removed(removed, by=user)

    restore_removed(upper, by=user)
    assert restore_removed(removed, by=user).parent_id == parent.pk


def test_restore_below_a_parent_moved_deeper_deepens_too(user):
    plan = make_plan()
    make_point(plan, "甲")
    parent = make_point(plan, "乙")
    removed = delete_block(make_point(plan, "子", parent), by=user)
    indent_block(parent, by=user)

    restored = restore_removed(removed, by=user)

    assert restored.level == 3


def test_restore_below_a_parent_moved_too_deep_is_refused(user):
    plan = make_plan()
    deep = make_point(plan, "深", level=7)
    parent = make_point(plan, "乙")
    child = make_point(plan, "子", parent)
    make_point(plan, "孫", child)
    removed = delete_block(child, by=user)
    move_block(parent, parent=deep, by=user)

    with pytest.raises(Refused, match="太深"):
        restore_removed(removed, by=user)

    assert Removed.objects.filter(pk=removed.pk).exists()


def test_delete_twice_is_refused(user):
    point = make_point(make_plan())
    delete_block(point, by=user)

    with pytest.raises(Refused, match="已經被刪除"):
        delete_block(point, by=user)


def test_a_blank_point_is_named_by_its_kind(user):
    removed = delete_block(make_point(make_plan(), ""), by=user)

    assert removed.label == "（空白的點）"
