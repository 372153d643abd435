"""manage.py export_plan ID --format pdf|html|json --output FILE"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from offices.audit.models import Act
from offices.audit.recording import record
from plans.compose import compose
from plans.documents.canonical import to_json
from plans.documents.html import paper_html
from plans.documents.missing import places
from plans.documents.model import Document
from plans.documents.pdf import PdfUnavailable, render
from plans.models import Plan

FORMATS = ("pdf", "html", "json")


class Command(BaseCommand):
    """Write one plan to a file; ends with status 1 and a sentence where it cannot."""

    help = "將一份計畫輸出為檔案：PDF、HTML 或 JSON。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", help="計畫編號")
        parser.add_argument("--format", default="pdf", help="pdf、html 或 json")
        parser.add_argument("--output", required=True, type=Path, help="輸出檔案")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] not in FORMATS:
            raise CommandError(
                f"不支援的格式「{options['format']}」，請用 pdf、html 或 json。"
            )
        plan = _plan(options["plan"])
        document = compose(plan)
        data = self._written(document, options["format"])
        try:
            options["output"].write_bytes(data)
        except OSError as problem:
            raise CommandError(f"無法寫入 {options['output']}：{problem}") from problem
        written = {"格式": options["format"].upper()}
        record(
            Act.PLAN_EXPORTED, by=None, office=plan.office, target=plan, details=written
        )
        self.stdout.write(f"已輸出 {options['output']}（{len(data):,} 位元組）。")

    def _written(self, document: Document, fmt: str) -> bytes:
        if fmt == "json":
            return to_json(document)
        if fmt == "html":
            return paper_html(document).encode()
        try:
            paper = render(document)
        except PdfUnavailable as problem:
            raise CommandError(str(problem)) from problem
        for place in places(document, paper.missing):
            self.stderr.write(
                f"缺字 {place.code}「{place.character}」在{place.part}：{place.words}"
            )
        return paper.pdf


def _plan(number: str) -> Plan:
    plans = Plan.objects.select_related("office")
    plan = plans.filter(pk=int(number)).first() if number.isdecimal() else None
    if plan is None:
        raise CommandError(f"找不到編號「{number}」的計畫。")
    return plan
