"""Who hands over to whom, and from which day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from offices import roc
from offices.forms.fields import RocDateField
from offices.models import Member
from plans.models import Plan

from ..handover import givers
from .marking import mark_mistakes


class HandoverForm(forms.Form):
    """Giver, taker and day; the day lies within a year of the plan's own."""

    giver = forms.ModelChoiceField(
        Member.objects.none(),
        label="交出的人",
        empty_label="請選擇",
        error_messages={"required": "請選擇交出的人。"},
    )
    taker = forms.ModelChoiceField(
        Member.objects.none(),
        label="接手的人",
        empty_label="請選擇",
        error_messages={"required": "請選擇接手的人。"},
    )
    day = RocDateField(label="從哪一天起", help_text="")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        year = plan.year + roc.OFFSET
        self.earliest, self.latest = date(year - 1, 1, 1), date(year + 1, 12, 31)
        today = timezone.localdate()
        day = min(max(today, self.earliest), self.latest)
        super().__init__(*args, **kwargs)
        self.initial["day"] = day
        members = plan.office.members.select_related("user", "unit")
        self._offer("giver", members, givers(plan, min(today, day)))
        self._offer("taker", members.active(), members.active())
        self.fields["day"].widget.attrs["class"] = "form-control"
        mark_mistakes(self)

    def _offer(self, name: str, allowed: Any, offered: Any) -> None:
        """A person who has given all away is no mistake, but no longer offered."""
        field = self.fields[name]
        field.queryset = allowed  # type: ignore[attr-defined]
        choices = [(member.pk, _named(member)) for member in offered]
        field.choices = [("", "請選擇"), *choices]  # type: ignore[attr-defined]
        field.widget.attrs["class"] = "form-select"

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not self.earliest <= day <= self.latest:
            limits = f"{roc.numeric(self.earliest)} 到 {roc.numeric(self.latest)}"
            raise forms.ValidationError(f"日期須在計畫年度的前後一年內，{limits}。")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("giver") and data.get("giver") == data.get("taker"):
            self.add_error("taker", "接手的人和交出的人是同一位，請改選。")
        return data


def _named(member: Member) -> str:
    unit = f"（{member.unit}）" if member.unit else ""
    active = member.is_active and member.user.is_active
    return f"{member.user}{unit}{'' if active else '，已停用'}"
