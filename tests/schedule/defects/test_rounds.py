"""Where the rounds lead; plain values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.defects.quarters import Quarter, quarters_of
from schedule.defects.rounds import Entry, EntryKind, State
from schedule.defects.rounds import tracked as tracked_or_none

FIRST, DUE = date(2025, 7, 1), date(2025, 8, 1)
OPENED = Entry(EntryKind.OPENED, FIRST, due_on=DUE)


def at(day, kind, **more):
    return Entry(kind, date(2025, 7, day), **more)


def tracked(entries, day):
    """Where they have led, if anywhere."""
    found = tracked_or_none(entries, day)
    assert found
    return found


ASKS = at(5, EntryKind.ANSWER, wants_release=True)


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ([], State.TODO),
        ([at(5, EntryKind.ANSWER)], State.TODO),
        ([ASKS], State.ASKED),
        ([ASKS, at(6, EntryKind.ANSWER)], State.TODO),
        ([ASKS, at(6, EntryKind.RETURNED)], State.TODO),
        ([ASKS, at(6, EntryKind.DUE, due_on=DUE)], State.ASKED),
        ([at(6, EntryKind.REMARK)], State.TODO),
        ([ASKS, at(6, EntryKind.RELEASED)], State.RELEASED),
        ([ASKS, at(6, EntryKind.RELEASED), at(7, EntryKind.REOPENED)], State.TODO),
    ],
)
def test_each_entry_leads_on(entries, state):
    assert tracked([OPENED, *entries], date(2025, 12, 31)).state is state


def test_what_comes_after_the_day_is_not_told():
    entries = [OPENED, ASKS, at(20, EntryKind.RELEASED)]

    assert tracked_or_none(entries, date(2025, 6, 30)) is None
    assert tracked(entries, date(2025, 7, 19)).state is State.ASKED
    assert tracked(entries, date(2025, 7, 20)).released_on == date(2025, 7, 20)


def test_a_new_due_day_counts_from_its_entry_on():
    entries = [OPENED, at(10, EntryKind.DUE, due_on=date(2025, 9, 1))]

    assert tracked(entries, date(2025, 7, 9)).due_on == DUE
    assert tracked(entries, date(2025, 7, 10)).due_on == date(2025, 9, 1)


def test_reopening_forgets_the_release():
    again = date(2025, 10, 1)
    entries = [
        OPENED,
        ASKS,
        at(6, EntryKind.RELEASED),
        at(7, EntryKind.REOPENED, due_on=again),
    ]

    found = tracked(entries, date(2025, 7, 31))

    assert (found.released_on, found.due_on) == (None, again)


def test_overdue_is_the_day_after_and_never_once_released():
    found = tracked([OPENED], DUE)
    over = tracked([OPENED, ASKS, at(6, EntryKind.RELEASED)], DUE)

    assert not found.is_overdue(DUE)
    assert found.is_overdue(DUE + timedelta(days=1))
    assert not over.is_overdue(date(2026, 1, 1))


def test_the_first_entry_must_set_a_due_day():
    with pytest.raises(ValueError, match="due day"):
        tracked([ASKS], DUE)


@given(st.integers(1, 999), st.integers(1, 4))
def test_a_quarter_reads_back_and_holds_its_days(year, number):
    quarter = Quarter(year, number)

    assert Quarter.parse(quarter.name) == quarter
    assert Quarter.of(quarter.first) == Quarter.of(quarter.last) == quarter
    assert quarter.last + timedelta(days=1) == quarter.next().first


@pytest.mark.parametrize("name", ["", "114q5", "114q0", "0q1", "1140q1", "²q1", "q1"])
def test_what_names_no_quarter(name):
    assert Quarter.parse(name) is None


def test_quarters_go_from_the_plans_year_to_today():
    found = quarters_of(114, date(2026, 2, 1))

    assert [one.name for one in found] == ["115q1", "114q4", "114q3", "114q2", "114q1"]
    assert quarters_of(120, date(2026, 2, 1)) == [Quarter(120, 1)]
    assert len(quarters_of(1, date(2026, 2, 1))) == 32
