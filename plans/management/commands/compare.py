"""manage.py compare A B --format json|pdf --output FILE [--unchanged say|omit] [--law]"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from offices.audit.models import Act
from offices.audit.recording import record
from plans.documents.comparison import (
    Difference,
    Pairing,
    Unchanged,
    amendment_table,
    compare,
    have_common_ids,
    pair,
    scope_title,
)
from plans.documents.comparison.plain import plain_difference, plain_pairs
from plans.documents.model import Document
from plans.documents.pdf import PdfUnavailable, render
from plans.naming import UnknownName, documents_named, plan_named

FORMATS = {"json": "比較結果", "pdf": "修正對照表"}


@dataclass(frozen=True, slots=True)
class Compared:
    """Two documents, what differs, and how they were paired if they had to be."""

    old: Document
    new: Document
    difference: Difference
    pairing: Pairing | None


class Command(BaseCommand):
    """Compare two plans; ends with status 1 and a sentence where it cannot."""

    help = "比較兩份計畫或核定版本，輸出差異（JSON）或修正對照表（PDF）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("old", metavar="A", help="原計畫的編號，或核定版本 v12")
        parser.add_argument("new", metavar="B", help="修正後計畫的編號，或核定版本")
        parser.add_argument("--format", default="json", help="json 或 pdf")
        parser.add_argument("--output", required=True, type=Path, help="輸出檔案")
        parser.add_argument(
            "--unchanged", default="omit", help="未修正的點：say 列出，omit 不列"
        )
        parser.add_argument(
            "--law", action="store_true", help="用法規的欄名：修正條文、現行條文"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _check(options)
        names = options["old"], options["new"]
        try:
            compared = _compared(*documents_named(*names))
            data = _written(compared, options)
            options["output"].write_bytes(data)
        except (UnknownName, PdfUnavailable) as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"無法寫入 {options['output']}：{problem}") from problem
        _tell_audit(names, options["format"])
        self._report(compared, options, len(data))

    def _report(self, compared: Compared, options: dict[str, Any], size: int) -> None:
        if compared.pairing is not None:
            self.stderr.write("兩份計畫沒有共同的來源，以編號與文字配對：")
            for line in _pair_lines(compared.pairing):
                self.stderr.write(line)
        counts = compared.difference.counts
        self.stdout.write(
            f"增 {counts.added}、刪 {counts.deleted}、改 {counts.changed}、"
            f"移 {counts.moved}，另有 {counts.renumbered} 處僅改號。"
        )
        self.stdout.write(f"已輸出 {options['output']}（{size:,} 位元組）。")


def _check(options: dict[str, Any]) -> None:
    if options["format"] not in FORMATS:
        raise CommandError(f"不支援的格式「{options['format']}」，請用 json 或 pdf。")
    if options["unchanged"] not in set(Unchanged):
        raise CommandError(
            f"--unchanged 不能是「{options['unchanged']}」，請用 say 或 omit。"
        )


def _compared(old: Document, new: Document) -> Compared:
    if old == new or have_common_ids(old, new):
        return Compared(old, new, compare(old, new), None)
    pairing = pair(old, new)
    difference = compare(pairing.old, pairing.new)
    return Compared(pairing.old, pairing.new, difference, pairing)


def _written(compared: Compared, options: dict[str, Any]) -> bytes:
    if options["format"] == "json":
        return _as_json(compared)
    table = amendment_table(
        compared.old,
        compared.new,
        compared.difference,
        unchanged=Unchanged(options["unchanged"]),
        law=options["law"],
        scope=scope_title(compared.new, compared.difference, law=options["law"]),
    )
    return render(table).pdf


def _as_json(compared: Compared) -> bytes:
    plain = plain_difference(compared.difference)
    if compared.pairing is not None:
        plain["pairs"] = plain_pairs(compared.pairing)
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


def _pair_lines(pairing: Pairing) -> list[str]:
    return [
        f"{one.node.word} {one.old_number}{one.old_text}"
        f" ↔ {one.new_number}{one.new_text}（{one.likeness:.0%}）"
        for one in pairing.pairs
    ]


def _tell_audit(names: Sequence[str], fmt: str) -> None:
    """Both plans leave the system with the file."""
    details = {"格式": fmt.upper(), "範圍": FORMATS[fmt]}
    for name in dict.fromkeys(names):
        plan = plan_named(name)
        record(
            Act.PLAN_EXPORTED,
            by=None,
            office=plan.office,
            target=plan,
            details=details,
        )
