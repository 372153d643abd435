"""研考 keep the steps of review on one page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from offices.models import Role
from plans.chain import chain_of
from tests.factories import make_member, make_office, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def keeper(client, office):
    client.force_login(make_member(office, Role.COORDINATOR).user)
    return client


def send(client, office, *steps):
    data = {"form-TOTAL_FORMS": len(steps), "form-INITIAL_FORMS": 0}
    for number, step in enumerate(steps):
        data |= {f"form-{number}-{name}": value for name, value in step.items()}
    return client.post(reverse("plans:chain", args=[office.pk]), data)


def step(name, role=Role.CHIEF, order=1, **kwargs):
    return {"name": name, "role": role.value, "order": order, **kwargs}


def names(office):
    return [step.name for step in chain_of(office)]


def test_the_page_begins_with_the_usual_steps(keeper, office):
    page = keeper.get(reverse("plans:chain", args=[office.pk])).content.decode()

    assert 'value="課室主管審核"' in page
    assert "撤回送核" in page


def test_steps_are_kept_in_the_order_of_their_numbers(keeper, office):
    unit = make_unit(office)

    answer = send(
        keeper,
        office,
        step("區長核定", order=3),
        step("會辦秘書室", Role.UNIT_HEAD, 1, unit=unit.pk, only_comments="on"),
        step("研考審核", Role.COORDINATOR, 2),
        step("", Role.CHIEF, ""),
    )

    assert answer.status_code == 302
    assert names(office) == ["會辦秘書室", "研考審核", "區長核定"]
    first = chain_of(office)[0]
    assert (first.unit, first.only_comments) == (unit, True)


def test_somebody_has_to_decide(keeper, office):
    answer = send(keeper, office, step("會辦", only_comments="on"))

    assert answer.status_code == 422
    assert "至少要有一個決定的步驟" in answer.content.decode()
    assert names(office)[0] == "課室主管審核"


def test_what_was_typed_stands_there_after_a_mistake(keeper, office):
    answer = send(keeper, office, step("區長核定", order=500), step("研考"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="區長核定"' in page
    assert "順序最多 99。" in page


def test_a_unit_of_another_office_is_no_choice(keeper, office):
    foreign = make_unit(make_office())

    answer = send(keeper, office, step("核定", unit=foreign.pk))

    assert answer.status_code == 422
    assert names(office)[0] == "課室主管審核"


def test_a_name_too_long_is_told(keeper, office):
    assert send(keeper, office, step("審" * 21)).status_code == 422
