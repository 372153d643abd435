"""The texts of our own sheet's cells, both ways: what we print, and what people type.

Owners are split at commas alone here: the reader of printed tables would make two
people of 「李和順」.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..annex import method_text, share_words
from ..model import Indicator, Item, Method, RocMonth
from ..wording import NamedItem, closed_up, indicator_text, read_indicator, read_name
from .layout import LONGEST_TEXT, Head

# What XML cannot hold, halves of characters among it.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BELOW = "\u3000"
_NUMBERED = re.compile(r"\s*\d{1,2}\s*[.．、]\s*(?!\d)")
_LABELLED = re.compile(
    r"[(（]\s*((?!.*\d\s*分[^)）]*[)）])[^()（）/／]{1,12}?)\s*[)）]\s*(.*)"
)
_BRACKETED = re.compile(r"[(（](.*)[)）]")
_WORDS = re.compile(
    r"(?:(\d{1,4}(?:\.\d{1,3})?)\s*分)?\s*[/／]?\s*((?!.*\d\s*分)[^/／]*)"
)
_COMMA = re.compile(r"[、,，;；\n]")
_BETWEEN_UNITS = re.compile(r"[/／、,，;；\n]")
_ROC_MONTH = re.compile(r"(\d{2,3})\D+(\d{1,2})\D*")


class NotReadable(ValueError):
    """A cell holds something else than it should; the message says what it may hold."""


def clean(text: str) -> str:
    """Text as a cell can hold it: no control characters but line feeds and tabs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ILLEGAL.sub("", lines)[:LONGEST_TEXT]


def escaped(text: str) -> str:
    """Text in which nothing looks like a character written 「_x000D_」."""
    return _ESCAPED.sub(lambda found: f"_x005F_{found[0][1:]}", text)


def unescaped(text: str) -> str:
    """The text in which 「_x000D_」, as some programs write it, is that character."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def item_texts(item: Item, labels: Mapping[str, str]) -> dict[Head, str]:
    """What we write for an item, in the cells that are one for all its rows."""
    return {
        Head.UNITS: clean("\n".join(share.unit for share in item.shares)),
        Head.NAME: clean("\n".join(_name_lines(item, labels))),
        Head.INDICATORS: clean("\n".join(_indicator_lines(item.indicators))),
        Head.NOTE: clean(item.note),
        Head.FROM: _roc_text(item.scored_from),
        Head.UNTIL: _roc_text(item.scored_until),
    }


def method_texts(method: Method) -> dict[Head, str]:
    """What we write for a method, its months apart."""
    return {
        Head.METHOD: clean(method_text(method)),
        Head.KINDS: clean("、".join(method.kinds)),
        Head.EXAMINES: "、".join(str(number) for number in method.examines),
        Head.ONLY_UNIT: clean(method.unit),
    }


def _name_lines(item: Item, labels: Mapping[str, str]) -> Iterator[str]:
    yield item.name
    for share in item.shares:
        words = share_words(share)
        if item.is_joint:
            yield f"（{labels.get(share.unit, share.unit[:1])}）{words}"
        elif words:
            yield f"（{words}）"


def _indicator_lines(indicators: Sequence[Indicator]) -> Iterator[str]:
    """Numbered where there are several; further lines of one are set in."""
    several = len(indicators) > 1
    for number, indicator in enumerate(indicators, start=1):
        first, *below = indicator_text(indicator).split("\n")
        yield f"{number}. {first}" if several else first
        yield from (f"{_BELOW}{line}" for line in below)


@dataclass(frozen=True, slots=True)
class NameCell:
    """A name cell as read; ``doubtful`` is what stands where points should."""

    named: NamedItem
    doubtful: tuple[str, ...] = ()


def read_name_cell(text: str, *, is_joint: bool) -> NameCell:
    """The name, and below it a line for each share; else whatever read_name finds."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    patterns = (_LABELLED, _BRACKETED) if is_joint else (_BRACKETED, _LABELLED)
    for pattern in patterns:
        typed = _share_lines(lines, pattern)
        if typed:
            return _with_shares(lines[: -len(typed)], typed)
    return NameCell(read_name(text))


def _share_lines(
    lines: Sequence[str], pattern: re.Pattern[str]
) -> list[tuple[str, str]]:
    """Label ("" for none) and words of the shares at the end of a name cell."""
    found: list[tuple[str, str]] = []
    for line in reversed(lines[1:]):
        share = pattern.fullmatch(line)
        if share is None or (found and pattern is _BRACKETED):
            break
        label, words = ("", *share.groups())[-2:]
        found.insert(0, (label, words.strip()))
    return found


def _with_shares(lines: Sequence[str], typed: Sequence[tuple[str, str]]) -> NameCell:
    parts, doubtful = [], []
    for label, words in typed:
        read = _WORDS.fullmatch(words)
        points, owners = read.groups() if read else (None, words.partition("／")[2])
        doubtful += [] if read else [words]
        parts.append((label, Decimal(points) if points else None, _split(owners)))
    name = closed_up(" ".join(lines))
    return NameCell(NamedItem(name, tuple(parts)), tuple(doubtful))


def _split(text: str) -> tuple[str, ...]:
    names = (" ".join(name.split()) for name in _COMMA.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


def read_units(text: str) -> tuple[str, ...]:
    """The names in a cell 「民政課／社會課」, or one a line; each once."""
    names = ("".join(name.split()) for name in _BETWEEN_UNITS.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


def read_kinds(text: str) -> tuple[str, ...]:
    """The kinds listed in a cell, in its order; each once."""
    return _split(text)


def read_indicators(text: str) -> tuple[Indicator, ...]:
    """One for each numbered line, or for each line below one that ends in its weight."""
    found: list[Indicator] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        mark = None if line.startswith(_BELOW) else _NUMBERED.match(line)
        begins = mark or not found or found[-1].weight is not None
        read = read_indicator(line[mark.end() :] if mark else line)
        if begins and not (line.startswith(_BELOW) and found):
            found.append(read)
            continue
        before = found.pop()
        weight = before.weight if read.weight is None else read.weight
        found.append(Indicator(f"{before.text}\n{read.text}", weight))
    return tuple(found)


def read_examines(text: str, most: int) -> tuple[int, ...]:
    """「1、3」: places of indicators.  Raises NotReadable beyond 1 to ``most``."""
    numbers = [n.strip() for n in _COMMA.split(unicodedata.normalize("NFKC", text))]
    found = [int(n) for n in numbers if n.isdecimal() and len(n) < 4]
    if len(found) < len(list(filter(None, numbers))) or not all(
        1 <= number <= most for number in found
    ):
        raise NotReadable(f"請填考核指標的號碼，如 1、2（共有 {most} 個）")
    return tuple(dict.fromkeys(found))


def _roc_text(month: RocMonth) -> str:
    return f"{month[0]}/{month[1]:02}" if month else ""


def read_roc_month(text: str) -> RocMonth:
    """「112/11」 or 「112年11月」.  Raises NotReadable for anything else but nothing."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    found = _ROC_MONTH.fullmatch(plain)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise NotReadable("請填民國年和月，如 112/11")
    return int(found[1]), int(found[2])
