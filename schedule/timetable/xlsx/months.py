"""The twelve month cells of a row of a spreadsheet, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plans.documents.model import Cell, Line

from ..annex import month_cells
from ..cell_values import read_month_cells
from ..model import Method, Stage
from ..months import State


@dataclass(frozen=True, slots=True)
class MonthCell:
    """``fill`` is what its colour says; ``span`` 0 is covered by a cell at its left."""

    text: str = ""
    fill: State = State.EMPTY
    span: int = 1


BLANK = (MonthCell(),) * 12
# A pattern and the labels of its spans, as twelve cells show them.
Shown = tuple[str, tuple[Stage, ...]]


def written_months(method: Method) -> list[MonthCell]:
    """The cells as we write them; the covered ones of a label have its colour, too."""
    found = []
    for cell in month_cells(method):
        text = cell.lines[0].text if cell.lines else ""
        is_key = text.startswith(State.KEY.sign)
        fill = (State.KEY if is_key else State.PLANNED) if cell.shaded else State.EMPTY
        found.append(MonthCell(text or fill.sign, fill, cell.span))
    for place, wide in enumerate(tuple(found)):
        for covered in range(place + 1, place + wide.span):
            found[covered] = MonthCell("", wide.fill, 0)
    return found


def shown(method: Method) -> Shown:
    """What a reader makes of the cells that we write for ``method``."""
    return read_months(written_months(method))


def read_months(
    cells: Sequence[MonthCell], written: Sequence[MonthCell] = BLANK
) -> Shown:
    """The pattern of twelve cells and the labels written in them: what is written counts.

    A label goes on over the cells that it covers, and over coloured empty ones, as
    cells look that were split; not where ``written``, the cells as we wrote them, had
    something of its own that was cleared.
    """
    found: dict[int, Cell] = {}
    place = 0
    while place < 12:
        cell = cells[place]
        end = min(place + max(1, cell.span), 12)
        if _is_label(cell.text):
            while end < 12 and _goes_on(cells[end], written[end]):
                end += 1
        lines = (Line(cell.text),) if cell.text else ()
        found[place + 1] = Cell(lines, span=end - place)
        place = end
    return read_month_cells(found, fills_are_typed=False)


def _goes_on(cell: MonthCell, written: MonthCell) -> bool:
    return bool(cell.fill) and not cell.text and not written.text


def _is_label(text: str) -> bool:
    _, stages = read_month_cells({1: Cell((Line(text),))}, fills_are_typed=False)
    return bool(stages)
