"""The sample plan has a year of reporting behind it, and a period that is open today."""

import pytest
from django.utils import timezone

from plans.models import Plan
from plans.samples.loading import load_samples
from schedule.models import Report, Standing
from schedule.reporting.lights import LIGHTS
from schedule.reporting.pages.matrix import matrix_of
from schedule.reporting.periods import current_period

pytestmark = pytest.mark.django_db


def test_ten_months_were_reported_and_the_eleventh_is_open():
    load_samples()
    plan = Plan.objects.get(periods__first=1)
    day = timezone.localdate()
    periods = list(plan.periods.all())

    assert len(periods) == 12
    assert current_period(periods, day) == periods[10]
    assert periods[10].is_open(day)
    assert not any(period.is_open(day) for period in periods[:10])
    for period in periods[:10]:
        found = matrix_of(plan, period, day)
        assert 0 < found.reported <= found.total
    assert {light for light, n in _lights(plan, periods, day) if n} == set(LIGHTS)
    late = Report.objects.filter(standing=Standing.BEHIND)
    assert late
    assert not late.filter(cause="").exists()


def _lights(plan, periods, day):
    for period in periods[:10]:
        yield from matrix_of(plan, period, day).lights()
