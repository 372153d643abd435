"""Editing points in place, with htmx and without."""

import pytest

from offices.models import Role
from plans.editing import add_block
from plans.forms.typed_text import LONGEST_TEXT
from plans.models import Block, Removed
from plans.removal import delete_block
from tests.factories import make_member, make_plan, make_point, make_table
from tests.plans.requests import HTMX, at, typed

pytestmark = pytest.mark.django_db


def text_of(response):
    return response.content.decode()


def test_a_block_opens_in_the_page_without_javascript(client, plan, writer):
    point = make_point(plan, "計畫依據")

    page = text_of(client.get(at("block", plan, point.pk)))

    assert page.count('<form class="block-form"') == 1
    assert f'id="b{point.pk}-heading"' in page
    assert "<html" in page


def test_a_block_opens_alone_for_htmx_and_closes_again(client, plan, writer):
    point = make_point(plan, "計畫依據")

    opened = client.get(at("block", plan, point.pk), headers=HTMX)
    closed = client.get(at("block", plan, point.pk) + "?closed", headers=HTMX)

    assert opened["HX-Retarget"] == f"#b{point.pk}-own"
    assert "<html" not in text_of(opened)
    assert "block-form" in text_of(opened)
    assert "block-form" not in text_of(closed)


def test_save_without_javascript_goes_back_to_the_point(client, plan, writer):
    point = make_point(plan, "舊")

    response = client.post(at("block", plan, point.pk), typed(point, heading="新"))

    assert response.status_code == 302
    assert response["Location"] == f"/plans/{plan.pk}/#b{point.pk}"
    point.refresh_from_db()
    assert (point.heading, point.version) == ("新", 2)


def test_save_with_htmx_renews_the_block_the_outline_and_the_note(client, plan, writer):
    point = make_point(plan, "舊")

    response = client.post(
        at("block", plan, point.pk), typed(point, heading="新"), headers=HTMX
    )

    html = text_of(response)
    assert response["HX-Retarget"] == f"#b{point.pk}-own"
    assert f'<a href="#b{point.pk}">壹、新 <span' in html
    assert "已儲存" in html
    assert f'"id": "b{point.pk}"' in response["HX-Trigger-After-Settle"]


def test_line_ends_and_control_characters_are_made_printable(client, plan, writer):
    point = make_point(plan)

    client.post(
        at("block", plan, point.pk), typed(point, body="一段\r\n\x0b二段 \r\n\r\n")
    )

    point.refresh_from_db()
    assert point.body == "一段\n二段"


def test_a_text_too_long_is_refused_and_kept(client, plan, writer):
    point = make_point(plan, "原文")

    response = client.post(
        at("block", plan, point.pk), typed(point, heading="長" * 20_001)
    )

    assert response.status_code == 422
    assert "長" * 20_001 in text_of(response)
    point.refresh_from_db()
    assert point.heading == "原文"


def test_a_paragraph_and_an_annex_are_saved_with_their_own_fields(client, plan, writer):
    words = add_block(plan, kind="paragraph", by=writer)
    annex = add_block(plan, kind="annex", by=writer)

    client.post(at("block", plan, words.pk), {"version": 1, "body": "說明文字"})
    client.post(
        at("block", plan, annex.pk),
        {"version": 1, "label": "附表一", "heading": "管制表"},
    )

    words.refresh_from_db()
    annex.refresh_from_db()
    assert words.body == "說明文字"
    assert (annex.label, annex.heading, annex.landscape) == ("附表一", "管制表", False)


@pytest.mark.parametrize("direction", ["up", "down", "indent", "outdent"])
def test_a_move_saves_what_was_typed_and_keeps_the_form_open(
    client, plan, writer, direction
):
    make_point(plan, "甲")
    point = make_point(plan, "乙", level=2)
    make_point(plan, "丙")

    response = client.post(
        at("block_move", plan, point.pk, direction),
        typed(point, heading="乙改"),
        headers=HTMX,
    )

    point.refresh_from_db()
    assert point.heading == "乙改"
    assert response["HX-Retarget"] == "#paper"
    assert f'data-block="b{point.pk}"' in text_of(response)


