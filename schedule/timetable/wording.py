"""The words of a control table's cells, read into values: name, points, owners, weights.

Each reader takes the typed text of one cell; what it cannot tell stays in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plans.documents.numbering import read_mark

from .model import Indicator, Method, Stage
from .months import (
    NO_MONTHS,
    interval_in,
    months_of,
    proposed_months,
)

# What offices call their ways of checking; an office's own list is data.
USUAL_KINDS = ("實地", "書面", "網頁", "系統查核", "其他")
_SYNONYMS = {"系統": "系統查核", "實地查核": "實地", "書面審核": "書面"}

# No more digits than the database keeps.
_NUMBER = r"(\d{1,4}(?:[.．]\d{1,2})?)"
_PERCENT = r"(-?\d{1,3}(?:[.．]\d{1,3})?)"
_ALONE = r"(?<![\d.．]){}(?![\d.．])"
_POINTS = re.compile(_ALONE.format(_NUMBER))
_BARE_WEIGHT = re.compile(_ALONE.format(_PERCENT))
_WEIGHT = re.compile(rf"[(（]\s*{_PERCENT}\s*[%％]\s*[)）]\s*([。；;：:、，]?)\s*$")
_SHARE = re.compile(
    rf"[(（]?\s*[(（]\s*(?P<unit>[^()（）\d]{{1,6}})\s*[)）]\s*"
    rf"(?P<points>{_NUMBER}\s*分)\s*"
    r"(?:[/／]\s*(?P<owners>[^()（）\d]+))?[)）]?"
)
_NAMED = r"(?:[^()（）]|[(（][^()（）]{0,12}[)）]){0,300}"
# 「(6分/何小雪、周大)川)」: a page break tore a name apart, and its bracket with it.
_TORN = r"[^()（）]{1,20}[)）]"
_BRACKETED = re.compile(
    rf"[(（]\s*(?:配分[:：]?\s*)?{_NUMBER}\s*分\s*"
    rf"(?:[/／、,，]\s*(?P<owners>{_NAMED}))?[)）](?P<torn>{_TORN})?"
)
_OWNERS_ONLY = re.compile(r"[(（]\s*(?:承辦人?[:：])\s*(?P<owners>[^()（）]+)[)）]\s*$")
_LONE_BRACKET = re.compile(r"(?<=[^\s、,，;；/／])([(（][^()（）]+[)）])|[()（）]")
_BETWEEN_NAMES = re.compile(r"[、,，;；/／\n]+")
# The lines of a cell below its first; one that is a note, and not 「林一樹、陳二河」.
_LINE_BELOW = re.compile(r"\n([^\n]*)")
_LONGEST_OWNER = 6
_SENTENCE = re.compile(r"[。，：；！？:!?「」\d]")
_AND = re.compile(r"(?<=\S\S)[及和](?=\S\S)")
_SINGLE = re.compile(r"\S(?:\s+\S)+")
_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_GAP = re.compile(rf"(?<=[{_HAN}）」』])\s+(?=[{_HAN}（「『])")
_SUB_MARK = re.compile(r"\s*(\d{1,2}(?:[-－]\d{1,2})?)\s*[.、．]\s*(?!\d)")
_HEAD = re.compile(r"^[^(（]*")
_KIND_GLUE = re.compile(r"[、,，+＋/／及和與]")
_STAGE = re.compile(r"(?P<label>[^(（]*)[(（](?P<when>[^()（）]+)[)）]\s*")
_ARROWS = re.compile(r"→|⇒|->|＞")


@dataclass(frozen=True, slots=True)
class NamedItem:
    """A name cell: the item's name, and (unit label or "", points, owners) of each part."""

    name: str
    parts: tuple[tuple[str, Decimal | None, tuple[str, ...]], ...] = ()


