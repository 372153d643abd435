"""Years, dates and intervals: what a plan copied from last year leaves behind."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from .basis import is_basis
from .finding import Finding
from .galley import Galley, Passage

YEARS_BACK = 3
_ERA = 1911
# A smaller number before 年 counts years: a plan of 10年.
_FIRST_YEAR = 60
_LEAP_YEAR = 2024
# A school year runs into the next summer and is left alone.
_YEAR_WORD = re.compile(r"(?<![\d,.])(\d{2,3})(?=[ 　]?(?:會計)?年度)")
_DEADLINE = re.compile(
    r"(?<![\d,.])(\d{2,3})年\d{1,2}月(?:\d{1,2}日)?(?=底?(?:以|之)?前(?!年)|底?完成)"
)
_TITLE_YEAR = re.compile(r"(?<!\d)(\d{2,3})(?=\s*(?:年|[-~～－—至]\s*\d{2,3}\s*年))")
_DATE = r"(\d{2,3})年(\d{1,2})月(\d{1,2})日"
_FULL_DATE = re.compile(rf"(?<!\d){_DATE}")
_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})月(\d{1,2})日")
_INTERVAL = re.compile(rf"(?<!\d){_DATE}起?\s?[-~～至到—－]\s?{_DATE}")
_ANY_YEAR = re.compile(r"(?<!\d)(\d{2,3})(?=\s*年)")
_PERIOD = re.compile(r"期程|期間|實施時間|執行期限|實施日期")

# Around the year: what tells of the past, compares with it, or spans several years.
_PAST_BEFORE = re.compile(
    r"(?:較|比|與|同|照|按|鑑於|根據|依據|檢視|沿用|彙整|分析|盤點|公布|公告|延續|賡續|接續|承接|參酌|參考|截至"
    r"|檢討|追蹤|自|從|原|前|去|上|含|或|及|和|、|及其|至|到|[-~～—－/／]|\d年度?)\s?$"
)
_PAST_AFTER = re.compile(
    r"(?:會計)?年度(?:\s?[-~～—－至到、及或和與起前]|[^。；\n]{0,14}?(?:統計|成果|績效|檢討|決算|成績|結果|"
    r"成長|比較|相較|相比|基準|基期|增加|減少|以來|情形|缺失|經驗|意見|建議|調查|評鑑|評核|評比|"
    r"考核|獲|榮|累計|平均|實際|達成|完成率|底|前\d*名|未結|未完|尚未|剩餘|賸餘|保留|已|曾|資料|"
    r"報告|為\d|計\d|共\d|有\d|的?\d))"
)
# 「113年度評核計畫」 is a paper that has a successor, 「113年度評核報告」 has none.
_STANDING_PAPER = re.compile(r"[^」\n]{0,30}(?:計畫|方案|要點|規定|基準|須知|配分表)」")
_NAMED_AS_PAST = re.compile(
    r"(?:較|比|與|延續|賡續|接續|承接|參酌|參考|檢討|追蹤|檢視|沿用)「$"
)
_SPAN_OF_SCORE = re.compile(r"區間|期間|統計|計算|採計|截至|迄|自")
_WINDOW = 14
_NEAR = 40


def year_behind(passage: Passage, year: int) -> Iterator[Finding]:
    """「113年度」 in a plan of 114, where nothing around it speaks of the past."""
    text = passage.text
    if passage.field in {"title", "cover_date"} or "年" not in text:
        return
    for met in _YEAR_WORD.finditer(text):
        if _is_behind(met[1], year) and not _of_the_past(passage, met):
            end = text.index("年度", met.end()) + 2
            yield _behind(passage, met.start(), end, met[1], year)
    for met in _DEADLINE.finditer(text):
        near = text[max(0, met.start() - _WINDOW) : met.start()]
        if _is_behind(met[1], year) and not (
            _SPAN_OF_SCORE.search(near) or is_basis(passage.heading)
        ):
            yield _behind(passage, *met.span(), met[1], year)


def _behind(passage: Passage, start: int, end: int, found: str, year: int) -> Finding:
    old = passage.text[start:end]
    new = str(year) + old[len(found) :]
    message = f"計畫是 {year} 年度，這裡寫「{old}」。"
    return passage.finding("year-behind", start, end, message, new)


def _is_behind(found: str, year: int) -> bool:
    return year - YEARS_BACK <= int(found) < year


def _of_the_past(passage: Passage, met: re.Match[str]) -> bool:
    text = passage.text
    before = text[max(0, met.start() - _WINDOW) : met.start()]
    if is_basis(passage.heading) and not _is_quoted(text, met.start()):
        return True
    after = text[met.end() : met.end() + _NEAR]
    if before.endswith("「") and _STANDING_PAPER.match(after):
        return bool(_NAMED_AS_PAST.search(before))
    if _PAST_BEFORE.search(before) or _SPAN_OF_SCORE.search(before):
        return True
    return bool(_PAST_AFTER.match(after.lstrip(" 　")))


def _is_quoted(text: str, at: int) -> bool:
    """Whether the place lies in 「」: the name of a paper that the plan follows."""
    return text.rfind("「", 0, at) > text.rfind("」", 0, at)


def title_year(galley: Galley) -> Iterator[Finding]:
    """The title, or the cover's date, names years, and the plan's is none of them."""
    year = galley.document.year
    for passage in galley.passages:
        if passage.field not in {"title", "cover_date"}:
            continue
        found = _years(_TITLE_YEAR, passage.text)
        named = [int(met[1]) for met in found]
        # A cover is often dated in the winter before the plan's year.
        earliest = min(named, default=0) - (passage.field == "cover_date")
        latest = max(named, default=0) + (passage.field == "cover_date")
        if named and not earliest <= year <= latest:
            message = f"計畫設定是 {year} 年度，{passage.where}寫的是 {named[0]} 年。"
            end = found[0].end() + 1
            yield passage.finding("title-year", found[0].start(), end, message)


def no_such_day(passage: Passage, _year: int) -> Iterator[Finding]:
    """2月30日, 13月1日, 114年2月29日."""
    text = passage.text
    if "日" not in text:
        return
    dated = set()
    for met in _FULL_DATE.finditer(text):
        dated.add(met.start(2))
        if not _exists(*(int(met[n]) for n in (1, 2, 3))):
            yield passage.finding("no-such-day", *met.span(), f"沒有「{met[0]}」。")
    for met in _DAY.finditer(text):
        known = met.start() in dated
        if not known and not _exists(0, int(met[1]), int(met[2])):
            yield passage.finding("no-such-day", *met.span(), f"沒有「{met[0]}」。")


def _exists(year: int, month: int, day: int) -> bool:
    if not 1 <= month <= 12:
        return False
    western = year + _ERA if year else _LEAP_YEAR
    return 1 <= day <= monthrange(western, month)[1]


def date_order(passage: Passage, _year: int) -> Iterator[Finding]:
    """An interval that ends before it begins."""
    if "年" not in passage.text:
        return
    for met in _INTERVAL.finditer(passage.text):
        numbers = [int(part) for part in met.groups()]
        if numbers[3:] < numbers[:3]:
            message = "迄日早於起日。"
            yield passage.finding("date-order", *met.span(), message)


def period(galley: Galley) -> Iterator[Finding]:
    """A chapter about the period that names years, but not the plan's."""
    year = galley.document.year
    seen: dict[str, list[tuple[Passage, re.Match[str]]]] = {}
    for passage in galley.passages:
        if _PERIOD.search(passage.heading.partition("：")[0]):
            found = [(passage, met) for met in _years(_ANY_YEAR, passage.text)]
            seen.setdefault(passage.part.key, []).extend(found)
    for named in seen.values():
        years = [int(met[1]) for _, met in named]
        if years and not min(years) <= year <= max(years):
            passage, met = named[0]
            message = f"計畫是 {year} 年度，期程寫的是 {met[1]} 年。"
            yield passage.finding("period", met.start(), met.end() + 1, message)


def _years(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return [met for met in pattern.finditer(text) if int(met[1]) >= _FIRST_YEAR]
