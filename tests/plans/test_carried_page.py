"""The pages of 沿用: making the plan, and confirming its parts."""

import pytest
from django.urls import reverse

from offices.models import Role
from plans.carried import count_waiting, standing_parts, versions_of
from plans.carrying import carry_over
from plans.mentioning import kept_places
from plans.models import Plan
from schedule.models import Item
from tests.factories import (
    make_item,
    make_member,
    make_method,
    make_plan,
    make_point,
    make_table,
    make_unit,
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


def post(client, plan, name, **data):
    return client.post(reverse(f"plans:{name}", args=[plan.pk]), data, follow=True)


# Making the plan


def test_the_form_offers_the_next_year_and_its_title(source, keeper, client):
    html = client.get(reverse("plans:carry", args=[source.pk])).content.decode()

    assert 'value="114"' in html
    assert "114年度提升服務計畫</textarea>" in html
    assert "去年的名稱：113年度提升服務計畫" in html
    assert "修訂紀錄與其中的文號" in html


def test_the_new_plan_is_made_and_shown_to_be_confirmed(source, keeper, client):
    data = {"year": "114", "title": "114年度計畫", "text": "now"}

    response = post(client, source, "carry", **data)

    made = source.carried_to.get()
    assert response.redirect_chain == [(f"/plans/{made.pk}/carried/", 302)]
    assert (made.title, made.year, made.office) == ("114年度計畫", 114, source.office)


def test_mistakes_are_told_and_nothing_is_made(source, keeper, client):
    response = post(client, source, "carry", year="", title="", text="now")

    assert response.status_code == 422
    assert "請輸入民國年" in response.content.decode()
    assert not source.carried_to.exists()


def test_a_second_time_is_asked_about(source, plan, client):
    data = {"year": "114", "title": "再一份", "text": "now"}

    response = post(client, source, "carry", **data)

    assert response.status_code == 422
    assert "已經沿用為 114 年度" in response.content.decode()
    post(client, source, "carry", again="on", **data)
    assert source.carried_to.count() == 2


def test_without_an_approval_there_is_no_approved_text(source, keeper, client):
    data = {"year": "114", "title": "新", "text": "approved"}

    assert post(client, source, "carry", **data).status_code == 422


# Confirming


def test_the_page_lists_what_waits_by_chapter(plan, client):
    html = client.get(reverse("plans:carried", args=[plan.pk])).content.decode()

    assert "已確認 <strong>0／5</strong>" in html
    assert "壹、計畫依據" in html
    assert html.count('<span class="tag tag-waiting">尚未確認</span>') == 5


def test_a_part_is_confirmed_by_its_button(plan, client):
    block = plan.blocks.get(heading="113年度目標")

    post(client, plan, "carried_confirm", part=f"b{block.pk}", key=f"b{block.pk}")

    row = plan.carried.get(key=f"b{block.pk}")
    assert row.confirmed_by is not None
    assert count_waiting(plan) == 4


def test_a_chapter_is_confirmed_at_once(plan, client):
    chapter = plan.blocks.get(heading="計畫依據")

    post(client, plan, "carried_confirm", part=f"b{chapter.pk}", all="1")

    assert count_waiting(plan) == 3


def test_htmx_gets_the_chapter_and_the_progress(plan, client):
    chapter = plan.blocks.get(heading="計畫依據")
    key = f"b{chapter.pk}"

    html = client.post(
        reverse("plans:carried_confirm", args=[plan.pk]),
        {"part": key, "key": key},
        headers={"HX-Request": "true"},
    ).content.decode()

    assert html.count("<section") == 1
    assert "已確認 <strong>1／5</strong>" in html
    assert 'id="carried-progress" hx-swap-oob="true"' in html
    assert html.count("autofocus") == 1


def test_after_a_whole_chapter_the_cursor_stays_at_it(plan, client):
    key = f"b{plan.blocks.get(heading='計畫依據').pk}"

    html = client.post(
        reverse("plans:carried_confirm", args=[plan.pk]),
        {"part": key, "all": "1"},
        headers={"HX-Request": "true"},
    ).content.decode()

    assert f'<h3 id="at-{key}" tabindex="-1" autofocus>' in html


@pytest.mark.parametrize("part", ["", "b0", "x", "<b>"])
def test_what_is_no_part_confirms_nothing(plan, client, part):
    response = post(client, plan, "carried_confirm", part=part, key=part)

    assert response.status_code == 200
    assert count_waiting(plan) == 5


def test_an_item_is_confirmed_by_those_who_may_write_it(source, client):
    unit, other = make_unit(source.office), make_unit(source.office, "人文課", "人")
    for name, whose in (("自己的", unit), ("別課的", other)):
        make_method(make_item(source, whose, name=name))
    user = make_member(source.office, Role.OWNER, unit=unit).user
    client.force_login(user)
    plan = carry_over(source, office=source.office, year=114, title="新", by=user)

    for place in kept_places(plan, user):
        post(client, plan, "carried_confirm", part=place.part.key, all="1")

    parts = standing_parts(plan, versions_of(plan))
    items = {item.name: item for item in Item.objects.filter(plan=plan)}
    assert parts[f"item{items['自己的'].pk}"]
    assert not parts[f"item{items['別課的'].pk}"]


def test_the_plan_page_says_how_much_waits(plan, client):
    html = client.get(plan.get_absolute_url()).content.decode()

    assert "還有 <strong>5</strong> 項「尚未確認」" in html
    assert f"/plans/{plan.pk}/amendments/last-now/" in html


def test_a_plan_that_was_not_carried_says_so(keeper, source, client):
    html = client.get(reverse("plans:carried", args=[source.pk])).content.decode()

    assert "這份計畫不是從去年的計畫沿用的" in html
