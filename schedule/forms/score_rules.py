"""Lines of text as the settings of a scheme: 「登記 25」, and KPIs with a formula."""

from __future__ import annotations

import re
from decimal import Decimal

from django import forms

from ..assessment.grades import BadScale, Scale, Step
from ..assessment.rules import Kpi, Part
from ..assessment.schemes import Direction
from ..timetable.wording import plain_number
from .fields import plain

MOST_LINES = 40
LONGEST_NAME = 60
_PART = re.compile(r"(?P<name>.+?)[\s:、,，]+(?P<number>\S+)")
_NUMBER = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)(?:分|%|以上)*", re.ASCII)
_TARGET = re.compile(r"(<=|>=|≤|≥)\s*(\S+)")
_DIRECTIONS = {
    "<=": Direction.AT_MOST,
    "≤": Direction.AT_MOST,
    ">=": Direction.AT_LEAST,
    "≥": Direction.AT_LEAST,
}
_SIGNS = {Direction.AT_MOST: "≤", Direction.AT_LEAST: "≥"}


def read_parts(text: str) -> tuple[Part, ...]:
    """「登記 25」, one a line; raises ValidationError naming the line."""
    return tuple(_part(line) for line in _lines(text))


def show_parts(parts: tuple[Part, ...]) -> str:
    return "\n".join(f"{part.name} {plain_number(part.number)}" for part in parts)


def read_kpis(text: str) -> tuple[Kpi, ...]:
    """「戶籍登記錯誤率｜≤ 2｜25｜更正件數／受理件數」, one a line."""
    return tuple(_kpi(line) for line in _lines(text))


def show_kpis(kpis: tuple[Kpi, ...]) -> str:
    return "\n".join(_kpi_line(kpi) for kpi in kpis)


def read_scale(text: str) -> Scale:
    """「優等 90」, one a line, from the best down."""
    steps = [Step(part.name, part.number) for part in read_parts(text)]
    for step in steps:
        if len(step.name) > 12:
            raise forms.ValidationError(f"「{step.name[:20]}」太長，最多 12 個字。")
        if step.at_least > 200:
            raise forms.ValidationError(f"「{step.name}」的最低分數不能超過 200。")
    try:
        return Scale(tuple(steps))
    except BadScale as error:
        raise forms.ValidationError(str(error)) from error


def show_scale(scale: Scale) -> str:
    return "\n".join(f"{s.name} {plain_number(s.at_least)}" for s in scale.steps)


def _lines(text: str) -> list[str]:
    lines = [line for line in map(plain, text.split("\n")) if line]
    if len(lines) > MOST_LINES:
        raise forms.ValidationError(f"最多 {MOST_LINES} 行。")
    return lines


def _part(line: str) -> Part:
    found = _PART.fullmatch(line)
    if found is None:
        raise forms.ValidationError(f"看不懂「{line[:20]}」，請輸入如「登記 25」。")
    return Part(_name(found["name"]), _number(found["number"], line))


def _kpi(line: str) -> Kpi:
    parts = [part.strip() for part in line.split("|")]
    target = _TARGET.fullmatch(parts[1]) if len(parts) in {3, 4} else None
    if target is None:
        raise forms.ValidationError(
            f"看不懂「{line[:20]}」，請輸入如「錯誤率｜≤ 2｜25｜更正件數／受理件數」。"
        )
    above, _, below = (parts[3] if len(parts) == 4 else "").partition("/")
    if bool(above) != bool(below):
        raise forms.ValidationError(f"「{parts[0][:20]}」的公式要有分子和分母。")
    return Kpi(
        _name(parts[0]),
        _DIRECTIONS[target[1]],
        _number(target[2], line),
        _number(parts[2], line),
        _name(above) if above else "",
        _name(below) if below else "",
    )


def _kpi_line(kpi: Kpi) -> str:
    target = f"{_SIGNS[kpi.direction]} {plain_number(kpi.target)}"
    formula = [f"{kpi.above}／{kpi.below}"] if kpi.below else []
    return "｜".join([kpi.name, target, plain_number(kpi.weight), *formula])


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise forms.ValidationError("有一行沒有名稱。")
    if len(name) > LONGEST_NAME:
        raise forms.ValidationError(f"「{name[:20]}」太長，最多 {LONGEST_NAME} 個字。")
    return name


def _number(text: str, line: str) -> Decimal:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise forms.ValidationError(
            f"「{line[:20]}」的數字看不懂，請輸入最多三位小數的數字。"
        )
    return Decimal(found[1])
