"""One-key mending: exactly the words that were found, with history; no other findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from plans.documents.proofs.finding import Replacement
from plans.mending import mend
from plans.models import Block, Plan
from plans.proofing import findings_of
from plans.rewriting import Gone, rewritten
from tests.factories import make_plan, make_point, make_table, make_user

from .test_words import WORDS


def keys(plan):
    return [one.key for one in findings_of(plan).findings if one.fix]


@pytest.mark.django_db
def test_exactly_the_one_that_was_found_is_mended():
    plan, by = make_plan(), make_user()
    point = make_point(plan, "公佈欄", body="先公佈，再公佈。")
    edition = plan.edition

    assert mend(plan, keys(plan)[1], everywhere=False, by=by) == 1

    point.refresh_from_db()
    assert (point.heading, point.body) == ("公佈欄", "先公布，再公佈。")
    assert point.version == 2
    assert point.history.first().history_user == by
    assert Plan.objects.get(pk=plan.pk).edition == edition + 1


@pytest.mark.django_db
def test_everywhere_is_one_version_a_block_and_leaves_other_words():
    plan = make_plan(title="114年度公佈計畫")
    point = make_point(plan, "公佈欄", body="先公佈，再頒佈，再公佈。")
    table = make_table(plan, rows=[("1.公佈\n\n2. 公佈名單", "佔用"), ("公佈", "無")])

    count = mend(plan, keys(plan)[0], everywhere=True, by=make_user())

    point.refresh_from_db()
    first, second = table.rows.all()
    assert count == 7
    assert Plan.objects.get(pk=plan.pk).title == "114年度公布計畫"
    assert (point.heading, point.body) == ("公布欄", "先公布，再頒佈，再公布。")
    assert point.version == 2
    texts = [cell["text"] for cell in first.cells.values()]
    assert texts == ["1.公布\n\n2. 公布名單", "佔用"]
    assert second.version == 2


@pytest.mark.django_db
def test_a_year_left_in_the_head_of_a_column():
    plan = make_plan()
    table = make_table(plan, names=("項目", "113年度目標值"), rows=[("甲", "5")])

    mend(plan, keys(plan)[0], everywhere=False, by=make_user())

    assert table.columns.last().name == "114年度目標值"


@pytest.mark.django_db
def test_what_somebody_changed_meanwhile_is_left():
    plan = make_plan()
    point = make_point(plan, "公佈欄")
    (key,) = keys(plan)
    Block.objects.filter(pk=point.pk).update(heading="最新公佈欄")

    with pytest.raises(Gone):
        mend(plan, key, everywhere=False, by=make_user())

    point.refresh_from_db()
    assert point.heading == "最新公佈欄"


@pytest.mark.django_db
def test_a_finding_without_a_right_word_cannot_be_mended():
    plan = make_plan()
    make_point(plan, "")
    (found,) = findings_of(plan).findings

    with pytest.raises(Gone):
        mend(plan, found.key, everywhere=False, by=make_user())


def test_the_third_there_is_the_third_here():
    proved = "公佈\n公佈、公佈"
    fix = Replacement("公佈", "公布", proved, proved.rindex("公佈"))

    assert rewritten({"c1": "1.公佈\n\n(2)公佈、公佈"}, [("c1", fix)]) == {
        "c1": "1.公佈\n\n(2)公佈、公布"
    }


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(WORDS).map(lambda word: word.wrong),
        st.sampled_from(
            ["1.", "（一）", "\n", "113年度", "民眾，", "甲、", "重", "數"]
        ),
    ),
    min_size=1,
    max_size=8,
).map("".join)


class TestMending(TestCase):
    """Whatever stands in a cell or a text: mended, it is gone, and nothing is new."""

    @given(TEXTS, TEXTS)
    def test_mending_takes_its_finding_away_and_brings_none(self, body, cell):
        plan = make_plan()
        make_point(plan, "辦法", body=body)
        make_table(plan, names=("欄",), rows=[(cell,)])
        before = findings_of(plan).findings
        by = make_user()
        for one in (one for one in before if one.fix):
            mended = [f.key for f in findings_of(plan).findings]
            if one.key not in mended:
                continue
            mend(plan, one.key, everywhere=False, by=by)
            after = [f.key for f in findings_of(plan).findings]
            assert len(after) < len(mended)
            assert one.key not in after
