"""Send the day's digest of notices; to be run once a day, by cron for example."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from offices.notices.mailing import send_digests


class Command(BaseCommand):
    help = "寄出每日通知摘要：每人每天至多一封"

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"已寄出 {send_digests()} 封通知摘要。")
