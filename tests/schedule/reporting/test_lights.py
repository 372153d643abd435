"""The light of a report, with the thresholds of an office."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.models import Standing
from schedule.reporting.lights import (
    AHEAD,
    BEHIND,
    DONE,
    LATE,
    LIGHTS,
    MISSING,
    ON_PLAN,
    SERIOUS,
    Thresholds,
    light_of,
)

PERCENT = st.decimals(0, 100, places=2)
STANDING = st.sampled_from([Standing.NOT_STARTED, Standing.RUNNING, Standing.BEHIND])
ORDER = [SERIOUS, BEHIND, ON_PLAN, AHEAD]


@st.composite
def thresholds(draw):
    behind = draw(st.decimals(0, 50, places=2))
    more = draw(st.decimals(0, 50, places=2))
    return Thresholds(draw(PERCENT), behind, behind + more)


@pytest.mark.parametrize(
    ("percent", "light"),
    [
        ("60.01", AHEAD),
        ("60", ON_PLAN),
        ("55", ON_PLAN),
        ("54.99", BEHIND),
        ("50", BEHIND),
        ("49.99", SERIOUS),
    ],
)
def test_the_usual_thresholds(percent, light):
    found = light_of(Standing.RUNNING, Decimal(percent), Decimal(60), Thresholds())

    assert found == light


@given(STANDING, PERCENT, PERCENT, PERCENT, thresholds())
def test_a_higher_percentage_never_has_a_worse_light(standing, a, b, planned, limits):
    low, high = (
        light_of(standing, percent, planned, limits) for percent in sorted([a, b])
    )

    assert ORDER.index(low) <= ORDER.index(high)


@given(PERCENT, st.none() | PERCENT, thresholds())
def test_whoever_says_behind_is_behind(percent, planned, limits):
    assert light_of(Standing.BEHIND, percent, planned, limits) in LATE


@given(st.none() | PERCENT, thresholds())
def test_what_is_done_is_done_and_what_is_not_told_is_missing(planned, limits):
    assert light_of(Standing.DONE, Decimal(100), planned, limits) == DONE
    assert light_of("", Decimal(50), planned, limits) == MISSING
    assert light_of(Standing.RUNNING, None, planned, limits) == MISSING


@given(PERCENT, thresholds())
def test_without_a_plan_nothing_is_behind(percent, limits):
    assert light_of(Standing.RUNNING, percent, None, limits) == ON_PLAN


def test_no_two_lights_share_a_word_a_symbol_or_a_colour():
    for name in ("word", "symbol", "css"):
        assert len({getattr(light, name) for light in LIGHTS}) == len(LIGHTS)
