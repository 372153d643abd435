"""Saving scores: what is a score, whose, when, and what if someone was faster."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schedule.assessment.sheet import Cell
from schedule.models import Round, Score
from schedule.scoring.book import read_book
from schedule.scoring.rounds import RefusedRound, close_round
from schedule.scoring.scores import BadScore, read_score, why_shut
from tests.schedule.scoring.making import (
    cells_in,
    make_assessor,
    make_scored_item,
    make_test_round,
    score,
)

CELL = Cell("i1n1", "訪視")


@pytest.fixture
def head(plan):
    return make_assessor(plan)


@pytest.fixture
def cell(plan, unit):
    return cells_in(make_scored_item(plan, unit))[0]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("86", "86"),
        (" ８６．５ ", "86.5"),
        ("90分", "90"),
        ("0", "0"),
        ("100", "100"),
        ("99.125", "99.125"),
        ("²", "2"),
        ("", None),
        ("　", None),
    ],
)
def test_scores_are_read_as_people_type_them(typed, value):
    assert read_score(typed, CELL) == (value and Decimal(value))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("100.001", "超出範圍，請輸入 0 到 100"),
        ("-1", "不是分數"),
        ("好", "不是分數，請輸入 0 到 100"),
        ("1e2", "不是分數"),
        ("nan", "不是分數"),
        ("1.0001", "最多 3 位小數"),
    ],
)
def test_what_is_no_score_is_told_with_what_is(typed, words):
    with pytest.raises(BadScore, match=words):
        read_score(typed, CELL)


@given(st.decimals(0, 100, places=3))
def test_every_score_in_range_comes_back(value):
    assert read_score(str(value), CELL) == value


def test_a_facet_has_a_range_of_its_own():
    facet = Cell("u1p1", "服務遞送", Decimal(400))

    assert read_score("399.5", facet) == Decimal("399.5")
    with pytest.raises(BadScore, match="0 到 400"):
        read_score("400.5", facet)


def test_a_score_is_saved_changed_and_taken_back(plan, head, cell):
    round_ = make_test_round(plan, head)

    score(round_, head, {cell: "80"}, comment="佐證齊全")
    score(round_, head, {cell: "85"}, version=1)
    outcome = score(round_, head, {cell: None}, version=2)

    stored = Score.objects.get()
    assert (stored.value, stored.comment, stored.version) == (None, "", 3)
    assert outcome.saved[cell].version == 3
    assert [one.value for one in stored.history.order_by("history_id")] == [
        80,
        85,
        None,
    ]


def test_the_same_again_is_no_change(plan, head, cell):
    round_ = make_test_round(plan, head)
    score(round_, head, {cell: "80"})

    outcome = score(round_, head, {cell: "80.000"}, version=0)

    assert not outcome.stale
    assert Score.objects.get().version == 1


def test_a_stale_score_is_not_written_and_both_are_told(plan, head, cell):
    round_ = make_test_round(plan, head)
    score(round_, head, {cell: "80"})

    outcome = score(round_, head, {cell: "70"}, version=0)

    assert outcome.stale[cell].value == 80
    assert not outcome.saved
    assert Score.objects.get().value == 80


def test_of_two_cells_the_one_that_fits_is_saved(plan, unit, head):
    first, second = cells_in(make_scored_item(plan, unit))
    round_ = make_test_round(plan, head)
    score(round_, head, {first: "80"})

    outcome = score(round_, head, {first: "70", second: "90"})

    assert (set(outcome.stale), set(outcome.saved)) == ({first}, {second})


def test_a_closed_round_takes_no_score(plan, head, cell):
    round_ = make_test_round(plan, head)
    close_round(round_, by=head.user)

    with pytest.raises(RefusedRound, match="已經結束"):
        score(round_, head, {cell: "80"})

    assert Score.objects.count() == 0


def test_a_score_is_taken_from_the_first_day_to_the_last():
    round_ = Round(opens_on=date(2025, 3, 1), closes_on=date(2025, 3, 31))

    reasons = [why_shut(round_, date(2025, 2, 28)), why_shut(round_, date(2025, 4, 1))]

    assert reasons[0] == "這一輪從 114/3/1 起開始評分。"
    assert "114/3/31 為止" in reasons[1]
    assert (
        why_shut(round_, date(2025, 3, 1)) == why_shut(round_, date(2025, 3, 31)) == ""
    )


def test_a_round_past_its_last_day_takes_no_score(plan, head, cell):
    today = timezone.localdate()
    past = today - timedelta(days=1)
    round_ = make_test_round(plan, head, opens_on=past, closes_on=past)

    with pytest.raises(RefusedRound, match="已經截止"):
        score(round_, head, {cell: "80"})


def test_a_cell_that_is_not_on_the_sheet_is_refused(plan, head, cell):
    with pytest.raises(RefusedRound, match="重新整理"):
        score(make_test_round(plan, head), head, {"i0n0": "80"})


@pytest.mark.parametrize("count", [1, 12])
def test_a_book_costs_the_same_however_long(
    plan, unit, head, count, django_assert_num_queries
):
    items = [make_scored_item(plan, unit) for _ in range(count)]
    round_ = make_test_round(plan, head)
    score(round_, head, {cells_in(items[0])[0]: "80"})

    with django_assert_num_queries(9):
        found = Round.objects.select_related("plan__office", "scale")
        book = read_book(found.get(pk=round_.pk))

    assert len(book.sheet) == count
