"""Database, static files and sample data, brought up to date before serving."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from .errors import SetupError
from .packages import LOCK, PYTHON, ROOT
from .project import data_dir, environment, manage, write_private


def state() -> str:
    """Equal to the stamp when database and static files are as last prepared.

    Empty, and so never equal, for a database that this file cannot look into.
    """
    database = data_dir() / "plans.sqlite3"
    if os.environ.get("DATABASE_URL") or not database.exists():
        return ""
    digest = hashlib.sha256(LOCK.read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(str(path).encode())
    for path in sorted((ROOT / "static").rglob("*")):
        digest.update(f"{path} {path.stat().st_mtime_ns}".encode())
    query = "SELECT app, name FROM django_migrations ORDER BY app, name"
    digest.update(repr(rows(database, query)).encode())
    return digest.hexdigest()


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    """The answer of an SQLite file; empty where it has no such table."""
    with closing(sqlite3.connect(database)) as connection:
        try:
            return connection.execute(query).fetchall()
        except sqlite3.DatabaseError:
            return []


def prepare(*, demo: bool) -> None:
    """Bring database and static files up to date; sample data into an empty SQLite."""
    stamp = data_dir() / "prepared"
    if not (stamp.exists() and stamp.read_text() == state() != ""):
        print("準備資料庫與靜態檔案 …")
        manage("migrate", "--no-input", "-v", "0")
        manage("collectstatic", "--no-input", "-v", "0")
        stamp.write_text(state())
    if demo and not os.environ.get("DATABASE_URL"):
        load_demo()


def load_demo() -> None:
    """Into a database without any user; the accounts are kept to be shown at each start."""
    if rows(data_dir() / "plans.sqlite3", "SELECT 1 FROM offices_user LIMIT 1"):
        return
    print("載入六份範例計畫 …")
    command = [str(PYTHON), "manage.py", "demo"]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, check=False
    )
    if answer.returncode:
        raise SetupError("manage demo 沒有成功，原因見上。")
    write_private(sample_accounts(), answer.stdout.decode())


def sample_accounts() -> Path:
    return data_dir() / "sample-accounts.txt"
