"""Two people at the same moment, each with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from plans.documents.slots import Slot
from plans.editing import Stale, add_block, move_block_down, save_block
from plans.exports import request_export
from plans.importing import apply_draft, change_draft
from plans.models import Block, Draft, Export, Plan, Row
from plans.tables.rows import add_row, save_row
from tests.factories import make_office, make_plan, make_point, make_table, make_user

pytestmark = pytest.mark.django_db(transaction=True)

SAVED, STALE = "saved", "stale"


def at_once(*acts):
    """What each act returned or raised, all of them begun at the same moment."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(run, acts))


def outcome(save):
    try:
        save()
    except Stale:
        return STALE
    return SAVED


def positions(objects):
    return list(objects.values_list("position", flat=True))


def test_of_two_saves_of_a_point_one_is_stale():
    block, user = make_point(make_plan()), make_user()

    def save(heading):
        mine = Block.objects.get(pk=block.pk)
        texts = {"heading": heading, "body": ""}
        return outcome(lambda: save_block(mine, version=1, by=user, **texts))

    outcomes = at_once(lambda: save("甲"), lambda: save("乙"))

    block.refresh_from_db()
    assert sorted(outcomes) == [SAVED, STALE]
    assert (block.version, block.history.filter(version=2).count()) == (2, 1)


def test_of_two_saves_of_a_row_one_is_stale():
    table, user = make_table(make_plan(), rows=[("甲", "乙")]), make_user()
    row, column = table.rows.get(), table.columns.first()

    def save(text):
        mine, cells = Row.objects.get(pk=row.pk), {column.pk: Slot(text)}
        return outcome(lambda: save_row(mine, version=1, cells=cells, by=user))

    outcomes = at_once(lambda: save("丙"), lambda: save("丁"))

    row.refresh_from_db()
    assert sorted(outcomes) == [SAVED, STALE]
    assert row.version == 2


def test_changes_of_the_tree_at_once_keep_its_places():
    plan, user = make_plan(), make_user()
    first = make_point(plan, "甲")
    make_point(plan, "乙")
    edition = plan.edition

    def add():
        mine = Plan.objects.get(pk=plan.pk)
        add_block(mine, kind="point", by=user)

    def move():
        move_block_down(Block.objects.get(pk=first.pk), by=user)

    at_once(add, add, move)

    plan.refresh_from_db()
    assert positions(plan.blocks) == [0, 1, 2, 3]
    assert plan.edition == edition + 3


def test_rows_added_at_once_keep_their_places():
    table, user = make_table(make_plan(), rows=[("甲", "乙")] * 2), make_user()
    first = table.rows.first()

    def add():
        add_row(Block.objects.get(pk=table.pk), above=first, by=user)

    at_once(add, add, add)

    assert positions(table.rows) == [0, 1, 2, 3, 4]


def test_pressing_export_twice_at_once_is_one_job():
    plan = make_plan()

    first, second = at_once(*[lambda: request_export(plan).pk] * 2)

    assert first == second
    assert Export.objects.count() == 1


@pytest.fixture
def draft():
    return Draft.objects.create(
        office=make_office(),
        created_by=make_user(),
        year=114,
        title="計畫",
        source="壹、依據\n貳、目標",
    )


def test_settings_sent_while_a_draft_is_imported_do_not_open_it_again(draft):
    values = {"title": "改名"}

    at_once(
        lambda: change_draft(Draft.objects.get(pk=draft.pk), values=values),
        lambda: apply_draft(Draft.objects.get(pk=draft.pk), by=draft.created_by),
    )

    draft.refresh_from_db()
    assert draft.plan == Plan.objects.get()


def test_a_draft_applied_twice_at_once_is_one_plan(draft):
    def apply():
        mine = Draft.objects.get(pk=draft.pk)
        return apply_draft(mine, by=draft.created_by).pk

    first, second = at_once(apply, apply)

    assert first == second
    assert Plan.objects.count() == 1
