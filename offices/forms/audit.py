"""Looking for events in the audit trail."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from offices.audit.models import Act, AuditEventQuerySet

from .fields import RocDateField


class AuditSearchForm(forms.Form):
    """A person, an act, days; bad values are explained and filter nothing."""

    person = forms.CharField(label="人員或對象", max_length=80, required=False)
    act = forms.ChoiceField(
        label="動作", choices=[("", "全部"), *Act.choices], required=False
    )
    first_day = RocDateField(label="從", required=False, help_text="")
    last_day = RocDateField(label="到", required=False, help_text="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            select = name == "act"
            field.widget.attrs["class"] = "form-select" if select else "form-control"

    @property
    def is_searching(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def found_in(self, events: AuditEventQuerySet) -> AuditEventQuerySet:
        """The events that fit every field filled in; both days included."""
        wanted = self.cleaned_data if self.is_valid() else {}
        if person := wanted.get("person"):
            events = events.filter(
                Q(actor_name__icontains=person)
                | Q(acting_for_name__icontains=person)
                | Q(target_name__icontains=person)
            )
        if act := wanted.get("act"):
            events = events.filter(act=act)
        if first := wanted.get("first_day"):
            events = events.filter(at__gte=_midnight(first))
        if last := wanted.get("last_day"):
            events = events.filter(at__lt=_midnight(last + timedelta(days=1)))
        return events


def _midnight(day: date) -> datetime:
    """The beginning of the day in the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
