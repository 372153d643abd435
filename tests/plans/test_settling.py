"""Deciding about years, dates, 文號, rules and people in a carried plan."""

import pytest
from django.urls import reverse

from offices.models import Role
from plans.carried import count_waiting, versions_of
from plans.carrying import carry_over
from plans.compose import compose
from plans.documents.mentions import Kind
from plans.editing import save_block
from plans.mentioning import kept_places, listing_of
from plans.models import Column, Plan, Row
from schedule.models import Item
from tests.factories import (
    make_item,
    make_member,
    make_method,
    make_plan,
    make_point,
    make_table,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    plan = make_plan(year=113, title="113年度提升服務計畫")
    basis = make_point(plan, "計畫依據")
    make_point(
        plan,
        "明山市政府112年12月25日明民字第1126029035號函頒「113年度考核要點」",
        basis,
    )
    make_point(plan, "113年度目標", body="113年度較112年度成長。")
    make_table(plan, rows=[("主動服務", "1、113年度到府收件\n2、113年度巡迴")])
    return plan


@pytest.fixture
def keeper(source, client):
    user = make_member(source.office, Role.COORDINATOR).user
    client.force_login(user)
    return user


@pytest.fixture
def plan(source, keeper):
    title = "114年度提升服務計畫"
    made = carry_over(source, office=source.office, year=114, title=title, by=keeper)
    return Plan.objects.get(pk=made.pk)


def listing(plan, user):
    plan = Plan.objects.get(pk=plan.pk)
    return listing_of(plan, compose(plan), kept_places(plan, user), versions_of(plan))


def words(plan, user, kind=Kind.YEAR):
    """What waits of that kind, with its offers."""
    waiting = listing(plan, user).waiting
    return [
        (one.mention.text, one.mention.offer)
        for one in waiting
        if one.mention.kind is kind
    ]


def key_of(plan, user, text, place=0):
    found = [o for o in listing(plan, user).waiting if o.mention.text == text]
    return found[place].key


def post(client, plan, name, **data):
    return client.post(reverse(f"plans:{name}", args=[plan.pk]), data, follow=True)


def test_every_kind_of_words_is_listed(plan, keeper):
    assert words(plan, keeper) == [
        ("113年度", "114年度"),
        ("113年度", "114年度"),
        ("113年度", "114年度"),
        ("112年度", "113年度"),
        ("113年度", "114年度"),
        ("113年度", "114年度"),
    ]
    assert words(plan, keeper, Kind.DATE) == [("112年12月25日", None)]
    assert words(plan, keeper, Kind.REFERENCE) == [("明民字第1126029035號", None)]
    assert words(plan, keeper, Kind.RULE) == [("「113年度考核要點」", None)]


def test_one_place_is_replaced_and_its_history_kept(plan, keeper, client):
    block = plan.blocks.get(heading="113年度目標")
    key = key_of(plan, keeper, "113年度", 1)

    post(client, plan, "carried_replace", key=key)

    block.refresh_from_db()
    assert (block.heading, block.body) == ("114年度目標", "113年度較112年度成長。")
    latest = block.history.latest()
    assert (latest.history_user, latest.prev_record.heading) == (keeper, "113年度目標")
    assert len(words(plan, keeper)) == 5


def test_all_places_of_the_words_are_replaced_at_once(plan, keeper, client):
    key = key_of(plan, keeper, "113年度")

    response = post(client, plan, "carried_replace", all=key)

    assert "已改 5 處" in response.content.decode()
    cells = Row.objects.get(table__plan=plan).cells.values()
    assert [cell["text"] for cell in cells] == [
        "主動服務",
        "1、114年度到府收件\n2、114年度巡迴",
    ]
    assert plan.blocks.get(heading="114年度目標").body == "114年度較112年度成長。"
    assert words(plan, keeper) == [("112年度", "113年度")]


def test_what_was_replaced_is_not_offered_again(plan, keeper, client):
    """112 → 113 must not become 113 → 114 at the next press."""
    post(client, plan, "carried_replace", key=key_of(plan, keeper, "112年度"))
    post(client, plan, "carried_replace", all=key_of(plan, keeper, "113年度"))

    body = plan.blocks.get(heading="114年度目標").body
    assert body == "114年度較113年度成長。"
    assert words(plan, keeper) == []


def test_replacing_a_year_is_no_confirming(plan, keeper, client):
    post(client, plan, "carried_replace", all=key_of(plan, keeper, "113年度"))

    assert count_waiting(plan) == 5


def test_a_part_touched_before_stays_confirmed(plan, keeper, client):
    block = plan.blocks.get(heading="113年度目標")
    save_block(block, version=1, heading="113年度重點", body="", by=keeper)

    post(client, plan, "carried_replace", all=key_of(plan, keeper, "113年度"))

    assert count_waiting(plan) == 4


def test_kept_words_are_not_listed_until_the_text_changes(plan, keeper, client):
    post(client, plan, "carried_keep", key=key_of(plan, keeper, "112年度"))
    assert ("112年度", "113年度") not in words(plan, keeper)

    block = plan.blocks.get(heading="113年度目標")
    save_block(block, version=1, heading="目標", body="比112年度好。", by=keeper)

    assert ("112年度", "113年度") in words(plan, keeper)


def test_what_was_kept_stays_kept_when_words_beside_it_are_replaced(
    plan, keeper, client
):
    post(client, plan, "carried_keep", key=key_of(plan, keeper, "112年度"))

    post(client, plan, "carried_replace", all=key_of(plan, keeper, "113年度"))

    assert words(plan, keeper) == []


def test_all_of_the_same_words_are_kept_at_once(plan, keeper, client):
    key = key_of(plan, keeper, "113年度")

    post(client, plan, "carried_keep", all=key)

    assert words(plan, keeper) == [("112年度", "113年度")]


def test_this_year_typed_by_hand_needs_no_decision(plan, keeper):
    block = plan.blocks.get(heading="113年度目標")

    save_block(block, version=1, heading="114年度目標", body="", by=keeper)

    assert len(words(plan, keeper)) == 3


def test_what_somebody_changed_meanwhile_is_told_and_left(plan, keeper, client):
    block = plan.blocks.get(heading="113年度目標")
    key = key_of(plan, keeper, "113年度", 1)
    save_block(block, version=1, heading="全新目標", body="", by=make_user())

    response = post(client, plan, "carried_replace", key=key)

    assert "這一處剛才已經改過" in response.content.decode()
    assert plan.blocks.filter(heading="全新目標").exists()


@pytest.mark.parametrize("name", ["carried_replace", "carried_keep"])
@pytest.mark.parametrize("key", ["", "x", "0" * 24, "<script>"])
def test_what_is_no_mention_changes_nothing(plan, keeper, client, name, key):
    before = compose(plan)

    response = post(client, plan, name, key=key)

    assert response.status_code == 200
    assert compose(Plan.objects.get(pk=plan.pk)) == before


def test_words_without_an_offer_cannot_be_replaced(plan, keeper, client):
    key = key_of(plan, keeper, "明民字第1126029035號")
    before = compose(plan)

    post(client, plan, "carried_replace", key=key)

    assert compose(Plan.objects.get(pk=plan.pk)) == before


def test_words_of_an_item_are_replaced_by_those_who_may_write_it(source, client):
    unit, other = make_unit(source.office), make_unit(source.office, "人文課", "人")
    make_method(make_item(source, unit, name="113年度收件"))
    make_method(make_item(source, other, name="113年度走讀"))
    user = make_member(source.office, Role.OWNER, unit=unit).user
    client.force_login(user)
    plan = carry_over(source, office=source.office, year=114, title="新", by=user)

    post(client, plan, "carried_replace", all=key_of(plan, user, "113年度"))

    names = set(Item.objects.filter(plan=plan).values_list("name", flat=True))
    assert names == {"114年度收件", "113年度走讀"}
    theirs = key_of(plan, user, "113年度")
    response = post(client, plan, "carried_replace", key=theirs)
    assert response.status_code == 403


def test_people_are_told_apart_by_whether_they_are_members(source, keeper, client):
    gone = make_member(source.office, Role.OWNER, is_active=False)
    make_point(
        source, f"聯絡人：林一樹；由{gone.user.full_name}、{keeper.full_name}協助"
    )
    plan = carry_over(source, office=source.office, year=114, title="新", by=keeper)

    html = client.get(reverse("plans:carried", args=[plan.pk])).content.decode()

    people = listing(plan, keeper).people
    assert people[gone.user.full_name] == "已不是現任成員"
    assert people[keeper.full_name] == "現任成員"
    assert "不是本機關的成員" in html


def test_the_head_of_the_paper_is_asked_about_too(source, keeper, client):
    source.has_cover, source.cover_date = True, "中華民國113年1月"
    source.save()
    plan = carry_over(source, office=source.office, year=114, title="新", by=keeper)

    post(client, plan, "carried_replace", key=key_of(plan, keeper, "中華民國113年1月"))

    assert Plan.objects.get(pk=plan.pk).cover_date == "中華民國114年1月"


def test_the_head_of_a_column_is_replaced_too(source, keeper, client):
    table = make_table(source, names=("指標", "113年度目標值"), rows=[("甲", "乙")])
    table.columns.update(group="113年度")
    plan = carry_over(source, office=source.office, year=114, title="新", by=keeper)

    post(client, plan, "carried_replace", all=key_of(plan, keeper, "113年度"))

    columns = Column.objects.filter(table__plan=plan, group="114年度")
    assert list(columns.values_list("group", "name")) == [
        ("114年度", "指標"),
        ("114年度", "114年度目標值"),
    ]


def test_htmx_gets_the_words_anew(plan, keeper, client):
    key = key_of(plan, keeper, "112年度")

    html = client.post(
        reverse("plans:carried_keep", args=[plan.pk]),
        {"key": key, "words": "0" * 12},
        headers={"HX-Request": "true"},
    ).content.decode()

    assert "已全部決定" in html
    assert 'id="carried-waiting" hx-swap-oob="true"' in html


def test_hostile_words_are_escaped(source, keeper, client):
    make_point(source, "113年度<img src=x onerror=alert(1)>")
    plan = carry_over(source, office=source.office, year=114, title="新", by=keeper)

    html = client.get(reverse("plans:carried", args=[plan.pk])).content.decode()

    assert "<img" not in html


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_as_often_for_many_parts_as_for_few(
    source, keeper, client, size, django_assert_num_queries
):
    unit = make_unit(source.office)
    for number in range(size):
        make_point(source, f"第{number}項113年度")
        make_method(make_item(source, unit, name=f"項目{number}", owners=["甲乙丙"]))
    plan = carry_over(source, office=source.office, year=114, title="新", by=keeper)

    with django_assert_num_queries(25):
        client.get(reverse("plans:carried", args=[plan.pk]))
