"""What `manage doctor` looks at: each finding a sentence, with the way to mend it."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from offices.models import User

from .machine import (
    FONTS,
    PDF_LIBRARIES,
    Requirement,
    font_families,
    has_program,
    install_command,
)
from .samples.loading import USERNAMES
from .samples.people import PASSWORD

LONGEST_WAIT = timedelta(minutes=1)
LEAST_FREE_BYTES = 1024**3
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]"}
SHORTEST_SECRET = 50


@dataclass(frozen=True)
class Finding:
    """``remedy`` is a command or a sentence; empty where all is well."""

    is_well: bool
    text: str
    remedy: str = ""

    def __str__(self) -> str:
        if self.is_well:
            return f"✔ {self.text}"
        return f"✘ {self.text}\n    → {self.remedy}"


def diagnose() -> Iterator[Finding]:
    """Every finding, the database's last: it may be the one that cannot answer."""
    yield Finding(True, f"Python {platform.python_version()}（{sys.executable}）")
    yield from examine_requirements((*PDF_LIBRARIES, *FONTS))
    yield examine_fallback_fonts(font_families())
    yield examine_converter()
    yield examine_disk(settings.DATA_DIR)
    yield from examine_settings(is_public=is_public())
    yield from examine_database()


def examine_requirements(requirements: Iterable[Requirement]) -> Iterator[Finding]:
    for each in requirements:
        if each.is_met():
            yield Finding(True, f"{each.purpose}：{each.package}")
        else:
            missing_text = f"缺少「{each.purpose}」：{each.package}"
            yield Finding(False, missing_text, install_command([each]))


def examine_fallback_fonts(families: set[str]) -> Finding:
    """Rare name characters stand in the two supplements, which come with the Kai."""
    supplements = sorted(families & {"TW-Kai-Ext-B", "TW-Kai-Plus"})
    text = "、".join(supplements) or "沒有罕用字補充字型，缺字時匯出頁會逐字指出"
    return Finding(True, f"罕用字：{text}")


def examine_converter() -> Finding:
    """LibreOffice is an extra: nothing of ours needs it."""
    if has_program("soffice", "libreoffice"):
        return Finding(True, "LibreOffice：已安裝（選用）")
    return Finding(True, "LibreOffice：未安裝，沒有關係（選用）")


def examine_disk(folder: Path) -> Finding:
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return Finding(False, f"資料目錄 {folder} 不存在", "python3 run.py setup")
    text = f"資料目錄 {folder}，剩餘 {free / 1024**3:.1f} GB"
    if free < LEAST_FREE_BYTES:
        return Finding(False, text, "請清出至少 1 GB 的磁碟空間")
    return Finding(True, text)


def is_public() -> bool:
    """Whether others than this machine can reach the system."""
    return settings.HTTPS or not set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS


def examine_settings(*, is_public: bool) -> Iterator[Finding]:
    """What is dangerous, some of it only where others can reach the system."""
    if settings.DEBUG:
        yield Finding(
            False, "DEBUG 開啟中，錯誤頁會洩漏內部資料", "請移除環境變數 DEBUG"
        )
    if is_public and not settings.HTTPS:
        yield Finding(
            False, "對外服務但未使用 HTTPS，密碼會以明文傳送", "請設定環境變數 HTTPS=1"
        )
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield Finding(
            False, "SECRET_KEY 太短", "請移除環境變數 SECRET_KEY，由 run.py 產生"
        )
    yield Finding(True, "服務位址：" + "、".join(settings.ALLOWED_HOSTS))


def examine_database() -> Iterator[Finding]:
    """Connection, then migrations, then the worker: each needs the one before."""
    try:
        yield Finding(True, describe_database())
        if not is_migrated():
            yield Finding(
                False, "資料庫結構不是最新的", "python3 run.py manage migrate"
            )
            return
        yield examine_worker(oldest_waiting_task(), timezone.now())
        if is_public():
            yield examine_sample_accounts(open_sample_accounts())
    except DatabaseError as error:
        reason = str(error).strip().partition("\n")[0]
        yield Finding(
            False, f"資料庫無法使用：{reason}", "請檢查 DATABASE_URL 與資料目錄"
        )


def is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def describe_database() -> str:
    """Asks the database itself, so that a dead one is noticed here."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            version = cursor.fetchone()[0]
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0].upper()
            return f"資料庫 SQLite {version}，{mode} 模式，適合單一機關"
        cursor.execute("SHOW server_version")
        return f"資料庫 PostgreSQL {cursor.fetchone()[0]}"


def oldest_waiting_task() -> datetime | None:
    """When the task that waits longest was put in the queue."""
    waiting = DBTaskResult.objects.ready().order_by("enqueued_at")
    moment: datetime | None = waiting.values_list("enqueued_at", flat=True).first()
    return moment


def examine_worker(oldest: datetime | None, now: datetime) -> Finding:
    """A worker that lives takes a task within seconds."""
    if oldest is None:
        return Finding(True, "背景工作：沒有等候中的工作")
    minutes = (now - oldest) // timedelta(minutes=1)
    if now - oldest > LONGEST_WAIT:
        return Finding(
            False,
            f"背景工作沒有在執行：最久的已等候 {minutes} 分鐘",
            "python3 run.py manage db_worker",
        )
    return Finding(True, "背景工作：處理中")


def open_sample_accounts() -> list[str]:
    """Accounts of the sample data that still open with the published password."""
    accounts = User.objects.filter(username__in=USERNAMES, is_active=True)
    return [
        account.username
        for account in accounts.order_by("username")
        if check_password(PASSWORD, account.password)
    ]


def examine_sample_accounts(usernames: list[str]) -> Finding:
    if not usernames:
        return Finding(True, "示範帳號：都不能用公開的密碼登入")
    return Finding(
        False,
        f"{len(usernames)} 個示範帳號仍可用公開的密碼登入：{'、'.join(usernames)}",
        "請在成員頁停用這些帳號，或重設密碼",
    )
