"""Quarters of ROC years: plain values, pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from offices.roc import LAST_ROC_YEAR, OFFSET, roc_year

_NAME = re.compile(r"([1-9]\d{0,2})q([1-4])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """第1季 to 第4季 (``number``) of the ROC ``year``."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that ``day`` lies in."""
        return cls(roc_year(day), (day.month - 1) // 3 + 1)

    @classmethod
    def parse(cls, name: str) -> Quarter | None:
        """From "114q3"; None for what names no quarter."""
        found = _NAME.fullmatch(name)
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def name(self) -> str:
        """As addresses have it; parse() reads it back."""
        return f"{self.year}q{self.number}"

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}季"

    @property
    def first(self) -> date:
        return date(self.year + OFFSET, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    def next(self) -> Quarter:
        if self.number == 4:
            return Quarter(self.year + 1, 1)
        return Quarter(self.year, self.number + 1)


def quarters_of(year: int, day: date) -> list[Quarter]:
    """From the first of the plan's ``year`` to that of ``day``, the latest first.

    The first one alone where the year is still to come; eight years at most.
    """
    found = [Quarter(year, 1)]
    until = min(Quarter.of(day), Quarter(min(year + 7, LAST_ROC_YEAR), 4))
    while found[-1] < until:
        found.append(found[-1].next())
    return found[::-1]
