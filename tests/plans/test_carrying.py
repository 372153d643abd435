"""Last year's plan becomes this year's draft; nothing is lost, and both know of it."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.audit.models import Act, AuditEvent
from plans.bases import base_of
from plans.carried import confirm, count_waiting, standing_parts, versions_of
from plans.carrying import AlreadyCarried, carry_over, title_for
from plans.compose import compose
from plans.documents.comparison import Mark, NodeKind, compare
from plans.documents.model import Cover, Document
from plans.documents.renaming import with_ids
from plans.editing import move_block_down, save_block
from plans.freezing import Altered
from plans.models import Approval, Block, Plan, Revision, State
from plans.removal import delete_block
from plans.versions import document_named
from tests.factories import make_plan, make_point, make_table, make_user
from tests.plans.cycle import Cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    """A plan of 113 with everything that a text holds."""
    plan = make_plan(
        year=113,
        title="113年度提升服務品質執行計畫",
        has_cover=True,
        cover_date="中華民國113年1月",
        running_head="編印",
        tens="long",
    )
    chapter = make_point(plan, "計畫依據", body="113年度辦理。")
    make_point(plan, "目標", chapter, body=f"如[[b{chapter.pk}]]。")
    make_table(plan, rows=[("主動服務", "到府收件"), (None, "113年試辦")])
    make_point(plan, "評核表", kind="annex", label="附件1", level=0)
    Revision.objects.create(plan=plan, year=113, number="明字第1130000001號")
    return plan


def carried(source, year=114, **kwargs):
    by = kwargs.pop("by", None) or make_user()
    title = title_for(source.title, source.year, year)
    return carry_over(
        source, office=source.office, year=year, title=title, by=by, **kwargs
    )


def side(plan: Plan, name: str) -> Document:
    found = document_named(plan, name)
    assert found is not None
    return found


def renamed(plan):
    """The source as the new plan calls its parts."""
    ids = dict(plan.carried.values_list("source_key", "key"))
    return with_ids(compose(plan.source), ids)


def test_the_text_is_the_same_but_for_year_title_and_history(source):
    plan = carried(source)

    expected = replace(
        renamed(plan),
        year=114,
        title="114年度提升服務品質執行計畫",
        revisions=(),
        cover=Cover(plan.title, "中華民國113年1月"),
    )
    assert compose(plan) == expected


def test_the_new_plan_is_a_draft_that_knows_its_source(source):
    by = make_user()

    plan = Plan.objects.get(pk=carried(source, by=by).pk)

    assert (plan.source, plan.state, plan.edition) == (source, State.DRAFT, 1)
    assert plan.created_by == by
    assert not plan.revisions.exists()
    event = AuditEvent.objects.get(act=Act.PLAN_CARRIED)
    assert event.details["來源"] == str(source)


def test_the_source_is_left_as_it_was(source):
    before = compose(source)

    carried(source)

    assert compose(Plan.objects.get(pk=source.pk)) == before


def test_every_part_waits_until_somebody_confirms_it(source):
    plan = carried(source)
    parts = standing_parts(plan, versions_of(plan))

    # Three blocks, a table with two rows, and no columns.
    assert len(parts) == 6
    assert not any(parts.values())
    assert count_waiting(plan) == 6

    confirm(plan, [f"b{plan.blocks.get(heading='目標').pk}"], by=make_user())

    assert count_waiting(plan) == 5


def test_whoever_changes_a_text_has_confirmed_it(source):
    plan = carried(source)
    block = plan.blocks.get(heading="目標")

    save_block(block, version=1, heading="新目標", body="", by=make_user())

    assert standing_parts(plan, versions_of(plan))[f"b{block.pk}"]
    assert count_waiting(plan) == 5


def test_moving_confirms_nothing_and_deleting_asks_no_more(source):
    plan = carried(source)

    move_block_down(plan.blocks.get(heading="計畫依據"), by=make_user())
    assert count_waiting(plan) == 6

    delete_block(plan.blocks.get(heading="目標"), by=make_user())
    assert count_waiting(plan) == 5


def test_what_is_written_anew_needs_no_confirming(source):
    plan = carried(source)

    make_point(plan, "今年新增")

    assert count_waiting(plan) == 6


def test_carrying_twice_for_a_year_is_asked_about(source):
    first = carried(source)

    with pytest.raises(AlreadyCarried) as refused:
        carried(source)

    assert refused.value.plan == first
    assert source.carried_to.count() == 1
    assert carried(source, again=True) != first
    assert carried(source, year=115).year == 115


def test_queries_grow_with_depth_and_not_with_size(source):
    with CaptureQueriesContext(
        connection,
    ) as small:
        carried(source, by=(by := make_user()))
    for number in range(40):
        make_point(source, f"第{number}項")
    make_table(source, rows=[("甲", "乙")] * 40)

    with CaptureQueriesContext(connection) as large:
        carried(source, again=True, by=by)

    # The first one also made the person.
    assert len(large) <= len(small)


def test_the_approved_version_may_be_carried_instead_of_todays_text():
    cycle = Cycle()
    cycle.approve()
    approval = Approval.objects.get()
    save_block(cycle.second, version=1, heading="改寫", body="", by=make_user())
    plan = Plan.objects.get(pk=cycle.plan.pk)

    old = carry_over(
        plan, office=cycle.office, year=115, title="甲", by=None, version=approval
    )
    new = carry_over(plan, office=cycle.office, year=116, title="乙", by=None)

    assert old.blocks.filter(heading="計畫目標").exists()
    assert not old.blocks.filter(heading="改寫").exists()
    assert new.blocks.filter(heading="改寫").exists()


def test_an_altered_version_is_not_carried():
    cycle = Cycle()
    approval = cycle.approve()
    Approval.objects.update(content=approval.content.replace("目標", "目的"))
    approval.refresh_from_db()

    with pytest.raises(Altered):
        carry_over(
            cycle.plan,
            office=cycle.office,
            year=115,
            title="甲",
            by=None,
            version=approval,
        )

    assert Plan.objects.count() == 1


def test_the_comparison_with_last_year_says_what_changed_and_nothing_else(source):
    plan = carried(source)
    block = plan.blocks.get(heading="目標")
    save_block(block, version=1, heading="新目標", body=block.body, by=make_user())
    delete_block(plan.blocks.get(kind="annex"), by=make_user())
    plan = Plan.objects.get(pk=plan.pk)

    changes = compare(side(plan, "last"), side(plan, "now")).changes

    told = {(one.node, one.key): one.marks for one in changes}
    annex = plan.carried.exclude(key__in=versions_of(plan)).get(key__startswith="b")
    assert told.pop((NodeKind.HEAD, "title")) == {Mark.CHANGED}
    assert told == {
        (NodeKind.POINT, f"b{block.pk}"): {Mark.CHANGED},
        (NodeKind.ANNEX, annex.key): {Mark.DELETED},
    }


def test_a_plan_never_approved_is_reviewed_against_last_year(source):
    plan = carried(source)

    base = base_of(plan)

    assert base.document == replace(renamed(plan), revisions=())
    assert base.approval is None
    assert base.content


def test_last_years_approved_version_is_the_base_and_not_what_came_later():
    cycle = Cycle()
    cycle.approve()
    plan = carry_over(
        cycle.plan, office=cycle.office, year=115, title="115年度", by=None
    )
    save_block(cycle.second, version=1, heading="改寫", body="", by=make_user())

    base = base_of(Plan.objects.get(pk=plan.pk)).document

    changes = compare(base, compose(plan)).changes
    assert [one.node for one in changes] == [NodeKind.HEAD]


def test_without_a_source_there_is_no_last_year():
    plan = make_plan()

    assert document_named(plan, "last") is None
    assert base_of(plan).document.children == ()


def test_a_deleted_source_leaves_the_plan(source):
    plan = carried(source)
    source.delete()
    plan = Plan.objects.get(pk=plan.pk)

    assert plan.source is None
    assert document_named(plan, "last") is None
    assert Block.objects.filter(plan=plan).count() == 4


@pytest.mark.parametrize(
    ("title", "offered"),
    [
        ("113年度提升服務計畫", "114年度提升服務計畫"),
        ("明山區公所\n113年度為民服務計畫", "明山區公所\n114年度為民服務計畫"),
        ("為民服務計畫", "為民服務計畫"),
        ("103-106年度中程計畫", "103-106年度中程計畫"),
    ],
)
def test_the_title_is_offered_with_its_year_replaced(title, offered):
    assert title_for(title, 113, 114) == offered
