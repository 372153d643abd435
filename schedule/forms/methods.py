"""One row of the grid: kinds, text, months as check boxes, stages, what it examines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from offices.models import Unit
from plans.forms.typed_text import TextLines

from ..models import Item, Method
from ..timetable import model as sheet
from ..timetable.months import (
    MONTHS,
    State,
    proposed_months,
    state_in,
)
from .fields import StagesField
from .marking import mark_mistakes

MONTH_CHOICES = [(str(month), f"{month}月") for month in MONTHS]


class MethodForm(forms.Form):
    """Everything of a method row; months work without JavaScript.

    In the grid's drawer the form leaves them out: there the grid has them.
    """

    kinds = forms.MultipleChoiceField(label="考核方式種類", required=False)
    mark = forms.CharField(label="編號", max_length=8, required=False)
    text = TextLines(label="考核方式（月份）", rows=2, max_length=2000)
    planned = forms.MultipleChoiceField(
        label="預定的月份", required=False, choices=MONTH_CHOICES
    )
    key = forms.MultipleChoiceField(
        label="重點考核的月份", required=False, choices=MONTH_CHOICES
    )
    stages = StagesField(label="階段名稱", required=False)
    examines = forms.MultipleChoiceField(label="檢視的指標", required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="適用課室", required=False, empty_label="各課室共用"
    )

    def __init__(
        self,
        *args: Any,
        item: Item,
        kinds: Sequence[str],
        row: Method | None = None,
        in_drawer: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", initial_of(row) if row else {})
        if in_drawer and row:  # several rows may be open on one page
            kwargs["auto_id"] = f"method-{row.pk}_%s"
        super().__init__(*args, **kwargs)
        known = dict.fromkeys([*kinds, *(row.kinds if row else ())])
        self._choose("kinds", [(kind, kind) for kind in known])
        self._choose("examines", _indicator_choices(item))
        for months in ("planned", "key"):
            self._choose(months, MONTH_CHOICES)
            if in_drawer:
                del self.fields[months]
        shares = item.shares.all()
        units = Unit.objects.filter(shares__in=shares)
        self.fields["unit"].queryset = units.distinct()  # type: ignore[attr-defined]
        self.is_joint = len(shares) > 1
        if not self.is_joint:
            del self.fields["unit"]
        for name in ("mark", "text", "stages", "unit"):
            if name in self.fields:
                style = "form-select" if name == "unit" else "form-control"
                self.fields[name].widget.attrs["class"] = style
        mark_mistakes(self)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.widget = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
        field.choices = choices  # type: ignore[attr-defined]

    def method(self) -> sheet.Method:
        """What was typed, its months confirmed; without months where it has no boxes."""
        data = self.cleaned_data
        unit = data.get("unit")
        return sheet.Method(
            data["text"],
            data["mark"].strip(),
            tuple(data["kinds"]),
            pattern_of_boxes(data.get("planned", ()), data.get("key", ())),
            data["stages"],
            tuple(sorted(int(number) for number in data["examines"])),
            unit.name if unit else "",
            confirmed=True,
        )

    def with_proposed_months(self, year: int) -> Any:
        """What was typed, with the boxes ticked for the months that the text names."""
        pattern = proposed_months(self.data.get("text", ""), year)
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data.setlist("planned", _boxes(pattern, State.PLANNED))
        data.setlist("key", _boxes(pattern, State.KEY))
        return data


def initial_of(row: Method) -> dict[str, Any]:
    return {
        "kinds": row.kinds,
        "mark": row.mark,
        "text": row.text,
        "planned": _boxes(row.months, State.PLANNED),
        "key": _boxes(row.months, State.KEY),
        "stages": row.stages,
        "examines": [str(number) for number in row.examines],
        "unit": row.unit_id,
    }


def _boxes(pattern: str, state: State) -> list[str]:
    return [str(month) for month in MONTHS if state_in(pattern, month) is state]


def pattern_of_boxes(planned: Sequence[str], key: Sequence[str]) -> str:
    """Ticked boxes as a pattern; 重點 wins where both are ticked."""
    return "".join(
        "2" if str(month) in key else "1" if str(month) in planned else "0"
        for month in MONTHS
    )


def _indicator_choices(item: Item) -> list[tuple[str, str]]:
    return [
        (str(number), f"{number}. {indicator.text[:30]}")
        for number, indicator in enumerate(item.indicators.all(), start=1)
    ]
