"""The same plan as other machines would hand it over: eleven small changes."""

from __future__ import annotations

import re
from collections.abc import Callable

Change = Callable[[str], str]

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def full_brackets(text: str) -> str:
    return re.sub(r"(?m)(^|\t|^- )\(([一二三四五六七八九十]+)\)", r"\1（\2）", text)


def half_brackets(text: str) -> str:
    return re.sub(r"(?m)(^|\t|^- )（([一二三四五六七八九十]+)）", r"\1(\2)", text)


def full_digits(text: str) -> str:
    return re.sub(
        r"(?m)^(\d{1,2})([.、])(?!\d)",
        lambda m: m[1].translate(_FULL_WIDTH) + m[2],
        text,
    )


def wrapped(text: str) -> str:
    """Every line of plain text is broken at 34 characters."""
    return "\n".join(
        line if "\t" in line or "|" in line or "│" in line else _broken(line)
        for line in text.split("\n")
    )


def _broken(line: str) -> str:
    return "\n".join(line[i : i + 34] for i in range(0, len(line), 34)) if line else ""


def no_dashes(text: str) -> str:
    return re.sub(r"(?m)^- (?!\d+ -)", "", text)


def windows_lines(text: str) -> str:
    return text.replace("\n", "\r\n")


def page_numbers(text: str) -> str:
    """A page number and a form feed after every 25th line that ends a sentence."""
    lines: list[str] = []
    page = 1
    for number, line in enumerate(text.split("\n"), 1):
        lines.append(line)
        if number % 25 == 0 and "\t" not in line:
            lines.append(f"第 {page} 頁，共 9 頁\f")
            page += 1
    return "\n".join(lines)


def other_glyphs(text: str) -> str:
    return re.sub(r"(?m)^參、", "叁、", re.sub(r"(?m)^貳、", "貮、", text))


def ten_in_short(text: str) -> str:
    return re.sub(r"(?m)^壹拾", "拾", text)


def indented(text: str) -> str:
    return "\n".join(
        line if "\t" in line or "  " in line else f"　　{line}" if line else line
        for line in text.split("\n")
    )


def single_spaced(text: str) -> str:
    """No blank lines between lines of plain text."""
    return re.sub(r"\n\n+(?=[^\t\n]+\n)", "\n", text)


CHANGES: tuple[Change, ...] = (
    full_brackets,
    half_brackets,
    full_digits,
    wrapped,
    no_dashes,
    windows_lines,
    page_numbers,
    other_glyphs,
    ten_in_short,
    indented,
    single_spaced,
)