def test_a_refused_move_says_why_and_keeps_what_was_typed(client, plan, writer):
    point = make_point(plan, "甲")

    response = client.post(
        at("block_move", plan, point.pk, "up"),
        typed(point, heading="甲改"),
        headers=HTMX,
    )

    assert response.status_code == 422
    assert "已經是第一項。" in text_of(response)
    assert "甲改" in text_of(response)


def test_another_mark_is_chosen_for_all_siblings(client, plan, writer):
    chapter = make_point(plan, "甲")
    point = make_point(plan, "乙", chapter)

    client.post(at("block_level", plan, point.pk), typed(point) | {"level": "3"})

    assert "（一）" in text_of(client.get(plan.get_absolute_url()))
    refused = client.post(at("block_level", plan, point.pk), {"level": "1"})
    assert refused.status_code == 422
    assert client.post(at("block_level", plan, point.pk), {}).status_code == 404


def test_an_unknown_direction_or_addition_is_not_found(client, plan, writer):
    point = make_point(plan)

    assert client.post(at("block_move", plan, point.pk, "away")).status_code == 404
    assert client.post(at("block_add", plan, point.pk, "table")).status_code == 404
    assert client.post(at("block_append", plan, "table")).status_code == 404


def test_a_point_moves_below_the_chosen_parent(client, plan, writer):
    target = make_point(plan, "甲")
    point = make_point(plan, "乙")

    client.post(at("block_place", plan, point.pk), {"target": target.pk})

    point.refresh_from_db()
    assert (point.parent_id, point.level) == (target.pk, 2)


@pytest.mark.parametrize("chosen", ["", "x", "²", "999999999", "9" * 40])
def test_a_bad_parent_is_refused_with_words(client, plan, writer, chosen):
    point = make_point(plan)

    response = client.post(at("block_place", plan, point.pk), {"target": chosen})

    assert response.status_code == 422


def test_a_parent_of_another_plan_is_refused(client, plan, writer):
    point = make_point(plan)
    foreign = make_point(make_plan(plan.office))

    response = client.post(at("block_place", plan, point.pk), {"target": foreign.pk})

    assert response.status_code == 422
    assert "已經被刪除" in text_of(response)


def test_adding_opens_the_new_point(client, plan, writer):
    point = make_point(plan, "甲")

    response = client.post(
        at("block_add", plan, point.pk, "point-inside"), typed(point, heading="甲改")
    )

    new = Block.objects.get(parent=point)
    assert response["Location"] == at("block", plan, new.pk)
    point.refresh_from_db()
    assert point.heading == "甲改"


def test_appending_to_an_empty_plan_makes_its_first_chapter(client, plan, writer):
    client.post(at("block_append", plan, "point"), {"heading": "緣起"})

    chapter = plan.blocks.get()
    assert (chapter.heading, chapter.level) == ("緣起", 1)


def test_appended_text_is_made_printable(client, plan, writer):
    client.post(at("block_append", plan, "paragraph"), {"body": "甲\x00乙\x07"})

    assert plan.blocks.get().body == "甲乙"


def test_appended_text_that_is_too_long_is_kept_on_the_page(client, plan, writer):
    text = "長" * (LONGEST_TEXT + 1)

    response = client.post(at("block_append", plan, "paragraph"), {"body": text})

    assert response.status_code == 422
    assert text in text_of(response)
    assert not plan.blocks.exists()


def test_delete_offers_to_put_back_and_restore_does(client, plan, writer):
    point = make_point(plan, "甲")

    deleted = client.post(at("block_delete", plan, point.pk), headers=HTMX)
    removed = Removed.objects.get()

    assert at("restore", plan, removed.pk) in text_of(deleted)
    restored = client.post(at("restore", plan, removed.pk), headers=HTMX)
    assert f'id="b{point.pk}"' in text_of(restored)
    assert Block.objects.get().heading == "甲"


def test_restore_without_its_parent_says_so_on_the_list(client, plan, writer):
    parent = make_point(plan)
    removed = delete_block(make_point(plan, "子", parent), by=writer)
    delete_block(parent, by=writer)

    response = client.post(at("restore", plan, removed.pk), follow=True)

    assert "請先復原上層項目" in text_of(response)


