"""Annexes that another app keeps: where they stand, and where they are edited."""

import pytest

from offices.models import Role
from plans import annexes
from plans.annexes import PlacedAnnex, kept_url, register, with_kept_annexes
from plans.documents.model import Annex
from plans.models import Plan
from tests.factories import make_item, make_member, make_method, make_plan

OWN = (Annex("附件1"), Annex("附件2"))


class Keeper:
    """Keeps one annex at a place, with the id k1."""

    def __init__(self, place):
        self.place = place

    def annexes(self, plan):
        return (PlacedAnnex(Annex("附表", id="k1"), self.place),)

    def edit_url(self, plan, key):
        return "/kept/" if key == "k1" else None


@pytest.fixture
def keep(monkeypatch):
    """Register a keeper for this test alone."""
    monkeypatch.setattr(annexes, "_keepers", [])
    return lambda place: register(Keeper(place))


@pytest.mark.parametrize(
    ("place", "labels"),
    [
        (0, ["附表", "附件1", "附件2"]),
        (1, ["附件1", "附表", "附件2"]),
        (9, ["附件1", "附件2", "附表"]),
    ],
)
def test_a_kept_annex_stands_at_its_place(keep, place, labels):
    keep(place)

    assert [a.label for a in with_kept_annexes(Plan(), OWN)] == labels


def test_only_kept_parts_have_the_keepers_address(keep):
    keep(0)

    assert kept_url(Plan(), "k1") == "/kept/"
    assert kept_url(Plan(), "b1") is None


@pytest.mark.django_db
def test_the_plan_page_leads_to_the_keepers_own_pages(client):
    plan = make_plan()
    client.force_login(make_member(plan.office, Role.COORDINATOR).user)
    method = make_method(make_item(plan))

    page = client.get(plan.get_absolute_url()).content.decode()

    address = f"/plans/{plan.pk}/schedule/methods/{method.pk}/"
    assert f'<a class="edit" href="{address}">' in page
    assert f'hx-get="{address}"' not in page
