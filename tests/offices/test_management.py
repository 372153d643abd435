"""研考 keep units: names once, an order, and no deleting of what is used."""

import pytest

from offices.models import Role
from tests.factories import make_member, make_office, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def signed_in(client, office):
    client.force_login(make_member(office, Role.COORDINATOR).user)
    return client


def unit_names(office):
    return [unit.name for unit in office.units.all()]


def test_overview_shows_units_members_and_deputies(signed_in, office):
    unit = make_unit(office, name="社會課", label="社")
    make_member(office, Role.UNIT_HEAD, unit=unit, title="課長")

    page = signed_in.get(office.get_absolute_url()).content.decode()

    for text in ("社會課", "（社）", "課長", "課室主管", "目前沒有進行中"):
        assert text in page


@pytest.mark.parametrize("count", [1, 3])
def test_overview_asks_the_database_the_same_for_any_size(
    signed_in, office, count, django_assert_num_queries
):
    for number in range(count):
        unit = make_unit(office, name=f"第{number}課", label=str(number))
        make_member(office, unit=unit)

    with django_assert_num_queries(9):
        signed_in.get(office.get_absolute_url())


def test_new_unit_comes_last(signed_in, office):
    make_unit(office, name="民政課", label="民")

    signed_in.post(
        f"/offices/{office.pk}/units/new/", {"name": "社會課", "label": "社"}
    )

    assert unit_names(office) == ["民政課", "社會課"]


@pytest.mark.parametrize(
    ("name", "label", "sentence"),
    [
        ("民政課", "政", "這個課室名稱已經有了。"),
        ("民防課", "民", "這個簡稱已經有別的課室使用。"),
    ],
)
def test_unit_names_and_labels_stand_once(signed_in, office, name, label, sentence):
    make_unit(office, name="民政課", label="民")

    page = signed_in.post(
        f"/offices/{office.pk}/units/new/", {"name": name, "label": label}
    ).content.decode()

    assert sentence in page
    assert f'value="{name}"' in page
    assert unit_names(office) == ["民政課"]


def test_other_offices_may_use_the_same_names(signed_in, office):
    make_unit(make_office(), name="民政課", label="民")

    signed_in.post(
        f"/offices/{office.pk}/units/new/", {"name": "民政課", "label": "民"}
    )

    assert unit_names(office) == ["民政課"]


def test_unit_form_ignores_a_foreign_office_in_the_data(signed_in, office):
    unit = make_unit(office)
    foreign = make_office()

    signed_in.post(
        f"/offices/units/{unit.pk}/",
        {"name": "新名課", "label": "新", "office": foreign.pk, "position": 9},
    )

    unit.refresh_from_db()
    assert (unit.office, unit.name, unit.position) == (office, "新名課", 0)


def test_units_move_one_place_and_stop_at_the_ends(signed_in, office):
    units = [
        make_unit(office, name=name, label=name[0], position=position)
        for position, name in enumerate(["甲課", "乙課", "丙課"])
    ]

    def move(unit, direction):
        signed_in.post(f"/offices/units/{unit.pk}/move/", {"direction": direction})

    move(units[2], "up")
    after_up = unit_names(office)
    move(units[0], "up")
    after_nothing = unit_names(office)
    move(units[0], "down")

    assert after_up == after_nothing == ["甲課", "丙課", "乙課"]
    assert unit_names(office) == ["丙課", "甲課", "乙課"]


def test_unused_unit_is_deleted(signed_in, office):
    unit = make_unit(office)

    signed_in.post(f"/offices/units/{unit.pk}/delete/")

    assert unit_names(office) == []


def test_used_unit_stays_and_the_reason_is_told(signed_in, office):
    unit = make_unit(office, name="民政課", label="民")
    make_member(office, unit=unit)

    response = signed_in.post(f"/offices/units/{unit.pk}/delete/", follow=True)

    assert "「民政課」還有 1 位成員" in response.content.decode()
    assert unit_names(office) == ["民政課"]


def test_list_shows_only_the_offices_one_manages(client):
    managed, read_only = make_office("河東區公所"), make_office("河西區公所")
    coordinator = make_member(managed, Role.COORDINATOR)
    make_member(read_only, Role.READER, user=coordinator.user)
    client.force_login(coordinator.user)

    listed = client.get("/offices/").context["offices"]

    assert list(listed) == [managed]


def test_head_names_the_office_and_offers_management_to_coordinators_only(client):
    office = make_office("河東區公所")
    pages = {}
    for role in (Role.COORDINATOR, Role.OWNER):
        client.force_login(make_member(office, role).user)
        pages[role] = client.get("/password/").content.decode()

    assert all("河東區公所" in page for page in pages.values())
    assert "機關管理" in pages[Role.COORDINATOR]
    assert "機關管理" not in pages[Role.OWNER]


def test_head_leads_to_the_one_office_or_to_the_list(client):
    first, second = make_office("河東區公所"), make_office("河西區公所")
    member = make_member(first, Role.COORDINATOR)
    client.force_login(member.user)

    with_one = client.get("/password/").context["navigation"].management_url
    make_member(second, Role.COORDINATOR, user=member.user)
    with_two = client.get("/password/").context["navigation"].management_url

    assert with_one == first.get_absolute_url()
    assert with_two == "/offices/"
