"""Who changes one item and who changes the whole table do not wait for each other."""

from dataclasses import replace

import pytest

from schedule.apply import apply_timetable
from schedule.compose import timetable_of
from schedule.drawer import save_points
from schedule.editing import Stale
from schedule.models import Item, Method
from schedule.months import months_row, set_months
from tests.factories import make_user
from tests.plans.test_at_once import at_once
from tests.schedule.stored import PARKS, TREES, fresh, stored, table

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 6
EMPTY = "0" * 12


@pytest.fixture
def plan():
    return stored(table(民政課=[TREES, PARKS]))


def replaced(plan, number):
    """An import that names every item anew and gives every row other months."""
    timetable = timetable_of(fresh(plan))

    def anew(item):
        methods = tuple(replace(m, text=f"實地（第{number}次）") for m in item.methods)
        return replace(item, note=f"第{number}次匯入", methods=methods)

    sheets = tuple(
        replace(one, items=tuple(map(anew, one.items))) for one in timetable.sheets
    )
    apply_timetable(fresh(plan), replace(timetable, sheets=sheets), by=None)


def late_is_told(act):
    """A stale version is said in words; anything else would be a failure of ours."""
    try:
        act()
    except Stale:
        return "stale"
    return "done"


def test_an_item_is_saved_while_all_are_imported(plan):
    user = make_user()
    for number in range(TIMES):
        item = Item.objects.filter(plan=plan).latest("pk")

        def save(item=item):
            return late_is_told(
                lambda: save_points(item, version=item.version, points={}, by=user)
            )

        saved, _ = at_once(save, lambda number=number: replaced(plan, number))
        assert saved in {"done", "stale"}


def test_a_cell_is_painted_while_all_are_imported(plan):
    user = make_user()
    method = Method.objects.filter(item__plan=plan).latest("pk")
    for number in range(TIMES):
        was = months_row(method.pk).months
        wanted = EMPTY if was != EMPTY else "000000100000"

        def paint(was=was, wanted=wanted):
            return set_months(months_row(method.pk), was=was, months=wanted, by=user)

        painted, _ = at_once(paint, lambda number=number: replaced(plan, number))
        assert painted == wanted
