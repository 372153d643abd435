"""manage.py import_schedule FILE --plan ID [--json]"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plans.management.commands.import_plan import flag_in_words
from plans.models import Plan
from schedule.apply import UnfitNumber
from schedule.importing import import_unattended
from schedule.reading import LARGEST_FILE, NoTimetable, read_source
from schedule.report import report
from schedule.timetable.from_tables import TimetableReading


class Command(BaseCommand):
    """Read a control table into a plan; ends with status 1 and a sentence otherwise."""

    help = "讀入作業時程管制表（文字檔或 XLSX），存成計畫的管制項目；有問題就整份不存。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="文字檔或 XLSX")
        parser.add_argument("--plan", required=True, metavar="ID", help="計畫編號")
        parser.add_argument("--json", action="store_true", help="以 JSON 印出結果")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = plan_numbered(options["plan"])
        try:
            with options["file"].open("rb") as file:
                found = read_source(file.read(LARGEST_FILE + 1), plan)
        except OSError as error:
            raise CommandError(f"無法讀取檔案「{options['file']}」。") from error
        except NoTimetable as error:
            raise CommandError(str(error)) from error
        try:
            flags = import_unattended(plan, found)
        except UnfitNumber as error:
            raise CommandError(f"{error}沒有存入任何資料。") from error
        found = replace(found, flags=tuple(flags))
        self.stdout.write(_as_json(found) if options["json"] else _as_words(found))


def plan_numbered(number: str) -> Plan:
    """The plan, or CommandError with a sentence."""
    plans = Plan.objects.select_related("office")
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    plan = plans.filter(pk=int(number)).first() if is_number else None
    if plan is None:
        raise CommandError(f"找不到編號「{number}」的計畫。")
    return plan


def _as_json(found: TimetableReading) -> str:
    return json.dumps(report(found.timetable, found.flags), ensure_ascii=False)


def _as_words(found: TimetableReading) -> str:
    told = report(found.timetable)
    lines = [
        f"{unit}：{one['items']} 項，{one['points'] or '未給'}分"
        for unit, one in told["units"].items()
    ]
    return "\n".join([*lines, *map(flag_in_words, found.flags)])
