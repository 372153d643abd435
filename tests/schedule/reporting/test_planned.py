"""The planned percentage: it never falls, ends at 100 and counts cells."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from schedule.reporting.planned import joined, planned_percent
from schedule.timetable.months import MONTHS

PATTERNS = st.lists(st.text("012", min_size=12, max_size=12), min_size=0, max_size=5)


@given(PATTERNS)
def test_it_never_falls_and_ends_at_a_hundred(patterns):
    through = [planned_percent(patterns, month) for month in range(13)]
    known = [percent for percent in through if percent is not None]

    if not "".join(patterns).strip("0"):
        assert known == []
    else:
        assert len(known) == len(through)
        assert (known[0], known[-1]) == (Decimal(0), Decimal(100))
        assert known == sorted(known)


@given(PATTERNS, st.sampled_from(MONTHS))
def test_each_planned_cell_weighs_the_same(patterns, month):
    planned = planned_percent(patterns, month)
    cells = sum(state != "0" for state in "".join(patterns))
    until = sum(state != "0" for pattern in patterns for state in pattern[:month])

    if planned is not None:
        assert abs(planned - Decimal(until) * 100 / cells) < Decimal("0.01")


@given(PATTERNS)
def test_the_joined_pattern_holds_a_month_where_any_row_does(patterns):
    found = joined(patterns)

    assert len(found) == 12
    for month in MONTHS:
        here = {pattern[month - 1] for pattern in patterns} - {"0"}
        assert (found[month - 1] != "0") == bool(here)


def test_a_third():
    assert planned_percent(["001100000000", "000001000000"], 3) == Decimal("33.33")
