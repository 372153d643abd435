"""manage.py verify_audit [--office CODE] [--json]"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from offices.audit.models import AuditChain
from offices.audit.proof import Check, chains, verify
from offices.models import Office


class Command(BaseCommand):
    """Status 1 where a chain is not whole, with its first broken link in words.

    The number and digest of each chain's end are printed: kept elsewhere, they prove
    later that nobody wrote the whole chain anew.
    """

    help = "驗證稽核軌跡是否完整；不完整時指出第一個斷點，結束代碼為 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--office", metavar="CODE", help="只驗證這個機關（機關代碼）"
        )
        parser.add_argument("--json", action="store_true", help="以 JSON 印出結果")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = _wanted(options["office"])
        checked = [
            (chain, name, verify(chain))
            for chain, name in chains()
            if wanted in (None, chain.pk)
        ]
        if options["json"]:
            rows = [_plain(*one) for one in checked]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_words(*one) for one in checked))
        broken = [f"{name}：{check.found}" for _, name, check in checked if check.found]
        if broken:
            raise CommandError("稽核軌跡不完整。\n" + "\n".join(broken))


def _wanted(code: str | None) -> int | None:
    """The key of the office with this code; None for all chains."""
    if code is None:
        return None
    key = Office.objects.filter(code=code).values_list("pk", flat=True).first()
    if key is None:
        raise CommandError(f"沒有代碼為「{code}」的機關。")
    return key


def _plain(chain: AuditChain, name: str, check: Check) -> dict[str, Any]:
    return {
        "office": chain.pk,
        "name": name,
        "whole": check.is_whole,
        "first": check.first,
        "last": check.last,
        "digest": chain.last_digest,
        "break": check.found,
    }


def _words(chain: AuditChain, name: str, check: Check) -> str:
    if check.found:
        return f"{name}：不完整，{check.found}"
    end = chain.last_digest[:16]
    return f"{name}：第 {check.first} 到第 {check.last} 筆完整，最後一筆 {end}…"
