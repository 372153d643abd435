"""Settings of the annex, and the office's own kinds of 考核方式."""

from __future__ import annotations

from typing import Any

from django import forms

from plans.forms.typed_text import TextLines, printable

from ..models import Schedule
from ..settings import places
from .fields import NumberField
from .marking import mark_mistakes

# What the column of the total holds.
HIGHEST_TOTAL = 9999
LONGEST_KIND = 12
MOST_KINDS = 20


class LineField(forms.CharField):
    """One line: blanks joined, no control characters."""

    def to_python(self, value: Any) -> str:
        return " ".join(printable(super().to_python(value) or "").split())


class ScheduleForm(forms.Form):
    """Label, title, total and place; ``version`` guards against a lost update."""

    label = LineField(label="附件編號", max_length=20, required=False)
    title = LineField(
        label="附件名稱",
        max_length=200,
        error_messages={"required": "請輸入附件名稱。"},
    )
    total = NumberField(label="配分總計", most=HIGHEST_TOTAL, places=2, unit="配分總計")
    place = forms.TypedChoiceField(label="排在第幾個附件", coerce=int)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, schedule: Schedule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = dict(places(schedule.plan))
        self.fields["place"].choices = list(self.places.items())  # type: ignore[attr-defined]
        for name in self.fields:
            self.initial[name] = getattr(schedule, name)
        # Annexes before it may have been deleted; then it stands last.
        self.initial["place"] = min(schedule.place, max(self.places))
        for name, field in self.fields.items():
            style = "form-select" if name == "place" else "form-control"
            field.widget.attrs["class"] = style
        mark_mistakes(self)

    def values(self) -> dict[str, Any]:
        """What save_schedule takes."""
        return {k: v for k, v in self.cleaned_data.items() if k != "version"}

    def shown(self, name: str, value: Any) -> str:
        """A setting as a person reads it."""
        if name == "place":
            return self.places.get(value, "最後")
        return str(self.fields[name].prepare_value(value) or "（空白）")


class KindsForm(forms.Form):
    """The names of kinds, one a line."""

    names = TextLines(label="種類，一行一個", rows=8, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].widget.attrs["class"] = "form-control"
        mark_mistakes(self)

    def clean_names(self) -> list[str]:
        """Without empty lines; too long, too many or twice is told."""
        lines = (
            " ".join(line.split()) for line in self.cleaned_data["names"].split("\n")
        )
        names = [line for line in lines if line]
        for number, name in enumerate(names):
            if len(name) > LONGEST_KIND:
                raise forms.ValidationError(
                    f"「{name[:20]}」太長，每個種類最多 {LONGEST_KIND} 個字。"
                )
            if name in names[:number]:
                raise forms.ValidationError(f"「{name}」寫了兩次。")
        if len(names) > MOST_KINDS:
            raise forms.ValidationError(f"最多 {MOST_KINDS} 個種類。")
        return names
