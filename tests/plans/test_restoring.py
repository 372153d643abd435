"""Words of an approved version put back into the draft."""

import pytest

from offices.audit.models import Act, AuditEvent
from offices.models import Role
from plans.compose import compose
from plans.editing import add_block, move_block, save_block
from plans.freezing import ALTERED, document_of
from plans.models import Block, Plan, Row, State
from plans.removal import delete_block
from plans.tables.columns import delete_column
from plans.tables.rows import add_row, delete_row, join_row_up
from tests.factories import make_member, make_point, make_table, make_user
from tests.plans.approved import alter, approve_as_it_is, text_of
from tests.plans.requests import at

pytestmark = pytest.mark.django_db

ROWS = [("主動服務", "到府收件"), ("便民措施", "1、預約\n2、代辦"), (None, "延長時間")]


@pytest.fixture
def approved(plan):
    """A chapter with a paragraph, a point and a table, as version 1 keeps them."""
    plan.chapter = make_point(plan, "計畫目標", body="縮短等候。")
    plan.paragraph = make_point(
        plan, "", plan.chapter, kind="paragraph", level=0, body="由各課辦理。"
    )
    plan.point = make_point(plan, "設置引導員", plan.chapter)
    plan.table = make_table(plan, rows=ROWS, parent=plan.chapter)
    plan.row = plan.table.rows.all()[1]
    plan.last = make_point(plan, "附則")
    plan.approval = approve_as_it_is(plan)
    return plan


def reword(block, heading="改過的標題", body="改過的內文"):
    block = Block.objects.get(pk=block.pk)
    label = block.label
    save_block(
        block,
        version=block.version,
        heading=heading,
        body=body,
        label=label,
        by=make_user(),
    )


def cells(row):
    return {key: cell.get("text", "") for key, cell in row.cells.items()}


def page_of(client, plan, key):
    return client.get(at("restore_part", plan, plan.approval.pk, key))


def restore(client, plan, key):
    """As a person does: look at the page, then press its button."""
    found = page_of(client, plan, key)
    seen = found.context["preview"].seen
    return client.post(at("restore_part", plan, plan.approval.pk, key), {"seen": seen})


def now(plan):
    return compose(Plan.objects.get(pk=plan.pk))


def version(plan):
    return document_of(plan.approval)


def test_the_page_shows_what_would_change(client, approved, writer):
    reword(approved.point, heading="設置志工")

    page = text_of(page_of(client, approved, f"b{approved.point.pk}"))

    assert "<del>設置志工</del>" in page
    assert "<ins>設置引導員</ins>" in page
    assert Block.objects.get(pk=approved.point.pk).heading == "設置志工"


def test_a_point_gets_its_words_back_with_its_paragraphs(client, approved, writer):
    reword(approved.chapter)
    reword(approved.paragraph, heading="")
    reword(approved.point, heading="不相干的修改", body="")

    answer = restore(client, approved, f"b{approved.chapter.pk}")

    assert answer.url == f"{approved.get_absolute_url()}#b{approved.chapter.pk}"
    chapter = Block.objects.get(pk=approved.chapter.pk)
    assert (chapter.heading, chapter.body) == ("計畫目標", "縮短等候。")
    assert Block.objects.get(pk=approved.paragraph.pk).body == "由各課辦理。"
    assert Block.objects.get(pk=approved.point.pk).heading == "不相干的修改"


def test_what_was_written_in_between_stays_in_the_history(client, approved, writer):
    reword(approved.point, heading="設置志工")

    restore(client, approved, f"b{approved.point.pk}")

    newest, before, *_ = Block.history.filter(id=approved.point.pk)
    assert (newest.heading, before.heading) == ("設置引導員", "設置志工")
    assert newest.history_user == writer


def test_a_deleted_chapter_comes_back_whole(client, approved, writer):
    delete_block(approved.chapter, by=writer)

    answer = restore(client, approved, f"b{approved.chapter.pk}")

    assert answer.status_code == 302
    assert now(approved).children == version(approved).children
    assert not approved.removals.exists()


