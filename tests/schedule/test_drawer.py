"""The grid's drawer: parts of an item that are saved as one leaves a field."""

from decimal import Decimal

import pytest

from offices.models import Role
from schedule.models import Item, Method, Share
from schedule.months import months_row, set_months
from tests.factories import (
    make_indicator,
    make_item,
    make_member,
    make_method,
    make_user,
)
from tests.schedule.pages import HOSTILE, Links, at, html_of

pytestmark = pytest.mark.django_db
MARCH, APRIL = "001000000000", "000100000000"
DRAWER = {"HTTP_HX_REQUEST": "true"}


def points_sent(client, item, *points, version=None, **headers):
    """Send the points of the item's shares, in the order of the units."""
    shares = item.shares.order_by("unit__position")
    fields = {f"share-{share.pk}": p for share, p in zip(shares, points, strict=True)}
    fields["version"] = item.version if version is None else version
    return client.post(at("points", item.plan, item.pk), fields, **headers)


def points_of(item):
    shares = Share.objects.filter(item=item).order_by("unit__position")
    return list(shares.values_list("points", flat=True))


def words_sent(client, row, seen, **fields):
    fields = {"text": row.text, "seen": seen} | fields
    return client.post(at("method", row.item.plan, row.pk), fields, **DRAWER)


def form_of(client, row):
    return client.get(at("method", row.item.plan, row.pk), **DRAWER)


def seen_in(client, row):
    return form_of(client, row).context["seen"]


def test_points_are_saved_and_the_form_comes_back(client, plan, keeper, units):
    item = make_item(plan, *units, points=2)
    edition = plan.edition

    answer = points_sent(client, item, "10.5", "4.5分", **DRAWER)

    page = html_of(answer)
    assert points_of(item) == [Decimal("10.5"), Decimal("4.5")]
    assert "<html" not in page
    assert "已儲存" in page
    assert 'value="10.5"' in page
    assert f'name="version" value="{item.version + 1}"' in page
    plan.refresh_from_db()
    assert plan.edition == edition + 1


def test_only_points_that_changed_stand_in_the_history(client, plan, keeper, units):
    item = make_item(plan, *units, points=2)

    points_sent(client, item, "3", "2", **DRAWER)

    counts = [share.history.count() for share in item.shares.order_by("unit__position")]
    assert counts == [2, 1]


def test_points_have_a_page_without_javascript(client, plan, keeper, units):
    item = make_item(plan, *units, points=2)

    page = html_of(client.get(at("points", plan, item.pk)))
    answer = points_sent(client, item, "", "7")

    assert "<h1>配分</h1>" in page
    assert answer.url == item.get_absolute_url()
    assert points_of(item) == [None, Decimal(7)]


@pytest.mark.parametrize("points", ["-1", "abc", "1.234", "1001"])
def test_points_that_are_none_are_told_and_nothing_is_saved(
    client, plan, keeper, units, points
):
    item = make_item(plan, *units, points=2)

    answer = points_sent(client, item, "3", points, **DRAWER)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{points}"' in page
    assert "is-invalid" in page
    assert points_of(item) == [2, 2]


def test_stale_points_keep_both(client, plan, keeper, units):
    item = make_item(plan, *units, points=2)
    points_sent(client, item, "5", "6", **DRAWER)

    answer = points_sent(client, item, "8", "9", **DRAWER)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "民政課：5" in page
    assert 'value="8"' in page
    assert 'hx-trigger="submit"' in page
    assert points_of(item) == [5, 6]
    again = points_sent(client, item, "8", "9", version=item.version + 1, **DRAWER)
    assert again.status_code == 200


def test_points_of_other_items_are_left_alone(client, plan, keeper, units):
    item, other = make_item(plan, units[0], points=2), make_item(plan, units[0])

    client.post(
        at("points", plan, item.pk),
        {"version": 1, f"share-{other.shares.get().pk}": "9"},
    )

    assert points_of(other) == [None]


def test_words_of_a_row_are_saved_and_months_stay(client, plan, keeper, units):
    item = make_item(plan, *units)
    make_indicator(item, "甲")
    make_indicator(item, "乙")
    row = make_method(item, MARCH, is_confirmed=False)

    answer = words_sent(
        client,
        row,
        seen_in(client, row),
        mark="2-1.",
        text="書面（3月）",
        kinds=["書面", "實地"],
        stages="3 整備",
        examines=["2"],
        unit=units[1].pk,
    )

    saved = Method.objects.get(pk=row.pk)
    assert "已儲存" in html_of(answer)
    assert (saved.mark, saved.text) == ("2-1.", "書面（3月）")
    assert (saved.kinds, saved.examines) == (["書面", "實地"], [2])
    assert (saved.stages, saved.unit) == ([[3, 3, "整備"]], units[1])
    assert (saved.months, saved.is_confirmed) == (MARCH, False)


