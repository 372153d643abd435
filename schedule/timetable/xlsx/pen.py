"""Writing single cells of a worksheet: text that stays text, style, merged cells."""

from __future__ import annotations

from copy import copy
from typing import Any

from ..months import State
from .cells import escaped
from .layout import Head
from .style import BORDER, CENTRED, FILLS, FONT, LEFT

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CENTRED = frozenset({Head.NUMBER, Head.UNITS, Head.EXAMINES, Head.FROM, Head.UNTIL})
# Columns in which a program would make dates or numbers of what is typed.
_TYPED = frozenset({Head.EXAMINES, Head.FROM, Head.UNTIL})


def put_text(cell: Any, text: str) -> None:
    """Store a text as text whatever it begins with, also when a person edits it."""
    if text:
        cell.value = escaped(text)
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA_STARTS)


class Pen:
    """Writes on one worksheet; rows and columns are counted from 1."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self._known: dict[tuple[int, ...], Any] = {}

    def put(
        self,
        row: int,
        column: int,
        text: str,
        *,
        font: Any = FONT,
        alignment: Any = LEFT,
        fill: Any = FILLS[State.EMPTY],
        border: Any = BORDER,
    ) -> None:
        """A cell of the table with everything that makes it look so."""
        cell = self.sheet.cell(row, column)
        self._style(cell, font=font, alignment=alignment, fill=fill, border=border)
        put_text(cell, text)

    def _style(self, cell: Any, **looks: Any) -> None:
        """Looks that were set once are copied: setting them takes openpyxl long."""
        key = tuple(id(look) for look in looks.values())
        if key not in self._known:
            for name, look in looks.items():
                setattr(cell, name, look)
            self._known[key] = copy(cell._style)
        cell._style = copy(self._known[key])

    def put_under(self, head: str, row: int, column: int, text: str = "") -> None:
        """A cell of an item's row, as the cells of its column look."""
        alignment = CENTRED if head in _CENTRED else LEFT
        self.put(row, column, text, alignment=alignment)
        if head in _TYPED:
            self.sheet.cell(row, column).number_format = "@"

    def hide(self, row: int, column: int, text: str) -> None:
        """A text in a hidden column."""
        put_text(self.sheet.cell(row, column), text)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_cells(
                start_row=top, start_column=left, end_row=bottom, end_column=right
            )

    def paint(self, row: int, column: int, state: State) -> None:
        """Colour a month, also one that another cell covers."""
        self.sheet.cell(row, column).fill = FILLS[state]

    def set_height(self, row: int, points: float) -> None:
        self.sheet.row_dimensions[row].height = points
