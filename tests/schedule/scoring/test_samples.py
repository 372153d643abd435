"""The sample data holds a closed round and one in the middle of scoring."""

import pytest

from plans.samples.loading import load_samples
from schedule.models import Round
from schedule.scoring.book import read_book


@pytest.mark.django_db
def test_the_samples_hold_a_closed_and_an_open_round():
    load_samples()

    first, second = Round.objects.order_by("pk")
    assert (first.get_stage_display(), first.is_closed) == ("自評", True)
    assert (second.get_stage_display(), second.is_closed) == ("初評", False)
    assert second.earlier == first
    done = [unit.result.missing for unit in read_book(first).standings()]
    assert done == [0] * 6
    assert sum(one.result.missing for one in read_book(second).standings()) > 0
