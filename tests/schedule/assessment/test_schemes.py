"""Every format of scoring: the offices' own examples, and sums that always hold."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.assessment.paper import as_decimal, in_words, on_paper
from schedule.assessment.ranking import ranked
from schedule.assessment.result import ZERO, Result, together
from schedule.assessment.schemes import (
    Bonus,
    Direction,
    FacetPoints,
    KpiTarget,
    PointsTimesWeights,
    RankSum,
    SelfTimesWeight,
    WeightedParts,
)

scores = st.decimals(0, 100, places=3)
points = st.decimals(0, 1000, places=2)


@st.composite
def closing_weights(draw):
    """Weights that sum to exactly 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 100_000), max_size=8)))
    ends = [0, *cuts, 100_000]
    return tuple(Decimal(b - a) / 1000 for a, b in pairwise(ends))


@given(points, closing_weights(), st.data())
def test_points_times_weights_is_the_stated_formula(worth, weights, data):
    given_scores = [data.draw(scores) for _ in weights]

    result = PointsTimesWeights(worth, weights).result(given_scores)

    pairs = zip(weights, given_scores, strict=True)
    assert (
        result.score
        == Fraction(worth) * sum(Fraction(w) * Fraction(s) for w, s in pairs) / 10_000
    )
    assert result.of == Fraction(worth)
    assert 0 <= result.score <= result.of
    assert sum(part for part in result.details if part is not None) == result.score


@given(points, closing_weights())
def test_full_scores_earn_all_points(worth, weights):
    full = PointsTimesWeights(worth, weights).result([Decimal(100)] * len(weights))

    assert full.score == full.of == Fraction(worth)


@given(points, points, closing_weights(), st.data())
def test_shares_of_a_joint_item_sum_to_the_item(one, other, weights, data):
    given_scores = [data.draw(scores) for _ in weights]

    def of(worth):
        return PointsTimesWeights(worth, weights).result(given_scores)

    assert together([of(one), of(other)]).score == of(one + other).score


def test_an_item_without_weights_has_one_score():
    result = PointsTimesWeights(Decimal("4.5"), (None, None)).result([Decimal(80)])

    assert result.score == Fraction("3.6")


def test_an_indicator_without_weight_beside_weighted_ones_does_not_count():
    result = PointsTimesWeights(Decimal(10), (Decimal(100), None)).result([Decimal(90)])

    assert result.score == 9


@given(points, closing_weights(), st.data())
def test_a_missing_score_leaves_the_result_open_and_is_never_zero(worth, weights, data):
    given_scores = [data.draw(scores | st.none()) for _ in weights]
    missing = given_scores.count(None)

    result = PointsTimesWeights(worth, weights).result(given_scores)

    assert result.missing == missing
    assert (result.score is None) == (missing > 0)
    assert (result.percent is None) == (missing > 0 or worth == 0)


def test_too_few_scores_are_an_error_of_the_caller():
    with pytest.raises(ValueError, match="shorter"):
        PointsTimesWeights(Decimal(10), (Decimal(50), Decimal(50))).result(
            [Decimal(90)]
        )


def test_parts_are_weighted_to_a_total():
    weights = (Decimal(25), Decimal(25), Decimal(25), Decimal(15), Decimal(10))

    result = WeightedParts(weights).result(
        [Decimal(80), Decimal(90), Decimal(100), Decimal(60), Decimal(50)]
    )

    assert (result.score, result.of) == (Fraction("81.5"), Fraction(100))


def test_the_self_score_times_its_weight():
    result = SelfTimesWeight(Decimal(20)).result(
        [Decimal(26), Decimal(24), Decimal(36)]
    )

    assert (result.score, result.of) == (Fraction("17.2"), Fraction(20))


def test_facets_come_to_their_thousand():
    result = FacetPoints(Decimal(1000)).result(
        [Decimal(350), Decimal(280), Decimal("199.5")]
    )

    assert (result.score, result.of, result.percent) == (
        Fraction("829.5"),
        Fraction(1000),
        Fraction("82.95"),
    )


def test_a_bonus_may_exceed_a_hundred_and_is_never_a_gap():
    base = WeightedParts((Decimal(100),)).result([Decimal("99.1")])

    whole = together([base, Bonus().result([Decimal(1), None])])

    assert (whole.score, whole.percent) == (Fraction("100.1"), Fraction("100.1"))


def test_the_lowest_sum_of_ranks_and_a_floor():
    table = {
        "登記課": [Decimal(90), Decimal(70)],
        "行政課": [Decimal(80), Decimal(80)],
        "秘書室": [Decimal(100), Decimal(49)],
        "人事室": [Decimal(50), Decimal(60)],
    }

    results = RankSum(Decimal(50)).results(table)

    sums = {unit: one.score for unit, one in results.items()}
    assert sums == {"登記課": 3, "行政課": 3, "秘書室": 0, "人事室": 6}
    assert RankSum(Decimal(50)).excludes(table["秘書室"])
    assert not RankSum(Decimal(50)).excludes(table["人事室"])
    assert not RankSum().excludes(table["秘書室"])


