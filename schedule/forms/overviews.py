"""What the overviews show and what is ticked on them; nothing unknown is taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from ..timetable.months import MONTHS


class MyItemsForm(forms.Form):
    """A month and words; a value that is neither filters nothing."""

    month = forms.TypedChoiceField(
        label="月份",
        required=False,
        coerce=int,
        choices=[("", "全部"), *((month, f"{month}月") for month in MONTHS)],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    q = forms.CharField(
        label="名稱或方式含有",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def wanted(self) -> dict[str, Any]:
        """``month`` (0 for all) and ``words`` for my_items()."""
        self.is_valid()
        chosen = self.cleaned_data
        return {"month": chosen.get("month") or 0, "words": chosen.get("q", "")}


def ticked_keys(data: QueryDict) -> tuple[set[str], set[str]]:
    """The keys (b12, r5) that were ticked when the page was made, and those that are.

    The verbs of linking.py leave out what names nothing of the plan.
    """
    return set(data.getlist("seen")), set(data.getlist("links"))


def ticked_items(data: QueryDict) -> tuple[set[int], set[int]]:
    """The same for primary keys of items; what is no number is left out."""
    return _numbers(data.getlist("seen")), _numbers(data.getlist("items"))


def _numbers(typed: list[str]) -> set[int]:
    return {int(t) for t in typed if t.isascii() and t.isdigit() and len(t) < 19}
