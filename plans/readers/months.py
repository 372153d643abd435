"""Months that a text names: 「實地(5-6月)」「4月、7月」「5月31日-6月14日」「整年」."""

from __future__ import annotations

import re
import unicodedata

_WITH_YEAR = re.compile(r"\d{2,3}\s*(?:年度?|[./])\s*\d{1,2}\s*月")
_SPAN = re.compile(
    r"(\d{1,2})\s*(?:月份?)?\s*(?:\d{1,2}\s*日)?\s*[-~至到–—－]\s*(\d{1,2})\s*月"
)
_ONE = re.compile(r"(?<![\d.])(\d{1,2})\s*月")
_LISTED = re.compile(r"((?:\d{1,2}\s*[、,]\s*)+)(\d{1,2})\s*月")
_WHOLE_YEAR = re.compile(r"整年|全年(?!度)")


def months_in(text: str) -> frozenset[int]:
    """The months 1–12 a text names; a span with years (112年11月至…) is none."""
    plain = _WITH_YEAR.sub(" ", unicodedata.normalize("NFKC", text))
    if _WHOLE_YEAR.search(plain):
        return frozenset(range(1, 13))
    found: set[int] = set()
    for first, last in _SPAN.findall(plain):
        found |= _between(int(first), int(last))
    for several, last in _LISTED.findall(plain):
        found |= {int(number) for number in re.findall(r"\d+", several)} | {int(last)}
    found |= {int(number) for number in _ONE.findall(plain)}
    return frozenset(month for month in found if 1 <= month <= 12)


def _between(first: int, last: int) -> set[int]:
    if first <= last:
        return set(range(first, last + 1))
    return {*range(first, 13), *range(1, last + 1)}
