"""Throw away imports nobody came back to, of plans and of control tables.

Meant for a nightly timer.  Here, as plans know nothing of control tables.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from plans.models import DRAFT_DAYS, Draft
from schedule.models import SheetImport


class Command(BaseCommand):
    help = f"清除超過 {DRAFT_DAYS} 天的匯入草稿和待確認的管制表匯入；已匯入的不受影響。"

    def handle(self, *args: Any, **options: Any) -> None:
        drafts, _ = Draft.objects.outdated().delete()
        sheets, _ = SheetImport.objects.outdated().delete()
        self.stdout.write(
            f"已清除 {drafts} 份超過 {DRAFT_DAYS} 天的匯入草稿、"
            f"{sheets} 份待確認的管制表匯入。"
        )
