"""The opening of a plan: cover, running head, office, title, year, revisions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from plans.documents.model import Cover, RevisionLine
from plans.documents.numbering import from_chinese

from .lines import SourceLine, Wrap, join
from .revisions import read_revision
from .running_heads import without_joined_copy

_TITLE_WORD = re.compile(
    r"計畫|計劃|方針|方案|要點|須知|規定|規範|辦法|作業|手冊|目標|綱要|表$"
)
_STRONG_OFFICE = re.compile(
    r"[\u3400-\u9fff]{2,20}?(?:事務所|公所|衛生所|清潔隊|委員會|代表會|議會|圖書館|美術館|博物館"
    r"|國民小學|國民中學|高級中學|大學|醫院|法院|檢察署|監理所|監理站|協會|基金會"
    r"|[市縣]政府(?:[\u3400-\u9fff]{2,6}?[局處](?!理))?)"
)
_WEAK_OFFICE = re.compile(
    r"[\u3400-\u9fff]{2,20}?(?:中心|分局|總局|管理處|[所處局署館站會部隊院])"
    r"(?=$|[\s\d０-９]|中華民國|民國|[一二三四五六七八九○〇零]{2,3}[年學]|提升|推動|辦理|為民|服務|執行|工作|編印|施政|實施)"
)
_YEAR = re.compile(r"(?:民國|^|[^\d])(\d{2,3})\s*(?:會計|學)?年")
_CHINESE_YEAR = re.compile(r"([一二三四五六七八九十百○〇零]{2,5})\s*(?:會計|學)?年度?")
_DATE_ONLY = re.compile(
    r"(?:中華民國|民國)?\s*[\d一二三四五六七八九十百○〇]{2,5}\s*年(?:\s*[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?)?\s*"
)
_PRINTED_BY = re.compile(r".{2,30}(?:編印|編製|印製|編訂)$")
_REST_OF_NUMBER = re.compile(r"\d*\s*號")
LONGEST_TITLE_LINE = 60
EARLIEST_YEAR, LATEST_YEAR = 38, 199


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands before the first point; ``rest`` are its lines of plain text.

    ``line`` is the first line of the title, ``era_line`` that of the first revision
    whose 「中華民國」 is left out (0: none).
    """

    title: str = ""
    office: str = ""
    year: int = 0
    revisions: tuple[RevisionLine, ...] = ()
    cover: Cover | None = None
    running_head: str = ""
    rest: tuple[SourceLine, ...] = ()
    line: int = 0
    era_line: int = 0


def read_opening(lines: Sequence[SourceLine], wrap: Wrap) -> Opening:
    """Read the lines before the first point, table or annex."""
    lines = without_joined_copy(_unwrapped(_one_a_line(lines), wrap))
    running, lines = _running_head(lines)
    revisions = [(line, read_revision(line.bare)) for line in lines]
    found = tuple(r for _, r in revisions if r is not None)
    others = [line for line, revision in revisions if revision is None]
    cover, others = _cover(others)
    title, rest = _title(others)
    if not title and cover:
        title = cover.title
    office = office_of(title) or office_of(running)
    return Opening(
        title=title,
        office=office,
        year=year_of(title) or max((r.year for r in found), default=0),
        revisions=found,
        cover=cover,
        running_head=running,
        rest=tuple(rest),
        line=others[0].number if others else 0,
        era_line=next((n.number for n, r in revisions if r and "民國" in n.text), 0),
    )


def _one_a_line(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """「（113年…訂定；114年…修正）」 holds two lines of the history."""
    single: list[SourceLine] = []
    for line in lines:
        parts = [part for part in re.split("[；;]", line.bare.strip("()（）")) if part]
        several = len(parts) > 1 and all(read_revision(part) for part in parts)
        single += [replace(line, text=p) for p in parts] if several else [line]
    return single


def _unwrapped(lines: Sequence[SourceLine], wrap: Wrap) -> list[SourceLine]:
    """Join the rest of a revision line that was broken at the edge."""
    joined: list[SourceLine] = []
    for line in lines:
        above = joined[-1] if joined else None
        broken = above and (
            len(above.bare) == wrap.characters or _REST_OF_NUMBER.match(line.bare)
        )
        if (
            above
            and broken
            and read_revision(above.bare)
            and not read_revision(line.bare)
        ):
            joined[-1] = replace(above, text=join(above.bare, line.bare))
        else:
            joined.append(line)
    return joined


def office_of(title: str) -> str:
    """The full name of the agency at the start of a title, "" where none is."""
    for line in title.splitlines():
        strong = _STRONG_OFFICE.match(line.strip())
        weak = _WEAK_OFFICE.match(line.strip())
        if strong or weak:
            return max((m[0] for m in (strong, weak) if m), key=len)
    return ""


def year_of(text: str) -> int:
    """The first ROC year that ``text`` names, 0 where it names none."""
    plain = unicodedata.normalize("NFKC", text)
    for found in _YEAR.finditer(plain):
        if EARLIEST_YEAR <= int(found[1]) <= LATEST_YEAR:
            return int(found[1])
    for found in _CHINESE_YEAR.finditer(text):
        year = _chinese_year(found[1])
        if EARLIEST_YEAR <= year <= LATEST_YEAR:
            return year
    return 0


def _chinese_year(text: str) -> int:
    try:
        return from_chinese(text)
    except ValueError:
        return 0


def _running_head(lines: Sequence[SourceLine]) -> tuple[str, list[SourceLine]]:
    for line in lines[:3]:
        if _PRINTED_BY.fullmatch(line.bare) and not _TITLE_WORD.search(line.bare):
            return line.bare, [other for other in lines if other is not line]
    return "", list(lines)


def _cover(lines: list[SourceLine]) -> tuple[Cover | None, list[SourceLine]]:
    """A date alone on its line ends a cover page, if the title comes again below."""
    for index, line in enumerate(lines):
        if not _DATE_ONLY.fullmatch(unicodedata.normalize("NFKC", line.bare)):
            continue
        above, below = lines[:index], lines[index + 1 :]
        if not _has_title(above):
            return None, lines
        if _has_title(below) or line.bare.startswith("中華民國"):
            title = "\n".join(other.bare for other in above)
            return Cover(title, line.bare), below
    return None, lines


def _has_title(lines: Sequence[SourceLine]) -> bool:
    return any(_TITLE_WORD.search(line.bare) for line in lines[:8])


def _title(lines: list[SourceLine]) -> tuple[str, list[SourceLine]]:
    """The short lines down to the last that names a plan, and the lines after."""
    short = 0
    while short < min(len(lines), 6) and _may_be_title(lines[short].bare):
        short += 1
    named = [i for i in range(short) if _TITLE_WORD.search(lines[i].bare)]
    end = named[-1] + 1 if named else min(short, 1)
    return "\n".join(line.bare for line in lines[:end]), lines[end:]


def _may_be_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE_LINE and not text.endswith(
        ("。", "：", ":", "；", "，")
    )
