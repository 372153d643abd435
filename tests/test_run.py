"""run.py and launch/: what can be held without preparing a whole machine."""

import os
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

import run
from launch import packages, prepare, project, serve, system
from launch.errors import SetupError
from plans import machine
from plans.machine import Requirement

ROOT = Path(__file__).resolve().parent.parent
ABSENT = Requirement("libnowhere", "PDF 排版", lambda: False)
PRESENT = Requirement("libhere", "字型", lambda: True)


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """A data directory of its own, and no secret from the environment."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "var"


def make_database(path, *migrations):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE django_migrations (app, name)")
        connection.executemany(
            "INSERT INTO django_migrations VALUES ('plans', ?)",
            [(name,) for name in migrations],
        )
        connection.commit()


def test_the_secret_is_made_once_and_kept(installation):
    first = project.secret_key()

    assert len(first) > 50
    assert project.secret_key() == first


def test_only_the_owner_may_read_secret_and_data(installation):
    project.secret_key()

    secret = installation / "secret_key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(installation.stat().st_mode) == 0o700


def test_a_secret_in_the_environment_is_not_written_down(installation, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "given")

    assert project.secret_key() == "given"
    assert not installation.exists()


def test_children_find_the_secret_in_their_environment(installation):
    assert project.environment()["SECRET_KEY"] == project.secret_key()


def test_private_files_are_replaced_whole(tmp_path):
    path = tmp_path / "accounts"
    path.write_text("old and longer")
    path.chmod(0o644)

    project.write_private(path, "new")

    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_lock_file_is_installed_once(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    lock.write_text("django==5.2.19\n")
    monkeypatch.setattr(packages, "STAMP", tmp_path / "installed")
    monkeypatch.setattr(packages, "PYTHON", Path(sys.executable))

    packages.STAMP.write_text(packages.fingerprint(lock) + "\n")

    assert packages.is_installed(lock)


def test_a_changed_lock_file_is_installed_again(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    lock.write_text("django==5.2.19\n")
    monkeypatch.setattr(packages, "STAMP", tmp_path / "installed")
    monkeypatch.setattr(packages, "PYTHON", Path(sys.executable))
    packages.STAMP.write_text(packages.fingerprint(lock) + "\n")

    lock.write_text("django==5.2.20\n")

    assert not packages.is_installed(lock)


def test_the_developers_lock_contains_the_runtime_lock():
    def pins(path):
        lines = path.read_text().splitlines()
        return {line.rstrip(" \\") for line in lines if "==" in line}

    assert pins(packages.LOCK) - pins(packages.DEV_LOCK) == set()


def test_a_python_without_venv_is_told_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "PYTHON", tmp_path / "bin/python")
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(SetupError, match=r"sudo apt-get install .* python3-venv"):
        packages.make_venv()


def test_the_last_lines_of_a_failed_command_are_told():
    command = [sys.executable, "-c", "print('no such package'); raise SystemExit(1)"]

    with pytest.raises(SetupError, match="no such package"):
        packages.run_quietly(command)


def test_what_is_missing_comes_with_the_exact_command(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    system.provide([PRESENT, ABSENT])

    told = capsys.readouterr().out
    assert "PDF 排版（libnowhere）" in told
    assert "sudo apt-get install -y --no-install-recommends libnowhere" in told


def test_a_complete_machine_is_left_alone(capsys):
    system.provide([PRESENT])

    assert capsys.readouterr().out == ""


def test_fonts_are_unknown_without_fontconfig(monkeypatch):
    monkeypatch.setenv("PATH", "")

    assert machine.font_families() == set()


def test_a_library_is_found_by_loading_it():
    assert machine.has_library("libc.so.6")
    assert not machine.has_library("libnowhere.so.9")


def test_state_changes_with_the_applied_migrations(installation):
    database = project.data_dir() / "plans.sqlite3"
    make_database(database, "0001_initial")
    before = prepare.state()

    database.unlink()
    make_database(database, "0001_initial", "0002_versions")

    assert prepare.state() != before


def test_a_restored_older_database_is_migrated_again(installation):
    database = project.data_dir() / "plans.sqlite3"
    make_database(database, "0001_initial", "0002_versions")
    stamp = prepare.state()

    database.unlink()
    make_database(database, "0001_initial")

    assert prepare.state() != stamp


def test_state_is_unknown_without_a_database_to_look_into(installation, monkeypatch):
    assert prepare.state() == ""

    make_database(project.data_dir() / "plans.sqlite3", "0001_initial")
    monkeypatch.setenv("DATABASE_URL", "postgres://localhost/plans")

    assert prepare.state() == ""


def test_rows_of_a_missing_table_are_none(tmp_path):
    database = tmp_path / "empty.sqlite3"

    assert prepare.rows(database, "SELECT 1 FROM offices_user") == []


def test_a_taken_port_is_told_with_another_to_try(capsys):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        code = run.main(["--port", str(port)])

    told = capsys.readouterr().err
    assert code == 1
    assert f"連接埠 {port} 已有其他程式使用" in told
    assert f"--port {port + 1}" in told


def test_a_socket_without_answers_is_not_ready():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        answer = threading.Thread(target=lambda: server.accept()[0].close())
        answer.start()

        assert not serve.is_answering(port)

        answer.join()


def test_children_are_ended():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])

    serve.stop([child])

    assert child.returncode == -15


def test_run_needs_nothing_installed():
    """-S hides every installed package: only the standard library is left."""
    answer = subprocess.run(
        [sys.executable, "-S", "-E", "run.py", "setup", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0
    assert "--dev" in answer.stdout
