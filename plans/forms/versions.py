"""Choosing two versions, the 說明 of a row, and the scan of a signed copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from ..amending import Side
from ..scans import EMPTY, MOST_BYTES, TOO_LARGE
from .typed_text import TextLines, printable

LONGEST_NOTE = 2000
SAME_SIDES = "請選兩個不同的版本。"


class CompareForm(forms.Form):
    """What is compared with what; the older one is 現行規定."""

    old = forms.ChoiceField(label="現行規定")
    new = forms.ChoiceField(label="修正規定")

    def __init__(
        self, sides: Sequence[Side], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=_default(sides))
        for name in ("old", "new"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the checker
            field.choices = [(side.name, side.words) for side in sides]
            field.error_messages["invalid_choice"] = "請從清單中選擇版本。"
            field.widget.attrs["class"] = "form-select"

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if chosen.get("old") and chosen.get("old") == chosen.get("new"):
            self.add_error("new", SAME_SIDES)
        return chosen


def _default(sides: Sequence[Side]) -> dict[str, str]:
    """The last approved version and the plan as it is now."""
    return {"old": sides[-2].name, "new": sides[-1].name} if len(sides) > 1 else {}


class NoteForm(forms.Form):
    """說明 of one row, as it was typed over the ``version`` that the page showed."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    text = TextLines(
        label="說明",
        rows=3,
        max_length=LONGEST_NOTE,
        error_messages={"max_length": f"說明最多 {LONGEST_NOTE} 字，請精簡。"},
    )


class ScanForm(forms.Form):
    """A file with the picture of the signed copy; what it holds is looked at later."""

    scan = forms.FileField(
        label="簽核掃描檔",
        help_text="PDF、JPEG 或 PNG，最大 20 MB。",
        allow_empty_file=True,
        max_length=200,
        error_messages={
            "required": "請先選擇掃描檔。",
            "invalid": "請先選擇掃描檔。",
            "missing": "請先選擇掃描檔。",
            "max_length": "檔名太長（最多 200 字），請先改短。",
        },
        widget=forms.ClearableFileInput(
            attrs={"accept": ".pdf,.jpg,.jpeg,.png", "class": "form-control"}
        ),
    )

    def clean_scan(self) -> UploadedFile:
        """A file that is too large is not read at all."""
        scan: UploadedFile = self.cleaned_data["scan"]
        if not scan.size:
            raise forms.ValidationError(EMPTY)
        if scan.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return scan

    def file_name(self) -> str:
        """As the person's machine calls it, in one line."""
        return " ".join(printable(self.cleaned_data["scan"].name or "").split())
