"""What a person types while a plan is read in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.files.uploadedfile import UploadedFile

from offices.forms.accounts import plain_helper
from offices.forms.fields import RocYearField
from offices.models import Office, User

from ..confirmation import BELOW, decisions_for
from ..importing import (
    LONGEST_TITLE,
    UnusableTextError,
    plain_source,
    read_source,
    title_for,
    year_for,
)
from ..models import Draft
from ..permissions import offices_to_write_for
from ..readers.reading import Piece, Reading
from ..readers.text import LARGEST_FILE, Unreadable, decode


class ImportForm(forms.Form):
    """The text of a plan, pasted or as a file; gives ``reading`` once valid."""

    office = forms.ModelChoiceField(Office.objects.none(), label="機關")
    year = RocYearField(
        label="年度（民國）", required=False, help_text="留空就用文字裡的年度。"
    )
    title = forms.CharField(
        label="計畫名稱",
        required=False,
        max_length=LONGEST_TITLE,
        help_text="留空就用文字裡找到的名稱。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text = forms.CharField(
        label="貼上計畫文字",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="或上傳文字檔（.txt）",
        required=False,
        help_text="UTF-8 或 Big5 編碼皆可，20 MB 以內。Word 或 PDF 請開啟後全選、複製，貼在上面。",
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,text/plain"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = Reading()
        offer_offices(self.fields["office"], user)
        self.helper = laid_out(
            "text",
            "file",
            "office",
            Row(
                Column("year", css_class="col-md-3"),
                Column("title", css_class="col-md-9"),
            ),
        )

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError("檔案超過 20 MB，請只上傳計畫的文字內容。")
        return file

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            self._read()
        return self.cleaned_data

    @property
    def draft_fields(self) -> dict[str, Any]:
        """What a draft keeps of a valid form."""
        file = self.cleaned_data["file"]
        named = ("office", "year", "title", "source")
        fields = {name: self.cleaned_data[name] for name in named}
        return fields | {"source_name": file.name[:200] if file else "貼上的文字"}

    def _read(self) -> None:
        """Add the source, and the year and title that were left empty."""
        given = "file" if self.cleaned_data["file"] else "text"
        try:
            self.cleaned_data["source"] = self._source(given)
            self.reading = read_source(self.cleaned_data["source"])
        except (Unreadable, UnusableTextError) as error:
            self.add_error(given, str(error))
            return
        self._propose("year", year_for)
        self._propose("title", title_for)

    def _propose(self, name: str, propose: Callable[[Reading, Any], Any]) -> None:
        try:
            self.cleaned_data[name] = propose(self.reading, self.cleaned_data[name])
        except UnusableTextError as error:
            self.add_error(name, str(error))

    def _source(self, given: str) -> str:
        """The text with plain line ends, as the reader counts its lines."""
        file, text = self.cleaned_data["file"], self.cleaned_data["text"]
        if file and text.strip():
            raise UnusableTextError("貼上的文字和上傳的檔案請只用一種。")
        if not (file or text.strip()):
            raise UnusableTextError("請貼上計畫文字，或選一個文字檔。")
        data = file.read() if given == "file" else text.encode("utf-8", "replace")
        return plain_source(decode(data))


class DraftForm(forms.ModelForm[Draft]):
    """What the plan is called, whose it is, and how it numbers its points."""

    year = RocYearField(label="年度（民國）")
    title = forms.CharField(
        label="計畫名稱",
        max_length=LONGEST_TITLE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Draft
        fields = ["office", "year", "title", "brackets", "tens", "digit_mark"]

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_offices(self.fields["office"], user)
        self.helper = laid_out(
            "office",
            Row(
                Column("year", css_class="col-md-3"),
                Column("title", css_class="col-md-9"),
            ),
            Row(
                Column("brackets", css_class="col-md-4"),
                Column("tens", css_class="col-md-4"),
                Column("digit_mark", css_class="col-md-4"),
            ),
        )


class DecisionForm(forms.Form):
    """How one piece is to be read, alone or with all that stands under it."""

    choice = forms.ChoiceField(required=False)

    def __init__(self, piece: Piece, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = decisions_for(piece.kind)
        self.fields["choice"] = forms.ChoiceField(choices=offered, required=False)

    @property
    def with_below(self) -> bool:
        return str(self.cleaned_data["choice"]).endswith(BELOW)

    @property
    def decision(self) -> str:
        """A key of CHOICES, or "" to read the piece as it was found."""
        return str(self.cleaned_data["choice"]).removesuffix(BELOW)


def offer_offices(field: forms.Field, user: User) -> None:
    """Only offices the user writes plans for; a single one needs no choosing."""
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError("office is chosen from a list")
    offices = offices_to_write_for(user)
    field.queryset = offices
    field.empty_label = None
    field.error_messages["invalid_choice"] = "請從清單選擇您可以寫計畫的機關。"


def laid_out(*fields: str | Row) -> FormHelper:
    """These fields only: the template owns <form>, the token and the buttons."""
    helper = plain_helper()
    helper.layout = Layout(*fields)
    return helper
