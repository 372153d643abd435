"""Years and dates as plans write them, and the same some years later.

Years are those of the Republic unless they have four digits.  What is found is what
stands in the text: 113年度, 113.4.11, 中華民國113年1月5日, 112年11月至113年10月, 一00年.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_ERA = 1911
# Before these years, and long after the plan's, a number before 年 counts years.
_FIRST_YEAR = 60
_FIRST_BARE_YEAR = 90
_YEARS_AHEAD = 30
_WESTERN = range(1971, 2101)
_NEAR = 3

_GAP = r"[ 　]?"
_N = r"\d{2,4}"
_BEGIN = r"(?<![\d,.．/-])"
_DASH = r"(?:[-~～－—–]|至|到)"
_WEEKDAY = r"(?:[（(](?:星期|週)?[一二三四五六日][）)])?"
_LONG = (
    rf"(?:(?:中華)?民國{_GAP})?{_BEGIN}{_N}{_GAP}年{_GAP}\d{{1,2}}{_GAP}月"
    rf"(?:{_GAP}\d{{1,2}}{_GAP}日|[上中下]旬|底|初|份)?"
)
_SHORT = "|".join(
    rf"(?<![\d,．/.]){_N}{sign}\d{{1,2}}{sign}\d{{1,2}}(?!\d|{sign}\d)"
    for sign in (r"\.", "/", "-")
)
_ONE_DATE = rf"(?:{_LONG}|{_SHORT}){_WEEKDAY}"
_MONTH_DAY = rf"(?<!\d)\d{{1,2}}{_GAP}月{_GAP}\d{{1,2}}{_GAP}日{_WEEKDAY}"
_TO = rf"{_GAP}起?{_GAP}{_DASH}{_GAP}"
# Months without a day, only as both ends of a span: 112.11-113.10, 99/1~99/12.
_MONTHS = "|".join(
    rf"(?<![\d./-]){_N}{sign}\d{{1,2}}{_GAP}{_DASH}{_GAP}{_N}{sign}\d{{1,2}}"
    rf"(?![\d%％分]|{sign}\d)"
    for sign in (r"\.", "/")
)
_PAPER_DATE = rf"(?<![\d./-]){_N}\.\d{{1,2}}(?={_GAP}(?:訂定|修訂|修正|初版|核定|核備))"
_DATE = re.compile(
    rf"(?P<months>{_MONTHS})"
    rf"|(?P<dated>{_ONE_DATE}(?:{_TO}(?:{_ONE_DATE}|\d{{1,2}}月(?:\d{{1,2}}日|底)?))?)"
    rf"|(?P<paper>{_PAPER_DATE})"
    rf"|(?P<undated>{_MONTH_DAY}(?:{_TO}{_MONTH_DAY})?)"
)
_YEAR_OF_DATE = re.compile(
    rf"(?<!\d)(?P<year>{_N})(?P<sign>{_GAP}年{_GAP}|[./-])(?P<month>\d{{1,2}})"
    rf"(?:(?:{_GAP}月{_GAP}|(?P=sign))(?P<day>\d{{1,2}})(?!\d)(?:{_GAP}日)?"
    rf"(?P<weekday>[（(](?:星期|週)?[一二三四五六日][）)])?)?"
)
_DAYS = "一二三四五六日"

_YEAR_WORD = r"(?:會計年度|學年度|年度|年)"
_YEAR = re.compile(
    rf"(?:(?:中華)?民國{_GAP})?{_BEGIN}(?P<year>{_N})"
    rf"(?:{_GAP}年?度?{_GAP}{_DASH}{_GAP}(?P<last>{_N}))?{_GAP}(?P<word>{_YEAR_WORD})"
)
_COUNTS_BEFORE = re.compile(r"(?:滿|逾|達|超過|近|約|每|第|長|共|計|資歷|年資)$")
_COUNTS_AFTER = re.compile(
    rf"{_GAP}(?:期|資|級|份|以上|以下|以內|內|老|歷史|慶|保固|餘|多|來)"
)
_DIGITS = "○〇零一二三四五六七八九"
_ONES = "一二三四五六七八九"
_CHINESE = re.compile(
    rf"(?<![第{_DIGITS}十百千萬\d])(?P<era>(?:中華)?民國{_GAP})?"
    rf"(?P<year>[一二九][{_DIGITS}\d]{{2}}"
    rf"|一百(?:零?[{_ONES}]|[{_ONES}]?十[{_ONES}]?)?|[八九]十[{_ONES}]?)"
    rf"年(?P<word>度)?(?P<day>[{_ONES}十]{{1,2}}月(?:[{_ONES}十]{{1,3}}日)?)?(?![級期來])"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A year or date at ``start``; ``years`` are those it names, none for 5月31日.

    ``later`` is the same so many years on, None where that is not known.
    """

    start: int
    end: int
    years: tuple[int, ...]
    later: str | None
    is_date: bool


