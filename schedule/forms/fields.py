"""Form fields for months with years, points, weights, stages and owners, typed as people do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from offices.models import Member, Unit

from ..apply import People
from ..timetable.model import Stage
from ..timetable.wording import plain_number

Owner = tuple[Member | None, str]

_ROC_MONTH = re.compile(r"(?:民國)?(\d{2,3})(?:年|[./-])?(\d{1,2})月?")
_STAGE = re.compile(r"(\d{1,2})(?:月?[-~–至](\d{1,2}))?月?[:：]?(\D.*)")
_BETWEEN_NAMES = re.compile(r"[、,，;；\s]+")
MOST_STAGES = 12
LONGEST_LABEL = 20


def plain(value: Any) -> str:
    """Half-width, without blanks at the ends."""
    return unicodedata.normalize("NFKC", str(value)).strip()


class RocMonthField(forms.Field):
    """A month of a ROC year as year * 100 + month (11211), typed as 112/11; 0 for none."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int:
        if value in self.empty_values:
            return 0
        found = _ROC_MONTH.fullmatch("".join(plain(value).split()))
        if found is None:
            raise forms.ValidationError("看不懂這個月份，請輸入如 112/11。")
        year, month = int(found[1]), int(found[2])
        if not 1 <= month <= 12:
            raise forms.ValidationError(f"沒有 {month} 月，月份須在 1 到 12 之間。")
        return year * 100 + month

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return f"{value // 100}/{value % 100}" if value else ""
        return value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off", "size": "8"}


class NumberField(forms.Field):
    """A decimal number from 0 to ``most`` with so many places; None for nothing."""

    widget = forms.TextInput

    def __init__(self, *, most: int, places: int, unit: str, **kwargs: Any) -> None:
        self.most, self.places, self.unit = most, places, unit
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        typed = plain(value).rstrip("%分").strip()
        if not re.fullmatch(r"[-+]?\d{1,9}(?:\.\d{0,9})?", typed, re.ASCII):
            raise forms.ValidationError(
                f"「{typed[:12]}」不是數字，請輸入 0 到 {self.most} 的{self.unit}。"
            )
        number = Decimal(typed)
        if not 0 <= number <= self.most:
            raise forms.ValidationError(f"{self.unit}須在 0 到 {self.most} 之間。")
        if number != round(number, self.places):
            raise forms.ValidationError(f"{self.unit}最多 {self.places} 位小數。")
        return number

    def prepare_value(self, value: Any) -> Any:
        return plain_number(value) if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off", "inputmode": "decimal", "size": "6"}


class StagesField(forms.Field):
    """Labels of spans: 「3-4 規劃設計、5-6 發包」; a tuple of Stages."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> tuple[Stage, ...]:
        if value in self.empty_values:
            return ()
        parts = [part.strip() for part in re.split(r"[、,，;；\n]", plain(value))]
        stages = [_stage(part) for part in parts if part]
        if len(stages) > MOST_STAGES:
            raise forms.ValidationError(f"最多 {MOST_STAGES} 個階段。")
        _refuse_overlap(stages)
        return tuple(stages)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return "、".join(_shown(*stage) for stage in value)
        return value


def _stage(part: str) -> Stage:
    found = _STAGE.fullmatch(part)
    if found is None:
        raise forms.ValidationError(f"看不懂「{part[:20]}」，請輸入如 3-4 規劃設計。")
    first, last = int(found[1]), int(found[2] or found[1])
    for month in (first, last):
        if not 1 <= month <= 12:
            raise forms.ValidationError(f"沒有 {month} 月，月份須在 1 到 12 之間。")
    if first > last:
        raise forms.ValidationError(f"「{part[:20]}」的起月在迄月之後。")
    label = found[3].strip()
    if len(label) > LONGEST_LABEL:
        raise forms.ValidationError(f"階段名稱最多 {LONGEST_LABEL} 個字。")
    return Stage(first, last, label)


def _refuse_overlap(stages: Iterable[Stage]) -> None:
    taken: set[int] = set()
    for stage in stages:
        months = set(range(stage.first, stage.last + 1))
        if taken & months:
            raise forms.ValidationError(
                f"「{stage.label}」和別的階段有重疊的月份（{min(taken & months)}月）。"
            )
        taken |= months


def _shown(first: int, last: int, label: str) -> str:
    return f"{first}-{last} {label}" if last > first else f"{first} {label}"


class OwnersField(forms.CharField):
    """Names of members, 「王小明、李小華」 → owners; unknown ones are told.

    ``known`` are names that stand there already, whoever they are: they may stay.
    """

    def __init__(self, *, people: People, known: Iterable[str] = (), **kwargs: Any):
        super().__init__(required=False, max_length=300, **kwargs)
        self.people, self.known = people, frozenset(known)

    def owners(self, text: str, unit: Unit | None) -> tuple[Owner, ...]:
        """Raises ValidationError naming whom the office does not know."""
        names = dict.fromkeys(n for n in _BETWEEN_NAMES.split(text) if n)
        found = [(self.people.named(name, unit), name) for name in names]
        for member, name in found:
            if member is None and name not in self.known:
                raise forms.ValidationError(self.unknown(name))
        return tuple(found)

    def unknown(self, name: str) -> str:
        if name in self.people.names():
            return f"有好幾位成員叫「{name}」，而且不屬於這個課室，無法分辨是哪一位。"
        return (
            f"「{name[:20]}」不是本機關的成員；請從清單選擇，"
            "或請研考先在「機關管理」新增這位成員。"
        )
