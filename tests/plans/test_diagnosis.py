from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from offices.models import User
from plans import diagnosis
from plans.diagnosis import Finding
from plans.machine import Requirement
from plans.samples.people import PASSWORD
from tests.factories import make_user

NOW = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
ABSENT = Requirement("libnowhere", "PDF 排版", lambda: False)
PRESENT = Requirement("libhere", "PDF 內嵌字型", lambda: True)


def faults(findings):
    return [finding.text for finding in findings if not finding.is_well]


def test_a_fault_is_shown_with_its_remedy():
    assert str(Finding(True, "磁碟正常")) == "✔ 磁碟正常"
    assert str(Finding(False, "磁碟已滿", "請清出空間")) == (
        "✘ 磁碟已滿\n    → 請清出空間"
    )


def test_a_missing_package_names_the_command():
    here, gone = diagnosis.examine_requirements([PRESENT, ABSENT])

    assert here.is_well
    assert gone.text == "缺少「PDF 排版」：libnowhere"
    assert gone.remedy.startswith("sudo apt-get install")


def test_the_supplements_for_rare_names_are_named():
    found = diagnosis.examine_fallback_fonts({"TW-Kai", "TW-Kai-Plus"})

    assert found.text == "罕用字：TW-Kai-Plus"


def test_missing_supplements_are_no_fault():
    assert diagnosis.examine_fallback_fonts({"TW-Kai"}).is_well


def test_libreoffice_is_never_a_fault(monkeypatch):
    monkeypatch.setenv("PATH", "")

    assert diagnosis.examine_converter() == Finding(
        True, "LibreOffice：未安裝，沒有關係（選用）"
    )


def test_free_space_is_told(tmp_path):
    assert "剩餘" in diagnosis.examine_disk(tmp_path).text


def test_a_missing_data_folder_is_a_fault(tmp_path):
    finding = diagnosis.examine_disk(tmp_path / "nowhere")

    assert not finding.is_well
    assert finding.remedy == "python3 run.py setup"


def test_a_full_disk_is_a_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(diagnosis, "LEAST_FREE_BYTES", 10**18)

    assert not diagnosis.examine_disk(tmp_path).is_well


@pytest.fixture
def safe_settings(settings):
    settings.DEBUG = False
    settings.HTTPS = False
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.SECRET_KEY = "k" * 50
    return settings


def test_a_local_installation_needs_no_https(safe_settings):
    assert not diagnosis.is_public()
    assert faults(diagnosis.examine_settings(is_public=False)) == []


def test_a_public_installation_needs_https(safe_settings):
    safe_settings.ALLOWED_HOSTS = ["plans.example.gov.tw"]

    assert diagnosis.is_public()
    assert faults(diagnosis.examine_settings(is_public=True)) == [
        "對外服務但未使用 HTTPS，密碼會以明文傳送"
    ]


def test_debug_and_a_short_secret_are_faults(safe_settings):
    safe_settings.DEBUG = True
    safe_settings.SECRET_KEY = "short"

    assert faults(diagnosis.examine_settings(is_public=False)) == [
        "DEBUG 開啟中，錯誤頁會洩漏內部資料",
        "SECRET_KEY 太短",
    ]


@pytest.mark.django_db
def test_a_database_in_order_has_no_fault():
    findings = list(diagnosis.examine_database())

    assert faults(findings) == []
    assert findings[0].text.startswith("資料庫 ")


@pytest.mark.django_db
def test_a_database_behind_the_code_is_to_be_migrated():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'schedule'")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'plans'")

    assert faults(diagnosis.examine_database()) == ["資料庫結構不是最新的"]


@pytest.mark.django_db
def test_the_task_that_waits_longest_counts():
    for minute in (5, 2):
        task = DBTaskResult.objects.create(
            args_kwargs={}, task_path="x", run_after=NOW, backend_name="default"
        )
        moment = NOW - timedelta(minutes=minute)
        DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=moment)

    assert diagnosis.oldest_waiting_task() == NOW - timedelta(minutes=5)


@pytest.mark.parametrize(
    ("waited", "is_well"),
    [(timedelta(seconds=59), True), (timedelta(seconds=61), False)],
)
def test_a_task_nobody_takes_means_no_worker(waited, is_well):
    assert diagnosis.examine_worker(NOW - waited, NOW).is_well == is_well


def test_an_empty_queue_is_well():
    assert diagnosis.examine_worker(None, NOW).is_well


@pytest.fixture
def sample_account(db):
    user = make_user("zhou")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_public_installation_must_not_open_to_the_published_password(
    safe_settings, sample_account
):
    safe_settings.HTTPS = True

    [found] = faults(diagnosis.examine_database())

    assert found == "1 個示範帳號仍可用公開的密碼登入：zhou"


def test_a_trial_on_this_machine_may_keep_the_published_password(
    safe_settings, sample_account
):
    assert faults(diagnosis.examine_database()) == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "!"}])
def test_a_closed_sample_account_is_no_fault(change, safe_settings, sample_account):
    safe_settings.HTTPS = True
    User.objects.filter(pk=sample_account.pk).update(**change)

    assert faults(diagnosis.examine_database()) == []


@pytest.mark.django_db
def test_the_doctor_ends_with_1_when_something_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(diagnosis, "PDF_LIBRARIES", (ABSENT,))

    with pytest.raises(SystemExit, match="1"):
        call_command("doctor")

    assert "✘ 缺少「PDF 排版」：libnowhere" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_doctor_says_when_all_is_well(monkeypatch, capsys, safe_settings):
    safe_settings.DATA_DIR = safe_settings.MEDIA_ROOT.parent
    monkeypatch.setattr(diagnosis, "PDF_LIBRARIES", (PRESENT,))
    monkeypatch.setattr(diagnosis, "FONTS", (PRESENT,))

    call_command("doctor")

    assert capsys.readouterr().out.endswith("一切正常。\n")
