import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings import database, env_bool, env_int, env_list


def test_without_a_url_the_data_is_kept_in_a_tuned_sqlite():
    settings = database("")

    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


def test_a_postgres_url_is_taken_apart_and_unquoted():
    settings = database("postgres://plan%40s:p%2Fw@db.example:6432/plans")

    assert settings["USER"] == "plan@s"
    assert settings["PASSWORD"] == "p/w"
    assert (settings["HOST"], settings["PORT"]) == ("db.example", "6432")
    assert settings["NAME"] == "plans"


def test_libpq_options_stand_in_the_query():
    settings = database("postgresql://plans@/plans?host=/run/pg&sslmode=disable")

    assert settings["OPTIONS"] == {"host": "/run/pg", "sslmode": "disable"}


def test_another_database_is_refused_in_words():
    with pytest.raises(ImproperlyConfigured, match="postgres://"):
        database("mysql://root@localhost/plans")


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("TRUE", True), ("on", True), ("0", False)]
)
def test_switches(monkeypatch, text, value):
    monkeypatch.setenv("HTTPS", text)

    assert env_bool("HTTPS") is value


def test_lists_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " a.gov.tw, b.gov.tw ,")

    assert env_list("ALLOWED_HOSTS") == ["a.gov.tw", "b.gov.tw"]


def test_a_number_that_is_none_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("SESSION_HOURS", "half a day")

    with pytest.raises(ImproperlyConfigured, match="SESSION_HOURS"):
        env_int("SESSION_HOURS", 12)


def test_nothing_starts_without_a_secret():
    answer = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={"SECRET_KEY": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 1
    assert "SECRET_KEY is not set" in answer.stderr