def test_delete_of_a_point_that_others_name_asks_first(client, plan, writer):
    point = make_point(plan, "甲")
    make_point(plan, f"依[[b{point.pk}]]辦理")

    asked = client.post(at("block_delete", plan, point.pk), typed(point))
    confirmed = client.post(
        at("block_delete", plan, point.pk), typed(point) | {"confirmed": "1"}
    )

    assert asked.status_code == 409
    assert "貳 依壹辦理" in text_of(asked)
    assert confirmed.status_code == 302
    assert "〔所指項目已刪除〕" in text_of(client.get(plan.get_absolute_url()))


def test_a_table_is_moved_and_deleted_by_the_same_addresses(client, plan, writer):
    make_point(plan)
    table = make_table(plan, rows=[("甲", "乙")])

    client.post(at("block_move", plan, table.pk, "up"))
    table.refresh_from_db()
    assert table.position == 0

    client.post(at("block_delete", plan, table.pk))
    assert not Block.objects.filter(pk=table.pk).exists()


def test_a_table_that_cannot_move_says_so_on_the_plan_page(client, plan, writer):
    table = make_table(plan)

    response = client.post(at("block_move", plan, table.pk, "up"), follow=True)

    assert "已經是第一項。" in text_of(response)
    assert at("block_move", plan, table.pk, "up") in text_of(
        client.get(at("table", plan, table.pk))
    )


def test_a_reference_is_appended_without_saving(client, plan, writer):
    target = make_point(plan, "甲")
    point = make_point(plan, "乙")

    response = client.post(
        at("block_reference", plan, point.pk),
        typed(point, body="依") | {"target": target.pk},
    )

    assert f"依[[b{target.pk}]]</textarea>" in text_of(response)
    point.refresh_from_db()
    assert point.body == ""


def test_a_reference_to_nothing_is_refused(client, plan, writer):
    point = make_point(plan)

    response = client.post(at("block_reference", plan, point.pk), typed(point))

    assert response.status_code == 422
    assert "請先選擇要參照的項目。" in text_of(response)


@pytest.mark.parametrize("number", [0, 2**63, 10**30])
def test_a_number_no_database_holds_is_not_found(client, plan, writer, number):
    assert client.get(f"/plans/{number}/").status_code == 404
    assert client.get(at("block", plan, number)).status_code == 404
    assert client.post(at("block", plan, number), {"version": 1}).status_code == 404
    assert client.post(at("restore", plan, number)).status_code == 404


@pytest.mark.parametrize("version", ["", "0", "x", "²", str(10**30)])
def test_a_bad_version_never_breaks_the_page(client, plan, writer, version):
    point = make_point(plan, "甲")

    response = client.post(
        at("block", plan, point.pk),
        {"version": version, "heading": "我的", "body": ""},
    )

    point.refresh_from_db()
    assert response.status_code in {409, 422}
    assert "我的" in text_of(response)
    assert point.heading == "甲"


def test_a_block_that_never_was_is_not_found(client, plan, writer):
    assert client.post(at("block", plan, 999_999), {"heading": "x"}).status_code == 404


@pytest.mark.parametrize("role", [Role.READER, Role.CHIEF])
def test_readers_see_the_paper_without_any_control(client, plan, role):
    point = make_point(plan, "計畫依據")
    client.force_login(make_member(plan.office, role).user)

    page = text_of(client.get(plan.get_absolute_url()))

    assert "計畫依據" in page
    assert at("block", plan, point.pk) not in page
    assert at("settings", plan) not in page
    assert client.post(at("block", plan, point.pk), typed(point)).status_code == 403


def test_another_offices_plan_is_not_found(client, plan, writer):
    foreign = make_point(make_plan())

    assert client.get(at("block", foreign.plan, foreign.pk)).status_code == 404
    assert client.get(at("block", plan, foreign.pk)).status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_the_plan_page_costs_the_same_queries_however_long(
    client, plan, writer, count, django_assert_num_queries
):
    for _ in range(count):
        make_table(plan, rows=[("甲", "乙")] * 2, parent=make_point(plan))

    with django_assert_num_queries(10):
        client.get(plan.get_absolute_url())


@pytest.mark.parametrize("count", [3, 30])
def test_a_save_costs_the_same_queries_however_long(
    client, plan, writer, count, django_assert_num_queries
):
    points = [make_point(plan) for _ in range(count)]

    with django_assert_num_queries(19):
        client.post(
            at("block", plan, points[1].pk),
            typed(points[1], heading="新"),
            headers=HTMX,
        )
