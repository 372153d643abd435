"""Two people on one point: nothing that either typed is lost."""

import pytest

from offices.models import Role
from plans.apply import apply
from plans.documents.model import Document, Point
from plans.editing import save_block
from plans.models import Block
from plans.removal import delete_block
from tests.factories import make_member, make_point
from tests.plans.requests import HTMX, at, typed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_two_people_save_one_point(client, plan, writer, headers):
    point = make_point(plan, "標題", body="第一段\n第二段")
    save_block(point, version=1, heading="標題", body="第一段\n第二段", by=writer)
    Block.history.all().update(version=1)
    colleague = make_member(plan.office, Role.COORDINATOR).user
    save_block(point, version=1, heading="標題", body="他改\n第二段", by=colleague)

    response = client.post(
        at("block", plan, point.pk), typed(point, body="第一段\n我改"), headers=headers
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert colleague.full_name in page
    assert "第一段\n我改" in page
    assert "他改\n第二段" in page
    assert "他改\n我改</textarea>" in page


def test_the_first_conflict_on_an_imported_point_knows_the_text_before(
    client, plan, writer
):
    document = Document("", 114, "計畫", (Point(1, "依據", "第一段\n第二段"),))
    imported = apply(document, office=plan.office, year=114, title="計畫", by=writer)
    point = imported.blocks.get()
    save_block(point, version=1, heading="依據", body="他改\n第二段", by=writer)

    response = client.post(
        at("block", imported, point.pk), typed(point, body="第一段\n我改")
    )

    assert response.status_code == 409
    assert "他改\n我改</textarea>" in response.content.decode()


def test_after_a_conflict_the_merged_text_can_be_saved(client, plan, writer):
    point = make_point(plan, "標題")
    save_block(point, version=1, heading="他的", body="", by=writer)
    client.post(at("block", plan, point.pk), typed(point, heading="我的"))

    response = client.post(
        at("block", plan, point.pk), {"version": 2, "heading": "合併", "body": ""}
    )

    point.refresh_from_db()
    assert response.status_code == 302
    assert (point.heading, point.version) == ("合併", 3)


def test_a_conflict_while_moving_moves_nothing(client, plan, writer):
    make_point(plan, "甲")
    point = make_point(plan, "乙")
    save_block(point, version=1, heading="他的", body="", by=writer)

    response = client.post(
        at("block_move", plan, point.pk, "up"), typed(point, heading="我的")
    )

    point.refresh_from_db()
    assert response.status_code == 409
    assert point.position == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_was_typed_into_a_deleted_point_is_offered(client, plan, writer, headers):
    point = make_point(plan, "甲")
    removed = delete_block(point, by=writer)

    response = client.post(
        at("block", plan, point.pk), typed(point, heading="我的心血"), headers=headers
    )

    assert response.status_code == 409
    assert "我的心血</textarea>" in response.content.decode()
    assert at("restore", plan, removed.pk) in response.content.decode()
