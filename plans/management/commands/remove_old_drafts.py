"""Throw away imports nobody came back to; meant for a nightly timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from plans.models import DRAFT_DAYS, Draft


class Command(BaseCommand):
    help = f"清除超過 {DRAFT_DAYS} 天的匯入草稿；已匯入的計畫不受影響。"

    def handle(self, *args: Any, **options: Any) -> None:
        count, _ = Draft.objects.outdated().delete()
        self.stdout.write(f"已清除 {count} 份超過 {DRAFT_DAYS} 天的匯入草稿。")