def test_a_deleted_chapter_says_what_it_said_in_the_version(client, approved, writer):
    """Words, rows and points that were changed before it was deleted, too."""
    reword(approved.point)
    delete_row(approved.row, by=writer)
    reword(approved.paragraph, heading="")
    delete_block(Block.objects.get(pk=approved.point.pk), by=writer)
    delete_block(Block.objects.get(pk=approved.chapter.pk), by=writer)

    restore(client, approved, f"b{approved.chapter.pk}")

    assert now(approved).children == version(approved).children


def test_what_lives_on_elsewhere_stays_as_it_is(client, approved, writer):
    move_block(Block.objects.get(pk=approved.point.pk), parent=approved.last, by=writer)
    reword(approved.point, heading="已移出")
    delete_block(Block.objects.get(pk=approved.chapter.pk), by=writer)

    restore(client, approved, f"b{approved.chapter.pk}")

    point = Block.objects.get(pk=approved.point.pk)
    assert (point.heading, point.parent_id) == ("已移出", approved.last.pk)


def test_what_was_added_before_it_was_deleted_comes_along(client, approved, writer):
    added = add_block(
        approved, kind="point", by=writer, parent=approved.chapter, heading="新的"
    )
    delete_block(Block.objects.get(pk=approved.chapter.pk), by=writer)

    restore(client, approved, f"b{approved.chapter.pk}")

    assert Block.objects.get(pk=added.pk).heading == "新的"


def test_what_was_deleted_with_its_chapter_asks_for_the_chapter(
    client, approved, writer
):
    delete_block(approved.chapter, by=writer)

    answer = restore(client, approved, f"b{approved.point.pk}")

    assert answer.status_code == 409
    assert "請先還原「計畫目標" in text_of(answer)
    assert not Block.objects.filter(pk=approved.point.pk).exists()


def test_a_row_gets_its_words_back(client, approved, writer):
    kept = cells(approved.row)
    row = Row.objects.get(pk=approved.row.pk)
    row.cells = {key: {"text": "改過"} for key in row.cells}
    row.save()

    answer = restore(client, approved, f"r{row.pk}")

    assert answer.status_code == 302
    assert cells(Row.objects.get(pk=row.pk)) == kept
    assert now(approved).children == version(approved).children


def test_a_deleted_row_comes_back_to_its_place(client, approved, writer):
    delete_row(approved.row, by=writer)
    assert now(approved).children != version(approved).children

    restore(client, approved, f"r{approved.row.pk}")

    assert now(approved).children == version(approved).children


def test_a_row_that_was_put_into_another_is_made_anew(client, approved, writer):
    join_row_up(approved.row, by=writer)

    restore(client, approved, f"r{approved.row.pk}")

    rows = list(approved.table.rows.all())
    assert [row.pk for row in rows][1] == approved.row.pk
    assert cells(rows[1]) == cells(approved.row)


def test_rows_that_were_added_stay(client, approved, writer):
    added = add_row(Block.objects.get(pk=approved.table.pk), by=writer)
    row = Row.objects.get(pk=approved.row.pk)
    row.cells = {key: {"text": "改過"} for key in row.cells}
    row.save()

    restore(client, approved, f"r{row.pk}")

    assert approved.table.rows.filter(pk=added.pk).exists()


def test_a_column_that_is_gone_is_left_out(client, approved, writer):
    first, second = approved.table.columns.all()
    delete_column(second, by=writer)
    row = Row.objects.get(pk=approved.row.pk)
    row.cells = {str(first.pk): {"text": "改過"}}
    row.save()

    restore(client, approved, f"r{row.pk}")

    assert cells(Row.objects.get(pk=row.pk)) == {str(first.pk): "便民措施"}


