"""Scales of grades: exact bounds, and at most one grade for a score."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.assessment.grades import USUAL_SCALE, BadScale, Scale, Step


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("100.1", "優等"),
        ("90", "優等"),
        ("89.999", "甲等"),
        ("80", "甲等"),
        ("70", "乙等"),
        ("69.999", "丙等"),
        ("0", "丙等"),
    ],
)
def test_bounds_are_exact(score, grade):
    assert USUAL_SCALE.grade(Fraction(score)) == grade


def test_an_open_score_and_one_below_all_have_no_grade():
    scale = Scale((Step("記功", Decimal(90)), Step("嘉獎", Decimal(80))))

    assert (scale.grade(None), scale.grade(Decimal("79.999"))) == ("", "")


@given(
    st.lists(st.decimals(0, 100, places=3), min_size=1, max_size=6, unique=True),
    st.fractions(0, 110),
)
def test_a_grade_is_the_highest_bound_that_was_reached(bounds, score):
    steps = [Step(str(b), b) for b in sorted(bounds, reverse=True)]

    grade = Scale(tuple(steps)).grade(score)

    reached = [bound for bound in bounds if bound <= score]
    assert grade == (str(max(reached)) if reached else "")


@given(st.fractions(0, 110), st.fractions(0, 110))
def test_more_points_never_earn_a_lower_grade(one, other):
    order = [step.name for step in USUAL_SCALE.steps]
    low, high = sorted((one, other))

    assert order.index(USUAL_SCALE.grade(high)) <= order.index(USUAL_SCALE.grade(low))


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (Step("甲", Decimal(80)), Step("優", Decimal(90))),
        (Step("甲", Decimal(80)), Step("乙", Decimal(80))),
        (Step("甲", Decimal(80)), Step("甲", Decimal(70))),
    ],
)
def test_what_is_no_scale_is_refused(steps):
    with pytest.raises(BadScale):
        Scale(steps)
