"""Preview, export page and files, as a reader of the office meets them."""

import json
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from offices.models import Role
from plans.editing import add_block
from plans.exports import request_export
from plans.models import Export
from tests.factories import make_member, make_plan, make_point, make_table, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(client):
    plan = make_plan()
    client.force_login(make_member(plan.office, Role.READER).user)
    make_point(plan, "計畫依據")
    return plan


@pytest.fixture
def finished(client, plan, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("plans:export_start", args=[plan.pk]))
    return plan


def get(client, name, plan, *args, **kwargs):
    """The answer; a streamed one is read to its end, where the client closes it."""
    response = client.get(reverse(f"plans:{name}", args=[plan.pk, *args]), **kwargs)
    if response.streaming:
        response.body = response.getvalue()
    return response


def test_the_preview_shows_the_paper_without_edit_links(client, plan):
    page = get(client, "preview", plan).content.decode()

    assert '<article class="paper" id="paper">' in page
    assert 'class="edit"' not in page
    assert " style=" not in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_preview_costs_the_same_for_any_size(
    client, plan, rows, django_assert_num_queries
):
    make_table(plan, rows=[("主動服務", "到府收件")] * rows)

    with django_assert_num_queries(9):
        get(client, "preview", plan)


def test_the_export_page_offers_to_make_the_pdf(client, plan):
    page = get(client, "export", plan).content.decode()

    assert "產生 PDF</button>" in page
    assert "hx-trigger" not in page


def test_a_running_job_is_polled(client, plan):
    request_export(plan)

    page = get(client, "export", plan).content.decode()

    assert 'hx-trigger="every 1s"' in page
    assert "更新狀態</a>" in page


def test_the_poll_answers_with_the_state_alone(client, plan):
    request_export(plan)

    part = get(client, "export", plan, headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith('<div id="export-state"')


def test_a_worker_that_does_not_run_is_told(client, plan):
    export = request_export(plan)
    long_ago = timezone.now() - timedelta(seconds=60)
    Export.objects.filter(pk=export.pk).update(requested_at=long_ago)

    assert "背景程式可能沒有執行" in get(client, "export", plan).content.decode()


def test_a_failure_is_told_and_can_be_tried_again(client, plan):
    request_export(plan)
    plan.exports.update(state=Export.State.FAILED, message="缺少系統程式庫")

    page = get(client, "export", plan).content.decode()

    assert "缺少系統程式庫" in page
    assert "重新產生 PDF</button>" in page


def test_an_annex_is_offered_and_made_alone(client, plan):
    annex = add_block(plan, kind="annex", by=make_user(), heading="時程表")
    key = f"b{annex.pk}"

    offered = get(client, "export", plan).content.decode()
    start = client.post(f"/plans/{plan.pk}/export/start/", {"part": key})
    page = client.get(start.url).content.decode()

    assert f'href="?part={key}"' in offered
    assert start.url.endswith(f"?part={key}")
    assert "只印附件" in page
    assert plan.exports.get().part == key


@pytest.mark.parametrize("part", ["b999999", "schedule", "x" * 300, "\x00"])
def test_a_part_that_is_not_there_is_not_found(client, plan, part):
    page = client.get(f"/plans/{plan.pk}/export/", {"part": part})
    start = client.post(f"/plans/{plan.pk}/export/start/", {"part": part})

    assert (page.status_code, start.status_code) == (404, 404)


def test_missing_characters_are_named_with_their_place(client, plan):
    make_point(plan, "姓名\U0010fffd先生")
    request_export(plan)
    plan.exports.update(state=Export.State.DONE, missing="\U0010fffd")

    page = get(client, "export", plan).content.decode()

    assert "U+10FFFD「\U0010fffd」在 貳：姓名\U0010fffd先生" in page


def test_the_finished_pdf_is_downloaded(client, finished):
    response = get(client, "pdf", finished)

    assert response.body.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert unquote(response["Content-Disposition"]) == (
        f"attachment; filename*=utf-8''{finished}.pdf"
    )
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_an_unchanged_pdf_is_not_sent_again(client, finished):
    etag = get(client, "pdf", finished)["ETag"]

    again = get(client, "pdf", finished, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_a_finished_pdf_costs_one_query(client, finished, django_assert_num_queries):
    signing_in = 2  # session and person, as for every page
    telling = 3  # the audit trail: the chain, its event, the chain

    with django_assert_num_queries(signing_in + 1 + telling):
        get(client, "pdf", finished)


def test_a_changed_plan_leads_to_the_export_page(client, finished):
    etag = get(client, "pdf", finished)["ETag"]
    finished.touch()

    response = get(client, "pdf", finished, headers={"If-None-Match": etag})

    assert response.url == reverse("plans:export", args=[finished.pk])


def test_a_lost_file_leads_to_the_export_page(client, finished):
    export = finished.exports.get()
    export.file.storage.delete(export.file.name)

    assert get(client, "pdf", finished).status_code == 302


def test_the_plan_is_downloaded_as_a_page(client, plan):
    response = get(client, "file", plan, "html")

    assert "計畫依據" in response.content.decode()
    assert response["Content-Disposition"].startswith("attachment;")


def test_the_plan_is_downloaded_as_data(client, plan):
    data = json.loads(get(client, "file", plan, "json").content)

    assert data["children"][0]["heading"] == "計畫依據"


def test_an_unknown_format_is_not_found(client, plan):
    assert get(client, "file", plan, "exe").status_code == 404