def read_name(text: str) -> NamedItem:
    """「市容查報（2分／王小明）」, 「整備(民)10.5分/甲 (社)4.5分/乙」, or a bare name.

    What stands around and between these brackets is the name.
    """
    flat = text.replace("\n", " ").strip()
    parts = list(_SHARE.finditer(flat))
    if parts:
        shares = tuple(
            ("".join(p["unit"].split()), _number(p[3]), read_owners(p["owners"] or ""))
            for p in parts
        )
        return NamedItem(_without(flat, parts), shares)
    bracketed = list(_BRACKETED.finditer(flat))
    if bracketed:
        found = bracketed[-1]
        owners = read_owners((found["owners"] or "") + (found["torn"] or ""))
        return NamedItem(_without(flat, [found]), (("", _number(found[1]), owners),))
    owned = _OWNERS_ONLY.search(flat)
    if owned:
        named = read_owners(owned["owners"])
        return NamedItem(_without(flat, [owned]), (("", None, named),))
    return NamedItem(closed_up(flat))


def without_note(text: str) -> tuple[str, str]:
    """A name cell of several units without the note printed below it, and that note.

    The note begins at the first line behind the last share that cannot be owners.
    """
    parts = list(_SHARE.finditer(text))
    end = parts[-1].end("points") if parts else len(text)
    for found in _LINE_BELOW.finditer(text, end):
        if not _may_be_owners(found[1]):
            return text[: found.start()], text[found.start() :].strip()
    return text, ""


def _may_be_owners(line: str) -> bool:
    """Whether a line is no longer than names and has no sign but those between them.

    What begins with a bracket may be a share, or the end of a name.
    """
    if line.lstrip().startswith(("(", "（")):
        return True
    names = (name for part in _BETWEEN_NAMES.split(line) for name in part.split())
    longest = max(map(len, names), default=0)
    return longest <= _LONGEST_OWNER and not _SENTENCE.search(line)


def _without(text: str, parts: Sequence[re.Match[str]]) -> str:
    """The text around the parts, less the signs that held them together."""
    ends = [0, *(part.end() for part in parts)]
    starts = [*(part.start() for part in parts), len(text)]
    around = [text[a:b] for a, b in zip(ends, starts, strict=True)]
    return closed_up(" ".join(around)).strip("、，,；;／/ ")


def read_owners(text: str) -> tuple[str, ...]:
    """The names in 「王小明、李小華」; brackets that a page break left are dropped.

    「王　明」 is one name set wide; 和 and 及 part names only where both sides have
    two characters, as they stand inside names, too.
    """
    plain = _LONE_BRACKET.sub(lambda found: found[1] or "", text)
    parts = [part.strip() for part in _BETWEEN_NAMES.split(plain)]
    names = [name for part in parts for name in _names(part)]
    return tuple(dict.fromkeys(names))


def _names(part: str) -> list[str]:
    if _SINGLE.fullmatch(part):
        return ["".join(part.split())]
    return [name for words in part.split() for name in _AND.split(words) if name]


def read_points(text: str) -> Decimal | None:
    """「10.5分」 as a number; None where there is none."""
    found = _POINTS.search(text)
    return _number(found[1]) if found else None


def read_weight(text: str) -> Decimal | None:
    """「12.5%」 or 「12.5」 as a number; None where there is none."""
    found = _BARE_WEIGHT.search(text)
    return _number(found[1]) if found else None


def _number(digits: str) -> Decimal:
    return Decimal(unicodedata.normalize("NFKC", digits))


def closed_up(text: str) -> str:
    """Text without the blanks that a narrow cell put between Chinese characters."""
    return _HAN_GAP.sub("", " ".join(text.split()))


def read_indicator(text: str) -> Indicator:
    """「查報品質。（50%）」 as text and weight."""
    found = _WEIGHT.search(text)
    if found is None:
        return Indicator(closed_up(text))
    plain = text[: found.start()].rstrip()
    end = "" if plain.endswith(tuple("。；;：:、，")) else found[2]
    return Indicator(closed_up(plain + end), _number(found[1]))


def indicator_text(indicator: Indicator) -> str:
    """As it is printed: 「查報品質。（50%）」."""
    if indicator.weight is None:
        return indicator.text
    return f"{indicator.text}（{plain_number(indicator.weight)}%）"


