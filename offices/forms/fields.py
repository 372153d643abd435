"""Form fields for dates and years typed the Taiwan way; stored as dates and numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from offices import roc


class RocDateField(forms.Field):
    """A date shown as 114/1/2 and typed in any form that roc.parse_date reads."""

    widget = forms.TextInput
    default_error_messages = {"required": "請輸入日期，例如 114/1/2。"}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", f"例如 {roc.EXAMPLES}")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return roc.parse_date(str(value))
        except roc.NotADate as error:
            raise forms.ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return roc.numeric(value) if isinstance(value, date) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off", "size": "12"}


class RocYearField(forms.Field):
    """A 民國 year as a number from 1 to 999, typed as 114, 114年度 or 2025."""

    widget = forms.TextInput
    default_error_messages = {"required": "請輸入民國年，例如 114。"}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            return roc.parse_year(str(value))
        except roc.NotADate as error:
            raise forms.ValidationError(str(error), code="invalid") from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off", "inputmode": "numeric", "size": "6"}
