"""Evidence is kept, handed out through the permission check, and proven by its digest."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from offices.audit.models import Act, AuditEvent
from offices.models import Role
from schedule.models import Evidence, Report
from schedule.reporting import evidence as keeping
from tests.factories import make_indicator, make_item, make_member
from tests.schedule.reporting.made import (
    PDF,
    make_past_period,
    make_report,
    word_file,
)


@pytest.fixture
def address(plan, period, share):
    return reverse("schedule:evidence_add", args=[plan.pk, period.pk, share.pk])


def send(client, address, data, name="紀錄.pdf", **more):
    return client.post(address, {"file": SimpleUploadedFile(name, data)} | more)


def text_of(response):
    return response.content.decode()


def test_a_file_is_kept_and_comes_back_as_an_attachment(client, address, plan, owner):
    assert send(client, address, PDF, "執行檔.exe").status_code == 302
    evidence = Evidence.objects.get()

    response = client.get(reverse("schedule:evidence", args=[plan.pk, evidence.pk]))

    assert response.content == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert evidence.name == "執行檔.exe.pdf"
    acts = set(AuditEvent.objects.values_list("act", flat=True))
    assert {Act.EVIDENCE_ADDED, Act.EVIDENCE_READ} <= acts


def test_evidence_alone_is_no_report(client, address):
    send(client, address, PDF)

    assert not Report.objects.get().is_reported


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "0 位元組"),
        (b"MZ" * 99, "只收 PDF"),
        (word_file(at={"word/vbaProject.bin": "x"}), "含有巨集"),
    ],
)
def test_what_is_refused_is_told_at_the_field(client, address, data, words):
    response = send(client, address, data)

    assert response.status_code == 422
    assert words in text_of(response)
    assert not Evidence.objects.exists()


def test_a_huge_file_is_refused_by_its_size(client, address, settings):
    settings.EVIDENCE_MEGABYTES = 1

    response = send(client, address, PDF + b"\0" * 1024 * 1024)

    assert response.status_code == 422
    assert "檔案超過 1 MB" in text_of(response)


def test_a_disk_that_takes_nothing_is_told_and_nothing_is_lost(
    client, address, period, share, settings, tmp_path
):
    report = make_report(period, share)
    blocked = tmp_path / "full"
    blocked.write_text("no directory")
    settings.MEDIA_ROOT = blocked

    response = send(client, address, PDF)

    assert response.status_code == 422
    assert "磁碟空間不足或無法寫入" in text_of(response)
    report.refresh_from_db()
    assert report.words == "已訪視三個里"
    assert not Evidence.objects.exists()


def test_after_closing_no_file_is_taken(client, plan, share):
    past = make_past_period(plan)
    address = reverse("schedule:evidence_add", args=[plan.pk, past.pk, share.pk])

    response = send(client, address, PDF)

    assert response.status_code == 422
    assert "請求補報" in text_of(response)


def test_another_file_in_its_place_is_not_handed_out(client, address, plan):
    send(client, address, PDF)
    evidence = Evidence.objects.get()
    with default_storage.open(evidence.file.name, "wb") as file:
        file.write(b"other")

    response = client.get(
        reverse("schedule:evidence", args=[plan.pk, evidence.pk]), follow=True
    )

    assert keeping.CHANGED in text_of(response)


@pytest.mark.parametrize(
    ("role", "status"), [(Role.CHIEF, 200), (Role.READER, 403), (Role.OWNER, 403)]
)
def test_who_else_reads_evidence(client, address, plan, role, status):
    send(client, address, PDF)
    evidence = Evidence.objects.get()
    client.force_login(make_member(plan.office, role).user)

    response = client.get(reverse("schedule:evidence", args=[plan.pk, evidence.pk]))

    assert response.status_code == status


def test_a_deleted_file_leaves_the_disk_and_stays_in_the_trail(
    client, address, plan, django_capture_on_commit_callbacks
):
    send(client, address, PDF)
    evidence = Evidence.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("schedule:evidence_delete", args=[plan.pk, evidence.pk]))

    assert not default_storage.exists(evidence.file.name)
    assert AuditEvent.objects.get(act=Act.EVIDENCE_DELETED).details["檔名"]


def test_evidence_of_an_indicator(client, plan, unit, owner):
    indicator = make_indicator(make_item(plan, unit, owners=[owner]))
    address = reverse("schedule:item_evidence", args=[plan.pk, indicator.item_id])

    response = send(client, address, PDF, indicator=indicator.pk)

    assert response.status_code == 302
    assert indicator.evidence.get().name == "紀錄.pdf"
    assert "紀錄.pdf" in text_of(client.get(address))


def test_an_indicator_of_another_item_takes_nothing(client, plan, unit, owner):
    item = make_item(plan, unit, owners=[owner])
    other = make_indicator(make_item(plan, unit, name="別的", owners=[owner]))
    address = reverse("schedule:item_evidence", args=[plan.pk, item.pk])

    assert send(client, address, PDF, indicator=other.pk).status_code == 404
