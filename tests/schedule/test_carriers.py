"""Which items carry out a point or a row: ticked on the plan's side."""

import pytest

from offices.models import Role
from schedule.linking import keys_of, save_carriers, save_links
from schedule.models import Link
from tests.factories import (
    make_item,
    make_member,
    make_method,
    make_office,
    make_plan,
    make_point,
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


def test_every_item_is_a_box_once(client, keeper, plan, unit, item, chapter):
    point, _ = keys_in(plan)
    second = make_unit(plan.office, "社會課", "社", position=1)
    joint = make_item(plan, unit, second, name="聯合項目")
    save_links(item, seen=[], wanted=[point])

    html = html_of(client.get(at("carriers", plan, point)))

    assert boxes_in(html, "items") == {str(item.pk): True, str(joint.pk): False}


def test_items_ticked_for_a_row_are_linked_to_it(
    client, keeper, plan, unit, item, chapter
):
    _, row = keys_in(plan)
    other = make_item(plan, unit)
    save_links(other, seen=[], wanted=[row])

    response = client.post(
        at("carriers", plan, row), {"seen": other.pk, "items": item.pk}
    )

    assert response.url == f"{at('coverage', plan)}#at-{row}"
    assert (keys_of(item), keys_of(other)) == ({row}, set())


def test_a_writer_changes_only_the_items_that_are_theirs(client, plan, unit, chapter):
    point, _ = keys_in(plan)
    other_unit = make_unit(plan.office, "社會課", "社")
    own, shut, linked = (
        make_item(plan, unit),
        make_item(plan, other_unit),
        make_item(plan, other_unit),
    )
    save_links(linked, seen=[], wanted=[point])
    client.force_login(make_member(plan.office, Role.OWNER, unit=unit).user)

    html = html_of(client.get(at("carriers", plan, point)))
    client.post(
        at("carriers", plan, point), {"seen": linked.pk, "items": [own.pk, shut.pk]}
    )

    assert html.count(" disabled>") == 2
    assert [keys_of(one) for one in (own, shut, linked)] == [{point}, set(), {point}]


def test_who_owns_an_item_elsewhere_may_link_it(client, plan, chapter):
    point, _ = keys_in(plan)
    member = make_member(plan.office, Role.OWNER)
    item = make_item(plan, make_unit(plan.office), owners=[member])
    client.force_login(member.user)

    client.post(at("carriers", plan, point), {"items": item.pk})

    assert keys_of(item) == {point}


def test_items_of_other_plans_are_left_out(plan, item, chapter):
    point, _ = keys_in(plan)
    foreign = make_item(make_plan(make_office("遠方機關")))

    save_carriers(plan, point, seen=[], wanted=[foreign.pk, item.pk])

    assert (keys_of(foreign), keys_of(item)) == (set(), {point})


def test_a_point_of_another_plan_has_no_such_page(client, keeper, plan, item, chapter):
    other = make_point(make_plan(plan.office))

    for key in (f"b{other.pk}", "r0", "nothing"):
        answer = client.post(at("carriers", plan, key), {"items": item.pk})
        assert answer.status_code == 404

    assert not Link.objects.exists()


def test_senseless_numbers_of_items_are_left_out(client, keeper, plan, item, chapter):
    point, _ = keys_in(plan)

    answer = client.post(
        at("carriers", plan, point), {"items": ["x", "-1", "１", "9" * 40, item.pk]}
    )

    assert answer.status_code == 302
    assert keys_of(item) == {point}


def test_who_saw_only_open_strategies_goes_on_with_them(
    client, keeper, plan, item, chapter
):
    point, _ = keys_in(plan)

    response = client.post(at("carriers", plan, point) + "?open=on", {"items": item.pk})

    assert response.url == f"{at('coverage', plan)}?open=on#b{chapter.pk}"
    html = html_of(client.get(response.url))
    assert f'<h3 id="b{chapter.pk}">' in html


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

    with django_assert_num_queries(18):
        html_of(client.get(at("carriers", plan, point)))


@pytest.mark.parametrize("method", ["get", "post"])
def test_other_offices_see_nothing(client, plan, item, chapter, method):
    point, _ = keys_in(plan)
    client.force_login(make_member(make_office("遠方機關"), Role.COORDINATOR).user)

    answer = getattr(client, method)(at("carriers", plan, point))

    assert answer.status_code == 404


def test_hostile_texts_are_escaped(client, keeper, plan, unit):
    point = make_point(plan, HOSTILE, make_point(plan, "實施策略"))
    make_item(plan, unit, name=HOSTILE)

    html = html_of(client.get(at("carriers", plan, f"b{point.pk}")))

    assert HOSTILE not in html
    assert "&lt;img src=x" in html
