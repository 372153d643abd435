"""What was seen on our own sheets → one Timetable, joint items once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

from plans.readers.reading import Flag

from ..from_tables import Settings
from ..joining import item_key
from ..model import Item, Timetable, UnitSheet
from .cells import clean
from .joint import Copies
from .layout import Head
from .own_sheets import OwnSheet
from .seen import SeenItem, decided
from .weights import located_item_flags

SheetItems = tuple[OwnSheet, list[SeenItem]]


class OwnTable:
    """``is_whole`` is False where items belong to units without a sheet of theirs."""

    def __init__(self, read: Sequence[SheetItems], settings: Settings) -> None:
        self.read, self.settings = read, settings
        self.flags: list[Flag] = []
        self.is_whole = True
        self._units = [sheet.unit for sheet, _ in read]

    def timetable(self) -> Timetable:
        """All sheets in the order of the file, then those of units without one."""
        orders = [list(_identities(items)) for _, items in self.read]
        copies: dict[Hashable, list[SeenItem]] = {}
        for order, (_, seen) in zip(orders, self.read, strict=True):
            for key, one in zip(order, seen, strict=True):
                copies.setdefault(key, []).append(one)
        items = {key: self._item(seen) for key, seen in copies.items()}
        sheets = [
            _sheet(unit, [items[key] for key in (*order, *items)])
            for unit, order in zip(self._units, orders, strict=True)
        ]
        shown = [one for one in sheets if one.unit or one.items]
        return self._framed((*shown, *self._without_sheet(items.values())))

    def _item(self, seen: Sequence[SeenItem]) -> Item:
        copies = Copies(seen, self._units)
        item = copies.joined()
        first = seen[0]
        self.flags += copies.flags
        self.flags += located_item_flags(item, first.indicators_address, first.row)
        return item

    def _without_sheet(self, items: Iterable[Item]) -> Iterator[UnitSheet]:
        """Sheets of units that have none in the file: nothing of theirs was deleted."""
        left = [i for i in items if not {s.unit for s in i.shares} & set(self._units)]
        for unit in dict.fromkeys(share.unit for item in left for share in item.shares):
            self.is_whole = False
            message = (
                f"檔案裡沒有「{unit}」的工作表，有它的項目寫在別處；"
                "因此這次匯入不會刪除任何項目。"
            )
            self.flags.append(Flag("no-sheet", message))
            yield _sheet(unit, left)

    def _framed(self, sheets: tuple[UnitSheet, ...]) -> Timetable:
        """Year, title, label and total, as any of the sheets was edited."""
        years = [sheet.head.year for sheet, _ in self.read if sheet.head.year]
        year = years[0] if years else self.settings.year
        if year != self.settings.year:
            message = (
                f"檔案是 {year} 年度的管制表，這份計畫是 {self.settings.year} 年度。"
            )
            self.flags.append(Flag("other-year", message))
        if not self.read:
            return Timetable(year, sheets)
        title, _ = decided(_titled(sheet, Head.NAME) for sheet, _ in self.read)
        label, _ = decided(_titled(sheet, Head.NUMBER) for sheet, _ in self.read)
        total = self.read[0][0].memo.total
        return Timetable(year, sheets, title, label, total)


def _identities(items: Iterable[SeenItem]) -> Iterator[Hashable]:
    """What makes items of several sheets one: their key; of new joint ones the name."""
    met: Counter[Hashable] = Counter()
    for seen in items:
        if seen.key or not seen.item.is_joint:
            yield seen.key or id(seen)
            continue
        name = item_key(seen.item)
        met[name] += 1
        yield name, met[name]


def _sheet(unit: str, items: Iterable[Item]) -> UnitSheet:
    """The unit's own of the items, each once, in the order in which they first come."""
    own = {id(i): i for i in items if any(share.unit == unit for share in i.shares)}
    return UnitSheet(unit, tuple(own.values()))


def _titled(sheet: OwnSheet, head: Head) -> tuple[str, str]:
    """Title or label above the head, as it stands and as it was written."""
    before = sheet.memo.title if head is Head.NAME else sheet.memo.label
    column = sheet.columns.get(head, 0)
    typed = sheet.grid.own(sheet.head.top - 1, column).text.strip()
    is_kept = not typed or typed == clean(before).strip()
    return (before if is_kept else typed), before