def test_a_row_whose_table_is_gone_is_refused(client, approved, writer):
    delete_block(approved.table, by=writer)

    answer = restore(client, approved, f"r{approved.row.pk}")

    assert answer.status_code == 409
    assert "請先還原表格" in text_of(answer)


def test_a_deleted_table_comes_back_whole(client, approved, writer):
    delete_block(approved.table, by=writer)

    restore(client, approved, f"b{approved.table.pk}")

    assert now(approved).children == version(approved).children


def test_an_unchanged_part_offers_nothing(client, approved, writer):
    found = page_of(client, approved, f"b{approved.point.pk}")

    assert "沒有需要還原" in text_of(found)
    assert "還原</button>" not in text_of(found)
    assert restore(client, approved, f"b{approved.point.pk}").status_code == 409


def test_a_draft_that_moved_on_asks_again(client, approved, writer):
    reword(approved.point, heading="第一次改")
    key = f"b{approved.point.pk}"
    seen = page_of(client, approved, key).context["preview"].seen
    reword(approved.point, heading="第二次改")

    answer = client.post(
        at("restore_part", approved, approved.approval.pk, key), {"seen": seen}
    )

    assert answer.status_code == 409
    assert "請再確認一次" in text_of(answer)
    assert "<del>第二次改</del>" in text_of(answer)
    assert Block.objects.get(pk=approved.point.pk).heading == "第二次改"


def test_an_approved_plan_is_being_amended_from_then_on(client, approved, writer):
    reword(approved.point)
    Plan.objects.filter(pk=approved.pk).update(state=State.APPROVED)

    restore(client, approved, f"b{approved.point.pk}")

    assert Plan.objects.get(pk=approved.pk).state == State.AMENDING


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLOSED])
def test_a_frozen_plan_refuses_in_words(client, approved, writer, state):
    reword(approved.point)
    Plan.objects.filter(pk=approved.pk).update(state=state)

    answer = client.post(
        at("restore_part", approved, approved.approval.pk, f"b{approved.point.pk}")
    )

    assert answer.status_code == 403
    assert "內容暫時不能修改" in text_of(answer)


def test_after_a_return_only_the_returned_part_is_restored(client, approved, writer):
    reword(approved.point)
    reword(approved.last, heading="改過", body="")
    Plan.objects.filter(pk=approved.pk).update(
        state=State.RETURNED, returned_parts=[f"b{approved.point.pk}"]
    )

    assert restore(client, approved, f"b{approved.point.pk}").status_code == 302
    assert page_of(client, approved, f"b{approved.last.pk}").status_code == 403


def test_an_altered_version_restores_nothing(client, approved, writer):
    reword(approved.point)
    alter(approved.approval)

    answer = page_of(client, approved, f"b{approved.point.pk}")

    assert answer.url == at("approval", approved, approved.approval.pk)
    assert ALTERED in text_of(client.get(answer.url))


@pytest.mark.parametrize("key", ["b999999", "r999999", "c1", "title", "schedule"])
def test_what_the_version_has_not_is_not_found(client, approved, writer, key):
    assert page_of(client, approved, key).status_code == 404


def test_readers_restore_nothing(client, approved):
    client.force_login(make_member(approved.office, Role.READER).user)
    reword(approved.point)

    assert page_of(client, approved, f"b{approved.point.pk}").status_code == 403


def test_the_trail_tells_what_was_restored(client, approved, writer):
    reword(approved.point)

    restore(client, approved, f"b{approved.point.pk}")

    event = AuditEvent.objects.get(act=Act.RESTORED)
    assert event.actor == writer.pk
    assert event.details == {"版次": "第 1 版", "項目": "「設置引導員」"}


def test_a_refused_restoring_is_not_told(client, approved, writer):
    delete_block(approved.chapter, by=writer)

    restore(client, approved, f"b{approved.point.pk}")

    assert not AuditEvent.objects.filter(act=Act.RESTORED).exists()
