"""manage.py export_scores --list | ROUND [--json]"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from schedule.assessment.paper import in_words
from schedule.models import Round
from schedule.scoring.book import read_book
from schedule.scoring.exports import listed, record_scores_export, report


class Command(BaseCommand):
    """Print the rounds, or one round's scores; status 1 and a sentence otherwise."""

    help = "列出考核輪次，或印出一輪的各項評分與成績。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", nargs="?", default="", help="輪次編號")
        parser.add_argument("--list", action="store_true", help="列出全部輪次")
        parser.add_argument("--json", action="store_true", help="以 JSON 印出")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            rounds = [listed(one) for one in _rounds()]
            words = "\n".join(f"{r['id']}\t{r['name']}" for r in rounds)
            told = _json({"rounds": rounds}) if options["json"] else words
        elif options["round"]:
            found = round_numbered(options["round"])
            told = _json(report(found)) if options["json"] else _words(found)
            record_scores_export(found)
        else:
            raise CommandError("請指定輪次編號，或用 --list 列出全部輪次。")
        self.stdout.write(told)


def round_numbered(number: str) -> Round:
    """The round, or CommandError with a sentence."""
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    found = _rounds().filter(pk=int(number)).first() if is_number else None
    if found is None:
        raise CommandError(f"找不到編號「{number}」的考核輪次。")
    return found


def _rounds() -> QuerySet[Round]:
    return Round.objects.select_related("plan__office", "scale")


def _words(round_: Round) -> str:
    lines = []
    for one in read_book(round_).standings():
        score = in_words(one.result.score) or f"尚缺 {one.result.missing} 項"
        lines.append(f"{one.unit}\t{score}\t{one.grade}")
    return "\n".join(lines)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
