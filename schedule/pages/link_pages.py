"""What the two pages of links show: lines of the plan, or items, as check boxes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ..strategies import Chapter, Line, fresh_heads
from ..timetable.model import Item, Timetable


@dataclass(frozen=True, slots=True)
class LineBox:
    """A point or row to tick; ``heads`` are the words to print above it."""

    line: Line
    is_ticked: bool
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChapterBoxes:
    """One chapter with its boxes; the page opens it where something is ticked."""

    chapter: Chapter
    boxes: tuple[LineBox, ...]

    @property
    def ticked(self) -> int:
        return sum(box.is_ticked for box in self.boxes)


@dataclass(frozen=True, slots=True)
class ItemBox:
    """An item to tick, by its 項次 in the sheet of its unit."""

    number: int
    pk: int
    item: Item
    is_ticked: bool
    is_editable: bool


@dataclass(frozen=True, slots=True)
class UnitBoxes:
    """The items of one unit; a joint item stands with its first unit alone."""

    unit: str
    boxes: tuple[ItemBox, ...]


def chapter_boxes(
    chapters: Sequence[Chapter], ticked: Collection[str]
) -> list[ChapterBoxes]:
    """Every line of the plan in the order of the paper."""
    return [ChapterBoxes(one, tuple(_boxes(one, ticked))) for one in chapters]


def _boxes(chapter: Chapter, ticked: Collection[str]) -> Iterator[LineBox]:
    before: tuple[str, ...] = ()
    for line in chapter.lines:
        yield LineBox(line, line.key in ticked, fresh_heads(before, line.under))
        before = line.under


def unit_boxes(
    timetable: Timetable, ticked: Collection[int], editable: Collection[int]
) -> list[UnitBoxes]:
    """Every item once; ``ticked`` and ``editable`` are primary keys."""
    met: set[int] = set()
    units = []
    for sheet in timetable.sheets:
        boxes = []
        for number, item in enumerate(sheet.items, start=1):
            pk = int(item.id[1:])
            if pk not in met:
                boxes.append(ItemBox(number, pk, item, pk in ticked, pk in editable))
            met.add(pk)
        units.append(UnitBoxes(sheet.unit, tuple(boxes)))
    return [one for one in units if one.boxes]
