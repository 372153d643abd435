"""What a person gives to be read in: pasted text, a file, or the plan's own annex."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from offices.forms.accounts import plain_helper
from offices.models import Office
from plans.models import Plan

from ..fragments import Fragment, fragment
from ..importing import Preview
from ..reading import LARGEST_FILE, NoTimetable, read_source
from ..timetable.from_tables import TimetableReading

LONGEST_TEXT = 2_000_000
UNIT_WANTED = "這段內容沒有寫課室，請選擇課室，才能建為項目。"


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
    """The edition whose differences were seen, and the fragments to take along.

    Once valid, ``fragments`` gives the unit for each one that was ticked, by its place;
    "" for one that names its own.
    """

    edition = forms.IntegerField(min_value=0)
    fragments = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, seen: Preview, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = [fragment(item) for item in seen.reading.fragments]
        places = [(str(place), str(place)) for place in range(len(self.found))]
        self.fields["fragments"].choices = places  # type: ignore[attr-defined]
        for place, one in enumerate(self.found):
            if one.needs_unit:
                self.fields[f"unit-{place}"] = unit_field(seen.units)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = {p: data.get(f"unit-{p}", "") for p in data.get("fragments", ())}
        for place, unit in given.items():
            if self.found[place].needs_unit and not unit:
                self.add_error(f"unit-{place}", UNIT_WANTED)
        return {"edition": data.get("edition"), "fragments": given}

    def rows(self) -> list[tuple[Fragment, bool, forms.BoundField | None]]:
        """Each fragment, whether it is ticked, and the choice of a unit it lacks."""
        ticked = self["fragments"].value() or ()
        return [
            (one, str(place) in ticked, self._unit_of(place))
            for place, one in enumerate(self.found)
        ]

    def _unit_of(self, place: int) -> forms.BoundField | None:
        return self[f"unit-{place}"] if self.found[place].needs_unit else None


class FragmentForm(forms.Form):
    """A fragment that waits with the plan, and the unit whose item it becomes."""

    key = forms.CharField(max_length=64)
    keep = forms.BooleanField(required=False)

    def __init__(self, office: Office, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = unit_field(office.units.values_list("name", flat=True))


def unit_field(names: Iterable[str]) -> forms.ChoiceField:
    """A choice of one unit by its name; none is chosen beforehand."""
    choices = [("", "請選擇"), *((name, name) for name in names)]
    widget = forms.Select(attrs={"class": "form-select form-select-sm"})
    return forms.ChoiceField(
        label="課室", choices=choices, required=False, widget=widget
    )
