"""策略對照: which parts of the plan are carried out by an item, and which are nobody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..strategies import Chapter, Line, fresh_heads, lines_by_key
from ..timetable.model import Item, Timetable


@dataclass(frozen=True, slots=True)
class Carrier:
    """An item that carries out a strategy, or the point ``via`` around it."""

    item: Item
    via: str = ""

    @property
    def pk(self) -> int:
        return int(self.item.id[1:])

    @property
    def units(self) -> str:
        return "、".join(share.unit for share in self.item.shares)


@dataclass(frozen=True, slots=True)
class Strategy:
    """A leaf of the plan; ``heads`` are the words to print above it."""

    line: Line
    carriers: tuple[Carrier, ...]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChapterCover:
    """A chapter's strategies as far as they are shown; the counts are those of all."""

    chapter: Chapter
    strategies: tuple[Strategy, ...]
    count: int
    carried: int

    @property
    def open(self) -> int:
        return self.count - self.carried


@dataclass(frozen=True, slots=True)
class Coverage:
    """Chapters that count, those that only say why (not counted), and idle items."""

    chapters: tuple[ChapterCover, ...]
    background: tuple[ChapterCover, ...]
    idle: tuple[Carrier, ...]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.chapters)

    @property
    def carried(self) -> int:
        return sum(one.carried for one in self.chapters)

    @property
    def open(self) -> int:
        return self.count - self.carried

    @property
    def shown(self) -> int:
        return sum(len(one.strategies) for one in self.chapters)


def coverage_of(
    chapters: Sequence[Chapter],
    timetable: Timetable,
    links: Mapping[int, set[str]],
    *,
    only_open: bool = False,
) -> Coverage:
    """``links`` maps the pk of an item to the keys of what it carries out.

    A chapter of the background counts as soon as an item carries out a part of it.
    """
    lines = lines_by_key(chapters)
    items = {int(item.id[1:]): item for item in timetable.items()}
    carriers: dict[str, list[Item]] = defaultdict(list)
    for pk, item in items.items():
        for key in links.get(pk, ()):
            carriers[key].append(item)
    covers = [_cover(one, lines, carriers, only_open) for one in chapters]
    covers = [one for one in covers if one.count]
    idle = [i for pk, i in items.items() if lines.keys().isdisjoint(links.get(pk, ()))]
    return Coverage(
        tuple(one for one in covers if _counts(one)),
        tuple(one for one in covers if not _counts(one)),
        tuple(map(Carrier, idle)),
    )


def _counts(cover: ChapterCover) -> bool:
    return bool(cover.carried) or not cover.chapter.is_background


def _cover(
    chapter: Chapter,
    lines: Mapping[str, Line],
    carriers: Mapping[str, Sequence[Item]],
    only_open: bool,
) -> ChapterCover:
    found = [
        Strategy(line, _carriers(line, lines, carriers))
        for line in chapter.lines
        if line.is_leaf
    ]
    # A chapter without points is a strategy only where somebody carries it out.
    found = [one for one in found if one.carriers or one.line.key != chapter.key]
    carried = sum(bool(one.carriers) for one in found)
    shown = [one for one in found if not (only_open and one.carriers)]
    return ChapterCover(
        chapter, tuple(_headed(shown, chapter, lines)), len(found), carried
    )


def _carriers(
    line: Line, lines: Mapping[str, Line], carriers: Mapping[str, Sequence[Item]]
) -> tuple[Carrier, ...]:
    """Who carries out the line itself, then who a point around it; each once."""
    found = {item.id: Carrier(item) for item in carriers.get(line.key, ())}
    for key in reversed(line.within):
        for item in carriers.get(key, ()):
            found.setdefault(item.id, Carrier(item, lines[key].number))
    return tuple(found.values())


def _headed(
    shown: Sequence[Strategy], chapter: Chapter, lines: Mapping[str, Line]
) -> list[Strategy]:
    """Each with the points and table cells around it that were not told above it."""
    headed: list[Strategy] = []
    before: tuple[str, ...] = ()
    for one in shown:
        around = (key for key in one.line.within if key != chapter.key)
        heads = (*(lines[key].name for key in around), *one.line.under)
        fresh = fresh_heads(before, heads)
        headed.append(Strategy(one.line, one.carriers, fresh))
        before = heads
    return headed
