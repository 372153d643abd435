"""manage.py purge_audit: remove what is older than AUDIT_DAYS."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from offices.audit.proof import BrokenChain, chains, purge


class Command(BaseCommand):
    """Every chain by itself; one that is not whole keeps everything, and status 1."""

    help = "清除超過留存期限（AUDIT_DAYS）的稽核軌跡；留下的仍可驗證。"

    def handle(self, *args: Any, **options: Any) -> None:
        refused = []
        for chain, name in chains():
            try:
                count = purge(chain)
            except BrokenChain as broken:
                refused.append(f"{name}：{broken}")
            else:
                self.stdout.write(f"{name}：清除 {count} 筆。")
        self.stdout.write(f"留存 {settings.AUDIT_DAYS} 天以內的紀錄。")
        if refused:
            raise CommandError("軌跡不完整，沒有清除：\n" + "\n".join(refused))
