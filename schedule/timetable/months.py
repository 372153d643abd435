"""Months of a year as a pattern: twelve State digits, 「000110002000」.

Both ways between a pattern and what people type (「3-6、9」), and what a text on paper
proposes (「實地（5月31日-6月14日）」).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum

from plans.readers.months import months_in

NO_MONTHS = "0" * 12
MONTHS = range(1, 13)


class State(IntEnum):
    """What a month holds for a method row."""

    EMPTY = 0
    PLANNED = 1
    KEY = 2

    @property
    def word(self) -> str:
        return ("", "預定", "重點")[self]

    @property
    def sign(self) -> str:
        """Printed beside the shading, which black-and-white copies lose."""
        return ("", "●", "★")[self]


class NotMonths(ValueError):
    """The text names no months; the message tells a person why, in Chinese."""


_PATTERN = re.compile(r"[012]{12}")
_WHOLE_YEAR = {"整年", "全年", "每月", "全部"}
_NONE = {"", "無", "-", "–", "—"}
_SPAN = re.compile(r"(\d{1,4})月?(?:[-~至到–—](\d{1,4})月?)?(\*|★|重點|\(重點\))?")
_SPACED = re.compile(r"(?<=\d)\s+(?=\d?\s*月)")
_SINCE = re.compile(r"起\s*(?=[-~至到–—])")
_WITH_YEAR = re.compile(r"(\d{2,3})\s*年度?\s*(\d{1,2})\s*月")
_INTERVAL = re.compile(
    r"(\d{2,3})\s*年度?\s*(\d{1,2})\s*月\s*份?\s*(?:\d{1,2}\s*日\s*)?[-~至到–—]\s*"
    r"(?:(\d{2,3})\s*年度?\s*)?(\d{1,2})\s*月(?:\s*底|\s*止)?"
)
_EVERY_MONTH = re.compile(r"每月|每個月|逐月|按月")


def is_pattern(text: str) -> bool:
    return bool(_PATTERN.fullmatch(text))


def pattern_of(months: Iterable[int], state: State = State.PLANNED) -> str:
    """The pattern in which these months hold ``state`` and the others nothing."""
    named = set(months)
    return "".join(str(int(state)) if month in named else "0" for month in MONTHS)


def months_of(pattern: str) -> frozenset[int]:
    """The months 1–12 that hold anything."""
    return frozenset(month for month in MONTHS if pattern[month - 1] != "0")


def state_in(pattern: str, month: int) -> State:
    return State(int(pattern[month - 1]))


def spans(pattern: str) -> Iterator[tuple[int, int, State]]:
    """Runs of months in the same state, none of them empty: (first, last, state)."""
    first = 1
    for month in MONTHS:
        state = state_in(pattern, month)
        if month == 12 or state_in(pattern, month + 1) != state:
            if state:
                yield first, month, state
            first = month + 1


def write_months(pattern: str) -> str:
    """「3-6、9*」 as parse_months reads it; * marks months that are 重點."""
    return "、".join(
        (f"{first}-{last}" if last > first else f"{first}")
        + ("*" if state is State.KEY else "")
        for first, last, state in spans(pattern)
    )


def say_months(pattern: str) -> str:
    """The same in words: 「3–6月、9月（重點）」; 「整年」 for all twelve planned."""
    if pattern == "1" * 12:
        return "整年"
    return "、".join(
        (f"{first}–{last}月" if last > first else f"{first}月")
        + ("（重點）" if state is State.KEY else "")
        for first, last, state in spans(pattern)
    )


def parse_months(text: str) -> str:
    """A pattern from 「3-6,9」, 「11-2」, 「7*」, 「整年」, say_months' words or nothing.

    Raises NotMonths with a sentence for the person who typed it.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if plain in _NONE:
        return NO_MONTHS
    if plain in _WHOLE_YEAR:
        return pattern_of(MONTHS)
    found = dict.fromkeys(MONTHS, State.EMPTY)
    for part in re.split(r"[、,;，；]", plain):
        for month, state in _part(part):
            found[month] = max(found[month], state)
    return "".join(str(int(state)) for state in found.values())


def _part(part: str) -> Iterator[tuple[int, State]]:
    typed = _SPAN.fullmatch(part)
    if typed is None:
        raise NotMonths(f"看不懂「{part[:20]}」，請輸入如 3-6、9 或「整年」。")
    first, last = int(typed[1]), int(typed[2] or typed[1])
    for month in (first, last):
        if not 1 <= month <= 12:
            raise NotMonths(f"沒有 {month} 月，月份須在 1 到 12 之間。")
    state = State.KEY if typed[3] else State.PLANNED
    yield from ((month, state) for month in _between(first, last))


def _between(first: int, last: int) -> Iterable[int]:
    """Months from first to last, over New Year where first is the later one."""
    if first <= last:
        return range(first, last + 1)
    return (*range(first, 13), *range(1, last + 1))


def proposed_months(text: str, year: int) -> str:
    """The pattern that a printed text names for the ROC ``year``; NO_MONTHS for none.

    「每月」 and 「整年」 name all; an interval with other years, such as that of the
    score, names none.
    """
    plain = _plain(text)
    plain = _INTERVAL.sub(lambda found: _within(found, year), plain)
    plain = _WITH_YEAR.sub(
        lambda found: f"{found[2]}月" if int(found[1]) == year else "", plain
    )
    if _EVERY_MONTH.search(plain) and not months_in(plain):
        return pattern_of(MONTHS)
    return pattern_of(months_in(plain))


def _within(found: re.Match[str], year: int) -> str:
    """An interval inside the year keeps its months; any other says nothing of them."""
    inside = int(found[1]) == year == int(found[3] or found[1])
    return f"{found[2]}-{found[4]}月" if inside else ""


def interval_in(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The scoring interval a text names: 「統計區間為112年11月至113年10月」."""
    plain = _plain(text)
    found = _INTERVAL.search(plain)
    if found is None or "區間" not in plain[: found.start()]:
        return None
    first = int(found[1]), int(found[2])
    last = int(found[3] or found[1]), int(found[4])
    fits = 1 <= first[1] <= 12 and 1 <= last[1] <= 12 and first <= last
    return (first, last) if fits else None


def _plain(text: str) -> str:
    """Half-width signs; 「1 0 月」 is 10月, 「3月起至5月」 is 3月至5月."""
    return _SINCE.sub("", _SPACED.sub("", unicodedata.normalize("NFKC", text)))
