"""manage.py export_schedule ID --format xlsx|pdf|ics|json --output FILE"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plans.documents.pdf import PdfUnavailable
from schedule.files import WRITERS, NothingToPrint
from schedule.recording import record_export

from .import_schedule import plan_numbered


class Command(BaseCommand):
    """Write a plan's control table to a file; status 1 and a sentence where it cannot."""

    help = "將計畫的作業時程管制表輸出為檔案：XLSX、PDF、ICS 或 JSON。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", help="計畫編號")
        parser.add_argument("--format", default="xlsx", help="、".join(WRITERS))
        parser.add_argument("--output", required=True, type=Path, help="輸出檔案")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] not in WRITERS:
            names = "、".join(WRITERS)
            raise CommandError(f"不支援的格式「{options['format']}」，請用 {names}。")
        plan = plan_numbered(options["plan"])
        try:
            data = WRITERS[options["format"]](plan)
            options["output"].write_bytes(data)
        except (NothingToPrint, PdfUnavailable) as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"無法寫入 {options['output']}。") from problem
        record_export(plan, options["format"], by=None)
        self.stdout.write(f"已輸出 {options['output']}（{len(data):,} 位元組）。")
