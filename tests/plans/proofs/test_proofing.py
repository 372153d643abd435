"""Grades of an office, dismissals with their reasons, and what stops 送核."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans import proofing
from plans.documents.proofs.catalogue import CATALOGUE
from plans.documents.proofs.finding import Grade
from plans.models import Block, Dismissal, GradeSetting, Plan
from plans.proofing import (
    blocking,
    catalogue,
    dismiss,
    findings_of,
    recall,
    set_grade,
)
from tests.factories import make_plan, make_point, make_table, make_user

pytestmark = pytest.mark.django_db


def wrong(plan):
    """A chapter with one wrong word."""
    return make_point(plan, "辦法", body="公佈欄")


def found(plan):
    return [(one.check, one.grade) for one in findings_of(plan).findings]


def test_only_errors_stop_the_submission(plan):
    wrong(plan)
    make_point(plan, "")

    assert found(plan) == [("word", Grade.WARNING), ("empty-point", Grade.ERROR)]
    assert [one.check for one in blocking(plan)] == ["empty-point"]
    assert findings_of(plan).counts == {
        Grade.ERROR: 1,
        Grade.WARNING: 1,
        Grade.NOTE: 0,
    }


def test_an_office_grades_its_own_way(plan):
    by = make_user()
    wrong(plan)
    other = make_plan()
    wrong(other)

    set_grade(plan.office, "word", Grade.ERROR, by=by)
    assert found(plan) == [("word", Grade.ERROR)]
    assert found(other) == [("word", Grade.WARNING)]

    set_grade(plan.office, "word", None, by=by)
    assert found(plan) == []

    set_grade(plan.office, "word", Grade.WARNING, by=by)
    assert found(plan) == [("word", Grade.WARNING)]
    assert not GradeSetting.objects.exists()
    grades = GradeSetting.history.order_by("history_id")
    assert [(one.grade, one.history_user) for one in grades] == [
        ("error", by),
        ("off", by),
        ("off", by),
    ]


def test_a_check_that_is_gone_from_the_catalogue_does_no_harm(plan):
    GradeSetting.objects.create(office=plan.office, code="of-old", grade="error")

    assert found(plan) == []


def test_a_dismissed_finding_is_told_apart_with_its_reason(plan):
    by = make_user()
    wrong(plan)
    (one,) = findings_of(plan).findings

    dismiss(plan, one, reason="原文如此", by=by)

    proof = findings_of(plan)
    assert proof.findings == ()
    (left,) = proof.dismissed
    assert (left.finding.check, left.dismissal.reason) == ("word", "原文如此")
    assert left.dismissal.by == by


def test_a_dismissal_holds_while_the_words_stay_the_same(plan):
    point = wrong(plan)
    (one,) = findings_of(plan).findings
    dismiss(plan, one, reason="原文如此", by=make_user())

    Block.objects.filter(pk=point.pk).update(body="里的公佈欄")

    assert found(plan) == [("word", Grade.WARNING)]


def test_a_recalled_finding_is_on_the_list_again(plan):
    by = make_user()
    wrong(plan)
    (one,) = findings_of(plan).findings
    dismissal = dismiss(plan, one, reason="原文如此", by=make_user())

    recall(dismissal, by=by)

    assert found(plan) == [("word", Grade.WARNING)]
    last = Dismissal.history.first()
    assert (last.history_type, last.history_user) == ("-", by)


def test_dismissing_again_renews_the_reason(plan):
    wrong(plan)
    (one,) = findings_of(plan).findings
    for reason in ("甲", "乙"):
        dismiss(plan, one, reason=reason, by=make_user())

    assert [d.reason for d in plan.dismissals.all()] == ["乙"]


def test_an_error_cannot_be_dismissed(plan):
    make_point(plan, "")
    (one,) = findings_of(plan).findings

    with pytest.raises(ValueError, match="mended"):
        dismiss(plan, one, reason="無妨", by=make_user())


def test_a_dismissal_does_not_cover_what_became_an_error(plan):
    wrong(plan)
    (one,) = findings_of(plan).findings
    dismiss(plan, one, reason="原文如此", by=make_user())

    set_grade(plan.office, "word", Grade.ERROR, by=make_user())

    assert [one.check for one in blocking(plan)] == ["word"]


def queries(plan):
    fresh = Plan.objects.select_related("office").get(pk=plan.pk)
    with CaptureQueriesContext(connection) as asked:
        findings_of(fresh)
    return len(asked)


def test_a_long_plan_costs_as_many_queries_as_a_short_one(plan):
    wrong(plan)
    short = queries(plan)

    chapter = make_point(plan, "辦法")
    for number in range(20):
        make_point(plan, f"公佈欄{number}", chapter)
    make_table(plan, rows=[(f"佔用{n}", "") for n in range(20)])

    assert (short, queries(plan)) == (9, 9)


def test_the_codes_of_all_provers_are_their_own():
    parts = [CATALOGUE, *(prover.catalogue for prover in proofing._provers)]

    assert len(catalogue()) == sum(map(len, parts))
    assert len(parts) > 1
