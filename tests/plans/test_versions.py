"""The pages of approved versions: list, one version, and its paper as PDF."""

import pytest
from django.core.files.storage import default_storage

from offices.models import Role
from plans.documents.pdf import render
from plans.editing import save_block
from plans.exports import finished_export, layout, make_export, request_export
from plans.freezing import ALTERED, document_of
from plans.models import Export, Plan, State
from tests.factories import make_deputy, make_member, make_plan, make_point, make_user
from tests.plans.approved import alter, approve_as_it_is, text_of
from tests.plans.requests import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(plan, client):
    user = make_member(plan.office, Role.READER).user
    client.force_login(user)
    return user


@pytest.fixture
def approved(plan):
    plan.point = make_point(plan, "計畫目標", body="縮短民眾等候時間。")
    plan.approval = approve_as_it_is(plan, reference="明東字第1140000123號")
    return plan


def say(plan, words):
    point = plan.blocks.get(pk=plan.point.pk)
    save_block(point, version=point.version, heading=words, body="", by=make_user())
    plan.refresh_from_db()


def part(approval):
    return f"v{approval.pk}"


@pytest.fixture
def printed(django_capture_on_commit_callbacks):
    """Ask for a PDF and let the worker finish it."""

    def make(plan, name):
        with django_capture_on_commit_callbacks(execute=True):
            request_export(plan, name)
        with django_capture_on_commit_callbacks(execute=True):
            return finished_export(Plan.objects.get(pk=plan.pk), name)

    return make


def content(export):
    with export.file.open() as file:
        return file.read()


def test_without_a_version_the_next_step_is_told(client, plan, writer):
    page = text_of(client.get(at("approvals", plan)))

    assert "還沒有核定的版本" in page
    assert at("submit", plan) in page


def test_versions_are_listed_with_what_can_be_done(client, approved, reader):
    say(approved, "計畫目標修正")
    second = approve_as_it_is(approved)

    page = text_of(client.get(at("approvals", approved)))

    first = approved.approval
    assert "114/1/16" in page
    assert "明東字第1140000123號" in page
    assert first.digest[:12] in page
    assert at("amendments", approved, f"v{first.pk}-v{second.pk}") in page
    assert at("amendments", approved, f"v{first.pk}-now") in page
    assert at("amendments", approved, f"v{second.pk}-now") not in page
    assert "第一版，沒有前一版" in page
    assert "與現在相同" in page


def test_who_approved_for_whom_is_told(client, approved, reader):
    chief = make_member(approved.office, Role.CHIEF)
    deputy = make_member(approved.office, Role.COORDINATOR)
    make_deputy(chief, deputy)
    approved.approvals.update(approved_by=deputy.user, acting_for=chief)

    page = text_of(client.get(at("approvals", approved)))

    assert f"{deputy.user}（代理 {chief.user}）" in page


@pytest.mark.parametrize("versions", [1, 4])
def test_the_list_costs_the_same_for_any_number(
    client, approved, reader, versions, django_assert_num_queries
):
    for _ in range(versions):
        approve_as_it_is(approved, approved_by=reader)

    # session, person, plan, versions, roles
    with django_assert_num_queries(5):
        client.get(at("approvals", approved))


def test_a_version_is_shown_as_it_was(client, approved, reader):
    say(approved, "後來的文字")

    page = text_of(client.get(at("approval", approved, approved.approval.pk)))

    assert "縮短民眾等候時間。" in page
    assert "後來的文字" not in page
    assert "內容與雜湊相符" in page
    assert approved.approval.digest in page


def test_an_altered_version_is_shown_as_broken(client, approved, reader):
    alter(approved.approval)

    response = client.get(at("approval", approved, approved.approval.pk))

    page = text_of(response)
    assert response.status_code == 200
    assert ALTERED in page
    assert "✖" in page
    assert "列印 PDF" not in page
    assert 'id="paper"' not in page


def test_a_version_of_another_plan_is_not_found(client, approved, reader):
    other = make_plan(approved.office)

    assert client.get(at("approval", other, approved.approval.pk)).status_code == 404


def test_the_same_version_gives_the_same_bytes(approved):
    document = document_of(approved.approval)

    assert render(document).pdf == render(document).pdf


def test_the_pdf_of_a_version_outlives_later_editions(approved, printed):
    name = part(approved.approval)
    before = content(printed(approved, name))
    say(approved, "後來的文字")
    printed(approved, "")

    kept = finished_export(approved, name)

    assert kept is not None
    assert content(kept) == before
    assert approved.exports.count() == 2


def test_the_pdf_of_a_version_is_made_once(
    approved, printed, django_capture_on_commit_callbacks
):
    name = part(approved.approval)
    printed(approved, name)
    Export.objects.update(layout="older")
    say(approved, "後來的文字")

    with django_capture_on_commit_callbacks() as jobs:
        request_export(approved, name)

    assert jobs == []
    assert finished_export(approved, name) is not None


def test_the_pdf_of_a_version_is_of_what_was_frozen(approved, printed):
    say(approved, "後來的文字")

    export = printed(approved, part(approved.approval))

    assert export.digest == approved.approval.digest


def test_the_plan_and_its_version_are_two_files(approved, printed):
    printed(approved, "")
    printed(approved, part(approved.approval))

    assert len(default_storage.listdir("exports")[1]) == 2
    finished = finished_export(approved)
    assert finished
    assert finished.layout == layout()


def test_an_altered_version_is_not_printed(approved):
    alter(approved.approval)
    export = request_export(approved, part(approved.approval))

    make_export.call(export.pk)

    export.refresh_from_db()
    assert export.state == Export.State.FAILED
    assert export.message == ALTERED


def test_a_pdf_made_before_the_change_is_not_handed_out(
    client, approved, reader, printed
):
    name = part(approved.approval)
    printed(approved, name)
    alter(approved.approval)

    download = client.get(at("pdf", approved), {"part": name})
    page = text_of(client.get(at("export", approved), {"part": name}))

    assert download.status_code == 302
    assert ALTERED in page
    assert "下載 PDF" not in page


def test_the_pdf_is_made_from_the_page_and_downloaded(
    client, approved, reader, django_capture_on_commit_callbacks
):
    name = part(approved.approval)
    with django_capture_on_commit_callbacks(execute=True):
        start = client.post(at("export_start", approved), {"part": name})

    page = text_of(client.get(start.url))
    response = client.get(at("pdf", approved), {"part": name})

    assert "內容與第 1 版一致" in page
    assert response.getvalue().startswith(b"%PDF")
    assert "%E7%AC%AC%201%20%E7%89%88.pdf" in response["Content-Disposition"]


@pytest.mark.parametrize("name", ["v999", "v0", "v" + "9" * 30, "v1-v1", "v999-now"])
def test_a_version_that_is_not_there_is_not_printed(client, approved, reader, name):
    page = client.get(at("export", approved), {"part": name})
    start = client.post(at("export_start", approved), {"part": name})

    assert (page.status_code, start.status_code) == (404, 404)


def test_a_version_of_another_plan_is_not_printed(client, approved, reader):
    other = make_plan(approved.office)

    page = client.get(at("export", other), {"part": part(approved.approval)})

    assert page.status_code == 404


def test_a_closed_plan_still_shows_its_versions(client, approved, reader):
    Plan.objects.update(state=State.CLOSED)

    assert client.get(at("approvals", approved)).status_code == 200
