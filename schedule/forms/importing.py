"""What a person gives to be read in: pasted text, a file, or the plan's own annex."""

from __future__ import annotations

from typing import Any

from django import forms

from offices.forms.accounts import plain_helper
from plans.models import Plan

from ..reading import LARGEST_FILE, NoTimetable, read_source
from ..timetable.from_tables import TimetableReading

LONGEST_TEXT = 2_000_000


class SheetForm(forms.Form):
    """A control table as text or as a file; gives ``reading`` once valid."""

    text = forms.CharField(
        label="貼上管制表的文字",
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        help_text="從試算表、Word 或計畫全文複製整個表格，連同表頭。",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="或上傳檔案",
        required=False,
        help_text="XLSX（本系統匯出的，或機關自己塗色的）或文字檔，10 MB 以內。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.txt"}),
    )

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.reading: TimetableReading | None = None
        self.helper = plain_helper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = "file" if data.get("file") else "text"
        if self.errors:
            return data
        try:
            self.reading = read_source(self._bytes(given), self.plan)
        except NoTimetable as error:
            self.add_error(given, str(error))
        return data

    def _bytes(self, given: str) -> bytes:
        if given == "text":
            if not self.cleaned_data["text"].strip():
                raise NoTimetable("請貼上管制表的文字，或選擇檔案。")
            return str(self.cleaned_data["text"]).encode("utf-8", "replace")
        data: bytes = self.cleaned_data["file"].read(LARGEST_FILE + 1)
        return data

    @property
    def source_name(self) -> str:
        file = self.cleaned_data["file"]
        return file.name if file else "貼上的文字"


class ConfirmForm(forms.Form):
    """The edition whose differences were seen, and the fragments to take along."""

    edition = forms.IntegerField(min_value=0)
    fragments = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, count: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(place), str(place)) for place in range(count)]
        self.fields["fragments"].choices = places  # type: ignore[attr-defined]
