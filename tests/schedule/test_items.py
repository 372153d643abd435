"""Making, changing, ordering, deleting and restoring items, and their page."""

import pytest
from django.urls import reverse

from offices.models import Role
from schedule.models import Item
from tests.factories import (
    make_indicator,
    make_item,
    make_member,
    make_method,
    make_office,
    make_unit,
)

pytestmark = pytest.mark.django_db


def parts_of(*parts, initial=0):
    """Form data of (unit, points, owners) rows."""
    data = {"parts-TOTAL_FORMS": len(parts), "parts-INITIAL_FORMS": initial}
    for place, (unit, points, owners) in enumerate(parts):
        data |= {
            f"parts-{place}-unit": unit.pk if unit else "",
            f"parts-{place}-points": points,
            f"parts-{place}-owners": owners,
        }
    return data


def create(client, plan, *parts, **fields):
    url = reverse("schedule:item_create", args=[plan.pk])
    return client.post(
        url, {"version": 0, "name": "防災整備"} | fields | parts_of(*parts)
    )


def edit(client, item, *parts, **fields):
    url = reverse("schedule:item_edit", args=[item.plan_id, item.pk])
    fields = {"version": item.version, "name": item.name} | fields
    return client.post(url, fields | parts_of(*parts, initial=1))


def test_a_joint_item_is_made_with_shares_and_owners(client, plan, keeper, units):
    first, second = units
    one = make_member(plan.office, unit=first).user.full_name
    two = make_member(plan.office, unit=second).user.full_name

    create(client, plan, (first, "10.5", f"{one}、{two}"), (second, "4.5分", two))

    item = Item.objects.get(plan=plan)
    shares = {share.unit: share for share in item.shares.all()}
    assert [str(shares[unit].points) for unit in units] == ["10.50", "4.50"]
    assert [o.name for o in shares[first].ownerships.all()] == [one, two]
    assert all(o.member for o in shares[first].ownerships.all())


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ("-1", "配分須在 0 到 1000 之間"),
        ("abc", "「abc」不是數字"),
        ("1.234", "最多 2 位小數"),
        ("99999999999", "不是數字"),
        ("1001", "配分須在 0 到 1000 之間"),
    ],
)
def test_points_that_are_none_are_told_at_the_cell(
    client, plan, keeper, units, points, words
):
    answer = create(client, plan, (units[0], points, ""))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{points}"' in answer.content.decode()
    assert not Item.objects.exists()


def test_an_owner_who_is_no_member_is_told_by_name(client, plan, keeper, units):
    answer = create(client, plan, (units[0], "2", "路人甲"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "「路人甲」不是本機關的成員" in page
    assert 'value="路人甲"' in page


def test_a_member_of_another_office_is_no_member(client, plan, keeper, units):
    stranger = make_member(make_office("遠方機關")).user.full_name

    answer = create(client, plan, (units[0], "2", stranger))

    assert "不是本機關的成員" in answer.content.decode()


def test_names_read_from_paper_may_stay(client, plan, keeper, units):
    item = make_item(plan, units[0], points=2, owners=["退休同仁"])

    answer = edit(client, item, (units[0], "3", "退休同仁"))

    assert answer.status_code == 302
    assert str(item.shares.get().points) == "3.00"


def test_a_unit_of_another_office_cannot_be_chosen(client, plan, keeper):
    foreign = make_unit(make_office("遠方機關"))

    answer = create(client, plan, (foreign, "2", ""))

    assert answer.status_code == 422
    assert not Item.objects.exists()


def test_a_unit_twice_and_none_at_all_are_told(client, plan, keeper, units):
    twice = create(client, plan, (units[0], "1", ""), (units[0], "2", ""))
    none = create(client, plan, (None, "", ""))
    only_points = create(client, plan, (None, "2", ""))

    assert "已經在上面" in twice.content.decode()
    assert "請至少選擇一個課室" in none.content.decode()
    assert "請選擇課室" in only_points.content.decode()


def test_an_owner_offers_only_their_own_unit(client, plan, units):
    member = make_member(plan.office, Role.OWNER, unit=units[0])
    client.force_login(member.user)

    own = create(client, plan, (units[0], "2", ""))
    foreign = create(client, plan, (units[1], "2", ""))

    assert own.status_code == 302
    assert foreign.status_code == 422


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("113/11", "", "要一起填"),
        ("113/13", "114/10", "沒有 13 月"),
        ("114/11", "114/10", "迄月在起月之前"),
        ("去年", "114/10", "看不懂這個月份"),
    ],
)
def test_intervals_that_are_none_are_told(
    client, plan, keeper, units, first, last, words
):
    answer = create(
        client, plan, (units[0], "2", ""), scored_from=first, scored_until=last
    )

    assert words in answer.content.decode()


def test_an_interval_may_cross_the_year(client, plan, keeper, units):
    create(
        client,
        plan,
        (units[0], "2", ""),
        scored_from="113年11月",
        scored_until="114/10",
    )

    item = Item.objects.get()
    page = client.get(item.get_absolute_url()).content.decode()
    assert (item.scored_from, item.scored_until) == (11311, 11410)
    assert "113年11月至114年10月" in page


def test_a_stale_save_keeps_both_texts(client, plan, keeper, units):
    item = make_item(plan, units[0], points=2, name="原來的名稱")
    edit(client, item, (units[0], "2", ""), name="別人改的名稱")

    answer = edit(client, item, (units[0], "5", ""), name="我改的名稱")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "別人改的名稱" in page
    assert 'value="我改的名稱"' in page
    assert Item.objects.get().name == "別人改的名稱"
    again = edit(client, Item.objects.get(), (units[0], "5", ""), name="我改的名稱")
    assert again.status_code == 302


def test_a_deleted_item_can_be_put_back(client, plan, keeper, units):
    item = make_item(plan, units[0], points=2)
    client.post(reverse("schedule:item_delete", args=[plan.pk, item.pk]))

    gone = client.get(item.get_absolute_url())
    listed = client.get(reverse("schedule:removed", args=[plan.pk])).content.decode()
    client.post(reverse("schedule:item_restore", args=[plan.pk, item.pk]))

    assert gone.status_code == 404
    assert item.name in listed
    assert client.get(item.get_absolute_url()).status_code == 200


def test_moving_changes_the_order_of_that_sheet_alone(client, plan, keeper, units):
    first = make_item(plan, *units, name="甲")
    second = make_item(plan, *units, name="乙")
    url = reverse("schedule:item_move", args=[plan.pk, second.pk, "up"])

    client.post(url, {"unit": units[0].pk})

    def order(unit):
        return [s.item.name for s in unit.shares.order_by("position")]

    assert order(units[0]) == ["乙", "甲"]
    assert order(units[1]) == ["甲", "乙"]
    assert first.shares.count() == 2


def test_the_items_page_tells_its_history(client, plan, keeper, units):
    item = make_item(plan, units[0], points=2, name="原名")
    edit(client, item, (units[0], "3", ""), name="新名")

    page = client.get(item.get_absolute_url()).content.decode()

    assert "修改項目「原名」 → 項目「新名」" in page
    assert "修改配分 2 → 配分 3" in page
    assert str(keeper) in page


@pytest.mark.parametrize("count", [1, 12])
def test_the_items_page_costs_the_same_queries(
    client, plan, keeper, units, count, django_assert_num_queries
):
    item = make_item(plan, *units, owners=["甲", "乙"])
    for _ in range(count):
        make_indicator(item, "指標", 5)
        make_method(item)

    with django_assert_num_queries(14):
        client.get(item.get_absolute_url())
