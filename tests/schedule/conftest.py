"""What most tests of the control table begin with; a test file may have its own."""

import pytest

from offices.models import Role
from tests.factories import (
    make_item,
    make_member,
    make_plan,
    make_point,
    make_table,
    make_unit,
)


@pytest.fixture
def plan(db):
    return make_plan()


@pytest.fixture
def unit(plan):
    return make_unit(plan.office, "民政課", "民")


@pytest.fixture
def units(plan):
    """Two units in the order of the office."""
    return (
        make_unit(plan.office, "民政課", "民", position=0),
        make_unit(plan.office, "社會課", "社", position=1),
    )


@pytest.fixture
def item(plan, unit):
    return make_item(plan, unit, name="行動收件")


@pytest.fixture
def keeper(plan, client):
    """研考, signed in."""
    user = make_member(plan.office, Role.COORDINATOR).user
    client.force_login(user)
    return user


@pytest.fixture
def chapter(plan):
    """A chapter of one point and one row; pages.keys_in tells their keys."""
    chapter = make_point(plan, "實施策略")
    make_point(plan, "簡化流程", chapter)
    make_table(plan, rows=[("主動服務", "到府收件")], parent=chapter)
    return chapter