def test_rank_sums_are_open_for_all_while_one_score_is_missing():
    results = RankSum().results({"甲課": [Decimal(90)], "乙課": [None]})

    assert [one.score for one in results.values()] == [None, None]


@given(st.lists(st.lists(scores, min_size=3, max_size=3), min_size=1, max_size=6))
def test_rank_sums_lie_between_first_and_last_in_every_part(rows):
    table = {f"課{i}": row for i, row in enumerate(rows)}

    for result in RankSum().results(table).values():
        assert 3 <= result.so_far <= 3 * len(rows)


def test_errors_at_most_two_percent():
    kpi = KpiTarget(Direction.AT_MOST, Decimal(2), Decimal(25))

    assert kpi.value([(Decimal(1), Decimal(100)), (Decimal(3), Decimal(100))]) == 2
    assert (
        kpi.result([(Decimal(1), Decimal(100)), (Decimal(3), Decimal(100))]).score == 25
    )
    assert (
        kpi.result([(Decimal(1), Decimal(100)), (Decimal(4), Decimal(100))]).score == 0
    )


def test_short_of_a_target_the_share_that_was_reached():
    at_least = KpiTarget(Direction.AT_LEAST, Decimal(90), Decimal(10), is_partial=True)
    at_most = KpiTarget(Direction.AT_MOST, Decimal(2), Decimal(10), is_partial=True)

    assert at_least.result([(Decimal(45), Decimal(100))]).score == 5
    assert at_most.result([(Decimal(4), Decimal(100))]).score == 5


def test_a_missing_month_is_a_gap_and_never_zero():
    kpi = KpiTarget(Direction.AT_MOST, Decimal(2), Decimal(25))
    months = [(Decimal(1), Decimal(100)), None, (Decimal(3), Decimal(100))]

    result = kpi.result(months)

    assert kpi.value(months) == 2
    assert (result.score, result.missing) == (None, 1)


def test_without_any_case_an_indicator_is_of_nothing():
    result = KpiTarget(Direction.AT_MOST, Decimal(2), Decimal(25)).result(
        [(Decimal(0), Decimal(0))]
    )

    assert (result.score, result.of, result.percent) == (ZERO, ZERO, None)


counts = st.integers(0, 10_000).map(Decimal)
months = st.lists(st.none() | st.tuples(counts, counts), min_size=1, max_size=12)


@given(
    months,
    st.sampled_from(Direction),
    st.decimals(0, 100, places=2),
    st.booleans(),
)
def test_a_kpi_earns_between_nothing_and_its_weight(told, direction, target, partial):
    kpi = KpiTarget(direction, target, Decimal(20), partial)

    result = kpi.result(told)

    assert 0 <= result.so_far <= 20
    assert result.missing == told.count(None)
    value = kpi.value(told)
    if value is not None and kpi.is_reached(value):
        assert result.so_far == 20


@given(st.dictionaries(st.text(max_size=3), scores | st.none(), max_size=8))
def test_ties_share_a_rank_and_better_scores_come_first(table):
    ranks = ranked(table)

    assert ranks.keys() == {name for name, score in table.items() if score is not None}
    for name, rank in ranks.items():
        better = sum(s is not None and s > table[name] for s in table.values())
        assert rank == better + 1


def test_ranks_with_ties():
    assert ranked({"a": Decimal(9), "b": Decimal(9), "c": Decimal(8)}) == {
        "a": 1,
        "b": 1,
        "c": 3,
    }
    assert ranked({"a": Decimal(9), "b": Decimal(7)}, lowest_first=True) == {
        "a": 2,
        "b": 1,
    }


fractions = st.fractions(0, 10_000, max_denominator=10_000)


@given(st.lists(st.builds(Result, fractions, fractions, st.integers(0, 3)), max_size=5))
def test_results_add_up(results):
    whole = together(results)

    assert whole.so_far == sum(one.so_far for one in results)
    assert whole.missing == sum(one.missing for one in results)


@given(fractions)
def test_paper_is_never_further_off_than_half_a_unit(exact):
    assert abs(Fraction(on_paper(exact)) - exact) <= Fraction(5, 1000)
    assert on_paper(-exact) == -on_paper(exact)


@pytest.mark.parametrize(
    ("exact", "printed"),
    [
        ("17.2", "17.2"),
        ("2.675", "2.68"),
        ("89.995", "90"),
        ("0.004", "0"),
        ("100", "100"),
    ],
)
def test_halves_are_rounded_up_on_paper(exact, printed):
    assert in_words(Fraction(exact)) == printed


@given(st.decimals(0, 100_000, places=7))
def test_other_programs_get_decimals_exactly(number):
    assert Fraction(as_decimal(Fraction(number))) == Fraction(number)


def test_thirds_are_rounded_for_other_programs():
    assert as_decimal(Fraction(1, 3)) == Decimal("0.333333")
