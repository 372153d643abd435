"""The labels of annexes, and what the text says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Table
from ..numbering import from_chinese
from .basis import is_basis
from .finding import Finding
from .galley import Galley
from .structure import annex_finding

_DIGITS = "0-9０-９"
_CHINESE = "一二三四五六七八九十"
_LABEL = re.compile(rf"附([件表錄])\s?(?:([{_DIGITS}]{{1,3}})|([{_CHINESE}]{{1,4}}))")
# 「○○計畫」附件2 belongs to that other paper; 附件1-3 and 附件一覽表 are no labels.
_NOT_BEHIND = "」》』之"
_NOT_BEFORE = ("-", "~", "之", "覽", "式", "份", "併", "同")


def annex_missing(galley: Galley) -> Iterator[Finding]:
    """「如附件3」, and there is none."""
    known = set(_known(galley))
    for passage in galley.passages:
        if "附" not in passage.text or is_basis(passage.heading):
            continue
        for met in _LABEL.finditer(passage.text):
            before = passage.text[: met.start()].rstrip()[-1:]
            after = passage.text[met.end() : met.end() + 1]
            if (before and before in _NOT_BEHIND) or after in _NOT_BEFORE:
                continue
            if _read(met) not in known:
                message = f"計畫裡沒有「{met[0]}」。"
                yield passage.finding("annex-missing", *met.span(), message)


def annex_label(galley: Galley) -> Iterator[Finding]:
    """Labels that come twice, leave one out, or mix 1 and 一."""
    before: tuple[str, int] | None = None
    kinds: set[bool] = set()
    for annex in galley.document.annexes:
        met = _LABEL.match(annex.label.strip())
        if met is None:
            continue
        own = _read(met)
        kinds.add(bool(met[2]))
        expected = before[1] + 1 if before and before[0] == own[0] else 1
        message = ""
        if before and before[0] == own[0] and own[1] != expected:
            message = f"前一個是{before[0]}{before[1]}，這一個是{annex.label}。"
        elif len(kinds) > 1:
            message = "附件編號有的用數字，有的用國字。"
        before = own
        if message and annex in galley.annexes:
            yield annex_finding(galley, annex, "annex-label", message)


def _known(galley: Galley) -> Iterator[tuple[str, int]]:
    """The labels that the plan has: of annexes, and at the head of tables and texts."""
    heads = [annex.label for annex in galley.document.annexes]
    heads += [annex.title for annex in galley.document.annexes]
    for placed in galley.blocks:
        if isinstance(placed.block, Table):
            heads.append(placed.block.title)
    heads += [p.text for p in galley.passages if p.field in {"heading", "body"}]
    for head in heads:
        for line in head.split("\n"):
            met = _LABEL.match(line.strip())
            if met:
                yield _read(met)


def _read(met: re.Match[str]) -> tuple[str, int]:
    """附件三 and 附件3 are the same label."""
    if met[2]:
        return f"附{met[1]}", int(met[2])
    try:
        return f"附{met[1]}", from_chinese(met[3])
    except ValueError:
        return f"附{met[1]}", 0
