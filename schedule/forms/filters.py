"""What the grid shows: the filters that stand in its address."""

from __future__ import annotations

from typing import Any

from django import forms

from ..grid import Filter, people_in
from ..timetable.model import Timetable
from ..timetable.months import MONTHS


class GridFilterForm(forms.Form):
    """Unit, person, month, words, indicator; a value that is none of them filters nothing."""

    unit = forms.ChoiceField(label="課室", required=False)
    person = forms.ChoiceField(label="承辦人", required=False)
    month = forms.TypedChoiceField(label="月份", required=False, coerce=int)
    q = forms.CharField(label="名稱或方式含有", max_length=40, required=False)
    indicator = forms.CharField(label="考核指標含有", max_length=40, required=False)
    unconfirmed = forms.BooleanField(label="只看月份待確認", required=False)

    def __init__(self, *args: Any, timetable: Timetable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [one.unit for one in timetable.sheets]
        self._offer("unit", [(unit, unit) for unit in units])
        self._offer("person", [(name, name) for name in people_in(timetable)])
        self._offer("month", [(month, f"{month}月") for month in MONTHS])
        for name in ("q", "indicator"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["unconfirmed"].widget.attrs["class"] = "form-check-input"

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        field.choices = [("", "全部"), *choices]  # type: ignore[attr-defined]
        field.widget.attrs["class"] = "form-select"

    def wanted(self) -> Filter:
        """The filter; of fields that do not fit, nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        return Filter(
            unit=chosen.get("unit", ""),
            person=chosen.get("person", ""),
            words=chosen.get("q", ""),
            month=chosen.get("month") or 0,
            unconfirmed=chosen.get("unconfirmed", False),
            indicator=chosen.get("indicator", ""),
        )
