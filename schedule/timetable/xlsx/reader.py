"""A workbook → what its control tables say: our own with its ids, or any office's."""

from __future__ import annotations

from dataclasses import replace

from ..from_tables import Settings, TimetableReading
from .foreign import read_foreign
from .grid import read_grids
from .own import read_own
from .own_sheets import is_own
from .package import UnreadableWorkbook, is_workbook

__all__ = ["UnreadableWorkbook", "is_workbook", "read_workbook"]


def read_workbook(data: bytes, settings: Settings) -> TimetableReading:
    """Everything that the visible worksheets say; flags name sheet and cell.

    ``is_whole`` is True for our own workbook: an item that its sheets lack was deleted
    there.  Raises UnreadableWorkbook with a sentence for the person, and nothing else.
    """
    grids = read_grids(data)
    read = read_own if any(is_own(grid) for grid in grids.sheets) else read_foreign
    found = read(grids.sheets, settings)
    return replace(found, flags=(*grids.flags, *found.flags))
