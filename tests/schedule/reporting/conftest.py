"""A plan with one open period, and an 承辦人 who is signed in."""

import pytest

from offices.models import Role
from plans.cycle import Actor
from tests.factories import make_item, make_member, make_method
from tests.schedule.reporting.made import make_period


@pytest.fixture
def owner(plan, unit, client):
    """承辦人 of the unit, signed in."""
    member = make_member(plan.office, Role.OWNER, unit=unit)
    client.force_login(member.user)
    return member


@pytest.fixture
def share(plan, unit, owner):
    """Of an item that is half done by the end of March."""
    item = make_item(plan, unit, name="行動收件", owners=[owner])
    make_method(item, "001100000000")
    return item.shares.get()


@pytest.fixture
def period(plan):
    return make_period(plan, 3)


@pytest.fixture
def by(owner):
    """The 承辦人 as the one who acts."""
    return Actor(owner.user)


@pytest.fixture
def keeper_by(plan):
    """研考 as the one who acts."""
    return Actor(make_member(plan.office, Role.COORDINATOR).user)
