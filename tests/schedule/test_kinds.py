"""The office's own kinds of 考核方式, and units that items still belong to."""

import pytest
from django.utils import timezone

from offices.models import Role, Unit
from schedule.models import kinds_of
from schedule.timetable.wording import USUAL_KINDS
from tests.factories import (
    make_item,
    make_member,
    make_method,
    make_office,
    make_plan,
    make_unit,
)


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def url(client, office):
    client.force_login(make_member(office, Role.COORDINATOR).user)
    return f"/offices/{office.pk}/method-kinds/"


def test_the_page_begins_with_the_usual_kinds(client, url, office):
    page = client.get(url)

    assert page.context["form"]["names"].value() == "\n".join(USUAL_KINDS)
    assert url in client.get(office.get_absolute_url()).content.decode()


def test_an_offices_kinds_are_stored_in_their_order(client, url, office):
    client.post(url, {"names": "抽查\r\n\r\n  實地 \r\n電話　測試\r\n"})

    assert kinds_of(office) == ["抽查", "實地", "電話 測試"]


def test_kinds_may_change_places_and_go(client, url, office):
    client.post(url, {"names": "甲\n乙\n丙"})

    client.post(url, {"names": "丙\n甲"})

    assert kinds_of(office) == ["丙", "甲"]


def test_none_at_all_means_the_usual_ones(client, url, office):
    client.post(url, {"names": "抽查"})

    client.post(url, {"names": " \r\n"})

    assert kinds_of(office) == list(USUAL_KINDS)
    assert not office.method_kinds.exists()


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("抽查\n實地\n抽查", "「抽查」寫了兩次。"),
        ("種" * 13, "太長，每個種類最多 12 個字。"),
        ("\n".join(f"種類{n}" for n in range(21)), "最多 20 個種類。"),
    ],
)
def test_what_does_not_fit_is_told_and_kept_in_the_box(
    client, url, office, names, sentence
):
    response = client.post(url, {"names": names})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert response.context["form"]["names"].value() == names
    assert not office.method_kinds.exists()


def test_twelve_characters_and_twenty_kinds_fit(client, url, office):
    names = [f"{n:012}" for n in range(20)]

    client.post(url, {"names": "\n".join(names)})

    assert kinds_of(office) == names


def test_rows_keep_the_kinds_they_have_and_may_be_edited_with_them(client, url, office):
    plan = make_plan(office)
    row = make_method(make_item(plan), kinds=["書面"])

    client.post(url, {"names": "抽查"})

    page = client.get(f"/plans/{plan.pk}/schedule/methods/{row.pk}/")
    row.refresh_from_db()
    assert row.kinds == ["書面"]
    assert page.context["form"].fields["kinds"].choices == [
        ("抽查", "抽查"),
        ("書面", "書面"),
    ]


def test_other_offices_keep_their_own_kinds(client, url, office):
    other = make_office("遠方機關")

    client.post(url, {"names": "抽查"})

    assert kinds_of(other) == list(USUAL_KINDS)


def test_a_unit_with_items_is_not_deleted_and_the_person_is_told(client, url, office):
    unit = make_unit(office, "社會課", "社")
    plan = make_plan(office)
    make_item(plan, unit)
    make_item(plan, unit, name="已刪的", removed_at=timezone.now())

    page = client.post(f"/offices/units/{unit.pk}/delete/", follow=True)

    assert "「社會課」還有 2 個管制項目（含最近刪除的）" in page.content.decode()
    assert Unit.objects.filter(pk=unit.pk).exists()


def test_a_unit_whose_items_went_elsewhere_is_deleted(client, url, office):
    unit = make_unit(office, "社會課", "社")
    item = make_item(make_plan(office), unit)
    item.shares.update(unit=make_unit(office))

    client.post(f"/offices/units/{unit.pk}/delete/")

    assert not Unit.objects.filter(pk=unit.pk).exists()
