"""What the audit trail tells: who, for whom, from where, what; nothing that was undone."""

from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction

from offices.audit.models import Act
from offices.audit.recording import ROLES, lender_of, record
from offices.members import (
    LastCoordinator,
    add_member,
    deactivate_member,
    update_member,
)
from offices.models import Member, Role
from offices.passwords import change_password
from offices.units import delete_unit
from tests.factories import (
    make_deputy,
    make_member,
    make_office,
    make_unit,
    make_user,
)
from tests.offices.audit_tools import acts, told

pytestmark = pytest.mark.django_db
RIGHT = "right-Password-1"


@pytest.fixture
def office():
    return make_office("河東區公所")


@pytest.fixture
def coordinator(office):
    user = make_user("gu", full_name="谷昱辰")
    return make_member(office, Role.COORDINATOR, user=user)


def try_sign_in(client, username, password=RIGHT, **extra):
    return client.post(
        "/sign-in/", {"username": username, "password": password}, **extra
    )


def test_an_event_tells_who_when_from_where_and_what(client, office, coordinator):
    with time_machine.travel("2025-03-03 08:00:00+08:00", tick=False):
        try_sign_in(client, "gu", REMOTE_ADDR="198.51.100.7")

    (event,) = told(office)

    assert event.act == Act.SIGNED_IN
    assert (event.actor, event.actor_name) == (coordinator.user.pk, "谷昱辰（gu）")
    assert event.at.isoformat() == "2025-03-03T00:00:00+00:00"
    assert event.address == "198.51.100.7"
    assert (event.office_name, event.number, event.previous) == ("河東區公所", 1, "")


def test_the_proxys_word_counts_where_it_is_trusted(client, coordinator, settings):
    settings.TRUST_PROXY = True

    try_sign_in(client, "gu", headers={"X-Forwarded-For": "10.9.9.9, 203.0.113.5"})

    assert told(coordinator.office)[0].address == "203.0.113.5"


def test_an_address_is_forgotten_after_its_request(client, office, coordinator):
    try_sign_in(client, "gu")

    event = record(Act.PLAN_DELETED, by=None, office=office)

    assert event.address == ""
    assert event.actor_name.startswith("系統指令（")


def test_a_wrong_password_is_told_without_the_password(client, office, coordinator):
    try_sign_in(client, "gu", "my-Secret-99")

    (event,) = told(office)

    assert (event.act, event.actor, event.actor_name) == (
        Act.SIGN_IN_FAILED,
        None,
        "未登入",
    )
    assert (event.target_name, event.details) == (
        "gu",
        {"原因": "帳號或密碼不正確"},
    )


@pytest.mark.parametrize("name", ["nobody", "甲" * 150, "a😀b"])
def test_an_unknown_account_is_told_to_the_installation(client, name):
    try_sign_in(client, name)

    assert [event.target_name for event in told()] == [name]


def test_a_lock_is_told_once_and_the_tries_during_it_as_failures(
    client, office, coordinator
):
    for _ in range(7):
        try_sign_in(client, "gu", "wrong")

    failed = told(office, Act.SIGN_IN_FAILED)
    assert acts(office)[5] == Act.LOCKED_OUT
    assert acts(office).count(Act.LOCKED_OUT) == 1
    assert [event.details["原因"] for event in failed] == (
        ["帳號或密碼不正確"] * 5 + ["帳號鎖定中"] * 2
    )


def test_a_person_of_two_offices_is_told_in_both(client, coordinator):
    second = make_member(make_office("河西區公所"), user=coordinator.user)
    make_member(make_office("離開的機關"), user=coordinator.user, is_active=False)
    try_sign_in(client, "gu")
    client.post("/sign-out/")

    for office in (coordinator.office, second.office):
        assert acts(office) == [Act.SIGNED_IN, Act.SIGNED_OUT]
    assert told() == []


def test_an_administrator_belongs_to_the_installation(client):
    make_user("root", is_superuser=True)

    try_sign_in(client, "root")

    assert acts() == [Act.SIGNED_IN]


def test_password_changes_and_resets_are_told(client, office, coordinator):
    change_password(coordinator.user, new="Another-Good-2")
    call_command("reset_password", "gu", stdout=StringIO())

    changed, issued = told(office)

    assert (changed.act, changed.actor_name) == (Act.PASSWORD_CHANGED, "谷昱辰（gu）")
    assert issued.act == Act.PASSWORD_ISSUED
    assert issued.actor_name.startswith("系統指令（")
    assert issued.target_name == "谷昱辰（gu）"


def test_a_new_office_and_its_first_coordinator_are_told():
    call_command(
        "create_office", "B2", "明山市地政處", "--admin", "lin", stdout=StringIO()
    )

    office = Member.objects.get(user__username="lin").office
    assert acts(office) == [
        Act.OFFICE_CREATED,
        Act.PASSWORD_ISSUED,
        Act.MEMBER_ADDED,
    ]


def test_roles_are_told_before_and_after(office, coordinator):
    joined = add_member(
        office,
        username="lin",
        full_name="林小青",
        roles=[Role.OWNER],
        by=coordinator.user,
    )
    unit = make_unit(office, "民政課", "民")

    update_member(
        joined.member,
        full_name="林小青",
        unit=unit,
        title="課長",
        roles=[Role.UNIT_HEAD, Role.OWNER],
        by=coordinator.user,
    )

    *_, changed, rights = told(office)
    assert (changed.act, changed.details) == (
        Act.MEMBER_CHANGED,
        {"課室": "（空白） → 民政課", "職稱": "（空白） → 課長"},
    )
    assert (rights.act, rights.details) == (
        Act.ROLES_CHANGED,
        {"角色": "承辦人 → 承辦人、課室主管"},
    )
    assert rights.actor == coordinator.user.pk


