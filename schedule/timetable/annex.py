"""Timetable → the annex of the paper: one landscape sheet for each unit.

Five columns say what and how, twelve the months, under the head of the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from plans.documents.cells import read_lines
from plans.documents.model import (
    Annex,
    Cell,
    Column,
    ColumnKind,
    Line,
    Row,
    RowKind,
    Table,
)
from plans.documents.numbering import DIGIT

from .model import Item, Method, Share, Stage, Timetable, UnitSheet
from .months import MONTHS, State, months_of, state_in
from .wording import indicator_text, plain_number

ANNEX_ID = "schedule"
# The id of a printed row: that of the method, and of the share whose sheet it is in.
METHOD_KEY = re.compile(r"m(\d{1,18})s\d+")
LEGEND = "月份格：●預定；★重點考核。"
_FIXED = 5
_JOINED = Cell(joined=True)


def annex(timetable: Timetable, labels: Mapping[str, str]) -> Annex:
    """The annex with a table for each unit; ``labels`` gives 民 for 民政課."""
    return Annex(
        timetable.label,
        timetable.title,
        tuple(unit_table(timetable, one, labels) for one in timetable.sheets),
        landscape=True,
        id=ANNEX_ID,
    )


def unit_table(
    timetable: Timetable, one: UnitSheet, labels: Mapping[str, str]
) -> Table:
    """One unit's sheet; joint items show all their shares."""
    rows = [row for item in one.items for row in _item_rows(item, one.unit, labels)]
    return Table(
        _columns(timetable.year),
        (*rows, _total_row(one)),
        note=LEGEND,
        id=f"schedule-{one.unit}",
    )


def _columns(year: int) -> tuple[Column, ...]:
    return (
        Column("項次", kind=ColumnKind.NUMBER, width=10, joins_down=True),
        Column("課室", kind=ColumnKind.UNIT, width=16, joins_down=True),
        Column("專案名稱（配分／承辦人）", width=40, joins_down=True),
        # 指標可有權重，一行一項
        Column("考核指標", width=58, joins_down=True),
        Column("考核方式（月份）", width=41),
        *(
            Column(f"{month}月", f"{year}年", ColumnKind.MONTH, width=7.3)
            for month in MONTHS
        ),
    )


def _item_rows(item: Item, unit: str, labels: Mapping[str, str]) -> Iterator[Row]:
    """One row for each method; the item's own cells are joined down."""
    own = (
        Cell((Line("1"),)),
        Cell(tuple(Line(share.unit) for share in item.shares)),
        Cell(tuple(_name_lines(item, labels))),
        Cell(tuple(_indicator_lines(item))),
    )
    for place, method in enumerate(item.methods_of(unit) or (Method(),)):
        cells = (_JOINED,) * len(own) if place else own
        # A joint item's row stands in several sheets: the share tells them apart.
        key = method.id + item.share_of(unit).id
        yield Row((*cells, _method_cell(method), *month_cells(method)), id=key)


def _name_lines(item: Item, labels: Mapping[str, str]) -> Iterator[Line]:
    yield Line(item.name)
    for share in item.shares:
        words = share_words(share)
        if item.is_joint:
            label = labels.get(share.unit, share.unit[:1])
            yield Line(f"（{label}）{words}")
        elif words:
            yield Line(f"（{words}）")
    if item.note:
        yield from (Line(line) for line in item.note.splitlines())


def share_words(share: Share) -> str:
    """「10.5分／洪小明、林小華」"""
    points = "" if share.points is None else f"{plain_number(share.points)}分"
    return "／".join(filter(None, [points, "、".join(share.owners)]))


def _indicator_lines(item: Item) -> Iterator[Line]:
    """Numbered where there are several; lines below a first one belong to it."""
    several = len(item.indicators) > 1
    for number, indicator in enumerate(item.indicators, start=1):
        first, *below = indicator_text(indicator).split("\n")
        if several:
            yield Line(first, DIGIT, start=1 if number == 1 else 0)
        else:
            yield Line(first)
        yield from read_lines("\n".join(below))


def _method_cell(method: Method) -> Cell:
    text = method_text(method)
    if method.mark or "\n" not in text:
        return Cell(tuple(Line(line) for line in text.splitlines()))
    return Cell(read_lines(text))


def method_text(method: Method) -> str:
    """What is printed: the typed text, or the kinds where there is none."""
    text = method.text or "、".join(method.kinds)
    apart = " " if method.mark and text[:1].isdigit() else ""
    return f"{method.mark}{apart}{text}"


def month_cells(method: Method) -> Sequence[Cell]:
    """Twelve cells: shaded where something is planned, labels over their span."""
    cells = [_month_cell(state_in(method.months, month)) for month in MONTHS]
    for stage in planned_stages(method):
        key = any(cell.lines for cell in cells[stage.first - 1 : stage.last])
        label = f"{State.KEY.sign}{stage.label}" if key else stage.label
        span = stage.last - stage.first + 1
        cells[stage.first - 1] = Cell((Line(label),), span=span, shaded=True)
        cells[stage.first : stage.last] = [Cell()] * (span - 1)
    return cells


def planned_stages(method: Method) -> Iterator[Stage]:
    """The labelled spans, each cut to its first planned months; none over another."""
    free = months_of(method.months)
    for stage in method.stages:
        months = [m for m in range(stage.first, stage.last + 1) if m in free]
        if months:
            run = [m for i, m in enumerate(months) if m == months[0] + i]
            free -= set(run)
            yield Stage(run[0], run[-1], stage.label)


def _month_cell(state: State) -> Cell:
    if state is State.KEY:
        return Cell((Line(state.sign),), shaded=True)
    return Cell(shaded=state is State.PLANNED)


def _total_row(one: UnitSheet) -> Row:
    """合計: the unit's own points; for joint items its share alone."""
    words = f"{len(one.items)}項"
    points = unit_points(one)
    if points is not None:
        words += f"，合計{plain_number(points)}分"
    fixed = [Cell((Line("合計"),), span=2), Cell(), Cell((Line(words),), span=3)]
    return Row((*fixed, *[Cell()] * (_FIXED - 3), *_month_counts(one)), RowKind.TOTAL)


def _month_counts(one: UnitSheet) -> Iterator[Cell]:
    """How many rows of the sheet hold something, month by month."""
    rows = [m.months for item in one.items for m in item.methods_of(one.unit)]
    for month in MONTHS:
        count = sum(bool(state_in(months, month)) for months in rows)
        yield Cell((Line(str(count)),) if count else ())


def unit_points(one: UnitSheet) -> Decimal | None:
    """The unit's points; None where none of its items has any."""
    points = [item.share_of(one.unit).points for item in one.items]
    given = [point for point in points if point is not None]
    return sum(given, Decimal(0)) if given else None
