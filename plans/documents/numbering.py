"""Item marks (分項標號) both ways: level and number ↔ 壹、一、（一）1、（1）甲、（甲）·.

Source of the six official levels: 文書處理手冊, 分項標號; plans put 壹、 above them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .model import Brackets, DigitMark, NumberingStyle, Tens

FORMAL, SMALL, BRACKET_SMALL, DIGIT, BRACKET_DIGIT, STEM, BRACKET_STEM, BULLET = range(
    1, 9
)
DEEPEST = BULLET

FORMAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
SMALL_DIGITS = "零一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BULLET_MARK = "·"

# Glyph variants of real plans that Unicode normalisation leaves apart.
_VARIANTS = str.maketrans(
    "参叁叄弎貮贰贳弍壱弌陆拾〇○佰零",
    "參參參參貳貳貳貳壹壹陸十零零百零",
)
_FORMAL_TO_SMALL = str.maketrans(FORMAL_DIGITS, SMALL_DIGITS)
_HALF_WIDTH = str.maketrans("（）０１２３４５６７８９．", "()0123456789.")

_FORMAL_CLASS = "壹貳參叁参叄肆伍陸柒捌玖拾佰零貮贰弎弍壱弌陆"
_SMALL_CLASS = "一二三四五六七八九十百零〇○"
_MARKS = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (FORMAL, rf"([{_FORMAL_CLASS}]{{1,6}})\s*[、．.，,](?!\d)\s*"),
        (SMALL, rf"([{_SMALL_CLASS}]{{1,6}})\s*、\s*"),
        (BRACKET_SMALL, rf"[(（]\s*([{_SMALL_CLASS}]{{1,6}})\s*[)）][、\s]*"),
        (DIGIT, r"([0-9０-９]{1,3})\s*(?:、\s*|[.．](?![0-9０-９])\s*)"),
        (BRACKET_DIGIT, r"[(（]\s*([1-9１-９][0-9０-９]{0,2})\s*[)）][、\s]*"),
        (STEM, rf"([{STEMS}])\s*、\s*"),
        (BRACKET_STEM, rf"[(（]\s*([{STEMS}])\s*[)）]\s*"),
        (BULLET, r"([•·‧●○◎■□▪◆])\s*"),
    )
)
# Most lines begin with none of these, and need no pattern tried on them.
_FIRST = frozenset(
    f"{_FORMAL_CLASS}{_SMALL_CLASS}{STEMS}0123456789０１２３４５６７８９(（•·‧●○◎■□▪◆"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark read at the start of a line; ``length`` characters belong to it."""

    level: int
    number: int
    length: int


def to_small(number: int) -> str:
    """一 to 九百九十九; raises ValueError outside 1–999."""
    if not 1 <= number <= 999:
        raise ValueError(f"no Chinese numeral for {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = SMALL_DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else SMALL_DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (SMALL_DIGITS[ones] if ones else "")


def to_formal(number: int, tens: Tens = Tens.SHORT) -> str:
    """壹 to 玖佰玖拾玖; ``tens`` decides 拾壹 or 壹拾壹 for 10–19."""
    formal = to_small(number).translate(
        str.maketrans(SMALL_DIGITS + "十百", FORMAL_DIGITS + "拾佰")
    )
    return "壹" + formal if formal.startswith("拾") and tens is Tens.LONG else formal


def from_chinese(text: str) -> int:
    """Read a Chinese numeral of either set, in any glyph variant.

    Takes 十一, 一十一, 壹拾壹, 百零三 and digit by digit 一一三; raises ValueError.
    """
    plain = text.translate(_VARIANTS).translate(_FORMAL_TO_SMALL)
    if not plain or set(plain) - set(SMALL_DIGITS + "十百"):
        raise ValueError(f"not a Chinese numeral: {text}")
    if not set(plain) & set("十百"):
        return int("".join(str(SMALL_DIGITS.index(digit)) for digit in plain))
    hundreds, has_hundreds, rest = plain.rpartition("百")
    tens, has_tens, ones = rest.rpartition("十")
    return (
        (_digit(hundreds, 1) * 100 if has_hundreds else 0)
        + (_digit(tens.strip("零"), 1) * 10 if has_tens else 0)
        + _digit(ones.strip("零"), 0)
    )


def _digit(text: str, default: int) -> int:
    if len(text) > 1:
        raise ValueError(f"not one digit: {text}")
    return SMALL_DIGITS.index(text) if text else default


def mark(level: int, number: int, style: NumberingStyle) -> str:
    """The mark printed before an item, its separator included.

    Above 999 no Chinese numeral is written: the number stands in Arabic digits.
    """
    if level == BULLET:
        return BULLET_MARK
    if level == FORMAL:
        formal = to_formal(number, style.tens) if number <= 999 else str(number)
        return formal + "、"
    if level == DIGIT:
        return f"{number}{'、' if style.digit_mark is DigitMark.COMMA else '.'}"
    inner = _inner(level, number)
    if level in {SMALL, STEM}:
        return inner + "、"
    return f"（{inner}）" if style.brackets is Brackets.FULL else f"({inner})"


def _inner(level: int, number: int) -> str:
    if level in {SMALL, BRACKET_SMALL} and number <= 999:
        return to_small(number)
    if level in {STEM, BRACKET_STEM} and number <= len(STEMS):
        return STEMS[number - 1]
    return str(number)


def read_mark(line: str) -> Mark | None:
    """The mark at the very start of ``line``, or None.

    Takes full and half width, 、 and ., and every glyph variant met in real plans.
    Does not take 98.4.3 (a date), (02) (a telephone code) or 3. followed by a digit.
    """
    if line[:1] not in _FIRST:
        return None
    for level, pattern in _MARKS:
        found = pattern.match(line)
        if found:
            number = _read_number(level, found[1])
            if number is not None:
                return Mark(level, number, found.end())
    return None


def _read_number(level: int, text: str) -> int | None:
    if level == BULLET:
        return 1
    if level in {STEM, BRACKET_STEM}:
        return STEMS.index(text) + 1
    if level in {DIGIT, BRACKET_DIGIT}:
        return int(text.translate(_HALF_WIDTH)) or None
    try:
        return from_chinese(text) or None
    except ValueError:
        return None
