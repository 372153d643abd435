"""What an item carries out of the plan: ticked on its own page, and shown there."""

import re

import pytest

from offices.models import Role
from plans.models import Block
from plans.removal import delete_block
from schedule.editing import Refused, delete_item
from schedule.linking import keys_of, save_links
from schedule.models import Link
from tests.factories import (
    make_item,
    make_member,
    make_method,
    make_office,
    make_plan,
    make_point,
    make_table,
    make_unit,
)
from tests.schedule.pages import (
    HOSTILE,
    at,
    boxes_in,
    html_of,
    keys_in,
)

pytestmark = pytest.mark.django_db


def test_every_point_and_row_is_a_box_in_the_order_of_the_paper(
    client, keeper, plan, item, chapter
):
    point, row = keys_in(plan)
    save_links(item, seen=[], wanted=[row])

    html = html_of(client.get(at("links", plan, item.pk)))

    boxes = boxes_in(html, "links")
    assert list(boxes) == [f"b{chapter.pk}", point, row]
    assert boxes == {f"b{chapter.pk}": False, point: False, row: True}
    assert "壹、一　簡化流程" in html
    assert "主動服務" in html


def test_chapters_open_where_something_is_ticked(client, keeper, plan, item, chapter):
    make_point(plan, "附則")
    save_links(item, seen=[], wanted=[keys_in(plan)[0]])

    html = html_of(client.get(at("links", plan, item.pk)))

    assert re.findall(r'<details class="chapter-lines"( open)?>', html) == [" open", ""]


def test_what_is_ticked_is_saved_and_shown_with_the_item(
    client, keeper, plan, item, chapter
):
    point, row = keys_in(plan)

    response = client.post(at("links", plan, item.pk), {"links": [point, row]})

    assert response.url == item.get_absolute_url()
    assert keys_of(item) == {point, row}
    html = html_of(client.get(response.url))
    address = plan.get_absolute_url()
    assert f'<a href="{address}#{point}">壹、一　簡化流程</a>' in html
    assert f'<a href="{address}#{row}">主動服務</a>' in html


def test_what_is_cleared_is_unlinked(client, keeper, plan, item, chapter):
    point, row = keys_in(plan)
    save_links(item, seen=[], wanted=[point, row])

    client.post(at("links", plan, item.pk), {"seen": [point, row], "links": [row]})

    assert keys_of(item) == {row}


def test_what_others_ticked_meanwhile_stays(client, keeper, plan, item, chapter):
    point, row = keys_in(plan)
    save_links(item, seen=[], wanted=[row])  # after our page was made

    client.post(at("links", plan, item.pk), {"links": [point, row]})

    assert keys_of(item) == {point, row}
    assert Link.objects.count() == 2


def test_points_and_rows_of_other_plans_are_left_out(
    client, keeper, plan, item, chapter
):
    point, _ = keys_in(plan)
    own_office = make_plan(plan.office)
    foreign = make_plan(make_office("遠方機關"))
    keys = [point]
    for other in (own_office, foreign):
        keys.append(f"b{make_point(other).pk}")
        keys.append(f"r{make_table(other, rows=[('甲', '乙')]).rows.get().pk}")

    client.post(at("links", plan, item.pk), {"links": keys})

    assert keys_of(item) == {point}


@pytest.mark.parametrize("kind", ["paragraph", "table", "annex"])
def test_only_points_and_rows_can_be_linked(plan, item, kind):
    block = make_point(plan, kind=kind)

    save_links(item, seen=[], wanted=[f"b{block.pk}"])

    assert keys_of(item) == set()


@pytest.mark.parametrize(
    "key", ["", "b", "b-1", "x1", "b１", "b" + "9" * 40, "b1 OR 1", "r1\x00"]
)
def test_senseless_keys_are_left_out(client, keeper, plan, item, chapter, key):
    response = client.post(at("links", plan, item.pk), {"links": key, "seen": key})

    assert response.status_code == 302
    assert keys_of(item) == set()


