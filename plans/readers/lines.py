"""Source lines: cleaned of what belongs to pages, with their wrapping undone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .characters import plain_characters
from .markup import has_tags, plain_lines
from .reading import Flag, Severity

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_PAGE_NUMBER = re.compile(
    r"\s*(?:第\s*[\d０-９]+\s*頁(?:\s*[,，/／、]?\s*[共\(（]\s*[共]?\s*[\d０-９]+\s*頁\s*[\)）]?)?"
    r"|[-–—－─]\s*[\d０-９]{1,4}\s*[-–—－─]"
    r"|\d{1,4}\s*/\s*\d{1,4}|[Pp]age\s*\d+(?:\s*of\s*\d+)?)\s*"
)
_BARE_NUMBER = re.compile(r"\s*([0-9０-９]{1,3})\s*")
_SENTENCE_END = tuple("。！？；：…!?;:】」』》〉）)")
_CLOSERS = tuple("】」』》〉）)")
_REST_OF_NUMBER = re.compile(r"[\d ]*[號日月年度]")
_HANGS = tuple("，、,（(「『《〈【")
_OPENS_NOTHING = tuple("，。、；：！？）」』》〉】,;:!?)")
_GLYPHS = re.compile(
    r"(?:(?<=\s)|^|(?<=、))[^\s\x00-\x7f](?:[ \u3000]+[^\s\x00-\x7f]){3,}(?=\s|$)"
)

_CONTENTS = re.compile(
    r"(?:[.．…‥·・‧┈]\s?){3,}\s*[(（]?[\d０-９]{1,3}(?:-\d+)?[)）]?\s*$"
)
_CONTENTS_TITLE = re.compile(r"目\s*[錄次]")

RUNNING_HEAD_REPEATS = 3
FEWEST_CONTENTS = 3
WIDE = 28
WIDE_CLAUSE = 20


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line as typed, tabs kept.

    ``number`` is 1-based; ``gap`` counts the blank lines before it; ``page`` says
    that a page break, page number or running head stood before it.
    """

    text: str
    number: int
    gap: int = 0
    page: bool = False

    @property
    def bare(self) -> str:
        """The line without the blanks around it."""
        return self.text.strip()


def source_lines(text: str) -> tuple[list[SourceLine], list[Flag]]:
    """The lines that carry content; what was dropped is told in the flags."""
    text, flags = plain_characters(text)
    lines: list[SourceLine] = []
    gap, page = 0, False
    for number, part, breaks in _parts(text):
        page = page or breaks
        cleaned = clean(part)
        if not cleaned.strip() and "\t" not in cleaned:
            gap += 1
            continue
        for plain in plain_lines(cleaned) if has_tags(cleaned) else [cleaned]:
            lines.append(SourceLine(plain.rstrip(" \u3000"), number, gap, page))
            gap, page = 0, False
    if _CONTROLS.search(text):
        flags.append(_info("control-characters", "已略去無法列印的控制字元。"))
    if any(has_tags(part) for _, part, _ in _parts(text)):
        flags.append(_info("markup", "內文含網頁標記（如 <p>、<br>），已去除。"))
    for without in (
        _without_page_numbers,
        _without_running_heads,
        _without_running_heads,  # the second line of a head of two lines
        _without_contents,
    ):
        lines, told = without(lines)
        flags += told
    return lines, flags