def test_saving_a_member_unchanged_tells_nothing(office, coordinator):
    update_member(
        coordinator,
        full_name=coordinator.user.full_name,
        unit=None,
        title="",
        roles=[Role.COORDINATOR],
        by=coordinator.user,
    )

    assert told(office) == []


def test_what_is_refused_is_not_told(office, coordinator):
    with pytest.raises(LastCoordinator):
        deactivate_member(coordinator, by=coordinator.user)

    assert told(office) == []


def test_what_is_rolled_back_is_not_told(office, coordinator):
    unit = make_unit(office)

    with transaction.atomic():
        delete_unit(unit, by=coordinator.user)
        transaction.set_rollback(True)

    assert told(office) == []
    assert office.units.get().name == unit.name


def test_pages_of_an_office_tell_what_they_did(client, office, coordinator):
    client.force_login(coordinator.user)
    other = make_member(office)
    base = f"/offices/{office.pk}"

    client.post(f"{base}/units/new/", {"name": "民政課", "label": "民"})
    unit = office.units.get()
    client.post(f"/offices/units/{unit.pk}/", {"name": "民政課", "label": "民"})
    client.post(f"/offices/units/{unit.pk}/", {"name": "民防課", "label": "防"})
    client.post(f"/offices/units/{unit.pk}/move/", {"direction": "up"})
    client.post(f"/offices/units/{unit.pk}/delete/")
    client.post(
        f"{base}/deputies/new/",
        {
            "member": coordinator.pk,
            "deputy": other.pk,
            "starts_on": "114/1/2",
            "ends_on": "199/1/3",
        },
    )
    client.post(f"/offices/deputies/{coordinator.deputies.get().pk}/end/")
    client.post(f"/offices/members/{other.pk}/deactivate/")
    client.post(f"/offices/members/{other.pk}/reactivate/")
    client.post(f"/offices/members/{other.pk}/reset-password/")

    assert acts(office) == [
        Act.SIGNED_IN,
        Act.UNIT_ADDED,
        Act.UNIT_CHANGED,
        Act.UNIT_MOVED,
        Act.UNIT_DELETED,
        Act.DEPUTY_SET,
        Act.DEPUTY_ENDED,
        Act.MEMBER_LEFT,
        Act.MEMBER_BACK,
        Act.PASSWORD_ISSUED,
    ]
    by_act = {event.act: event for event in told(office)}
    assert by_act["unit_changed"].details == {
        "課室名稱": "民政課 → 民防課",
        "簡稱": "民 → 防",
    }
    assert by_act["unit_deleted"].target_name == "民防課"
    assert by_act["deputy_set"].details == {"代理期間": "114/1/2 到 199/1/3"}
    assert {event.address for event in told(office)[1:]} == {"127.0.0.1"}


def test_both_names_are_told_where_a_role_is_lent(client, office, coordinator):
    deputy = make_member(office, Role.OWNER, user=make_user("wu", full_name="吳沛芩"))
    make_deputy(coordinator, deputy)
    client.force_login(deputy.user)

    client.post(f"/offices/{office.pk}/units/new/", {"name": "民政課", "label": "民"})

    event = told(office)[-1]
    assert (event.actor_name, event.acting_for_name) == (
        "吳沛芩（wu）",
        "谷昱辰（gu）",
    )
    assert (event.actor, event.acting_for) == (deputy.user.pk, coordinator.user.pk)


def test_ones_own_role_comes_before_a_lent_one(office, coordinator):
    second = make_member(office, Role.COORDINATOR)
    make_deputy(coordinator, second)

    assert lender_of(second.user, office, {Role.COORDINATOR}) is None


def test_a_role_is_lent_in_its_office_alone(office, coordinator):
    deputy = make_member(office)
    make_deputy(coordinator, deputy)

    assert lender_of(deputy.user, office, {Role.COORDINATOR}) == coordinator
    assert lender_of(deputy.user, make_office(), {Role.COORDINATOR}) is None
    assert lender_of(deputy.user, office, {Role.CHIEF}) is None


def test_every_act_of_management_knows_its_role():
    told_apart = {"unit", "member", "roles", "deputy"}

    for act in Act:
        if act.value.partition("_")[0] in told_apart:
            assert ROLES[act] == {Role.COORDINATOR}


def test_text_that_no_database_takes_is_told_without_it(office):
    event = record(
        Act.PLAN_EXPORTED,
        by=None,
        office=office,
        target="甲\x00乙\ud800" + "長" * 300,
        details={"格式": "P\x00DF"},
    )

    event.refresh_from_db()
    assert event.target_name.startswith("甲乙?長")
    assert len(event.target_name) == 250
    assert event.details == {"格式": "PDF"}


def test_an_event_costs_three_statements(office, django_assert_num_queries):
    user = make_user()
    record(Act.SIGNED_IN, by=user, office=office)

    with django_assert_num_queries(3):
        record(Act.PLAN_EXPORTED, by=user, office=office, target=user)
    with django_assert_num_queries(4):
        record(Act.PLAN_DELETED, by=user, office=office)