def test_a_point_deleted_meanwhile_is_left_out(client, keeper, plan, item, chapter):
    point, row = keys_in(plan)
    delete_block(Block.objects.get(pk=point[1:]), by=keeper)

    client.post(at("links", plan, item.pk), {"links": [point, row]})

    assert keys_of(item) == {row}


def test_an_item_deleted_meanwhile_is_not_linked(plan, item, chapter, keeper):
    delete_item(item, by=keeper)

    with pytest.raises(Refused):
        save_links(item, seen=[], wanted=keys_in(plan))

    assert not Link.objects.exists()


def test_saving_links_makes_no_new_edition_of_the_paper(plan, item, chapter):
    save_links(item, seen=[], wanted=keys_in(plan))

    edition = plan.edition
    plan.refresh_from_db()
    assert plan.edition == edition


def test_a_plan_without_points_says_where_to_begin(client, keeper, plan, item):
    html = html_of(client.get(at("links", plan, item.pk)))

    assert f'<a href="{plan.get_absolute_url()}">到計畫新增</a>' in html


def test_an_owner_links_the_items_of_the_own_unit_only(
    client, plan, unit, item, chapter
):
    other = make_unit(plan.office, "社會課", "社")
    client.force_login(make_member(plan.office, Role.OWNER, unit=other).user)

    refused = client.post(at("links", plan, item.pk), {"links": keys_in(plan)})
    client.force_login(make_member(plan.office, Role.OWNER, unit=unit).user)
    allowed = client.post(at("links", plan, item.pk), {"links": keys_in(plan)})

    assert (refused.status_code, allowed.status_code) == (403, 302)
    assert keys_of(item) == set(keys_in(plan))


def test_readers_see_the_links_and_no_way_to_change_them(client, plan, item, chapter):
    save_links(item, seen=[], wanted=keys_in(plan))
    client.force_login(make_member(plan.office, Role.READER).user)

    html = html_of(client.get(item.get_absolute_url()))

    assert "簡化流程" in html
    assert at("links", plan, item.pk) not in html
    assert client.get(at("links", plan, item.pk)).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_other_offices_see_nothing(client, plan, item, chapter, method):
    client.force_login(make_member(make_office("遠方機關"), Role.COORDINATOR).user)

    answer = getattr(client, method)(at("links", plan, item.pk))

    assert answer.status_code == 404


def test_who_came_from_the_coverage_goes_back_there(
    client, keeper, plan, item, chapter
):
    address = at("links", plan, item.pk) + "?from=coverage"

    html = html_of(client.get(address))
    response = client.post(address, {"links": keys_in(plan)})

    assert f'href="{at("coverage", plan)}">取消' in html
    assert response.url == at("coverage", plan)


def test_hostile_texts_are_escaped(client, keeper, plan, unit):
    chapter = make_point(plan, HOSTILE)
    point = make_point(plan, HOSTILE, chapter)
    table = make_table(plan, rows=[(HOSTILE, HOSTILE)], parent=chapter, heading=HOSTILE)
    item = make_item(plan, unit, name=HOSTILE)
    save_links(item, seen=[], wanted=[f"b{point.pk}", f"r{table.rows.get().pk}"])

    pages = [
        html_of(client.get(at("links", plan, item.pk))),
        html_of(client.get(item.get_absolute_url())),
    ]

    assert all(HOSTILE not in html for html in pages)
    assert all("&lt;img src=x" in html for html in pages)


@pytest.mark.parametrize("count", [1, 3])
def test_more_points_and_items_cost_no_more_queries(
    client,
    keeper,
    plan,
    unit,
    item,
    chapter,
    count,
    django_assert_num_queries,
):
    point, row = keys_in(plan)
    for number in range(count):
        make_point(plan, f"第{number}點", chapter)
        other = make_item(plan, unit, owners=[make_member(plan.office)])
        make_method(other)
        save_links(other, seen=[], wanted=[point, row])
    save_links(item, seen=[], wanted=[point])

    with django_assert_num_queries(13):
        html_of(client.get(at("links", plan, item.pk)))
