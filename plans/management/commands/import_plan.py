"""Read the text of a plan and store it, unattended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from offices import roc
from offices.audit.models import Act
from offices.audit.recording import record
from offices.models import Office
from plans.apply import UnfitDocumentError, apply
from plans.documents.tally import Tally, tally
from plans.importing import (
    UnusableTextError,
    plain_source,
    read_source,
    title_for,
    year_for,
)
from plans.models import Plan
from plans.readers.reading import Flag, Severity
from plans.readers.text import LARGEST_FILE, Unreadable, decode, fold


class Command(BaseCommand):
    help = "讀入計畫的文字檔，存成機關的一份計畫；有問題就整份不存。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="文字檔（UTF-8 或 Big5）")
        parser.add_argument("--office", required=True, metavar="CODE", help="機關代碼")
        parser.add_argument(
            "--year", metavar="YEAR", help="民國年，例如 114；省略就用文字裡的年度"
        )
        parser.add_argument(
            "--title", default="", help="計畫名稱；省略就用文字裡的名稱"
        )
        parser.add_argument("--json", action="store_true", help="以 JSON 印出結果")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            plan, counts, flags = _import_file(
                Path(options["file"]),
                office=_office(options["office"]),
                year=roc.parse_year(options["year"]) if options["year"] else None,
                title=options["title"],
            )
        except (
            OSError,
            Unreadable,
            UnusableTextError,
            UnfitDocumentError,
            roc.NotADate,
        ) as error:
            raise CommandError(_sentence(error, options["file"])) from error
        report = _as_json if options["json"] else _as_words
        self.stdout.write(report(plan, counts, flags))


@transaction.atomic
def _import_file(
    path: Path, *, office: Office, year: int | None, title: str
) -> tuple[Plan, Tally, tuple[Flag, ...]]:
    """Store the plan that stands in the file at ``path``; all or nothing."""
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    reading = read_source(plain_source(decode(data)))
    document = fold(reading, {})
    plan = apply(
        document,
        office=office,
        year=year_for(reading, year),
        title=title_for(reading, title),
        by=None,
    )
    source = {"來源": path.name}
    record(Act.PLAN_IMPORTED, by=None, office=office, target=plan, details=source)
    return plan, tally(document), reading.flags


def _office(code: str) -> Office:
    try:
        return Office.objects.get(code=code)
    except Office.DoesNotExist:
        raise CommandError(
            f"沒有代碼為「{code}」的機關；請先用 create_office 建立。"
        ) from None


def _sentence(error: Exception, name: str) -> str:
    if isinstance(error, FileNotFoundError):
        return f"找不到檔案「{name}」。"
    if isinstance(error, IsADirectoryError):
        return f"「{name}」是資料夾，請指定文字檔。"
    if isinstance(error, OSError):
        return f"無法讀取檔案「{name}」，請檢查檔名與權限。"
    return str(error)


def _as_json(plan: Plan, counts: Tally, flags: tuple[Flag, ...]) -> str:
    return json.dumps(
        {
            "plan": plan.pk,
            "title": plan.title,
            "points": {str(depth): n for depth, n in counts.points.items()},
            "tables": list(counts.rows),
            "revisions": counts.revisions,
            "flags": [
                {"code": flag.code, "message": flag.message, "line": flag.line}
                for flag in flags
            ],
        },
        ensure_ascii=False,
    )


def _as_words(plan: Plan, counts: Tally, flags: tuple[Flag, ...]) -> str:
    lines = [f"已匯入「{plan}」，計畫編號 {plan.pk}。"]
    lines += [f"第 {depth} 層 {n} 點" for depth, n in counts.points.items()]
    lines += [f"表格 {i}：{n} 列" for i, n in enumerate(counts.rows, start=1)]
    lines.append(f"修訂紀錄 {counts.revisions} 筆")
    lines += [flag_in_words(flag) for flag in flags]
    return "\n".join(lines)


def flag_in_words(flag: Flag) -> str:
    """A line of the command's output: what to check, or what only explains."""
    word = "請確認" if flag.severity is Severity.WARNING else "說明"
    place = f"（第 {flag.line} 行）" if flag.line else ""
    return f"{word}{place}：{flag.message}"
