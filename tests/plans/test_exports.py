"""The job that makes a plan's PDF, and the file it leaves."""

import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from plans import exports
from plans.documents.pdf import render
from plans.exports import finished_export, layout, make_export, request_export
from plans.masthead import delete_plan
from plans.models import Export, Plan
from tests.factories import make_plan, make_point

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(django_capture_on_commit_callbacks):
    """Ask for a PDF and let the worker finish it."""

    def make(plan):
        with django_capture_on_commit_callbacks(execute=True):
            request_export(plan)
        with django_capture_on_commit_callbacks(execute=True):
            return finished_export(Plan.objects.get(pk=plan.pk))

    return make


def beginning(export):
    with export.file.open() as file:
        return file.read(8)


def age(export, **fields):
    Export.objects.filter(pk=export.pk).update(**fields)
    export.refresh_from_db()


def test_the_pdf_is_made_and_kept(made):
    plan = make_plan()
    make_point(plan, "計畫依據")

    export = made(plan)

    assert export.pages == 1
    assert beginning(export) == b"%PDF-1.7"


def test_asking_twice_is_one_job(django_capture_on_commit_callbacks):
    plan = make_plan()

    with django_capture_on_commit_callbacks() as jobs:
        first, second = request_export(plan), request_export(plan)

    assert first == second
    assert len(jobs) == 1


def test_a_finished_pdf_is_not_made_again(made, django_capture_on_commit_callbacks):
    plan = make_plan()
    made(plan)

    with django_capture_on_commit_callbacks() as jobs:
        request_export(plan)

    assert jobs == []


def test_a_change_needs_a_new_pdf_and_drops_the_old_file(made):
    plan = make_plan()
    old = made(plan).file.name

    plan.touch()

    plan.refresh_from_db()
    assert finished_export(plan) is None
    assert made(plan).file.name != old
    assert plan.exports.count() == 1
    assert len(default_storage.listdir("exports")[1]) == 1


def test_a_job_prints_the_plan_of_the_moment_it_is_done():
    plan = make_plan()
    export = request_export(plan)
    plan.touch()

    make_export.call(export.pk)

    plan.refresh_from_db()
    assert finished_export(plan) == export


def test_a_job_whose_plan_has_a_newer_job_is_dropped():
    plan = make_plan()
    old = request_export(plan)
    plan.touch()
    newer = request_export(plan)

    make_export.call(old.pk)

    assert list(plan.exports.all()) == [newer]


def test_a_job_is_done_by_one_worker_only():
    export = request_export(make_plan())
    age(export, state=Export.State.RUNNING)

    make_export.call(export.pk)

    export.refresh_from_db()
    assert export.state == Export.State.RUNNING


def test_a_job_without_its_plan_is_no_error():
    make_export.call(404)


def test_a_lost_file_is_made_again(made):
    plan = make_plan()
    default_storage.delete(made(plan).file.name)

    assert beginning(made(plan)) == b"%PDF-1.7"


def test_a_file_of_another_layout_is_made_again(made):
    plan = make_plan()
    age(made(plan), layout="older")
    assert finished_export(plan) is None

    assert made(plan).layout == layout()


@pytest.mark.parametrize(
    ("state", "seconds", "begun"),
    [
        (Export.State.WAITING, 1, 0),
        (Export.State.WAITING, 60, 1),
        (Export.State.RUNNING, 60, 0),
        (Export.State.RUNNING, 3600, 1),
        (Export.State.FAILED, 1, 1),
    ],
)
def test_a_stuck_job_can_be_begun_again(
    state, seconds, begun, django_capture_on_commit_callbacks
):
    plan = make_plan()
    then = timezone.now() - timedelta(seconds=seconds)
    started = None if state == Export.State.WAITING else then
    age(request_export(plan), state=state, requested_at=then, started_at=started)

    with django_capture_on_commit_callbacks() as jobs:
        request_export(plan)

    assert len(jobs) == begun


def test_a_deleted_plan_leaves_no_file(made, django_capture_on_commit_callbacks):
    plan = make_plan()
    made(plan)

    with django_capture_on_commit_callbacks(execute=True):
        delete_plan(plan, by=None)

    assert not Plan.objects.exists()
    assert default_storage.listdir("exports")[1] == []


def test_a_file_stays_where_deleting_its_plan_fails(
    made, django_capture_on_commit_callbacks
):
    plan = make_plan()
    name = made(plan).file.name

    with (
        django_capture_on_commit_callbacks(execute=True),
        contextlib.suppress(RuntimeError),
        transaction.atomic(),
    ):
        delete_plan(plan, by=None)
        raise RuntimeError

    assert default_storage.exists(name)


def test_a_job_that_ends_after_its_plan_was_deleted_leaves_no_file(monkeypatch):
    plan = make_plan()
    export = request_export(plan)

    def render_while_the_plan_is_deleted(document):
        delete_plan(plan, by=None)
        return render(document)

    monkeypatch.setattr(exports, "render", render_while_the_plan_is_deleted)
    make_export.call(export.pk)

    assert not default_storage.exists("exports")


def test_missing_characters_are_kept(made):
    plan = make_plan()
    make_point(plan, "姓名\U0010fffd")

    assert made(plan).missing == "\U0010fffd"


def test_files_lie_in_the_data_directory(made, settings):
    name = made(make_plan()).file.path

    assert Path(settings.MEDIA_ROOT) in Path(name).parents
