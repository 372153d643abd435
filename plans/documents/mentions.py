"""What grows old in a plan: years, dates, 文號, names of rules and of people.

A plan that is carried over is read for them, so that a person decides about each.
Pure, and linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from .dated import Dated, chinese_years, dates, years


class Kind(StrEnum):
    """What kind of words they are, in the order in which they are listed."""

    YEAR = "year"
    DATE = "date"
    REFERENCE = "reference"
    RULE = "rule"
    PERSON = "person"

    @property
    def word(self) -> str:
        return _KIND_WORDS[self]


_KIND_WORDS = {
    Kind.YEAR: "年度",
    Kind.DATE: "日期",
    Kind.REFERENCE: "文號",
    Kind.RULE: "法規與計畫名稱",
    Kind.PERSON: "人員",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """``text`` stands from ``start`` to ``end``; ``offer`` is what it may become.

    ``years`` are those of a year or date.
    """

    kind: Kind
    start: int
    end: int
    text: str
    offer: str | None = None
    years: tuple[int, ...] = ()


_SERIAL = r"[A-Za-z]?[\d○〇零一二三四五六七八九]{4,}(?:-\d+)?"
_REFERENCE = re.compile(
    r"(?:[(（]\d{2,3}[)）][ 　]?)?"
    rf"(?:(?![年月日號依據])[\u4e00-\u9fff]){{1,6}}字[ 　]?第?[ 　]?{_SERIAL}[ 　]?號"
    r"|第[ 　]?[A-Za-z]?\d{8,}[ 　]?號"
)
_RULE_ENDING = (
    "法|條例|通則|規程|規則|細則|辦法|綱要|標準|準則|要點|注意事項|須知|規定|規範"
    "|方案|計畫|原則|基準|手冊|措施|程序|指引|考核表|評分表"
)
_QUOTED_RULE = re.compile(rf"「([^「」\n]{{1,60}}(?:{_RULE_ENDING}))」")
_ARTICLE = re.compile(r"[ 　]?第[ 　]?[\d一二三四五六七八九十百]+[ 　]?[條點]")
_LAW = re.compile(r"[\u4e00-\u9fff]{2,20}(?:法|條例|細則|辦法|規則|標準|準則|要點)$")
_LONGEST_LAW = 24
_BEFORE_LAW = re.compile(
    r"^(?:.*(?:依據|依照|根據|按照|依|違反|符合|參照|比照|適用|悉)"
    r"|[條點款項目](?:及|與|暨|和)?)"
)
_LABELLED = re.compile(
    r"(?:承辦人|聯絡人|主辦人|負責人|召集人)[ 　]?[:：][ 　]?"
    r"(?P<name>[\u4e00-\u9fff○]{2,4})(?![\u4e00-\u9fff])"
)
_NAME = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff○]{2,4}(?![\u4e00-\u9fff])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# A date right before one of these is that of a letter, which has its own.
_LETTER = re.compile(
    r"[ 　]?(?:函|令|公告|公布|發布|修正|修訂|訂定|核定|核准|核備|備查|頒|訂頒)"
)
_AS_FAR_AS_NUMBER = 60


class Finder:
    """Finds mentions in the texts of a plan of ``old`` that becomes one of ``new``.

    ``people`` are the names that are known.
    """

    def __init__(self, old: int, new: int, people: Collection[str] = ()) -> None:
        self.old, self.new, self.by = old, new, new - old
        longest_first = sorted({name for name in people if name}, key=len, reverse=True)
        names = "|".join(map(re.escape, longest_first))
        self._people = re.compile(names) if names else None

    def mentions(self, text: str, *, is_people: bool = False) -> tuple[Mention, ...]:
        """Everything found, in order; ``is_people``: the text is a list of names.

        The year in the name of a rule is told apart from the rule.  A year or date is
        offered anew where it is of the old plan's year or the one before or after;
        that of a letter and its 文號 never are.
        """
        if not text:
            return ()
        taken = bytearray(len(text))
        found = []
        for met in _REFERENCE.finditer(text):
            found.append(_mention(Kind.REFERENCE, met))
            _take(taken, *met.span())
        for find in (dates, chinese_years, years):
            for one in find(text, self.old, self.by):
                if not any(taken[one.start : one.end]):
                    found.append(self._of_time(text, one))
                    _take(taken, one.start, one.end)
        found += _rules(text)
        found += self._persons(text, is_people=is_people)
        return tuple(sorted(found, key=lambda one: (one.start, one.end)))

    def _of_time(self, text: str, one: Dated) -> Mention:
        kind = Kind.DATE if one.is_date else Kind.YEAR
        of_letter = one.is_date and _is_of_letter(text, one.end)
        offer = one.later if not of_letter and self._is_recent(one.years) else None
        words = text[one.start : one.end]
        return Mention(kind, one.start, one.end, words, offer, one.years)

    def _is_recent(self, found: tuple[int, ...]) -> bool:
        """Years of the old plan: 112年11月至113年10月, and what it compares with."""
        if not found or not self.by:
            return False
        first, last = min(found), max(found)
        return self.old - 1 <= first <= self.old and last <= self.old + 1

    def _persons(self, text: str, *, is_people: bool) -> Iterator[Mention]:
        met: set[tuple[int, int]] = set()
        for one in self._people.finditer(text) if self._people else ():
            if len(one[0]) > 2 or not _is_in_words(text, *one.span()):
                met.add(one.span())
        for one in _LABELLED.finditer(text):
            met.add(one.span("name"))
        for one in _NAME.finditer(text) if is_people else ():
            met.add(one.span())
        for start, end in met:
            yield Mention(Kind.PERSON, start, end, text[start:end])


def _mention(kind: Kind, met: re.Match[str]) -> Mention:
    return Mention(kind, *met.span(), met[0])


def _take(taken: bytearray, start: int, end: int) -> None:
    """Mark the characters as belonging to what was found."""
    taken[start:end] = b"\1" * (end - start)


def _rules(text: str) -> Iterator[Mention]:
    quoted = bytearray(len(text))
    for met in _QUOTED_RULE.finditer(text):
        _take(quoted, *met.span())
        yield _mention(Kind.RULE, met)
    for article in _ARTICLE.finditer(text):
        end = article.start()
        law = _LAW.search(text[max(0, end - _LONGEST_LAW) : end])
        if law is None:
            continue
        begun = _BEFORE_LAW.match(law[0])
        start = end - len(law[0]) + (begun.end() if begun else 0)
        if end - start > 2 and not quoted[start]:
            yield Mention(Kind.RULE, start, end, text[start:end])


def _is_of_letter(text: str, end: int) -> bool:
    """Whether the date before ``end`` is that of a letter: a 文號 follows."""
    if _LETTER.match(text, end):
        return True
    number = _REFERENCE.search(text, end, end + _AS_FAR_AS_NUMBER)
    return number is not None and not re.search(
        "[。；，\n]", text[end : number.start()]
    )


def _is_in_words(text: str, start: int, end: int) -> bool:
    """Whether Chinese characters go on around: a name of two may be part of a word."""
    around = text[max(0, start - 1) : start], text[end : end + 1]
    return any(_HAN.match(sign) for sign in around if sign)
