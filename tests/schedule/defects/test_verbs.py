"""Opening, answering, judging: each once, told to those concerned, kept for good."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offices.audit.models import Act, AppendOnly, AuditEvent
from offices.models import Notice, Role
from plans.cycle import NotNow
from plans.models import Plan, State
from schedule.defects.answering import Answer, answer
from schedule.defects.opening import Named, StaleDefect, change_defect
from schedule.defects.papers import entry_of
from schedule.defects.releasing import change_due, release, remark, reopen, send_back
from schedule.defects.rounds import tracked
from schedule.models import DefectEntry
from tests.factories import make_member, make_unit
from tests.schedule.defects.making import (
    DID,
    DUE,
    answered,
    fresh,
    opened,
    part,
    released,
    worded,
)

pytestmark = pytest.mark.django_db
LATER = date(2025, 10, 1)


def acts():
    return list(AuditEvent.objects.order_by("pk").values_list("act", flat=True))


def notices_of(user):
    return list(Notice.objects.filter(user=user).values_list("text", flat=True))


def kinds(target):
    return [entry.kind for entry in target.entries.all()]


def test_a_defect_is_numbered_and_each_unit_begins_with_its_day(
    plan, unit, other_unit, by
):
    first = opened(plan, unit, other_unit, by=by)
    second = opened(plan, unit, by=by, title="另一件")

    assert [first.number, second.number] == [1, 2]
    assert [t.unit.name for t in first.targets.all()] == ["民政課", "社會課"]
    for target in first.targets.all():
        assert (target.state, target.due_on) == ("todo", DUE)
        assert kinds(target) == ["opened"]
    assert acts() == [Act.DEFECT_OPENED, Act.DEFECT_OPENED]


def test_the_very_same_defect_is_opened_once(plan, unit, by):
    first = opened(plan, unit, by=by)

    assert opened(plan, unit, by=by) == first
    assert plan.defects.count() == 1


def test_owner_and_heads_are_told_and_writers_where_there_are_none(
    plan, unit, other_unit, by, writer
):
    head = make_member(plan.office, Role.UNIT_HEAD, unit=unit)
    owner = make_member(plan.office, Role.OWNER, unit=unit)
    stranger = make_member(plan.office, Role.OWNER, unit=other_unit)

    opened(plan, unit, by=by, owner=owner)
    opened(plan, other_unit, by=by, title="另一件")

    told = "民政課有一件缺失列管：盤點表沒有簽名，期限 114/8/1"
    assert notices_of(head.user) == notices_of(owner.user) == [told]
    assert notices_of(writer.user) == []
    assert len(notices_of(stranger.user)) == 1


def test_an_answer_leaves_it_and_a_request_hands_it_to_the_keepers(target, by, writer):
    target = answered(target, by=writer, percent=60)
    assert (target.state, target.version) == ("todo", 2)

    target = answered(target, by=writer, asks=True)

    assert target.state == "asked"
    assert notices_of(by.user)[0].startswith("民政課請求解列：第 1 案")
    assert acts()[-2:] == [Act.DEFECT_ANSWERED] * 2


def test_a_request_can_be_taken_back_by_another_answer(target, writer):
    answered(target, by=writer, asks=True)

    assert answered(target, by=writer).state == "todo"


def test_release_ends_it_and_nothing_more_is_answered(target, by, writer):
    target = released(target, by=writer)

    assert target.state == "released"
    assert kinds(target) == ["opened", "answer", "released"]
    with pytest.raises(NotNow, match="已經解列"):
        answer(target, Answer(DID), seen=target.version, by=writer)
    with pytest.raises(NotNow, match="已經解列"):
        remark(target, opinion="再看", seen=target.version, by=by)


def test_a_return_says_why_and_goes_to_whoever_answered(target, by, writer):
    target = answered(target, by=writer, asks=True)

    send_back(target, opinion="請附照片", seen=target.version, by=by)

    assert fresh(target).state == "todo"
    notice = Notice.objects.get(user=writer.user, is_urgent=True)
    assert "請附照片" in notice.text
    assert acts()[-1] == Act.DEFECT_RETURNED


def test_nothing_is_judged_that_asks_for_nothing(target, by):
    for verb in (release, send_back):
        with pytest.raises(NotNow, match="沒有在請求解列"):
            verb(target, opinion="好", seen=1, by=by)


def test_an_opinion_leaves_it_but_does_not_replace_a_decision(target, by, writer):
    remark(target, opinion="請加快", seen=1, by=by)
    assert fresh(target).state == "todo"

    target = answered(target, by=writer, asks=True)
    with pytest.raises(NotNow, match="同意解列或退回"):
        remark(target, opinion="請加快", seen=target.version, by=by)


def test_who_comes_second_changes_nothing_and_hears_who_was_first(target, by, writer):
    answer(target, Answer(DID), seen=1, by=writer)

    with pytest.raises(NotNow, match=f"{writer.user}剛才先送出了「辦理情形」"):
        change_due(target, due_on=LATER, reason="展延", seen=1, by=by)

    assert fresh(target).due_on == DUE
    assert kinds(target) == ["opened", "answer"]


def test_a_due_day_moves_with_its_reason(target, by):
    change_due(target, due_on=LATER, reason="等候廠商", seen=1, by=by)

    assert fresh(target).due_on == LATER
    event = AuditEvent.objects.get(act=Act.DEFECT_CHANGED)
    assert event.details["期限"] == "114/8/1 → 114/10/1"
    assert event.details["原因"] == "等候廠商"


def test_only_what_is_released_is_reopened(target, by, writer):
    with pytest.raises(NotNow, match="還在列管中"):
        reopen(target, due_on=LATER, reason="再犯", seen=1, by=by)

    target = released(target, by=writer)
    reopen(target, due_on=LATER, reason="再犯", seen=target.version, by=by)

    assert (fresh(target).state, fresh(target).due_on) == ("todo", LATER)
    assert acts()[-1] == Act.DEFECT_REOPENED


def test_entries_are_neither_changed_nor_deleted(target):
    entry = target.entries.get()

    for change in (
        entry.save,
        entry.delete,
        target.entries.all().delete,
        lambda: target.entries.update(text="改寫"),
    ):
        with pytest.raises(AppendOnly):
            change()


def test_a_plan_takes_its_defects_along_when_it_goes(plan, target):
    plan.delete()

    assert not DefectEntry.objects.exists()


def test_defects_touch_no_plan_and_work_in_every_state(plan, unit, by, writer):
    for number, state in enumerate(State):
        Plan.objects.filter(pk=plan.pk).update(state=state)
        released(part(plan, unit, by=by, title=f"第{number}件"), by=writer)

    plan.refresh_from_db()
    assert plan.edition == 1


def test_a_defect_is_worded_anew_with_its_units(plan, unit, other_unit, by):
    defect = opened(plan, unit, by=by)
    third = make_unit(plan.office, "經建課", "經", position=2)

    change_defect(
        defect,
        version=1,
        wording=worded(title="盤點表缺簽名"),
        named=[Named(other_unit, LATER), Named(third, DUE)],
        dropped=[defect.targets.get()],
        by=by,
    )

    defect.refresh_from_db()
    assert (defect.title, defect.version) == ("盤點表缺簽名", 2)
    assert [t.unit.name for t in defect.targets.all()] == ["社會課", "經建課"]
    details = AuditEvent.objects.get(act=Act.DEFECT_CHANGED).details
    assert details["名稱"] == "盤點表沒有簽名 → 盤點表缺簽名"
    assert details["移除課室"] == "民政課"


def test_saving_without_a_change_changes_nothing(plan, unit, by):
    defect = opened(plan, unit, by=by)

    change_defect(defect, version=1, wording=worded(), named=[Named(unit, DUE)], by=by)

    defect.refresh_from_db()
    assert defect.version == 1


def test_who_saves_second_is_shown_what_stands_there(plan, unit, by):
    defect = opened(plan, unit, by=by)
    change_defect(defect, version=1, wording=worded("先存的"), named=[], by=by)

    with pytest.raises(StaleDefect) as stale:
        change_defect(defect, version=1, wording=worded("後存的"), named=[], by=by)

    assert stale.value.current.title == "先存的"


def test_a_unit_that_answered_meanwhile_is_not_let_go(plan, unit, by, writer):
    defect = opened(plan, unit, by=by)
    seen = defect.targets.get()
    answered(seen, by=writer)

    with pytest.raises(NotNow, match="民政課已經有辦理紀錄"):
        change_defect(
            defect,
            version=1,
            wording=worded("改過"),
            named=[],
            dropped=[seen],
            by=by,
        )

    defect.refresh_from_db()
    assert defect.title == "盤點表沒有簽名"
    assert defect.targets.count() == 1


VERBS = ("answer", "ask", "release", "send_back", "remark", "due", "reopen")


def run(verb, target, by):
    seen = target.version
    days = {"due_on": LATER, "reason": "原因", "seen": seen, "by": by}
    words = {"opinion": "意見", "seen": seen, "by": by}
    if verb in {"answer", "ask"}:
        answer(target, Answer(DID, None, verb == "ask"), seen=seen, by=by)
    elif verb in {"due", "reopen"}:
        {"due": change_due, "reopen": reopen}[verb](target, **days)
    else:
        verbs = {"release": release, "send_back": send_back, "remark": remark}
        verbs[verb](target, **words)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(VERBS), max_size=8))
def test_state_and_due_day_always_follow_from_the_entries(plan, unit, by, verbs):
    """Whatever is done in whatever order, refused or not."""
    number = plan.defects.count()
    target = part(plan, unit, by=by, title=f"第{number}件")
    for verb in verbs:
        before = fresh(target)
        try:
            run(verb, before, by)
        except NotNow:
            assert fresh(target).version == before.version

    now = fresh(target)
    found_on = now.defect.found_on
    entries = [entry_of(one, found_on) for one in now.entries.all()]
    reached = tracked(entries, date(2025, 12, 31))
    assert reached
    assert (now.state, now.due_on) == (reached.state.value, reached.due_on)
    assert now.version == len(entries)
