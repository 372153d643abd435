import pytest

from plans.compose import compose
from plans.documents.model import Point, walk
from plans.documents.outline import point_numbers
from plans.editing import (
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
from plans.models import Block
from plans.tree import Refused
from tests.factories import make_plan, make_point, make_table, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def plan():
    return make_plan()


def shape(plan):
    """Every point with its number, in reading order."""
    document = compose(plan)
    numbers = point_numbers(document)
    points = (b for b in walk(document.children) if isinstance(b, Point))
    return [f"{numbers[point.id]} {point.heading}" for point in points]


def test_add_after_a_sibling_takes_its_level_and_renumbers(plan, user):
    first = make_point(plan, "依據")
    make_point(plan, "目標")

    add_block(plan, kind="point", after=first, heading="緣起", by=user)

    assert shape(plan) == ["壹 依據", "貳 緣起", "參 目標"]


def test_add_as_child_is_one_level_deeper_and_last(plan, user):
    parent = make_point(plan, "依據")
    make_point(plan, "函文", parent)

    added = add_block(plan, kind="point", parent=parent, heading="要點", by=user)

    assert (added.level, added.position) == (2, 1)


def test_add_at_the_end_stays_before_the_annexes(plan, user):
    make_point(plan, "依據")
    annex = add_block(plan, kind="annex", heading="管制表", by=user)

    add_block(plan, kind="paragraph", body="結語", by=user)

    assert [b.kind for b in plan.blocks.filter(parent=None)] == [
        "point",
        "paragraph",
        "annex",
    ]
    assert (annex.label, annex.landscape) == ("附件1", True)


def test_add_after_an_annex_puts_the_next_annex_there(plan, user):
    first = add_block(plan, kind="annex", by=user)
    add_block(plan, kind="annex", by=user)

    between = add_block(plan, kind="annex", after=first, by=user)

    assert between.position == 1
    assert between.label == "附件3"


def test_add_below_a_paragraph_is_refused(plan, user):
    words = add_block(plan, kind="paragraph", body="說明", by=user)

    with pytest.raises(Refused, match="文字和表格之下"):
        add_block(plan, kind="point", parent=words, by=user)


def test_add_below_the_eighth_level_is_refused(plan, user):
    deepest = make_point(plan, "末項", level=8)

    with pytest.raises(Refused, match="最多八層"):
        add_block(plan, kind="point", parent=deepest, by=user)


def test_save_counts_a_version_and_an_edition_and_keeps_history(plan, user):
    point = make_point(plan, "舊標題")

    saved = save_block(point, version=1, heading="新標題", body="內文", by=user)

    plan.refresh_from_db()
    assert (saved.version, plan.edition) == (2, 2)
    newest = saved.history.first()
    assert (newest.heading, newest.history_user) == ("新標題", user)


def test_save_of_the_same_text_changes_nothing(plan, user):
    point = make_point(plan, "標題")

    saved = save_block(point, version=1, heading="標題", body="", by=user)

    plan.refresh_from_db()
    assert (saved.version, plan.edition) == (1, 1)


def test_save_of_an_old_version_raises_stale_with_the_current_text(plan, user):
    point = make_point(plan, "標題")
    save_block(point, version=1, heading="他的", body="", by=user)

    with pytest.raises(Stale) as stale:
        save_block(point, version=1, heading="我的", body="", by=user)

    assert stale.value.current.heading == "他的"
    assert Block.objects.get(pk=point.pk).heading == "他的"


def test_save_of_a_deleted_block_says_it_does_not_exist(plan, user):
    point = make_point(plan)
    Block.objects.filter(pk=point.pk).delete()

    with pytest.raises(Block.DoesNotExist):
        save_block(point, version=1, heading="我的", body="", by=user)


def test_indent_takes_the_whole_subtree_along(plan, user):
    make_point(plan, "依據")
    second = make_point(plan, "目標")
    child = make_point(plan, "近程", second)

    indent_block(second, by=user)

    child.refresh_from_db()
    assert shape(plan) == ["壹 依據", "壹、一 目標", "壹、一、（一） 近程"]
    assert child.level == 3


def test_indent_joins_the_level_of_the_points_already_there(plan, user):
    chapter = make_point(plan, "要領")
    make_point(plan, "跳層", chapter, level=4)
    second = make_point(plan, "方法")

    indent_block(second, by=user)

    second.refresh_from_db()
    assert second.level == 4


def test_indent_of_the_first_is_refused(plan, user):
    with pytest.raises(Refused, match="上面沒有同一層"):
        indent_block(make_point(plan), by=user)


def test_indent_below_a_table_is_refused(plan, user):
    make_table(plan)
    point = make_point(plan)

    with pytest.raises(Refused, match="文字和表格之下"):
        indent_block(point, by=user)


def test_indent_that_would_go_too_deep_changes_nothing(plan, user):
    make_point(plan)
    top = make_point(plan)
    make_point(plan, "末項", top, level=8)

    with pytest.raises(Refused, match="最多八層"):
        indent_block(top, by=user)

    top.refresh_from_db()
    assert (top.parent_id, top.level) == (None, 1)


def test_outdent_goes_right_behind_the_parent(plan, user):
    parent = make_point(plan, "甲")
    child = make_point(plan, "子一", parent)
    make_point(plan, "子二", parent)
    make_point(plan, "乙")

    outdent_block(child, by=user)

    assert shape(plan) == ["壹 甲", "壹、一 子二", "貳 子一", "參 乙"]


def test_outdent_at_the_root_raises_only_the_mark(plan, user):
    point = make_point(plan, "誤讀", level=3)

    outdent_block(point, by=user)

    point.refresh_from_db()
    assert (point.parent_id, point.level) == (None, 2)


def test_outdent_of_a_chapter_is_refused(plan, user):
    with pytest.raises(Refused, match="最上層"):
        outdent_block(make_point(plan), by=user)


def test_outdent_stays_inside_its_annex(plan, user):
    annex = add_block(plan, kind="annex", by=user)
    words = add_block(plan, kind="paragraph", parent=annex, body="說明", by=user)

    with pytest.raises(Refused, match="最上層"):
        outdent_block(words, by=user)


def test_up_and_down_trade_places_and_stop_at_the_ends(plan, user):
    first, second = make_point(plan, "甲"), make_point(plan, "乙")

    move_block_up(second, by=user)

    assert shape(plan) == ["壹 乙", "貳 甲"]
    with pytest.raises(Refused, match="第一項"):
        move_block_up(second, by=user)
    with pytest.raises(Refused, match="最後一項"):
        move_block_down(first, by=user)


def test_the_last_point_does_not_trade_places_with_an_annex(plan, user):
    point = make_point(plan)
    annex = add_block(plan, kind="annex", by=user)

    with pytest.raises(Refused, match="最後一項"):
        move_block_down(point, by=user)
    with pytest.raises(Refused, match="第一項"):
        move_block_up(annex, by=user)


def test_move_to_another_parent_keeps_history_and_version(plan, user):
    target = make_point(plan, "甲")
    point = make_point(plan, "子", make_point(plan, "乙"))

    move_block(point, parent=target, by=user)

    point.refresh_from_db()
    assert (point.parent_id, point.version) == (target.pk, 1)
    assert point.history.first().parent_id == target.pk


def test_move_into_an_annex_begins_its_numbers_anew(plan, user):
    annex = add_block(plan, kind="annex", by=user)
    point = make_point(plan, "子", make_point(plan, "甲"))

    move_block(point, parent=annex, by=user)

    point.refresh_from_db()
    assert (point.parent_id, point.level) == (annex.pk, 1)


def test_move_below_itself_is_refused(plan, user):
    parent = make_point(plan)
    child = make_point(plan, parent=parent)

    with pytest.raises(Refused, match="自己的下層"):
        move_block(parent, parent=child, by=user)


def test_move_of_an_annex_is_refused(plan, user):
    annex = add_block(plan, kind="annex", by=user)

    with pytest.raises(Refused, match="附件一律排在最後"):
        move_block(annex, parent=make_point(plan), by=user)


def test_move_of_a_deleted_block_is_refused(plan, user):
    point = make_point(plan)
    Block.objects.filter(pk=point.pk).delete()

    with pytest.raises(Refused, match="已經被刪除"):
        move_block_up(point, by=user)


def test_another_mark_is_given_to_the_whole_row_of_siblings(plan, user):
    chapter = make_point(plan, "要領")
    first = make_point(plan, "甲", chapter)
    make_point(plan, "乙", chapter)
    make_point(plan, "細項", first)

    set_level(first, level=3, by=user)

    assert shape(plan) == [
        "壹 要領",
        "壹、（一） 甲",
        "壹、（一）1 細項",
        "壹、（二） 乙",
    ]


@pytest.mark.parametrize(("level", "words"), [(1, "比上一層深"), (8, "最多八層")])
def test_a_mark_that_does_not_fit_is_refused(plan, user, level, words):
    point = make_point(plan, "甲", make_point(plan, "要領"))
    make_point(plan, "細項", point)

    with pytest.raises(Refused, match=words):
        set_level(point, level=level, by=user)

    point.refresh_from_db()
    assert point.level == 2


def test_a_paragraph_has_no_mark(plan, user):
    words = add_block(plan, kind="paragraph", by=user)

    with pytest.raises(Refused, match="只有編號的項目"):
        set_level(words, level=2, by=user)
