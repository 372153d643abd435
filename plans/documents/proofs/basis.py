"""The chapter 依據: letters without their number, and letters grown old."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Finding
from .galley import Galley, Passage

YEARS_KEPT = 2
_BASIS = re.compile(r"依據|緣起|法源|根據")
_LETTER = re.compile(r"函[頒示送轉]|[號日]函|函(?:修正|辦理|之|「)")
_NUMBER = re.compile(
    r"字\s?第?\s?[A-Za-z]?[\d０-９○〇零一二三四五六七八九]{3,}(?:-\d+)?\s?號?"
)
_DATE = re.compile(
    r"(?<!\d)(\d{2,3})\s?(?:年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日"
    r"|\.(\d{1,2})\.(\d{1,2})(?![\d.]))"
)


def is_basis(heading: str) -> bool:
    """Whether a chapter's heading says that it names what the plan rests on."""
    return bool(_BASIS.search(heading.partition("：")[0][:12]))


def basis_number(galley: Galley) -> Iterator[Finding]:
    """「…市政府函頒「…」」 without 「…字第…號」."""
    for passage, start, end in _citations(galley):
        line = passage.text[start:end]
        met = _LETTER.search(line)
        if met and not _NUMBER.search(line):
            begin, stop = met.span()
            message = "引用的函件沒有「字第…號」。"
            yield passage.finding("basis-number", start + begin, start + stop, message)


def stale_basis(galley: Galley) -> Iterator[Finding]:
    """A letter whose latest date is more than two years before the plan's year."""
    year = galley.document.year
    for passage, start, end in _citations(galley):
        line = passage.text[start:end]
        dates = list(_DATE.finditer(line))
        if not dates or not (_LETTER.search(line) or _NUMBER.search(line)):
            continue
        latest = max(dates, key=lambda met: int(met[1]))
        if int(latest[1]) < year - YEARS_KEPT:
            message = f"依據的日期是{latest[0]}，請確認仍然有效。"
            begin, stop = latest.span()
            yield passage.finding("stale-basis", start + begin, start + stop, message)


def _citations(galley: Galley) -> Iterator[tuple[Passage, int, int]]:
    """Each line of the chapters 依據: the passage and where the line stands in it."""
    for passage in galley.passages:
        if passage.text and is_basis(passage.heading):
            start = 0
            for line in passage.text.split("\n"):
                yield passage, start, start + len(line)
                start += len(line) + 1
