"""The chain: appended to and never changed, whole or broken where it says, purged with an anchor."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import StringIO
from threading import Barrier

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from offices.audit.checks import kept_long_enough
from offices.audit.models import (
    SEALED,
    Act,
    AppendOnly,
    AuditChain,
    AuditEvent,
    digest_of,
)
from offices.audit.proof import BrokenChain, purge, verify
from offices.audit.recording import record
from tests.factories import make_office, make_user
from tests.offices.audit_tools import drop_triggers, tamper, tell, told

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def office():
    return make_office("河東區公所", code="HD")


def chain_of(office):
    return AuditChain.objects.get(pk=office.pk)


def found(office, **kwargs):
    return verify(chain_of(office), **kwargs).found


def run(*arguments):
    printed = StringIO()
    call_command(*arguments, stdout=printed)
    return printed.getvalue()


def test_each_event_holds_the_digest_of_the_one_before(office):
    tell(office, 3)

    first, second, third = told(office)

    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert ["", first.digest, second.digest] == [
        first.previous,
        second.previous,
        third.previous,
    ]
    assert len({first.digest, second.digest, third.digest}) == 3
    assert found(office) == ""


def test_chains_of_offices_know_nothing_of_each_other(office):
    other = make_office()
    tell(office, 2)
    tell(other, 1)
    tell(None, 1)

    assert [len(told(one)) for one in (office, other, None)] == [2, 1, 1]
    assert told(other)[0].previous == ""


def test_a_stored_event_has_the_digest_it_was_written_with(office):
    event = record(
        Act.PLAN_EXPORTED,
        by=make_user(),
        office=office,
        target="計畫「甲」\n😀",
        details={"乙": "b", "甲": "a"},
    )

    event.refresh_from_db()

    assert digest_of(event) == event.digest


@pytest.mark.parametrize("name", SEALED)
def test_whatever_is_altered_in_a_row_is_found_and_named(office, name):
    tell(office, 4)
    other = make_office()
    tell(other)
    altered = {
        "chain_id": other.pk,
        "number": 9,
        "at": LONG_AGO,
        "details": '{"甲": "乙"}',
        "actor": 7,
        "acting_for": 7,
        "target": 7,
    }
    drop_triggers()

    tamper(
        f'UPDATE offices_auditevent SET "{name}" = %s WHERE id = %s',  # noqa: S608
        altered.get(name, "別的"),
        told(office)[1].pk,
    )

    expected = {
        "chain_id": "缺少第 2 筆。",
        "number": "缺少第 2 筆。",
        "previous": "第 2 筆接不上前一筆：其中一筆被改過。",
    }
    assert found(office) == expected.get(name, "第 2 筆的內容被改過。")


def test_a_row_altered_with_its_digest_breaks_the_next_link(office):
    tell(office, 3)
    drop_triggers()
    event = told(office)[1]
    event.actor_name = "別人"

    tamper(
        "UPDATE offices_auditevent SET actor_name = %s, digest = %s WHERE id = %s",
        event.actor_name,
        digest_of(event),
        event.pk,
    )

    assert found(office) == "第 3 筆接不上前一筆：其中一筆被改過。"


def test_the_last_row_altered_with_its_digest_differs_from_the_chain(office):
    tell(office, 2)
    drop_triggers()
    event = told(office)[1]
    event.actor_name = "別人"

    tamper(
        "UPDATE offices_auditevent SET actor_name = %s, digest = %s WHERE id = %s",
        event.actor_name,
        digest_of(event),
        event.pk,
    )

    assert found(office) == "第 2 筆和鏈上登記的最後一筆不同。"


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        ([1, 2], "缺少第 1 到第 2 筆。"),
        ([3], "缺少第 3 筆。"),
        ([2, 3, 4], "缺少第 2 到第 4 筆。"),
        ([5], "缺少第 5 筆：最後面被截去。"),
        ([4, 5], "缺少第 4 到第 5 筆：最後面被截去。"),
        ([1, 2, 3, 4, 5], "缺少第 1 到第 5 筆：最後面被截去。"),
    ],
)
def test_missing_rows_are_found_and_named(office, gone, sentence):
    tell(office, 5)
    drop_triggers()

    for event in told(office):
        if event.number in gone:
            tamper("DELETE FROM offices_auditevent WHERE id = %s", event.pk)

    assert found(office) == sentence


def test_a_row_that_was_never_recorded_is_found(office):
    tell(office, 2)
    event = told(office)[-1]
    event.pk, event.number, event.previous = None, 3, event.digest
    event.digest = digest_of(event)
    AuditEvent.objects.bulk_create([event])

    assert found(office) == "第 3 筆不在鏈上：不是由系統記下的。"


def test_a_part_is_checked_alone(office):
    tell(office, 6)
    drop_triggers()
    tamper("UPDATE offices_auditevent SET act = 'x' WHERE id = %s", told(office)[1].pk)

    part = verify(chain_of(office), newest=3)

    assert (part.first, part.last, part.found) == (4, 6, "")
    assert found(office) == "第 2 筆的內容被改過。"


def test_the_result_of_the_last_check_is_kept(office):
    tell(office, 2)
    with time_machine.travel("2025-03-03 08:00:00+08:00", tick=False):
        verify(chain_of(office))

    chain = chain_of(office)

    assert chain.checked_at.isoformat() == "2025-03-03T00:00:00+00:00"
    assert (chain.checked_from, chain.checked_until, chain.break_found) == (1, 2, "")


def test_the_system_itself_changes_and_deletes_nothing(office):
    tell(office, 2)
    event = told(office)[0]

    for attempt in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(act="x"),
        lambda: AuditEvent.objects.bulk_update([event], ["act"]),
    ):
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(ProtectedError):
        chain_of(office).delete()

    assert found(office) == ""


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE offices_auditevent SET act = 'x' WHERE number = 1",
        "DELETE FROM offices_auditevent WHERE number = 2",
        "DELETE FROM offices_auditevent WHERE number = 3",
    ],
)
def test_the_database_refuses_changes_and_cuts(office, sql):
    tell(office, 3)

    with pytest.raises(IntegrityError), transaction.atomic():
        tamper(sql)

    assert found(office) == ""


def test_verify_audit_says_what_is_whole(office):
    tell(office, 2)
    tell(None)

    printed = run("verify_audit")

    end = told(office)[-1].digest[:16]
    assert "系統（不屬於任何機關）：第 1 到第 1 筆完整" in printed
    assert f"河東區公所：第 1 到第 2 筆完整，最後一筆 {end}…" in printed


def test_verify_audit_names_the_first_broken_link_and_fails(office):
    other = make_office("河西區公所", code="HX")
    tell(office, 3)
    tell(other, 1)
    drop_triggers()
    tamper("UPDATE offices_auditevent SET act = 'x' WHERE id = %s", told(office)[1].pk)

    with pytest.raises(CommandError) as broken:
        run("verify_audit")

    assert str(broken.value) == "稽核軌跡不完整。\n河東區公所：第 2 筆的內容被改過。"
    assert broken.value.returncode == 1
    assert "完整" in run("verify_audit", "--office", "HX")


def test_verify_audit_writes_what_can_be_kept_elsewhere(office):
    tell(office, 2)

    (row,) = json.loads(run("verify_audit", "--office", "HD", "--json"))

    assert row == {
        "office": office.pk,
        "name": "河東區公所",
        "whole": True,
        "first": 1,
        "last": 2,
        "digest": told(office)[-1].digest,
        "break": "",
    }


def test_verify_audit_refuses_an_unknown_office():
    with pytest.raises(CommandError, match="沒有代碼為「ZZ」的機關"):
        run("verify_audit", "--office", "ZZ")


def tell_at(office, moment, count):
    with time_machine.travel(moment, tick=False):
        tell(office, count)


def test_purging_leaves_what_can_still_be_verified(office):
    now = timezone.now()
    tell_at(office, now - timedelta(days=400), 3)
    tell_at(office, now - timedelta(days=191), 1)
    tell_at(office, now - timedelta(days=189, hours=1), 2)

    printed = run("purge_audit")

    events = told(office)
    assert "河東區公所：清除 4 筆。" in printed
    assert [event.number for event in events] == [5, 6, 7]
    assert (events[-1].act, events[-1].details) == (
        Act.AUDIT_PURGED,
        {"筆數": "4", "到": "第 4 筆"},
    )
    assert found(office) == ""
    assert "清除 0 筆" in run("purge_audit")


def test_all_of_a_chain_may_be_old(office):
    tell_at(office, LONG_AGO, 2)

    assert purge(chain_of(office)) == 2

    assert [event.number for event in told(office)] == [3]
    assert found(office) == ""


def test_a_head_cut_behind_a_purge_is_found(office):
    tell_at(office, LONG_AGO, 2)
    tell(office, 3)
    purge(chain_of(office))
    drop_triggers()

    tamper("DELETE FROM offices_auditevent WHERE id = %s", told(office)[0].pk)

    assert found(office) == "缺少第 3 筆。"


def test_a_longer_period_keeps_more(office, settings):
    settings.AUDIT_DAYS = 1000
    tell_at(office, timezone.now() - timedelta(days=400), 1)

    assert purge(chain_of(office)) == 0


def test_a_broken_chain_is_not_purged(office):
    tell_at(office, LONG_AGO, 2)
    tell(office, 2)
    drop_triggers()
    tamper("UPDATE offices_auditevent SET act = 'x' WHERE id = %s", told(office)[3].pk)

    with pytest.raises(BrokenChain, match="第 4 筆的內容被改過"):
        purge(chain_of(office))
    with pytest.raises(CommandError, match="沒有清除：\n河東區公所：第 4 筆"):
        run("purge_audit")

    assert len(told(office)) == 4


@pytest.mark.parametrize(("days", "errors"), [(190, 0), (3650, 0), (189, 1), (0, 1)])
def test_fewer_days_than_the_law_asks_for_are_refused(settings, days, errors):
    settings.AUDIT_DAYS = days

    assert len(kept_long_enough()) == errors


def test_no_command_runs_with_too_few_days(settings):
    settings.AUDIT_DAYS = 30

    with pytest.raises(SystemCheckError, match="AUDIT_DAYS 是 30，不可少於 190 天"):
        call_command("purge_audit", skip_checks=False)


@pytest.mark.django_db(transaction=True)
def test_appending_at_once_makes_no_fork():
    office, people = make_office(), 6
    start = Barrier(people)

    def act(number):
        try:
            start.wait()
            for _ in range(5):
                record(Act.SIGNED_IN, by=None, office=office, target=str(number))
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as pool:
        list(pool.map(act, range(people)))

    assert [event.number for event in told(office)] == list(range(1, 31))
    assert found(office) == ""


@pytest.mark.django_db(transaction=True)
def test_a_database_can_be_emptied_for_the_next_test(office):
    tell(office, 3)
    tell(None, 2)

    call_command("flush", interactive=False, verbosity=0)

    assert not AuditEvent.objects.exists()
    assert not AuditChain.objects.exists()
