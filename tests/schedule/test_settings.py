"""Settings of the control table: its annex's name and place, and what must close."""

from decimal import Decimal

import pytest

from offices.models import Role
from plans.compose import compose
from plans.models import BlockKind
from schedule.apply import apply_timetable
from schedule.compose import schedule_of
from schedule.models import Schedule
from schedule.timetable.model import Timetable
from tests.factories import (
    make_item,
    make_member,
    make_method,
    make_office,
    make_plan,
    make_point,
)


@pytest.fixture
def plan(db):
    return make_plan(make_office())


@pytest.fixture
def url(client, plan):
    client.force_login(make_member(plan.office, Role.COORDINATOR).user)
    return f"/plans/{plan.pk}/schedule/settings/"


def typed(**kwargs):
    return {
        "label": "附件3",
        "title": "114年度時程表",
        "total": "100",
        "place": "0",
        "version": "1",
    } | kwargs


def make_annex(plan, heading, position, **kwargs):
    return make_point(
        plan, heading, kind=BlockKind.ANNEX, position=position, level=0, **kwargs
    )


def stored(plan):
    found = Schedule.objects.get(plan=plan)
    return found.label, found.title, found.total, found.place, found.version


def test_a_plan_without_settings_proposes_a_title(client, url):
    page = client.get(url).content.decode()

    assert 'value="114年度工作計畫作業時程管制表"' in page
    assert not Schedule.objects.exists()


def test_what_was_typed_is_stored_and_counts_as_an_edition(client, url, plan):
    response = client.post(url, typed(title="  114年度 \t時程表 "))

    plan.refresh_from_db()
    assert response.status_code == 302
    assert stored(plan) == ("附件3", "114年度 時程表", Decimal(100), 0, 2)
    assert plan.edition == 2


def test_storing_the_same_again_is_no_edition(client, url, plan):
    client.post(url, typed())

    client.post(url, typed(version="2"))

    plan.refresh_from_db()
    assert plan.edition == 2
    assert stored(plan)[-1] == 2


def test_settings_saved_in_between_are_shown_and_nothing_typed_is_lost(
    client, url, plan
):
    client.post(url, typed(title="別人的名稱", total=""))

    response = client.post(url, typed(label="附件9", title="我的名稱"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "附件名稱：別人的名稱" in page
    assert "配分總計：（空白）" in page
    assert 'value="我的名稱"' in page
    assert stored(plan)[1] == "別人的名稱"


def test_saving_again_after_the_warning_is_on_purpose(client, url, plan):
    client.post(url, typed(title="別人的名稱"))
    warned = client.post(url, typed(title="我的名稱")).context["form"]

    client.post(url, typed(title="我的名稱", version=warned["version"].value()))

    assert stored(plan)[1] == "我的名稱"


def test_an_import_in_between_is_no_less_a_change(client, url, plan):
    client.post(url, typed())
    apply_timetable(plan, Timetable(114, title="匯入的名稱"), by=None)

    response = client.post(url, typed(version="2", title="我的名稱"))

    assert response.status_code == 409
    assert "匯入的名稱" in response.content.decode()


def test_two_first_savings_do_not_overwrite_each_other(client, url, plan):
    first = client.post(url, typed(label="附件1"))
    second = client.post(url, typed(label="附件2"))

    assert (first.status_code, second.status_code) == (302, 409)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "長" * 201),
        ("label", "附" * 21),
        ("total", "很多"),
        ("total", "-1"),
        ("total", "10000"),
        ("total", "0.001"),
        ("place", "1"),
        ("place", "x"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(client, url, field, value):
    response = client.post(url, typed(**{field: value}))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not Schedule.objects.exists()


def test_the_highest_total_fits_the_database(client, url, plan):
    client.post(url, typed(total="9999"))

    assert stored(plan)[2] == 9999


def test_places_are_named_after_the_annexes_of_the_plan(client, url, plan):
    make_annex(plan, "組織分工表", 0, label="附件1")
    make_annex(plan, "", 1)
    inner = make_point(plan, "不是附件")
    make_point(plan, "也不是", inner)

    choices = client.get(url).context["form"].fields["place"].choices

    assert choices == [
        (0, "第 1 個附件，最前面"),
        (1, "第 2 個附件，在「附件1 組織分工表」之後"),
        (2, "第 3 個附件，在「未命名的附件」之後"),
    ]


def test_the_paper_has_the_annex_at_the_chosen_place(client, url, plan):
    make_annex(plan, "組織分工表", 0, label="附件1")
    make_annex(plan, "經費表", 1, label="附件3")
    make_method(make_item(plan))

    client.post(url, typed(label="附件2", place="1"))

    annexes = compose(plan).annexes
    assert [annex.label for annex in annexes] == ["附件1", "附件2", "附件3"]


def test_an_annex_deleted_since_leaves_the_last_place_chosen(client, url, plan):
    Schedule.objects.create(plan=plan, title="時程表", place=5)
    make_annex(plan, "組織分工表", 0)

    form = client.get(url).context["form"]

    assert form["place"].value() == 1


def test_a_place_that_is_gone_is_told_as_the_last_one(client, url, plan):
    Schedule.objects.create(plan=plan, title="時程表", place=5, version=3)

    response = client.post(url, typed())

    assert "排在第幾個附件：最後" in response.content.decode()
    assert schedule_of(plan).place == 5
