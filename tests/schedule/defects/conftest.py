"""An office with a unit, its people and a part of a defect; the day is 114/9/10."""

import pytest
import time_machine

from offices.models import Role
from plans.cycle import Actor
from tests.factories import make_member, make_unit
from tests.schedule.defects.making import keeper_in, part


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2025-09-10 10:00:00+08:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def by(plan):
    """研考."""
    return keeper_in(plan.office)


@pytest.fixture
def writer(plan, unit):
    """承辦人 of the unit, as the one who acts."""
    return Actor(make_member(plan.office, Role.OWNER, unit=unit).user)


@pytest.fixture
def other_unit(plan):
    return make_unit(plan.office, "社會課", "社", position=1)


@pytest.fixture
def target(plan, unit, by):
    return part(plan, unit, by=by)


@pytest.fixture
def signed_in(client, by):
    """研考 at the browser."""
    client.force_login(by.user)
    return client
