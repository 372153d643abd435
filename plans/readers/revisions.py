"""Lines of the revision history (歷次修訂) in every form offices write them."""

from __future__ import annotations

import re
import unicodedata

from plans.documents.model import RevisionLine
from plans.documents.numbering import from_chinese

_DATE = re.compile(
    r"(?:自\s*)?(?:中華民國|民國)?\s*"
    r"(?:(?P<y>\d{2,3})\s*年(?!度)(?:\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*日)?)?"
    r"|(?P<Y>\d{2,3})\s*[./-]\s*(?P<M>\d{1,2})(?:\s*[./-]\s*(?P<D>\d{1,2}))?"
    r"|(?P<p>\d{7}))(?!\d)\s*"
)
_ORDINAL = re.compile(r"第\s*([\d一二三四五六七八九十]+)\s*次\s*")
_VERB = re.compile(
    r"(?:會議|修正|修訂|增訂|訂定|訂頒|制定|發布|公布|函頒|頒布|初版|初訂|核定|核准|核備|備查|通過|實施|生效)+"
)
_NUMBER = re.compile(
    r"(?P<number>.{0,30}?字?第?\s*[\d○〇一二三四五六七八九]{5,}\s*號)\s*(?P<rest>.*)"
)
_LABEL = re.compile(r"(?:修正|修訂|訂定|核定|發布|公布)(?:日期|沿革)?\s*[:：]\s*")
LONGEST = 80


def read_revision(line: str) -> RevisionLine | None:
    """One line of the history, or None where the line is something else."""
    text = unicodedata.normalize("NFKC", line).strip(" ()-*·")
    text = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    if len(text) > LONGEST or text.endswith(("。", ";")):
        return None
    ordinal, text = _leading_ordinal(text)
    date = _DATE.match(text)
    if not date:
        return None
    return _after_date(date, text[date.end() :].strip(), ordinal)


def _leading_ordinal(text: str) -> tuple[int, str]:
    """「第3次修正 110.2.3」 writes its ordinal before its date."""
    found = _ORDINAL.match(text)
    verb = _VERB.match(text, found.end()) if found else None
    if not (found and verb):
        return 0, text
    return _number(found[1]), f"{text[verb.end() :].lstrip(': ')} {verb[0]}"


def _after_date(date: re.Match[str], rest: str, ordinal: int) -> RevisionLine | None:
    year, month, day = _date_parts(date)
    if month > 12 or day > 31:
        return None
    found = _ORDINAL.match(rest)
    if found:
        ordinal, rest = _number(found[1]), rest[found.end() :]
    verb = _VERB.match(rest)
    number, approval = _number_and_approval(rest[verb.end() :] if verb else rest)
    if not (verb or ordinal or (number and approval)):
        return None
    return RevisionLine(
        year,
        month,
        day,
        ordinal,
        verb[0] if verb else "",
        number,
        approval,
        dotted=date["Y"] is not None,
    )


def _date_parts(date: re.Match[str]) -> tuple[int, int, int]:
    if date["p"]:
        return int(date["p"][:3]), int(date["p"][3:5]), int(date["p"][5:])
    year, month, day = (date[k.lower()] or date[k.upper()] for k in ("y", "m", "d"))
    return int(year), int(month or 0), int(day or 0)


def _number_and_approval(rest: str) -> tuple[str, str]:
    rest = rest.strip(" ,，、()")
    found = _NUMBER.match(rest)
    if found:
        return found["number"].strip(), found["rest"].strip()
    verb = _VERB.search(rest)
    return (rest[: verb.start()].strip(), rest[verb.start() :]) if verb else ("", rest)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else from_chinese(text)
