"""A plan, and a person who may write it, signed in."""

import pytest

from offices.models import Role
from tests.factories import make_member, make_plan


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def writer(plan, client):
    user = make_member(plan.office, Role.OWNER).user
    client.force_login(user)
    return user
