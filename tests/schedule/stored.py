"""Control tables made by hand, and plans that hold them."""

from decimal import Decimal

from plans.models import Plan
from schedule.apply import apply_timetable
from schedule.compose import timetable_of
from schedule.timetable import model as sheet
from tests.factories import make_plan


def item(name, *units, owners=("林一樹",), **kwargs):
    """An item with an indicator and a method; 2 points for each unit."""
    kwargs.setdefault("methods", (sheet.Method("實地（3月）", months="001000000000"),))
    shares = tuple(sheet.Share(unit, Decimal(2), owners) for unit in units)
    indicators = (sheet.Indicator("修枝次數。", Decimal(100)),)
    return sheet.Item(name, shares, Decimal(2 * len(units)), indicators, **kwargs)


def table(**sheets):
    """A control table of these sheets: 民政課=[…]."""
    found = (sheet.UnitSheet(unit, tuple(items)) for unit, items in sheets.items())
    return sheet.Timetable(115, tuple(found), "115年度管制表", "附件1")


def stored(timetable, **kwargs):
    """A plan of its own office that holds the timetable."""
    plan = make_plan(year=115)
    apply_timetable(plan, timetable, by=None, **kwargs)
    return fresh(plan)


def fresh(plan):
    """The plan as the database has it now."""
    return Plan.objects.get(pk=plan.pk)


def names(plan):
    """The names of the items in each sheet of the plan."""
    return {s.unit: [i.name for i in s.items] for s in timetable_of(plan).sheets}


TREES, PARKS = item("路樹養護", "民政課"), item("公園清潔", "民政課")
JOINT = item("防災整備", "民政課", "社會課")
