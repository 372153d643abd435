"""What the audit trail tells of plans: made, read in, taken along, deleted."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from offices.audit.models import Act
from offices.models import Role
from plans.importing import apply_draft
from plans.models import Draft, Plan
from tests.factories import (
    make_deputy,
    make_member,
    make_office,
    make_plan,
    make_point,
    make_user,
)
from tests.offices.audit_tools import told

pytestmark = pytest.mark.django_db
TEXT = "壹、計畫依據\n一、依市府函辦理。\n貳、計畫目標\n"


@pytest.fixture
def office():
    return make_office(code="A001")


@pytest.fixture
def coordinator(client, office):
    user = make_user("gu", full_name="谷昱辰")
    client.force_login(make_member(office, Role.COORDINATOR, user=user).user)
    return user


def last(office):
    return told(office)[-1]


def test_making_and_deleting_a_plan_is_told(client, office, coordinator):
    client.post(
        reverse("plans:create"),
        {"office": office.pk, "year": "114", "title": "便民服務計畫"},
    )
    plan, made = Plan.objects.get(), last(office)
    client.post(reverse("plans:delete", args=[plan.pk]), {"confirmed": "1"})

    assert (made.act, made.target) == (Act.PLAN_CREATED, plan.pk)
    gone = last(office)
    assert (gone.act, gone.target, gone.target_name, gone.actor) == (
        Act.PLAN_DELETED,
        plan.pk,
        "便民服務計畫",
        coordinator.pk,
    )


def test_a_deputy_who_deletes_is_told_with_both_names(client, office, coordinator):
    deputy = make_member(office, Role.READER)
    make_deputy(coordinator.memberships.get(), deputy)
    plan = make_plan(office)
    client.force_login(deputy.user)

    client.post(reverse("plans:delete", args=[plan.pk]), {"confirmed": "1"})

    event = last(office)
    assert (event.actor, event.acting_for) == (deputy.user.pk, coordinator.pk)


def test_an_imported_draft_is_told_once_with_its_source(office, coordinator):
    draft = Draft.objects.create(
        office=office,
        created_by=coordinator,
        year=114,
        title="便民服務計畫",
        source=TEXT,
        source_name="去年.txt",
    )

    apply_draft(draft, by=coordinator)
    apply_draft(draft, by=coordinator)

    (event,) = [one for one in told(office) if one.act == Act.PLAN_IMPORTED]
    assert event.target_name == "便民服務計畫"
    assert event.details == {"來源": "去年.txt"}


def test_an_import_by_command_is_told(office, tmp_path, capsys):
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")

    call_command(
        "import_plan", str(path), "--office=A001", "--year=114", "--title=計畫"
    )

    (event,) = told(office)
    assert (event.act, event.actor) == (Act.PLAN_IMPORTED, None)
    assert event.actor_name.startswith("系統指令（")
    assert event.details == {"來源": "plan.txt"}


@pytest.mark.parametrize("extension", ["html", "json"])
def test_files_taken_along_are_told_with_what_they_hold(
    client, office, coordinator, extension
):
    plan = make_plan(office)

    client.get(reverse("plans:file", args=[plan.pk, extension]))

    event = last(office)
    assert (event.act, event.target_name) == (Act.PLAN_EXPORTED, str(plan))
    assert event.details == {
        "格式": extension.upper(),
        "範圍": "全部",
        "個人資料": "承辦人等姓名",
    }


def test_a_pdf_is_told_when_made_and_when_taken_but_not_when_still_had(
    client, office, coordinator, django_capture_on_commit_callbacks
):
    plan = make_plan(office)
    make_point(plan, "計畫依據")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("plans:export_start", args=[plan.pk]))
    pdf = reverse("plans:pdf", args=[plan.pk])

    first = client.get(pdf)
    first.getvalue()
    client.get(pdf, headers={"If-None-Match": first["ETag"]})

    assert [event.act for event in told(office)[1:]] == [
        Act.PDF_REQUESTED,
        Act.PLAN_EXPORTED,
    ]


def test_another_offices_plan_leaves_no_trace(client, coordinator):
    plan = make_plan(make_office())

    client.get(reverse("plans:file", args=[plan.pk, "json"]))

    assert told(plan.office) == []


def test_an_export_by_command_is_told_where_it_was_written(office, tmp_path, capsys):
    plan = make_plan(office)
    command = ["export_plan", str(plan.pk), "--format=json", "--output"]

    with pytest.raises(CommandError):
        call_command(*command, str(tmp_path / "missing" / "plan.json"))
    before = told(office)
    call_command(*command, str(tmp_path / "plan.json"))

    assert before == []
    assert last(office).act == Act.PLAN_EXPORTED
