"""A table's title and note, the settings of its columns, and where a new one goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from ..models import Block, BlockKind, Column, Plan
from .typed_text import TextLines

COLUMN_FIELDS = (
    "name",
    "group",
    "kind",
    "width",
    "joins_down",
    "continues",
    "vertical",
)


class TableTextsForm(forms.Form):
    """The caption above a table and the note below it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    heading = TextLines(label="表名（印在表格上方）", rows=1)
    body = TextLines(label="附註（印在表格下方，每一段一行）", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class ColumnForm(forms.ModelForm[Column]):
    """One column's settings; several stand on one page, told apart by their prefix."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    class Meta:
        model = Column
        fields = COLUMN_FIELDS

    def __init__(self, column: Column, data: Mapping[str, Any] | None = None) -> None:
        # A copy: is_valid() must not write into the column that is shown as saved.
        copy = Column(pk=column.pk, table=column.table, position=column.position)
        initial = {name: getattr(column, name) for name in (*COLUMN_FIELDS, "version")}
        super().__init__(data, instance=copy, initial=initial, prefix=f"c{column.pk}")
        self.column = column
        for name, field in self.fields.items():
            if name in {"name", "group", "width"}:
                field.widget.attrs["class"] = "form-control"
        self.fields["kind"].widget.attrs["class"] = "form-select"

    def settings(self) -> dict[str, Any]:
        """What save_column takes; call it on a valid form."""
        return {name: self.cleaned_data[name] for name in COLUMN_FIELDS}


def column_forms(
    columns: Sequence[Column], data: Mapping[str, Any] | None = None
) -> list[ColumnForm]:
    return [ColumnForm(column, data) for column in columns]


class PlaceForm(forms.Form):
    """Where a new table goes: behind a block, inside one, or at the end."""

    after = forms.ModelChoiceField(Block.objects.none(), required=False)
    parent = forms.ModelChoiceField(Block.objects.none(), required=False)

    def __init__(self, plan: Plan, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        own = plan.blocks.all()
        holders = own.filter(kind__in=[BlockKind.POINT, BlockKind.ANNEX])
        self.fields["after"].queryset = own  # type: ignore[attr-defined]
        self.fields["parent"].queryset = holders  # type: ignore[attr-defined]

    def place(self) -> dict[str, Block | None]:
        """``after`` and ``parent`` for create_table; unknown ones count as none."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in ("after", "parent")}
