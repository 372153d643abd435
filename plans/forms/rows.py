"""One row of a table, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from ..documents.model import ColumnKind, RowKind
from ..documents.slots import GridRow, Slot
from ..models import Column, Row
from .typed_text import TextLines, printable

MOST_LINES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class CellFields:
    """The fields of one cell, for the template; ``grow`` is its share of the width."""

    column: Column
    label: str
    grow: int
    text: forms.BoundField
    joined: forms.BoundField | None
    shaded: forms.BoundField | None
    span: forms.BoundField | None


class RowForm(forms.Form):
    """The typed texts, joins, spans and shaded months of one row."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self,
        columns: Sequence[Column],
        data: Mapping[str, Any] | None = None,
        *,
        held: GridRow,
        shown: Sequence[str],
        version: int,
        key: str,
        is_first: bool = False,
    ) -> None:
        """``held`` is what is stored, ``shown`` the same texts with their marks renewed.

        ``is_first`` is the table's first row, which has none above to join.
        ``key`` begins every id, as several forms may be open on one page.
        """
        super().__init__(data, initial={"version": version}, auto_id=f"{key}-%s")
        self.columns, self.held, self.shown = columns, held, shown
        for index, (column, slot) in enumerate(zip(columns, held, strict=True)):
            self._add_cell(column, slot, shown[index], is_first, len(columns) - index)

    def _add_cell(
        self, column: Column, slot: Slot, shown: str, is_first: bool, room: int
    ) -> None:
        name, label = f"c{column.pk}", column_label(column)
        is_month = column.kind == ColumnKind.MONTH
        rows = min(max(shown.count("\n") + 1, 2), MOST_LINES_SHOWN)
        self.fields[f"{name}-text"] = TextLines(
            label=f"{label}的文字" if is_month else label,
            rows=1 if is_month else rows,
            initial=shown,
        )
        if is_month:
            self.fields[f"{name}-shaded"] = forms.BooleanField(
                label=column.name or label, required=False, initial=slot.shaded
            )
        elif not is_first:
            self.fields[f"{name}-joined"] = forms.BooleanField(
                label="與上列合併", required=False, initial=slot.joined
            )
        if room > 1 and not is_month:
            self.fields[f"{name}-span"] = forms.TypedChoiceField(
                label=f"「{label}」橫跨",
                required=False,
                coerce=int,
                initial=slot.span,
                choices=[(n, f"{n} 欄") for n in range(1, room + 1)],
            )

    def cells(self) -> dict[int, Slot]:
        """What was typed, by column pk; a text left as shown stays as it is stored."""
        return {
            column.pk: self._cell(column, held, shown)
            for column, held, shown in zip(
                self.columns, self.held, self.shown, strict=True
            )
        }

    def _cell(self, column: Column, held: Slot, shown: str) -> Slot:
        name = f"c{column.pk}"
        text = self.cleaned_data[f"{name}-text"]
        joined = self.cleaned_data.get(f"{name}-joined", held.joined and not text)
        return Slot(
            held.text if text == printable(shown) else text,
            joined=joined,
            span=1 if joined else self.cleaned_data.get(f"{name}-span") or held.span,
            shaded=self.cleaned_data.get(f"{name}-shaded", held.shaded),
        )

    def typed(self) -> GridRow:
        """The cells as they were sent, whether valid or not."""
        return tuple(
            replace(
                held,
                text=printable(self.data.get(f"c{column.pk}-text", held.text)),
                joined=f"c{column.pk}-joined" in self.data,
                shaded=f"c{column.pk}-shaded" in self.data,
            )
            for column, held in zip(self.columns, self.held, strict=True)
        )

    def text_cells(self) -> Iterator[CellFields]:
        return (self._fields(c) for c in self.columns if c.kind != ColumnKind.MONTH)

    def month_cells(self) -> list[CellFields]:
        return [self._fields(c) for c in self.columns if c.kind == ColumnKind.MONTH]

    def _fields(self, column: Column) -> CellFields:
        name = f"c{column.pk}"
        return CellFields(
            column,
            column_label(column),
            min(max(round(float(column.width) * 4), 1), 12),
            self[f"{name}-text"],
            *(
                self[f"{name}-{part}"] if f"{name}-{part}" in self.fields else None
                for part in ("joined", "shaded", "span")
            ),
        )


class RowKindForm(forms.Form):
    """What a row is for."""

    kind = forms.TypedChoiceField(
        choices=Row._meta.get_field("kind").choices or (), coerce=RowKind
    )


def column_label(column: Column) -> str:
    """The column's head as one line: 查核點／預定完成日期."""
    named = "／".join(part for part in (column.group, column.name) if part)
    return named or f"第 {column.position + 1} 欄"