def dates(text: str, year: int, by: int) -> Iterator[Dated]:
    """Dates and spans of dates in a text of the plan of ``year``, in order.

    ``later`` is ``by`` years on, a weekday set right and the 29th of February made
    the 28th where there is none.
    """
    for met in _DATE.finditer(text):
        years = tuple(
            _roc(int(one["year"])) for one in _YEAR_OF_DATE.finditer(met[0])
        ) or ((_roc(int(met[0].split(".")[0])),) if met["paper"] else ())
        if not all(_FIRST_YEAR <= one <= year + _YEARS_AHEAD for one in years):
            continue
        if met["months"] and any(abs(one - year) > _NEAR for one in years):
            continue
        if met["undated"]:
            if text[: met.start()].endswith(("每年", "每")):
                continue
            later = None
        else:
            later = _YEAR_OF_DATE.sub(lambda one: _later(one, by), met[0])
        yield Dated(*met.span(), years, None if met["paper"] else later, is_date=True)


def years(text: str, year: int, by: int) -> Iterator[Dated]:
    """Years and spans of years, those of dates included; a span over more than two
    years, as that of a plan for several years, has no ``later``."""
    for met in _YEAR.finditer(text):
        first = _roc(int(met["year"]))
        last = _roc(int(met["last"])) if met["last"] else first
        least = _FIRST_BARE_YEAR if met["word"] == "年" else _FIRST_YEAR
        if not least <= first <= last <= year + _YEARS_AHEAD:
            continue
        if met["word"] == "年" and not met["last"] and _counts(text, met):
            continue
        later = None
        if last - first <= 1:
            later = re.sub(_N, lambda one: _plus(one[0], by), met[0])
        yield Dated(*met.span(), tuple(sorted({first, last})), later, is_date=False)


def chinese_years(text: str, year: int, by: int) -> Iterator[Dated]:
    """Years in Chinese figures; later ones are offered in digits (公文書橫式書寫數字
    使用原則)."""
    for met in _CHINESE.finditer(text):
        number = _chinese(met["year"])
        counted = (
            met["year"][-1] in "十百" or "十" in met["year"] or "百" in met["year"]
        )
        is_near = abs(number - year) <= _NEAR
        is_year = not counted or met["era"] or met["word"] or met["day"] or is_near
        if not is_year or not _FIRST_YEAR <= number <= year + _YEARS_AHEAD:
            continue
        later = f"{met['era'] or ''}{number + by}年{met['word'] or ''}"
        is_date = met["day"] is not None
        yield Dated(*met.span(), (number,), None if is_date else later, is_date=is_date)


def _roc(number: int) -> int:
    """A western year as one of the Republic; -1 for four digits that are no year."""
    if number < 1000:
        return number
    return number - _ERA if number in _WESTERN else -1


def _counts(text: str, met: re.Match[str]) -> bool:
    """Whether the number counts years: 逾100年, 100年歷史."""
    before = text[max(0, met.start() - 3) : met.start()]
    return bool(_COUNTS_BEFORE.search(before) or _COUNTS_AFTER.match(text, met.end()))


def _later(met: re.Match[str], by: int) -> str:
    found, start = met[0], met.start()
    year = int(met["year"])
    western = _roc(year) + _ERA + by
    day = _as_date(western, met["month"], met["day"])
    said = _plus(met["year"], by) + found[met.end("year") - start :]
    if met["day"] and day is None and int(met["day"]) == 29:
        said = re.sub(rf"{re.escape(met['day'])}(?=\D*$)", "28", said)
        day = _as_date(western, met["month"], "28")
    if met["weekday"] and day:
        sign = _DAYS[day.weekday()]
        new = re.sub(r"[一二三四五六日](?=[）)])", sign, met["weekday"])
        said = said.replace(met["weekday"], new)
    return said


def _as_date(year: int, month: str, day: str | None) -> date | None:
    try:
        return date(year, int(month), int(day or 0))
    except ValueError:
        return None


def _plus(digits: str, by: int) -> str:
    """The number some years on, in digits as wide as it has."""
    plain = str(int(digits) + by)
    if digits.isascii():
        return plain
    return "".join(chr(ord(digit) + 0xFEE0) for digit in plain)


def _chinese(figures: str) -> int:
    """一一三, 一00, 一百一十三 or 九十九 as a number."""
    plain = unicodedata.normalize("NFKC", figures)
    if "十" not in plain and "百" not in plain:
        return int("".join(_digit(sign) for sign in plain))
    number, last = 0, 0
    for sign in plain:
        if sign in "十百":
            number += max(last, 1) * (10 if sign == "十" else 100)
            last = 0
        else:
            last = int(_digit(sign))
    return number + last


def _digit(sign: str) -> str:
    if sign.isdigit():
        return sign
    return "0" if sign in "○〇零" else str(_ONES.index(sign) + 1)
