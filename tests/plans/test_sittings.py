"""編修歷程: saved changes told as sittings of people."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.models import Role
from plans.documents.slots import Slot
from plans.editing import add_block, move_block_up, save_block
from plans.models import Block, Row
from plans.removal import delete_block
from plans.sittings import PAUSE, Saved, saved_in, sittings, tell
from plans.tables.rows import delete_row, save_row
from schedule.models import Item
from tests.factories import (
    make_item,
    make_member,
    make_plan,
    make_point,
    make_table,
    make_user,
)
from tests.plans.approved import text_of
from tests.plans.requests import at

pytestmark = pytest.mark.django_db

MORNING = datetime(2025, 3, 4, 2, 5, tzinfo=UTC)  # 10:05 in Taipei


def moved(record, minutes, user=None):
    """The newest record of a row happened ``minutes`` after the morning began."""
    kept = record.history.first()
    kept.history_date = MORNING + timedelta(minutes=minutes)
    kept.history_user = user
    kept.save()


@pytest.fixture
def edited(plan):
    """王編修 changed a point at 10:05 and 10:40, 李校對 another at 10:20; 王 at 11:30."""
    plan.wang = make_user(full_name="王編修")
    plan.li = make_user(full_name="李校對")
    plan.point = make_point(plan, "原來的標題")
    moved(plan.point, -600)
    plan.other = make_point(plan, "另一點")
    moved(plan.other, -600)
    for minutes, heading in ((0, "改一次"), (25, "改兩次")):
        say(plan.point, heading, plan.wang, minutes)
    say(plan.other, "李改的", plan.li, 15)
    say(plan.point, "下一次", plan.wang, 85)
    return plan


def say(point, heading, user, minutes):
    block = Block.objects.get(pk=point.pk)
    save_block(block, version=block.version, heading=heading, body="", by=user)
    moved(point, minutes, user)


def summaries(page):
    told = page.split('<details class="sheet sitting">')[1:]
    return [one.split("</summary>")[0].removeprefix(" <summary>") for one in told]


@given(
    st.lists(
        st.tuples(st.integers(0, 5000), st.integers(1, 3), st.integers(1, 5)),
        max_size=40,
    )
)
def test_sittings_divide_what_was_saved(changes):
    """Nothing is lost or told twice; within a sitting no pause, between two one."""
    saved = [
        Saved(MORNING + timedelta(minutes=minutes), user, "block", pk, number)
        for number, (minutes, user, pk) in enumerate(sorted(changes))
    ]

    found = sittings(saved)

    assert sorted(one for sitting in found for one in sitting.saved) == sorted(saved)
    for sitting in found:
        moments = [one.at for one in sitting.saved]
        pauses = [b - a for a, b in pairwise(moments)]
        assert all(timedelta() <= pause <= PAUSE for pause in pauses)
        assert {one.user for one in sitting.saved} == {sitting.user}
    for user in (1, 2, 3):
        own = sorted((s for s in found if s.user == user), key=lambda s: s.begins)
        assert all(b.begins - a.ends > PAUSE for a, b in pairwise(own))


def test_the_page_tells_who_sat_when_and_how_much(client, edited, writer):
    page = text_of(client.get(at("sittings", edited)))

    _, *said = summaries(page)  # the plan was made just now
    assert said[0] == "王編修 114/3/4 11:30 改 1 處"
    assert said[1] == "王編修 114/3/4 10:05–10:30 改 1 處"
    assert said[2] == "李校對 114/3/4 10:20 改 1 處"


def test_what_was_before_and_after_the_sitting_is_told(client, edited, writer):
    page = text_of(client.get(at("sittings", edited)))

    assert "<del>原來的標題</del>" in page
    assert "<ins>改兩次</ins>" in page
    assert "改一次" not in page
    assert f'href="{edited.get_absolute_url()}#b{edited.point.pk}"' in page


def test_of_long_texts_the_place_that_changed_is_shown(client, plan, writer):
    by = make_user(full_name="王編修")
    before, after = "本所同仁應遵守規定。" * 9, "違反者依規定處理。" * 9
    point = add_block(plan, kind="point", by=by, heading=f"{before}甲{after}")
    moved(point, 0, by)
    say(point, f"{before}乙{after}", by, 60)

    page = text_of(client.get(at("sittings", plan)))

    assert "<del>…定。本所同仁應遵守規定。甲違反者依規定處理。違反者…</del>" in page
    assert "<ins>…定。本所同仁應遵守規定。乙違反者依規定處理。違反者…</ins>" in page


def test_one_person_alone(client, edited, writer):
    page = text_of(client.get(at("sittings", edited), {"person": edited.li.pk}))

    assert len(summaries(page)) == 1
    assert "王編修 114" not in page


@pytest.mark.parametrize("person", ["999999", "x", "\x00"])
def test_a_person_who_is_none_sat_nowhere(client, edited, writer, person):
    page = text_of(client.get(at("sittings", edited), {"person": person}))

    assert "沒有修改過這份計畫" in page


def test_rows_moves_and_deletions_are_told(client, plan, writer):
    by = make_user(full_name="王編修")
    first = add_block(plan, kind="point", by=by, heading="甲")
    second = add_block(plan, kind="point", by=by, heading="乙")
    table = make_table(plan, rows=[("主動服務", "到府收件"), ("便民", "預約")])
    move_block_up(second, by=by)
    delete_row(table.rows.first(), by=by)
    delete_block(Block.objects.get(pk=first.pk), by=by)

    page = text_of(client.get(at("sittings", plan)))

    assert "<strong>刪除</strong><span>表格的列</span>" in page
    assert "主動服務 到府收件" in page
    assert "<strong>刪除</strong><span>點</span>" in page


def test_rows_of_a_deleted_table_are_told_still(client, plan, writer):
    table = make_table(plan, rows=[("主動服務", "到府收件")])
    delete_block(table, by=make_user())

    assert "主動服務 到府收件" in text_of(client.get(at("sittings", plan)))


def test_what_the_control_table_keeps_is_told_too(client, plan, writer):
    item = make_item(plan, name="社區巡守")
    Item.objects.get(pk=item.pk).save()

    page = text_of(client.get(at("sittings", plan)))

    assert "管制項目" in page
    assert "社區巡守" in page


def test_another_plan_is_not_told(client, edited, writer):
    make_point(make_plan(edited.office), "別的計畫")

    assert "別的計畫" not in text_of(client.get(at("sittings", edited)))


def test_a_long_sitting_is_shortened_and_opened_alone(client, plan, writer):
    for number in range(40):
        make_point(plan, f"第{number}點的文字")

    page = client.get(at("sittings", plan))
    (sitting, told), *_ = page.context["sittings"]
    alone = client.get(at("sittings", plan), {"sitting": sitting.key})

    assert len(told) == 30
    assert f"?sitting={sitting.key}" in text_of(page)
    assert "第0點的文字" in text_of(alone)


def test_a_sitting_that_is_none_is_not_found(client, edited, writer):
    answer = client.get(at("sittings", edited), {"sitting": "block999999"})

    assert answer.status_code == 404


@pytest.mark.parametrize("rows", [2, 12])
def test_any_number_costs_the_same(
    client, plan, writer, rows, django_assert_num_queries
):
    for number in range(rows):
        make_point(plan, f"第{number}點")
    make_table(plan, rows=[("甲", "乙")] * rows)

    # session, person, plan; changes; blocks, columns, rows and settings told; roles
    with django_assert_num_queries(9):
        client.get(at("sittings", plan))


def test_pages_are_turned(client, plan, writer):
    point = make_point(plan)
    for number in range(20):
        say(point, f"第{number}次", writer, number * 60)

    page = text_of(client.get(at("sittings", plan), {"page": 2}))

    assert "第 2 頁，共 2 頁" in page


def test_readers_may_look(client, edited):
    client.force_login(make_member(edited.office, Role.READER).user)

    assert client.get(at("sittings", edited)).status_code == 200


def test_a_row_told_says_what_it_said_before_the_sitting(plan, writer):
    table = make_table(plan, rows=[("主動服務", "到府收件")])
    row = table.rows.get()
    moved(row, -600)
    row = Row.objects.get(pk=row.pk)
    column = table.columns.last()
    slot = {column.pk: Slot("改為預約")}
    save_row(row, version=row.version, cells=slot, by=writer)

    saved = saved_in(plan)
    chosen = [one for one in sittings(saved) if one.user == writer.pk]
    ((told,),) = tell(plan, chosen, saved, most=9)

    assert (told.old, told.new) == ("主動服務 到府收件", "主動服務 改為預約")
