"""An item's own words, its parts by unit, and its indicators."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet

from offices.models import Unit
from plans.forms.typed_text import TextLines, printable

from ..apply import People
from ..editing import Head, Part
from ..models import Item
from .fields import NumberField, OwnersField, RocMonthField

MOST_PARTS = 12
MOST_POINTS = 1000
MOST_INDICATORS = 60
HUNDRED = Decimal(100)


class ItemForm(forms.Form):
    """Name, scoring interval and note; ``version`` guards against a lost update."""

    name = forms.CharField(
        label="專案名稱",
        max_length=200,
        error_messages={"required": "請輸入專案名稱。"},
    )
    scored_from = RocMonthField(label="成績統計起月", required=False)
    scored_until = RocMonthField(label="成績統計迄月", required=False)
    note = TextLines(label="備註", rows=2, max_length=2000)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, item: Item | None = None, **kwargs: Any) -> None:
        fields = ("name", "scored_from", "scored_until", "note", "version")
        kwargs["initial"] = {name: getattr(item, name) for name in fields if item}
        kwargs["initial"].setdefault("version", 0)
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control"
            if self.is_bound and self.errors.get(name):
                field.widget.attrs["class"] += " is-invalid"
                field.widget.attrs["aria-describedby"] = f"id_{name}_error"

    def clean_name(self) -> str:
        return " ".join(printable(self.cleaned_data["name"]).split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("scored_from", 0), data.get("scored_until", 0)
        if bool(first) != bool(last):
            missing = "scored_until" if first else "scored_from"
            self.add_error(missing, "起月和迄月要一起填，或都空白。")
        elif first > last:
            self.add_error("scored_until", "迄月在起月之前。")
        return data

    def head(self) -> Head:
        data = self.cleaned_data
        return Head(
            data["name"], data["scored_from"], data["scored_until"], data["note"]
        )


class PartForm(forms.Form):
    """One unit's points and owners; empty rows are passed over."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="課室", required=False, empty_label="選擇課室"
    )
    points = NumberField(label="配分", most=MOST_POINTS, places=2, unit="配分")

    def __init__(
        self, *args: Any, units: Any, people: People, known: Any, **kwargs: Any
    ) -> None:
        kwargs["empty_permitted"] = False  # what is the same as before counts, too
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["owners"] = OwnersField(label="承辦人", people=people, known=known)
        classes = {"unit": "form-select", "points": "form-control"}
        for name, field in self.fields.items():
            field.widget.attrs["class"] = classes.get(name, "form-control")
        self.fields["owners"].widget.attrs |= {"list": "people", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unit, names = data.get("unit"), data.get("owners", "")
        if unit is None and "unit" not in self.errors:
            if names or data.get("points") is not None:
                self.add_error("unit", "請選擇課室。")
            return data
        try:
            field = self.fields["owners"]
            data["owners"] = field.owners(names, unit)  # type: ignore[attr-defined]
        except forms.ValidationError as error:
            self.add_error("owners", error)
        return data


class BasePartFormSet(BaseFormSet[PartForm]):
    """All parts of an item: at least one, and no unit twice."""

    def clean(self) -> None:
        met: set[int] = set()
        for form in self.forms:
            unit = form.cleaned_data.get("unit") if form.is_valid() else None
            if unit and unit.pk in met:
                form.add_error("unit", f"「{unit}」已經在上面，請合併成一列。")
            if unit:
                met.add(unit.pk)
        if not met and not any(form.errors for form in self.forms):
            raise forms.ValidationError("請至少選擇一個課室。")

    def parts(self) -> tuple[Part, ...]:
        return tuple(
            Part(data["unit"], data["points"], data["owners"])
            for form in self.forms
            if (data := form.cleaned_data) and data.get("unit")
        )


PartFormSet: type[BasePartFormSet] = forms.formset_factory(  # type: ignore[assignment]
    PartForm,
    formset=BasePartFormSet,
    extra=2,
    max_num=MOST_PARTS,
    absolute_max=MOST_PARTS,
)


class IndicatorForm(forms.Form):
    """One indicator; a row without text and weight is passed over."""

    text = TextLines(label="考核指標", rows=1, max_length=2000)
    weight = NumberField(label="權重％", most=100, places=3, unit="權重")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["empty_permitted"] = False  # what is the same as before counts, too
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("weight") is not None and not data.get("text"):
            self.add_error("text", "有權重的列請填考核指標。")
        return data


class BaseIndicatorFormSet(BaseFormSet[IndicatorForm]):
    """All indicators of an item, in their order."""

    def indicators(self, *, close: bool = False) -> list[tuple[str, Decimal | None]]:
        """(text, weight) of each; with ``close`` the last weight takes what is missing.

        The last one takes nothing where that would leave the range of a weight.
        """
        found = [
            (data["text"], data["weight"])
            for form in self.forms
            if (data := form.cleaned_data) and data.get("text")
        ]
        if close and found:
            text, weight = found[-1]
            rest = HUNDRED - sum((w or Decimal(0) for _, w in found), Decimal(0))
            closed = (weight or Decimal(0)) + rest
            if 0 <= closed <= HUNDRED:
                found[-1] = text, closed
        return found


IndicatorFormSet: type[BaseIndicatorFormSet] = forms.formset_factory(  # type: ignore[assignment]
    IndicatorForm,
    formset=BaseIndicatorFormSet,
    extra=2,
    max_num=MOST_INDICATORS,
    absolute_max=MOST_INDICATORS,
)


class VersionForm(forms.Form):
    """Which state of the item was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
