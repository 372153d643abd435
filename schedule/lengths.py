"""Texts that the database's columns cannot hold whole: cut before the dry run, and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from plans.readers.reading import Flag

from .apply import LONGEST_NAME as LONGEST_OWNER
from .timetable.from_tables import TimetableReading
from .timetable.model import Item

LONGEST_ITEM = 200


def fitted(reading: TimetableReading) -> TimetableReading:
    """The reading as it can be stored; a flag tells of each text that was cut."""
    timetable = reading.timetable
    every = [*timetable.items(), *reading.fragments]
    return replace(
        reading,
        timetable=timetable.mapped(_fitted),
        fragments=tuple(map(_fitted, reading.fragments)),
        flags=(*reading.flags, *_cuts(every)),
    )


def _fitted(item: Item) -> Item:
    shares = (
        replace(share, owners=tuple(name[:LONGEST_OWNER] for name in share.owners))
        for share in item.shares
    )
    return replace(item, name=item.name[:LONGEST_ITEM], shares=tuple(shares))


def _cuts(items: Iterable[Item]) -> Iterator[Flag]:
    for item in items:
        if len(item.name) > LONGEST_ITEM:
            words = f"專案名稱「{item.name[:20]}…」超過 {LONGEST_ITEM} 字"
            yield _cut(words, item.name[LONGEST_ITEM:])
        for owner in (name for share in item.shares for name in share.owners):
            if len(owner) > LONGEST_OWNER:
                words = f"承辦人「{owner[:20]}…」超過 {LONGEST_OWNER} 字"
                yield _cut(words, owner[LONGEST_OWNER:])


def _cut(words: str, rest: str) -> Flag:
    return Flag("cut-text", f"{words}，只留前面；未列入的是「{rest[:300]}」。")
