"""研考 keep members and deputies; foreign ids in the data reach nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from offices.members import LastCoordinator, deactivate_member, update_member
from offices.models import Deputy, Role, User
from offices.permissions import roles_of
from tests.factories import (
    make_deputy,
    make_member,
    make_office,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def coordinator(office):
    return make_member(office, Role.COORDINATOR)


@pytest.fixture
def signed_in(client, coordinator):
    client.force_login(coordinator.user)
    return client


def join(client, office, **data):
    newcomer = {"username": "lin", "full_name": "林小青", "roles": ["owner"]}
    return client.post(f"/offices/{office.pk}/members/new/", newcomer | data)


def shown_password(response):
    return re.findall(r"<code>(.*?)</code>", response.content.decode())[1]


def test_new_person_gets_an_account_and_a_password_shown_once(signed_in, office):
    unit = make_unit(office)

    response = join(signed_in, office, unit=unit.pk, title="課員")

    member = office.members.get(user__username="lin")
    assert member.user.check_password(shown_password(response))
    assert member.user.must_change_password
    assert (member.unit, member.title, member.role_names()) == (
        unit,
        "課員",
        ["承辦人"],
    )
    assert "no-store" in response.headers["Cache-Control"]


def test_person_of_another_office_keeps_the_account(signed_in, office):
    elsewhere = make_member(make_office(), user=make_user("lin", full_name="林小青"))
    before = elsewhere.user.password

    response = join(signed_in, office)

    elsewhere.user.refresh_from_db()
    assert response.status_code == 302
    assert elsewhere.user.password == before
    assert elsewhere.user.memberships.count() == 2


def test_foreign_account_is_not_taken_by_its_name_alone(signed_in, office):
    make_member(make_office(), user=make_user("lin", full_name="林大同"))

    page = join(signed_in, office).content.decode()

    assert "這個帳號已有人使用" in page
    assert "林大同" not in page
    assert office.members.count() == 1


def test_administrators_cannot_be_drawn_into_an_office(signed_in, office):
    make_user("lin", full_name="林小青", is_superuser=True)

    page = join(signed_in, office).content.decode()

    assert "這個帳號已有人使用" in page


def test_sleeping_account_wakes_with_a_new_password(signed_in, office):
    user = make_user("lin", full_name="林小青", is_active=False)

    response = join(signed_in, office)

    user.refresh_from_db()
    assert user.is_active
    assert user.check_password(shown_password(response))


def test_member_is_not_added_twice(signed_in, office):
    make_member(office, user=make_user("lin", full_name="林小青"))

    page = join(signed_in, office).content.decode()

    assert "這個帳號已經是本機關的成員。" in page


def test_member_needs_a_role(signed_in, office):
    page = join(signed_in, office, roles=[]).content.decode()

    assert "請至少勾選一個角色。" in page
    assert not User.objects.filter(username="lin").exists()


def test_member_cannot_be_put_in_a_foreign_unit(signed_in, office):
    foreign = make_unit(make_office())

    response = join(signed_in, office, unit=foreign.pk)

    assert "unit" in response.context["form"].errors
    assert not User.objects.filter(username="lin").exists()


def test_edit_changes_name_unit_title_and_roles(signed_in, office):
    member = make_member(office, Role.OWNER)
    unit = make_unit(office)

    signed_in.post(
        f"/offices/members/{member.pk}/",
        {
            "full_name": "陳新名",
            "unit": unit.pk,
            "title": "課長",
            "roles": ["reader", "unit_head"],
        },
    )

    member.refresh_from_db()
    assert str(member) == "陳新名（課長）"
    assert member.unit == unit
    assert member.role_names() == ["課室主管", "檢視者"]


def test_edit_reaches_neither_office_nor_account(signed_in, office):
    member = make_member(office, Role.OWNER)
    foreign_unit = make_unit(make_office())
    before = member.user.username
    data = {
        "full_name": "陳新名",
        "roles": ["owner"],
        "office": foreign_unit.office.pk,
        "user": "1",
        "username": "taken",
        "is_superuser": "on",
    }

    refused = signed_in.post(
        f"/offices/members/{member.pk}/", data | {"unit": foreign_unit.pk}
    )
    signed_in.post(f"/offices/members/{member.pk}/", data)

    member.refresh_from_db()
    assert "unit" in refused.context["form"].errors
    assert (member.office, member.unit) == (office, None)
    assert member.user.username == before
    assert not member.user.is_superuser


def test_person_shared_with_a_foreign_office_keeps_name_and_password(signed_in, office):
    member = make_member(office, user=make_user(full_name="共用員"))
    make_member(make_office(), user=member.user)
    before = member.user.password

    signed_in.post(
        f"/offices/members/{member.pk}/", {"full_name": "冒名", "roles": ["owner"]}
    )
    reset = signed_in.post(f"/offices/members/{member.pk}/reset-password/")

    member.user.refresh_from_db()
    assert reset.status_code == 403
    assert (member.user.full_name, member.user.password) == ("共用員", before)


def test_reset_gives_a_new_password_and_ends_the_sessions(client, office, coordinator):
    member = make_member(office)
    elsewhere = Client()
    elsewhere.force_login(member.user)
    client.force_login(coordinator.user)

    response = client.post(f"/offices/members/{member.pk}/reset-password/")

    member.user.refresh_from_db()
    assert member.user.check_password(shown_password(response))
    assert elsewhere.get("/help/").context["user"].is_anonymous


def test_deactivated_person_is_signed_out_and_may_come_back(signed_in, office):
    member = make_member(office)
    elsewhere = Client()
    elsewhere.force_login(member.user)

    signed_in.post(f"/offices/members/{member.pk}/deactivate/")
    gone = elsewhere.get("/password/")
    signed_in.post(f"/offices/members/{member.pk}/reactivate/")

    member.refresh_from_db()
    assert gone.headers["Location"].startswith("/sign-in/")
    assert member.is_active
    assert member.user.is_active


def test_person_with_another_office_keeps_signing_in(office, coordinator):
    member = make_member(office)
    make_member(make_office(), user=member.user)

    deactivate_member(member, by=None)

    assert member.user.is_active
    assert roles_of(member.user, office) == frozenset()


def test_last_coordinator_stays(signed_in, office, coordinator):
    response = signed_in.post(
        f"/offices/members/{coordinator.pk}/deactivate/", follow=True
    )

    coordinator.refresh_from_db()
    assert "機關至少要有一位在職的研考" in response.content.decode()
    assert coordinator.is_active


def test_last_coordinator_keeps_the_role(office, coordinator):
    with pytest.raises(LastCoordinator):
        update_member(
            coordinator,
            full_name="甲",
            unit=None,
            title="",
            roles=[Role.READER],
            by=None,
        )

    assert roles_of(coordinator.user, office) == {Role.COORDINATOR}


def test_one_of_two_coordinators_may_go(office, coordinator):
    make_member(office, Role.COORDINATOR)

    deactivate_member(coordinator, by=None)

    assert not coordinator.is_active


def lend(client, office, member, deputy, starts_on="114/1/2", ends_on="114/1/9"):
    return client.post(
        f"/offices/{office.pk}/deputies/new/",
        {
            "member": member.pk,
            "deputy": deputy.pk,
            "starts_on": starts_on,
            "ends_on": ends_on,
        },
    )


def test_deputy_holds_the_roles_for_the_days(signed_in, office, coordinator):
    colleague = make_member(office, Role.READER)
    today = timezone.localdate()

    lend(signed_in, office, coordinator, colleague, today, today)

    assert roles_of(colleague.user, office) == {Role.READER, Role.COORDINATOR}


@pytest.mark.parametrize("field", ["member", "deputy"])
def test_deputies_come_from_the_same_office(signed_in, office, field):
    people = {"member": make_member(office), "deputy": make_member(office)}
    people[field] = make_member(make_office())

    response = lend(signed_in, office, **people)

    assert list(response.context["form"].errors) == [field]
    assert not Deputy.objects.exists()


def test_nobody_is_their_own_deputy(signed_in, office, coordinator):
    response = lend(signed_in, office, coordinator, coordinator)

    assert response.context["form"].errors["deputy"] == ["代理人不能是本人。"]


def test_deputy_dates_stand_in_order(signed_in, office, coordinator):
    colleague = make_member(office)

    response = lend(signed_in, office, coordinator, colleague, "114/1/9", "114/1/2")

    assert response.context["form"].errors == {
        "ends_on": ["代理迄日不能早於代理起日。"]
    }


def test_ended_deputy_acts_through_today(signed_in, office, coordinator):
    deputy = make_deputy(coordinator, make_member(office))

    signed_in.post(f"/offices/deputies/{deputy.pk}/end/")

    deputy.refresh_from_db()
    assert deputy.ends_on == timezone.localdate()


def test_deputy_that_has_not_begun_is_dropped(signed_in, office, coordinator):
    tomorrow = timezone.localdate() + timedelta(days=1)
    deputy = make_deputy(coordinator, make_member(office), starts_on=tomorrow)

    signed_in.post(f"/offices/deputies/{deputy.pk}/end/")

    assert not Deputy.objects.exists()
