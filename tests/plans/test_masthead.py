"""The list of plans, creating, settings, revision lines and deleting a plan."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from offices.models import Role
from plans.documents.model import RevisionLine
from plans.documents.revisions import revision_date
from plans.forms.masthead import RevisionDateField
from plans.masthead import (
    add_revision,
    delete_revision,
    move_revision,
    save_revision,
    save_settings,
)
from plans.models import Plan, Revision
from tests.factories import make_member, make_office, make_plan, make_point

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    member = make_member(make_office(), Role.COORDINATOR)
    client.force_login(member.user)
    return member


def page(response):
    return response.content.decode()


def settings_data(plan, **changes):
    data = {
        "title": plan.title,
        "year": plan.year,
        "brackets": "full",
        "tens": "short",
        "digit_mark": "comma",
        "cover_date": "",
        "running_head": "",
        "body_size": "16",
        "version": plan.version,
    }
    return data | changes


def test_an_empty_list_shows_the_next_steps(client, coordinator):
    shown = page(client.get("/"))

    assert "這裡還沒有計畫。" in shown
    assert reverse("plans:create") in shown


def test_a_reader_is_not_sent_to_create(client):
    client.force_login(make_member(make_office(), Role.READER).user)

    assert reverse("plans:create") not in page(client.get("/"))


def test_the_list_filters_by_words_and_year(client, coordinator):
    make_plan(coordinator.office, title="便民服務計畫", year=113)
    make_plan(coordinator.office, title="災害防救計畫", year=114)
    make_plan(make_office(), title="別人的計畫")

    everything = page(client.get("/"))
    by_word = page(client.get("/?q=便民"))
    by_year = page(client.get("/?year=114"))

    assert "便民服務計畫" in everything
    assert "別人的計畫" not in everything
    assert "災害防救計畫" not in by_word
    assert "便民服務計畫" not in by_year
    assert "找不到符合的計畫。" in page(client.get("/?q=查無此名"))


def test_a_bad_filter_is_explained_and_filters_nothing(client, coordinator):
    make_plan(coordinator.office, title="便民服務計畫")

    shown = page(client.get("/?year=今年"))

    assert "看不懂這個年度" in shown
    assert "便民服務計畫" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries(
    client, coordinator, count, django_assert_num_queries
):
    for _ in range(count):
        make_plan(coordinator.office)

    with django_assert_num_queries(7):
        client.get("/")


def test_create_makes_a_plan_of_the_chosen_office(client, coordinator):
    response = client.post(
        reverse("plans:create"),
        {"office": coordinator.office.pk, "year": "114年度", "title": "服務\r\n計畫"},
    )

    plan = Plan.objects.get()
    assert response["Location"] == plan.get_absolute_url()
    assert (plan.year, plan.title, plan.created_by) == (
        114,
        "服務\n計畫",
        coordinator.user,
    )


def test_create_for_a_foreign_office_is_refused(client, coordinator):
    foreign = make_office()

    response = client.post(
        reverse("plans:create"), {"office": foreign.pk, "year": "114", "title": "甲"}
    )

    assert response.status_code == 422
    assert not Plan.objects.exists()


def test_settings_are_saved_with_a_new_version(client, coordinator):
    plan = make_plan(coordinator.office)

    response = client.post(
        reverse("plans:settings", args=[plan.pk]),
        settings_data(plan, tens="long", has_cover="on", body_size="15.5"),
    )

    plan.refresh_from_db()
    assert response.status_code == 302
    assert (plan.tens, plan.has_cover, plan.version, plan.edition) == (
        "long",
        True,
        2,
        2,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("body_size", "99"), ("title", ""), ("year", "千"), ("brackets", "round")],
)
def test_bad_settings_are_refused(client, coordinator, name, value):
    plan = make_plan(coordinator.office)

    response = client.post(
        reverse("plans:settings", args=[plan.pk]), settings_data(plan, **{name: value})
    )

    plan.refresh_from_db()
    assert response.status_code == 422
    assert "is-invalid" in page(response)
    assert plan.version == 1


def test_settings_saved_by_two_people_show_what_the_other_changed(client, coordinator):
    plan = make_plan(coordinator.office)
    save_settings(
        plan, version=1, values={"running_head": "他的頁首"}, by=coordinator.user
    )

    response = client.post(
        reverse("plans:settings", args=[plan.pk]),
        settings_data(plan, running_head="我的頁首"),
    )

    shown = page(response)
    assert response.status_code == 409
    assert "頁首文字：他的頁首" in shown
    assert "我的頁首" in shown
    again = settings_data(plan, running_head="我的頁首", version=2)
    client.post(reverse("plans:settings", args=[plan.pk]), again)
    plan.refresh_from_db()
    assert plan.running_head == "我的頁首"


def test_a_revision_line_is_added_as_printed(client, coordinator):
    plan = make_plan(coordinator.office)

    client.post(
        reverse("plans:revisions", args=[plan.pk]),
        {"date": "98.2", "ordinal": "3", "verb": "修正", "number": "", "approval": ""},
    )

    line = plan.revisions.get()
    assert (line.year, line.month, line.day, line.dotted) == (98, 2, 0, True)
    assert "98.2 第3次修正" in page(client.get(plan.get_absolute_url()))


def test_revision_lines_are_edited_moved_and_deleted(client, coordinator):
    plan = make_plan(coordinator.office)
    first = add_revision(plan, values={"year": 112, "verb": "訂定"})
    second = add_revision(plan, values={"year": 113, "verb": "修正"})

    client.post(reverse("plans:revision_move", args=[plan.pk, second.pk, "up"]))
    assert list(plan.revisions.all()) == [second, first]

    client.post(
        reverse("plans:revision", args=[plan.pk, first.pk]),
        {"date": "112年4月", "verb": "初版", "number": "", "approval": ""},
    )
    first.refresh_from_db()
    assert (first.year, first.month, first.verb, first.ordinal) == (112, 4, "初版", 0)

    client.post(reverse("plans:revision_delete", args=[plan.pk, second.pk]))
    assert [(line.pk, line.position) for line in plan.revisions.all()] == [
        (first.pk, 0)
    ]


def test_a_revision_line_changed_in_between_is_not_overwritten(client, coordinator):
    plan = make_plan(coordinator.office)
    line = add_revision(plan, values={"year": 113, "verb": "修正"})
    seen = "113年修正"
    address = reverse("plans:revision", args=[plan.pk, line.pk])
    mine = {"date": "113年4月", "verb": "修正", "number": "", "approval": ""}
    save_revision(line, seen=seen, values={"verb": "核備"})

    response = client.post(address, mine | {"seen": seen})

    assert response.status_code == 409
    assert "改成了「113年核備」" in page(response)
    client.post(address, mine | {"seen": "113年核備"})
    assert plan.revisions.get().month == 4


def test_a_line_deleted_meanwhile_is_not_moved():
    plan = make_plan()
    line, other = (add_revision(plan, values={"year": year}) for year in (113, 114))
    gone = Revision.objects.get(pk=line.pk)
    delete_revision(line)

    move_revision(gone, steps=1)

    assert list(plan.revisions.all()) == [other]


@pytest.mark.parametrize("typed", ["113.13.1", "113.2.30", "明年", "1130411.5", "0.1"])
def test_a_bad_revision_date_is_explained(client, coordinator, typed):
    plan = make_plan(coordinator.office)

    response = client.post(
        reverse("plans:revisions", args=[plan.pk]), {"date": typed, "verb": "修訂"}
    )

    assert response.status_code == 422
    assert "看不懂這個日期" in page(response)
    assert typed in page(response)


@given(st.integers(1, 999), st.integers(0, 12), st.integers(0, 28), st.booleans())
def test_a_revision_date_is_read_as_it_is_printed(year, month, day, dotted):
    line = RevisionLine(year, month, day if month else 0, dotted=dotted)

    read = RevisionDateField().clean(revision_date(line))

    assert (read["year"], read["month"], read["day"]) == (
        line.year,
        line.month,
        line.day,
    )
    assert read["dotted"] == (dotted and bool(month))


def test_delete_asks_and_then_removes_the_whole_plan(client, coordinator):
    plan = make_plan(coordinator.office)
    make_point(plan)
    address = reverse("plans:delete", args=[plan.pk])

    assert "無法復原" in page(client.get(address))
    assert client.post(address).status_code == 422
    client.post(address, {"confirmed": "1"})

    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.OWNER, True), (Role.CHIEF, False), (Role.READER, False)]
)
def test_importing_is_offered_to_those_who_may(client, role, shown):
    client.force_login(make_member(make_office(), role).user)

    response = client.get(reverse("plans:list"))

    assert (reverse("plans:import") in page(response)) is shown


def test_the_plan_page_tells_how_to_edit_or_who_does(client, coordinator):
    plan = make_plan(coordinator.office)
    reader = make_member(coordinator.office, Role.READER).user

    to_writer = page(client.get(plan.get_absolute_url()))
    client.force_login(reader)
    to_reader = page(client.get(plan.get_absolute_url()))

    assert "就在原處修改" in to_writer
    assert "您可以閱讀和匯出" in to_reader