def test_cells_changed_meanwhile_are_not_in_the_way(client, plan, keeper, units):
    row = make_method(make_item(plan, units[0]), MARCH)
    seen = seen_in(client, row)
    set_months(months_row(row.pk), was=MARCH, months=APRIL, by=keeper)

    answer = words_sent(client, row, seen, text="改了文字")

    saved = Method.objects.get(pk=row.pk)
    assert answer.status_code == 200
    assert (saved.text, saved.months) == ("改了文字", APRIL)


def test_stale_words_keep_both_and_wait_for_a_press(client, plan, keeper, units):
    row = make_method(make_item(plan, units[0]), MARCH)
    seen = seen_in(client, row)
    words_sent(client, row, seen, text="別人改的", kinds=["書面"])

    answer = words_sent(client, row, seen, text="我改的")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "考核方式：別人改的" in page
    assert "種類：書面" in page
    assert "我改的" in page
    assert 'hx-trigger="submit"' in page
    assert Method.objects.get(pk=row.pk).text == "別人改的"
    again = words_sent(client, row, answer.context["seen"], text="我改的")
    assert again.status_code == 200


@pytest.mark.parametrize("seen", ["", "x", "-1", "１", "9" * 40, "1 OR 1"])
def test_a_senseless_state_is_stale(client, plan, keeper, units, seen):
    row = make_method(make_item(plan, units[0]), MARCH)

    answer = words_sent(client, row, seen, text="改的")

    assert answer.status_code == 409
    assert Method.objects.get(pk=row.pk).text == row.text


def test_stages_that_are_none_are_told_at_their_field(client, plan, keeper, units):
    row = make_method(make_item(plan, units[0]), MARCH)

    answer = words_sent(client, row, seen_in(client, row), stages="13 月底")

    page = answer.content.decode()
    name = f"method-{row.pk}_stages"
    assert answer.status_code == 422
    assert "沒有 13 月" in page
    assert f'aria-describedby="{name}_error"' in page
    assert f'id="{name}_error"' in page


def test_rows_in_the_drawer_have_ids_of_their_own(client, plan, keeper, units):
    item = make_item(plan, units[0])
    rows = [make_method(item), make_method(item)]

    ids = [form_of(client, row).context["form"]["text"].id_for_label for row in rows]

    assert len(set(ids)) == 2


def test_an_item_deleted_meanwhile_leads_back_to_the_grid(client, plan, keeper, units):
    item = make_item(plan, units[0])
    Item.objects.filter(pk=item.pk).update(removed_at=plan.changed_at)

    answer = points_sent(client, item, "3", **DRAWER)

    assert answer.status_code == 404


def test_the_drawer_offers_its_forms_to_writers_alone(client, plan, keeper, units):
    item = make_item(plan, units[0])
    row = make_method(item)
    address = item.get_absolute_url()
    ways = {at("points", plan, item.pk), at("method", plan, row.pk)}

    drawer = {href for _, href in Links(html_of(client.get(address, **DRAWER))).found}
    page = {href for _, href in Links(html_of(client.get(address))).found}
    client.force_login(make_member(plan.office, Role.READER).user)
    read = {href for _, href in Links(html_of(client.get(address, **DRAWER))).found}

    assert ways <= drawer
    assert ways & page == {at("method", plan, row.pk)}
    assert not ways & read


def test_hostile_words_are_escaped(client, plan, keeper, units):
    row = make_method(make_item(plan, units[0]), MARCH)

    saved = words_sent(client, row, seen_in(client, row), text=HOSTILE, stages=HOSTILE)
    told = words_sent(client, row, "0", text="別的")

    pages = [saved.content.decode(), told.content.decode()]
    assert all(HOSTILE not in page for page in pages)
    assert "&lt;img src=x" in pages[0]


@pytest.mark.parametrize("count", [1, 12])
def test_forms_in_the_drawer_cost_the_same_queries(
    client, plan, keeper, units, count, django_assert_num_queries
):
    item = make_item(plan, *units)
    for _ in range(count):
        make_indicator(item)
        row = make_method(item)

    with django_assert_num_queries(9):
        form_of(client, row)
    with django_assert_num_queries(5):
        client.get(at("points", plan, item.pk), **DRAWER)


def test_who_saved_points_is_told_in_the_history(client, plan, units):
    item = make_item(plan, units[0], points=2)
    author = make_user(full_name="林筱雨")
    make_member(plan.office, Role.COORDINATOR, user=author)
    client.force_login(author)

    points_sent(client, item, "3", **DRAWER)

    page = html_of(client.get(item.get_absolute_url()))
    assert "修改配分 2 → 配分 3" in page
    assert "林筱雨" in page