def _parts(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each line with its number, cut at form feeds; True where a page begins."""
    for number, line in enumerate(re.split(r"\r\n|\n|\r|\x0b", text), 1):
        for index, part in enumerate(line.split("\f")):
            yield number, part, index > 0


def clean(text: str) -> str:
    """Without invisible and control characters."""
    return _CONTROLS.sub("", _INVISIBLE.sub("", text))


def _info(code: str, message: str, line: int = 0) -> Flag:
    return Flag(code, message, line, severity=Severity.INFO)


def drop_lines(lines: Sequence[SourceLine], numbers: set[int]) -> list[SourceLine]:
    """Without these indexes; the line that follows one begins a page."""
    kept: list[SourceLine] = []
    gap, page = 0, False
    for index, line in enumerate(lines):
        if index in numbers:
            gap, page = gap + line.gap + 1, True
            continue
        kept.append(replace(line, gap=gap + line.gap, page=page or line.page))
        gap, page = 0, False
    return kept


def _without_page_numbers(
    lines: list[SourceLine],
) -> tuple[list[SourceLine], list[Flag]]:
    found = {i for i, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text)}
    found |= _bare_page_numbers(lines)
    if not found:
        return lines, []
    first = lines[min(found)].number
    return drop_lines(lines, found), [
        _info("page-numbers", f"已略去 {len(found)} 個頁碼。", first)
    ]


def _bare_page_numbers(lines: list[SourceLine]) -> set[int]:
    """Lines that are a number and nothing else, where they count 1, 2, 3 or so."""
    numbers = [
        (index, int(found[1]))
        for index, line in enumerate(lines)
        if "\t" not in line.text and (found := _BARE_NUMBER.fullmatch(line.text))
    ]
    counted = [number for _, number in numbers]
    counts_up = all(b == a + 1 for a, b in pairwise(counted))
    apart = all(b - a > 3 for (a, _), (b, _) in pairwise(numbers))
    return {index for index, _ in numbers} if counts_up and apart else set()


def _without_running_heads(
    lines: list[SourceLine],
) -> tuple[list[SourceLine], list[Flag]]:
    """Drop what stands at the head or foot of most pages, but for the first time."""
    first: dict[str, int] = {}
    repeats: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if not _may_run(line.text):
            continue
        first.setdefault(line.bare, index)
        after = lines[index + 1] if index + 1 < len(lines) else line
        repeats[line.bare] += line.page or after.page
    running = {t for t, n in repeats.items() if n >= RUNNING_HEAD_REPEATS - 1}
    drop = {
        i
        for i, line in enumerate(lines)
        if line.bare in running and i != first[line.bare]
    }
    flags = [
        _info(
            "running-head",
            f"已略去每頁重複的「{text[:30]}」。",
            lines[first[text]].number,
        )
        for text in sorted(running)
        if sum(lines[i].bare == text for i in drop)
    ]
    return drop_lines(lines, drop), flags


def _without_contents(
    lines: list[SourceLine],
) -> tuple[list[SourceLine], list[Flag]]:
    """Drop a table of contents: its page numbers are not those of the new paper."""
    entries = {i for i, line in enumerate(lines) if _CONTENTS.search(line.text)}
    if len(entries) < FEWEST_CONTENTS:
        return lines, []
    first = lines[min(entries)].number
    above = min(entries) - 1
    if above >= 0 and _CONTENTS_TITLE.fullmatch(lines[above].bare):
        entries.add(above)
    return drop_lines(lines, entries), [
        _info("contents", f"已略去目錄（{len(entries)} 行）。", first)
    ]


def _may_run(text: str) -> bool:
    bare = text.strip()
    return "\t" not in text and 4 <= len(bare) <= 45 and not bare.endswith("。")


def width(text: str) -> float:
    """How wide a text is printed, in full-width characters."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


@dataclass(frozen=True, slots=True)
class Wrap:
    """Where the source breaks its lines: at a printed width, or after so many characters.

    Both are 0 where it does not break lines.
    """

    width: float = 0.0
    characters: int = 0

    def fills(self, text: str) -> bool:
        """Whether a line reaches the edge at which the source breaks lines."""
        return bool(
            (self.width and width(text) >= self.width - 2.5)
            or (self.characters and 0 <= self.characters - len(text) <= 1)
        )


def wrap_of(lines: Sequence[SourceLine]) -> Wrap:
    """How the lines of plain text are wrapped."""
    texts = [line.bare for line in lines if "\t" not in line.text]
    widths = [width(text) for text in texts]
    widest = max(widths, default=0.0)
    full = sum(w >= widest - 2 for w in widths)
    longest = max(map(len, texts), default=0)
    equal = sum(len(text) == longest for text in texts)
    return Wrap(
        widest if 16 <= widest <= 60 and full >= max(3, len(texts) / 12) else 0.0,
        longest if 16 <= longest <= 100 and equal >= 3 else 0,
    )


def runs_on(before: str, after: str, wrap: Wrap) -> bool:
    """Whether ``after`` (without a mark) goes on in the sentence of ``before``."""
    if not before:
        return False
    if after.startswith(_OPENS_NOTHING) or before.endswith(_HANGS):
        return True
    if before[-1].isdigit() and _REST_OF_NUMBER.match(after):
        return True
    if before.endswith(_CLOSERS) and len(before) == wrap.characters:
        return True
    if before.endswith(_SENTENCE_END):
        return False
    wide = width(before)
    return (
        wrap.fills(before) or wide >= WIDE or (wide >= WIDE_CLAUSE and "，" in before)
    )


def join(before: str, after: str) -> str:
    """One text of two lines: a blank only between two Latin or digit ends."""
    if not before or not after:
        return before or after
    latin = before[-1].isascii() and after[0].isascii()
    glue = " " if latin and before[-1].isalnum() and after[0].isalnum() else ""
    return before.rstrip() + glue + after.lstrip()


def squeeze_glyphs(text: str) -> str:
    """「探 查 民 意」 set letter by letter becomes 「探查民意」."""
    return _GLYPHS.sub(lambda found: re.sub(r"[ \u3000]+", "", found[0]), text)
