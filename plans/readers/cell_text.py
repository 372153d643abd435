"""The text of one table cell: markup away, wrapping undone, one item a line."""

from __future__ import annotations

import html
import re
from itertools import pairwise

from plans.documents.numbering import BULLET, DIGIT, read_mark

from .lines import join, squeeze_glyphs, width
from .other_marks import begins_item, is_labelled

_BREAK = re.compile(
    r"\s*</?(?:p|br|li|ol|ul|div|h[1-6])(?:\s[^<>]{0,200})?/?>\s*", re.IGNORECASE
)
_TAG = re.compile(
    r"</?(?:span|b|strong|i|em|u|font|a|sup|sub|td|th|tr|table|tbody|thead)(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
# Cleaned source lines hold no control characters, so this one can stand for <br>.
HARD_BREAK = "\x00"
_BEFORE_ITEM = re.compile(
    r"(?<=[\s。；：:;！？)）】」])(?=[(（0-9０-９一二三四五六七八九十])"
)
# 「出納單位：1.…」 inside a line begins a new part of the cell.
_BEFORE_LABEL = re.compile(
    r"(?:(?<=[。；])[ \u3000]+(?=[^\s，。；：:、]{2,8}[：:](?!\d)))"
    r"|[ \u3000]+(?=[^\s，。；：:、]{2,8}[：:]\s*[(（]?[1１一][)）.．、])"
)
_FINISHED = re.compile(r"[。；：:;！？!?)）】」』]\s*$")
NARROWEST = 4


def has_markup(text: str) -> bool:
    """Whether tags of a web page stand in the text."""
    return bool(_BREAK.search(text) or _TAG.search(text))


def clean_cell(typed: str) -> str:
    """The paragraphs of a cell, one a line, each list item on its own line."""
    text = typed
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(HARD_BREAK, text))
    text = html.unescape(text) if "&" in text else text
    paragraphs = [
        p for part in text.split(HARD_BREAK) for p in _unwrapped(part.split("\n"))
    ]
    labelled = [part for p in paragraphs for part in _BEFORE_LABEL.split(p)]
    items = [item for p in labelled for item in split_items(p)]
    return "\n".join(item for item in (_tidy(i) for i in items) if item)


def _tidy(text: str) -> str:
    return unwrap_blanks(squeeze_glyphs(text.strip()))


def _unwrapped(lines: list[str]) -> list[str]:
    """Paragraphs of a cell that was typed or wrapped on several lines."""
    texts = [line.strip() for line in lines if line.strip()]
    if len(texts) < 2:
        return texts
    if len(texts) == 2 and not any(begins_item(t) or _has_clause(t) for t in texts):
        return texts
    widest = max(width(text) for text in texts)
    result = texts[:1]
    before = texts[0]
    for text in texts[1:]:
        if begins_item(text) or is_labelled(text) or not _goes_on(before, text, widest):
            result.append(text)
        else:
            result[-1] = join(result[-1], text)
        before = text
    return result


def _has_clause(text: str) -> bool:
    return any(c in text for c in "，。；：、（(")


def _goes_on(before: str, after: str, widest: float) -> bool:
    if after[0] in "，。、；：！？）」』》〉】":
        return True
    if _FINISHED.search(before):
        return before[-1] in "）)」』】" and width(before) >= widest - 1
    return True


def split_items(text: str) -> list[str]:
    """Break a text where a list goes on inside it: 「1. 甲 2. 乙」 are two items."""
    places = [found.start() for found in _BEFORE_ITEM.finditer(text)]
    marks = {
        place: found
        for place in places
        if (found := read_mark(text[place : place + 12]))
    }
    if not marks:
        return [text]
    first = read_mark(text)
    last = {first.level: first.number} if first else {}
    cuts = []
    numbers = [(place, m.level, m.number) for place, m in marks.items()]
    followers = _followers(numbers)
    for place, level, number in numbers:
        if level == BULLET or not _is_item(text, place, level, number, last, followers):
            continue
        last = {k: v for k, v in last.items() if k < level} | {level: number}
        cuts.append(place)
    bounds = [0, *cuts, len(text)]
    return [text[a:b].strip() for a, b in pairwise(bounds)]


def _followers(numbers: list[tuple[int, int, int]]) -> dict[tuple[int, int], int]:
    """The last place at which each level and number stands."""
    return {(level, number): place for place, level, number in numbers}


def _is_item(
    text: str,
    place: int,
    level: int,
    number: int,
    last: dict[int, int],
    followers: dict[tuple[int, int], int],
) -> bool:
    if level in last and number == last[level] + 1:
        return True
    if followers.get((level, number + 1), 0) > place:
        return number == 1 or level not in last
    finished = bool(_FINISHED.search(text[max(0, place - 4) : place]))
    return (
        finished
        and level == DIGIT
        and text[place - 1].isspace()
        and number > 1
        and (level not in last)
    )


def unwrap_blanks(text: str) -> str:
    """Undo a narrow column's wrapping that left a blank at each line's end.

    Such a text has blanks at equal distances; any other blank is kept as typed.
    """
    found = read_mark(text)
    lead = text[: found.length] if found else ""
    parts = re.split(r"[ \u3000]+", text[len(lead) :])
    widths = [width(part) for part in parts]
    full = max(widths[:-1], default=0.0)
    regular = all(full - 1 <= w <= full for w in widths[1:-1]) and widths[-1] <= full
    if len(parts) < 3 or full < NARROWEST or not regular:
        return text
    if any(part.isascii() for part in parts):
        return text
    first_is_full = full in {widths[0]} or 0 <= full - widths[0] - width(lead) <= 0.5
    return lead + parts[0] + ("" if first_is_full else " ") + "".join(parts[1:])


def mark_level(text: str) -> int:
    """The level of a cell's first mark; 0 where it has none."""
    found = read_mark(text)
    return found.level if found else 0


def is_unfinished(text: str) -> bool:
    """Whether a cell's text breaks off in a sentence."""
    return bool(text) and not _FINISHED.search(text)
