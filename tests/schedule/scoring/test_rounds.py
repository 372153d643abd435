"""Rounds: made, changed, closed and reopened; who may be named; what is told."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from offices.audit.models import Act, AuditEvent
from offices.models import Role
from plans.models import Plan
from schedule.assessment.rules import Part, Rules, Scheme
from schedule.models import Grade, Indicator, Round, Score
from schedule.scoring.book import read_book
from schedule.scoring.roles import candidates, seats_of, sees_others
from schedule.scoring.rounds import (
    RefusedRound,
    StaleRound,
    close_round,
    delete_round,
    name_assessor,
    remove_assessor,
    reopen_round,
    save_round,
)
from schedule.scoring.scales import usual_scale_of
from tests.factories import make_deputy, make_member, make_office, make_unit, make_user
from tests.schedule.scoring.making import (
    cells_in,
    judge_of,
    make_assessor,
    make_scored_item,
    make_test_round,
    round_values,
    score,
)

PARTS = Rules(Scheme.PARTS, (Part("登記", Decimal(60)), Part("服務", Decimal(40))))


@pytest.fixture
def scored(plan, unit):
    return make_scored_item(plan, unit)


@pytest.fixture
def head(plan):
    return make_assessor(plan)


def told(act):
    return AuditEvent.objects.filter(act=act).count()


def test_scores_are_no_part_of_the_plans_paper(plan, scored, head):
    before = Plan.objects.get(pk=plan.pk).edition
    round_ = make_test_round(plan, head)
    score(round_, head, dict.fromkeys(cells_in(scored), "80"))
    close_round(round_, by=head.user)

    assert Plan.objects.get(pk=plan.pk).edition == before


def test_what_is_done_with_a_round_is_told(plan, scored, head):
    round_ = make_test_round(plan, head)
    score(round_, head, dict.fromkeys(cells_in(scored), "80"))
    close_round(round_, by=head.user)
    reopen_round(round_, reason="一項誤植", by=head.user)

    acts = (Act.ROUND_OPENED, Act.SCORED, Act.ROUND_CLOSED, Act.ROUND_REOPENED)
    assert [told(act) for act in acts] == [1, 1, 1, 1]
    event = AuditEvent.objects.get(act=Act.ROUND_REOPENED)
    assert event.details["原因"] == "一項誤植"
    assert "80" not in str(AuditEvent.objects.get(act=Act.SCORED).details)


def test_a_closed_round_keeps_its_results_whatever_changes(plan, scored, head, unit):
    scale = usual_scale_of(plan.office)
    round_ = make_test_round(plan, head, scale=scale)
    score(round_, head, dict.fromkeys(cells_in(scored), "90"))
    close_round(round_, by=head.user)
    before = read_book(Round.objects.get(pk=round_.pk)).standings()

    Indicator.objects.all().delete()
    scored.shares.update(points=1)
    Grade.objects.all().delete()
    type(unit).objects.update(name="改名課")

    after = read_book(Round.objects.get(pk=round_.pk)).standings()
    assert after == before
    assert (after[0].result.score, after[0].grade) == (Fraction(9), "優等")


def test_an_open_round_follows_the_plan(plan, scored, head):
    round_ = make_test_round(plan, head)
    score(round_, head, dict.fromkeys(cells_in(scored), "90"))

    scored.shares.update(points=20)

    (unit,) = read_book(round_).standings()
    assert unit.result.score == 18


def test_several_assessors_give_the_mean_and_one_missing_leaves_it_open(plan, scored):
    one, two, three = (make_assessor(plan) for _ in range(3))
    round_ = make_test_round(plan, one, two, three)
    first, second = cells_in(scored)
    score(round_, one, {first: "80", second: "70"})
    score(round_, two, {first: "90", second: "70"})
    score(round_, three, {first: "90"})

    book = read_book(round_)

    assert book.common_marks() == {first: Fraction(260, 3)}
    assert book.standings()[0].result.missing == 1


def test_an_assessor_of_one_unit_is_not_missed_in_another(plan, units, head):
    items = [make_scored_item(plan, unit, weights=(None,)) for unit in units]
    chief = make_assessor(plan, Role.CHIEF)
    round_ = make_test_round(plan, head, units=[units[0]])
    name_assessor(round_, chief, units=[units[1]])
    score(round_, head, {f"i{items[0].pk}": "80"})
    score(round_, chief, {f"i{items[1].pk}": "90"})

    found = read_book(round_).standings()

    assert [one.result.score for one in found] == [8, 9]
    with pytest.raises(RefusedRound):
        score(round_, head, {f"i{items[1].pk}": "10"})


def test_closed_twice_and_open_reopened_are_refused(plan, head):
    round_ = make_test_round(plan, head)
    with pytest.raises(RefusedRound):
        reopen_round(round_, reason="x", by=head.user)
    close_round(round_, by=head.user)

    with pytest.raises(RefusedRound):
        close_round(round_, by=head.user)
    with pytest.raises(RefusedRound):
        reopen_round(round_, reason="", by=head.user)
    with pytest.raises(RefusedRound):
        save_round(round_, version=2, values={"name": "改"}, by=head.user)
    with pytest.raises(RefusedRound):
        name_assessor(round_, head, units=[])


def test_the_way_of_scoring_stands_once_somebody_scored(plan, scored, head):
    round_ = make_test_round(plan, head)
    score(round_, head, {cells_in(scored)[0]: "80"})
    later = round_values(closes_on=timezone.localdate() + timedelta(days=30))

    with pytest.raises(RefusedRound, match="另開一輪"):
        save_round(round_, version=1, values=round_values(rules=PARTS), by=head.user)
    saved = save_round(round_, version=1, values=later, by=head.user)

    assert (saved.closes_on, saved.version) == (later["closes_on"], 2)


def test_a_stale_save_of_a_round_is_told(plan, head):
    round_ = make_test_round(plan, head)
    save_round(round_, version=1, values={"name": "甲輪"}, by=head.user)

    save_round(round_, version=1, values={"name": "甲輪"}, by=head.user)
    with pytest.raises(StaleRound) as stale:
        save_round(round_, version=1, values={"name": "乙輪"}, by=head.user)

    assert stale.value.current.name == "甲輪"


def test_a_round_is_deleted_only_before_anyone_scored(plan, scored, head):
    round_ = make_test_round(plan, head)
    delete_round(make_test_round(plan, head, name="開錯的"))
    score(round_, head, {cells_in(scored)[0]: "80"})

    with pytest.raises(RefusedRound):
        delete_round(round_)

    assert [one.name for one in plan.rounds.all()] == ["第1次查核"]


def test_an_assessor_who_scored_stays(plan, scored, head):
    round_ = make_test_round(plan, head, make_assessor(plan))
    score(round_, head, {cells_in(scored)[0]: "80"})
    mine = round_.assessors.get(member=head)

    with pytest.raises(RefusedRound, match="已經評了 1 項"):
        remove_assessor(mine)
    remove_assessor(round_.assessors.exclude(pk=mine.pk).get())

    assert list(round_.assessors.all()) == [mine]


def test_deleting_a_plan_takes_its_scores_along(plan, scored, head):
    score(make_test_round(plan, head), head, {cells_in(scored)[0]: "80"})

    plan.delete()

    assert Score.objects.count() == 0


def test_members_and_the_agency_above_may_be_named(plan, head):
    above = make_office("明山市政府")
    plan.office.parent = above
    plan.office.save()
    superior = make_member(above, Role.SUPERIOR)
    make_member(above, Role.READER)
    make_member(plan.office, is_active=False)
    make_member(make_office("別的機關"))

    assert set(candidates(plan)) == {head, superior}


def test_a_deputy_scores_for_whom_they_act(plan, scored, head):
    deputy = make_member(plan.office)
    make_deputy(head, deputy)
    round_ = make_test_round(plan, deputy, head)

    seats = seats_of(deputy.user, read_book(round_))
    score(round_, head, {cells_in(scored)[0]: "80"}, by=deputy.user)

    assert [seat.member for seat in seats] == [deputy.pk, head.pk]
    event = AuditEvent.objects.get(act=Act.SCORED)
    assert event.acting_for == head.user_id


def test_strangers_have_no_seat(plan, head):
    round_ = make_test_round(plan, head)

    assert seats_of(make_user(), read_book(round_)) == []


@pytest.mark.parametrize(
    ("is_blind", "is_closed", "seen"),
    [(True, False, False), (True, True, True), (False, False, True)],
)
def test_others_scores_are_seen_where_the_round_says_so(
    plan, head, is_blind, is_closed, seen
):
    round_ = make_test_round(plan, head, is_blind=is_blind)
    if is_closed:
        round_ = close_round(round_, by=head.user)
    book, reader = read_book(round_), make_member(plan.office, Role.READER).user

    assert sees_others(head.user, book, [judge_of(round_, head)]) is seen
    assert sees_others(reader, book, []) is False


def test_units_without_items_are_left_out_of_parts(plan, unit, head):
    make_unit(plan.office, "空課", "空")
    make_scored_item(plan, unit)
    with_items = make_test_round(plan, head, rules=PARTS)
    without = make_test_round(
        type(plan).objects.create(office=plan.office, year=115, title="新計畫"),
        rules=PARTS,
    )

    assert [e.unit for e in read_book(with_items).sheet] == [unit.name]
    assert {e.unit for e in read_book(without).sheet} == {unit.name, "空課"}
