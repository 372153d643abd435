"""What was reported is not lost with a change of its item."""

import pytest

from schedule.editing import Head, Part, Refused, save_item
from schedule.models import Report
from tests.factories import make_item
from tests.schedule.reporting.made import make_period, make_report


def test_a_unit_that_reported_stays_in_its_item(plan, units, keeper):
    item = make_item(plan, *units)
    make_report(make_period(plan), item.shares.get(unit=units[1]))

    with pytest.raises(Refused, match="已有填報"):
        save_item(
            item,
            version=1,
            head=Head(item.name),
            parts=[Part(units[0], None, ())],
            by=keeper,
        )
    assert Report.objects.count() == 1
