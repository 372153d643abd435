"""Whose items a calendar link is to show."""

from __future__ import annotations

from typing import Any

from django import forms

from offices.models import Member, Unit, User

from ..feeds import memberships_of, units_for


class FeedForm(forms.Form):
    """One of the person's memberships, or one of the units open to them."""

    member = forms.ModelChoiceField(Member.objects.none(), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members, units = memberships_of(user), units_for(user)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("member")) == bool(data.get("unit")):
            raise forms.ValidationError("請選擇一位成員或一個課室。")
        return data
