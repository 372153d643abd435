"""The office's way of writing marks, seen from the marks it typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from plans.documents.model import Brackets, DigitMark, NumberingStyle, Tens

from .reading import Flag, Severity


def style_of(marks: Iterable[str]) -> tuple[NumberingStyle, list[Flag]]:
    """The commonest way among the typed marks; mixed ways are told."""
    seen: Counter[Brackets | Tens | DigitMark] = Counter()
    for mark in marks:
        seen.update(_ways(mark))
    style = NumberingStyle(
        Brackets.HALF if seen[Brackets.HALF] > seen[Brackets.FULL] else Brackets.FULL,
        Tens.LONG if seen[Tens.LONG] > seen[Tens.SHORT] else Tens.SHORT,
        DigitMark.DOT
        if seen[DigitMark.DOT] > seen[DigitMark.COMMA]
        else DigitMark.COMMA,
    )
    mixed = [names for pair, names in _PAIRS.items() if all(seen[way] for way in pair)]
    return style, [_mixed(names) for names in mixed]


_PAIRS: dict[tuple[Brackets | Tens | DigitMark, ...], str] = {
    (Brackets.FULL, Brackets.HALF): "「（一）」與「(一)」",
    (Tens.SHORT, Tens.LONG): "「拾壹」與「壹拾壹」",
    (DigitMark.COMMA, DigitMark.DOT): "「1、」與「1.」",
}


def _mixed(names: str) -> Flag:
    message = f"原文混用{names}，匯入後統一為較常用的一種。"
    return Flag("mixed-marks", message, severity=Severity.INFO)


def _ways(mark: str) -> list[Brackets | Tens | DigitMark]:
    if mark.startswith("（"):
        return [Brackets.FULL]
    if mark.startswith("("):
        return [Brackets.HALF]
    if mark.startswith("壹拾"):
        return [Tens.LONG]
    if mark.startswith("拾"):
        return [Tens.SHORT]
    if mark[:1].isdecimal():
        return [DigitMark.COMMA if "、" in mark else DigitMark.DOT]
    return []
