"""Which days of a span are left when other spans are taken."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from schedule.handover import uncovered

DAYS = st.dates(date(2025, 1, 1), date(2025, 3, 1))
OPEN = st.none() | DAYS


@given(DAYS, OPEN, st.lists(st.tuples(OPEN, OPEN), max_size=4), DAYS)
def test_uncovered_days_are_those_in_the_span_and_in_none_taken(
    first, last, taken, day
):
    taken = [(a, b) for a, b in taken if a is None or b is None or a <= b]
    if last is not None and last < first:
        first, last = last, first

    found = list(uncovered(first, last, taken))

    def covers(span):
        return (span[0] or day) <= day <= (span[1] or day)

    wanted = covers((first, last)) and not any(covers(span) for span in taken)
    assert any(covers(span) for span in found) == wanted
