"""The months of a row of our own sheet: the mark decides, its colour only follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.readers.reading import Severity

from ..model import Method
from ..months import MONTHS, NO_MONTHS
from .months import BLANK, MonthCell, Shown, read_months, written_months
from .own_sheets import OwnSheet
from .row_months import MonthReader

NOTHING: Shown = (NO_MONTHS, ())


@dataclass(frozen=True, slots=True)
class Doubt:
    code: str
    words: str
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class OwnMonths:
    """What a row's cells say; ``bare`` are the months whose colour was taken away."""

    shown: Shown
    cells: Sequence[MonthCell]
    written: Sequence[MonthCell]
    bare: tuple[int, ...] = ()

    def doubts(self) -> Iterator[Doubt]:
        """Where mark and colour disagree; the words follow those for the row."""
        pattern, _ = self.shown
        coloured = [m for m in MONTHS if self.cells[m - 1].fill]
        painted = [m for m in coloured if pattern[m - 1] == "0"]
        # Whoever deletes a mark knows; a colour alone may be meant for a plan.
        is_cleared = all(self.written[month - 1].fill for month in painted)
        if painted:
            words = "有底色但沒有符號，依符號視為沒有排定；要排定請填 ●。"
            severity = Severity.INFO if is_cleared else Severity.WARNING
            yield Doubt("colour-alone", f"{_listed(painted)}{words}", severity)
        bare = [month for month in self.bare if pattern[month - 1] != "0"]
        if bare:
            words = "有符號但沒有底色，依符號視為有排定；要取消請清除符號。"
            yield Doubt("mark-alone", f"{_listed(bare)}{words}")


def own_months(sheet: OwnSheet, row: int, old: Method | None) -> OwnMonths:
    """The months of a row; ``old`` is the method that we wrote there."""
    cells = MonthReader(sheet.grid, sheet.head).cells(row)
    written = written_months(old) if old else BLANK
    bare = tuple(
        month
        for column, month in sheet.head.months.items()
        if written[month - 1].fill and not sheet.grid.seen(row, column).colour
    )
    return OwnMonths(read_months(cells, written), cells, written, bare)


def _listed(months: Sequence[int]) -> str:
    return "、".join(f"{month}月" for month in months)
