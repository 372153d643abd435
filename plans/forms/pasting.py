"""What is pasted, and into which cell its upper left corner goes."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from ..documents.pasted import MOST_CHARACTERS, Cells, UnfitCells, read_cells
from ..models import Block, Column, Row
from .rows import column_label


class _RowChoice(forms.ModelChoiceField[Row]):
    def label_from_instance(self, obj: Row) -> str:
        words = " ".join(
            " ".join(c.get("text", "") for c in obj.cells.values()).split()
        )
        return f"第 {obj.position + 1} 列　{words[:20]}"


class _ColumnChoice(forms.ModelChoiceField[Column]):
    def label_from_instance(self, obj: Column) -> str:
        return column_label(obj)


class PasteForm(forms.Form):
    """``edition`` is the plan's edition that a preview was made of."""

    row = _RowChoice(
        Row.objects.none(),
        label="從哪一列開始",
        required=False,
        empty_label="在表格最後加新列",
    )
    column = _ColumnChoice(
        Column.objects.none(), label="從哪一欄開始", empty_label=None
    )
    text = forms.CharField(
        label="從試算表複製的內容",
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="在試算表選取多格、複製，再貼在這裡；一次最多 1,000 列。",
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, table: Block, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row"].queryset = table.rows.all()  # type: ignore[attr-defined]
        self.fields["column"].queryset = table.columns.all()  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_text(self) -> Cells:
        try:
            return read_cells(self.cleaned_data["text"].replace("\x00", ""))
        except UnfitCells as unfit:
            if len(self.cleaned_data["text"]) > MOST_CHARACTERS:
                # Sending it all back would only slow the page down.
                self.data = {**dict(self.data.items()), "text": ""}
            raise forms.ValidationError(str(unfit)) from unfit