def plain_number(number: Decimal) -> str:
    """12.50 as 12.5, 30.0 as 30."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def kinds_in(text: str, known: Sequence[str] = USUAL_KINDS) -> tuple[str, ...]:
    """The ways of checking that a text names, in its order; each once.

    Only what stands before the first bracket counts, if anything does.
    """
    head = _HEAD.match(text)
    plain = head[0] if head and head[0].strip() else text
    places: dict[str, int] = {}
    for word in sorted({*known, *_SYNONYMS}, key=len, reverse=True):
        place = plain.find(word)
        kind = word if word in known else _SYNONYMS[word]
        if place >= 0 and kind in known and kind not in places:
            places[kind] = place
        # A word inside a longer one is no word of its own.
        plain = plain.replace(word, "\0" * len(word))
    return tuple(sorted(places, key=lambda kind: places[kind]))


def unknown_kinds(text: str, known: Sequence[str] = USUAL_KINDS) -> tuple[str, ...]:
    """Words listed beside known kinds that are none: 「電話測試、書面（每季）」."""
    head = _HEAD.match(text)
    words = [w.strip() for w in _KIND_GLUE.split(head[0] if head else "")]
    if not any(kinds_in(word, known) for word in words):
        return ()
    return tuple(w for w in words if 0 < len(w) <= 6 and not kinds_in(w, known))


def read_method(
    lines: Iterable[str], year: int, known: Sequence[str] = USUAL_KINDS
) -> Method:
    """One method row from the lines of its cell, its months proposed from the text.

    A row of several stages (「1. 規劃（3-4月）」 …) keeps their labels.
    """
    typed = [line.strip() for line in lines if line.strip()]
    mark, first = split_mark(typed[0]) if len(typed) == 1 else ("", "")
    text = first if len(typed) == 1 else "\n".join(typed)
    months = proposed_months(text, year)
    kinds = _kinds_of_lines(typed, known)
    return Method(
        text=closed_up(text) if len(typed) == 1 else text,
        mark=mark,
        kinds=kinds,
        months=months,
        stages=read_stages(typed, year),
        examines=_examined(mark, kinds),
        confirmed=months == NO_MONTHS,
    )


def _examined(mark: str, kinds: Sequence[str]) -> tuple[int, ...]:
    """「2-1.」 and 「2. 書面」 look at the second indicator.

    「1.規劃設計」 looks at none: what is no way of checking is a stage of the work.
    """
    number, _, place = mark.rstrip(".").partition("-")
    return (int(number),) if number and (place or kinds) else ()


def _kinds_of_lines(lines: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    found = [k for line in lines for k in kinds_in(split_mark(line)[1], known)]
    return tuple(dict.fromkeys(found))


def split_mark(text: str) -> tuple[str, str]:
    """「2-1. 書面」 as its mark 「2-1.」 and the rest; ("", text) without one."""
    found = _SUB_MARK.match(text)
    if found is None:
        return "", text
    number = unicodedata.normalize("NFKC", found[1])
    return f"{number}.", text[found.end() :]


def read_stages(lines: Sequence[str], year: int) -> tuple[Stage, ...]:
    """Labels of spans where a text lists several: 「規劃（3-4月）→ 發包（5-6月）」."""
    parts = [part for line in lines for part in _ARROWS.split(line) if part.strip()]
    stages = [stage for part in parts for stage in _stage(part, year)]
    return tuple(stages) if len(parts) > 1 and len(stages) == len(parts) else ()


def _stage(part: str, year: int) -> list[Stage]:
    found = _STAGE.fullmatch(_unmarked(part))
    label = found["label"].strip().rstrip("：:") if found else ""
    if found is None or not label or "月" not in found["when"]:
        return []
    months = sorted(months_of(proposed_months(found["when"], year)))
    if not months or months != list(range(months[0], months[-1] + 1)):
        return []
    return [Stage(months[0], months[-1], label)]


def _unmarked(text: str) -> str:
    found = read_mark(text.strip())
    return text.strip()[found.length :] if found else text.strip()


def interval_of(texts: Iterable[str]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The scoring interval that one of the texts names."""
    return next((found for text in texts if (found := interval_in(text))), None)
