"""What may be written while a plan is under review, returned or closed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from offices.models import Role
from plans.cycle import Actor
from plans.models import State
from plans.workflow import judge, send_back
from schedule.months import months_row, set_months
from tests.factories import (
    make_item,
    make_member,
    make_method,
    make_office,
    make_point,
    make_table,
)
from tests.plans.cycle import Cycle, current

pytestmark = pytest.mark.django_db

EMPTY, MARCH, APRIL = "0" * 12, "001000000000", "000100000000"
WHY = "計畫正在送核或已經結案"
PARTLY = "只開放被退回的項目"


@pytest.fixture
def cycle():
    return Cycle()


@pytest.fixture
def writer(client, cycle):
    client.force_login(cycle.coordinator.user)
    return client


def send_back_only(cycle, *keys):
    submission = cycle.submit()
    by = Actor(cycle.head.user)
    for key in keys:
        judge(submission, key=key, verdict="returned", reason="請補充", by=by)
    send_back(submission, step=current(submission), by=by, reason="請補充說明")
    cycle.plan.refresh_from_db()


def save(client, block, text):
    block.refresh_from_db()
    data = {"version": block.version, "heading": block.heading, "body": text}
    return client.post(reverse("plans:block", args=[block.plan_id, block.pk]), data)


def test_a_late_save_is_refused_and_its_text_shown(cycle, writer):
    cycle.submit()

    answer = save(writer, cycle.second, "等候時間縮短為八分鐘。")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert WHY in page
    assert "等候時間縮短為八分鐘。" in page
    cycle.second.refresh_from_db()
    assert cycle.second.body == "縮短民眾等候時間。"


def test_a_refused_password_is_never_shown(client, cycle):
    cycle.submit()
    client.force_login(cycle.coordinator.user)
    path = reverse("plans:block", args=[cycle.plan.pk, cycle.second.pk])

    page = client.post(path, {"password": "secret-words", "body": "文字文字"})

    assert "secret-words" not in page.content.decode()


def test_readers_hear_that_they_only_read(client, cycle):
    cycle.submit()
    client.force_login(cycle.reader.user)

    answer = save(client, cycle.second, "讀者改的文字。")

    assert answer.status_code == 403
    assert "您的角色不能做這個動作" in answer.content.decode()


def test_a_returned_point_is_open_and_its_neighbour_is_not(cycle, writer):
    send_back_only(cycle, f"b{cycle.second.pk}")

    assert save(writer, cycle.second, "等候時間縮短為八分鐘。").status_code == 302
    refused = save(writer, cycle.first, "依據新函。")

    assert refused.status_code == 403
    assert PARTLY in refused.content.decode()


def test_the_structure_stays_shut_where_parts_were_returned(cycle, writer):
    send_back_only(cycle, f"b{cycle.second.pk}")
    path = reverse("plans:block_move", args=[cycle.plan.pk, cycle.second.pk, "up"])

    assert writer.post(path).status_code == 403


def test_the_page_offers_only_what_was_returned(cycle, writer):
    send_back_only(cycle, f"b{cycle.second.pk}")

    page = writer.get(reverse("plans:detail", args=[cycle.plan.pk])).content.decode()

    assert f'/blocks/{cycle.second.pk}/"' in page
    assert f'/blocks/{cycle.first.pk}/"' not in page
    assert reverse("plans:block_append", args=[cycle.plan.pk, "point"]) not in page


def test_a_returned_table_opens_its_rows(cycle, writer):
    table = make_table(cycle.plan, rows=[("甲", "乙")], position=9)
    other = make_table(cycle.plan, rows=[("丙", "丁")], position=10)
    send_back_only(cycle, f"b{table.pk}")

    def open_row(of):
        row = of.rows.get()
        return writer.get(reverse("plans:row", args=[cycle.plan.pk, row.pk]))

    assert open_row(table).status_code == 200
    assert open_row(other).status_code == 403


def test_a_returned_new_point_may_be_deleted_and_put_back(cycle, writer):
    send_back_only(cycle, f"b{cycle.second.pk}")
    path = reverse("plans:block_delete", args=[cycle.plan.pk, cycle.second.pk])
    other = reverse("plans:block_delete", args=[cycle.plan.pk, cycle.first.pk])

    assert writer.post(other).status_code == 403
    assert writer.post(path).status_code == 302

    removed = cycle.plan.removals.get()
    back = reverse("plans:restore", args=[cycle.plan.pk, removed.pk])
    assert writer.post(back).status_code == 302
    assert cycle.plan.blocks.filter(heading="計畫目標").exists()


def test_a_returned_point_takes_nothing_else_along(cycle, writer):
    make_point(cycle.plan, "子項", cycle.second)
    send_back_only(cycle, f"b{cycle.second.pk}")

    path = reverse("plans:block_delete", args=[cycle.plan.pk, cycle.second.pk])

    assert writer.post(path).status_code == 403


def test_months_of_a_submitted_plan_stay(cycle, writer):
    method = make_method(make_item(cycle.plan, cycle.unit), EMPTY)
    cycle.submit()

    answer = writer.post(
        reverse("schedule:months", args=[cycle.plan.pk, method.pk]),
        {"was": EMPTY, "months": MARCH},
    )

    assert answer.status_code == 409
    assert WHY in answer.json()["message"]
    method.refresh_from_db()
    assert method.months == EMPTY


def test_a_returned_row_opens_its_item_alone(cycle, writer):
    item, other = (make_item(cycle.plan, cycle.unit, name=n) for n in ("甲", "乙"))
    method, shut = make_method(item, EMPTY), make_method(other, EMPTY)
    cycle.approve()
    for row in (method, shut):
        set_months(
            months_row(row.pk), was=EMPTY, months=APRIL, by=cycle.coordinator.user
        )
    send_back_only(cycle, f"m{method.pk}s{item.shares.get().pk}")

    def change(row):
        return writer.post(
            reverse("schedule:months", args=[cycle.plan.pk, row.pk]),
            {"was": APRIL, "months": MARCH},
        ).status_code

    assert (change(method), change(shut)) == (200, 409)


def test_the_grid_of_a_submitted_plan_offers_no_editing(cycle, writer):
    make_method(make_item(cycle.plan, cycle.unit), MARCH)
    cycle.submit()

    page = writer.get(reverse("schedule:grid", args=[cycle.plan.pk]))

    assert "編輯月份" not in page.content.decode()


@pytest.mark.parametrize("name", ["item_create", "import", "handover", "settings"])
def test_a_submitted_control_table_is_shut(cycle, writer, name):
    cycle.submit()

    answer = writer.get(reverse(f"schedule:{name}", args=[cycle.plan.pk]))

    assert answer.status_code == 403


def test_a_unit_can_be_renamed_while_a_plan_is_under_review(cycle):
    make_method(make_item(cycle.plan, cycle.unit), MARCH)
    cycle.submit()
    before = cycle.plan.edition

    cycle.unit.name = "綜合業務課"
    cycle.unit.save()

    cycle.plan.refresh_from_db()
    assert cycle.plan.edition > before
    assert cycle.plan.state == State.SUBMITTED


def test_a_plan_under_review_is_not_deleted(cycle, writer):
    cycle.submit()

    answer = writer.post(reverse("plans:delete", args=[cycle.plan.pk]))

    assert answer.status_code == 403
    assert type(cycle.plan).objects.filter(pk=cycle.plan.pk).exists()


def test_a_superior_member_reads_and_writes_nothing(client, cycle):
    above = make_office("明山市政府民政局")
    cycle.office.parent = above
    cycle.office.save()
    client.force_login(make_member(above, Role.SUPERIOR).user)
    cycle.submit()

    page = client.get(reverse("plans:detail", args=[cycle.plan.pk]))

    assert page.status_code == 200
    assert save(client, cycle.second, "上級改的文字。").status_code == 403
