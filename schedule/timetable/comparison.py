"""What differs between two Timetables: added, changed and removed, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from .annex import method_text, share_words
from .joining import item_key
from .model import Item, Method, Timetable
from .months import say_months
from .wording import indicator_text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that differs; ``before`` or ``after`` is "" where there is none."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one item: ``kind`` is 新增, 修改 or 刪除."""

    kind: str
    name: str
    units: tuple[str, ...]
    cells: tuple[Cell, ...] = ()
    id: str = ""


def matched(old: Timetable, new: Timetable) -> Iterator[tuple[Item | None, Item]]:
    """Every item of ``new`` with the one of ``old`` that it is: by id, else by name.

    No item of ``old`` is given twice; of several with one name, the first is first.
    """
    by_id = {item.id: item for item in old.items() if item.id}
    named = {item.id for item in new.items() if item.id in by_id}
    by_key: dict[object, list[Item]] = defaultdict(list)
    for item in old.items():
        if item.id not in named:
            by_key[item_key(item)].append(item)
    for item in new.items():
        if item.id:
            yield by_id.get(item.id), item
        else:
            same = by_key[item_key(item)]
            yield same.pop(0) if same else None, item


def changes(
    old: Timetable,
    new: Timetable,
    *,
    is_whole: bool = False,
    held: Collection[str] | None = None,
) -> tuple[Change, ...]:
    """What storing ``new`` would do to ``old``.

    ``is_whole`` says that the sheets in ``new`` hold all items of their units: those
    that they lack are removed, unless their ids are not among ``held``, where given.
    """
    found = [change for pair in matched(old, new) if (change := _change(*pair))]
    if is_whole:
        gone = [i for i in _unlisted(old, new) if held is None or i.id in held]
        found += map(_removal, gone)
    return tuple(found)


def made_since(
    old: Timetable, new: Timetable, held: Collection[str] | None
) -> tuple[Item, ...]:
    """Items that the sheets in ``new`` lack only because they were made later."""
    if held is None:
        return ()
    return tuple(item for item in _unlisted(old, new) if item.id not in held)


def _unlisted(old: Timetable, new: Timetable) -> Iterator[Item]:
    """Items of ``old`` that the sheets of all their units do not show."""
    met = {id(before) for before, _ in matched(old, new)}
    units = {one.unit for one in new.sheets}
    for item in old.items():
        if id(item) not in met and set(_units(item)) <= units:
            yield item


def _removal(item: Item) -> Change:
    return Change("刪除", item.name, _units(item), tuple(_cells(item, None)), item.id)


def _change(before: Item | None, after: Item) -> Change | None:
    cells = tuple(_cells(before, after))
    if before and not cells:
        return None
    kind = "修改" if before else "新增"
    return Change(kind, after.name, _units(after), cells, before.id if before else "")


def _units(item: Item) -> tuple[str, ...]:
    return tuple(share.unit for share in item.shares)


def _cells(before: Item | None, after: Item | None) -> Iterator[Cell]:
    """The fields that differ, in the order of the printed columns."""
    old, new = dict(_said(before)), dict(_said(after))
    for field in dict.fromkeys([*old, *new]):
        if old.get(field, "") != new.get(field, ""):
            yield Cell(field, old.get(field, ""), new.get(field, ""))


def _said(item: Item | None) -> Iterator[tuple[str, str]]:
    """Field and printed words of everything an item holds."""
    if item is None:
        return
    yield "專案名稱", item.name
    for share in item.shares:
        yield f"配分／承辦人（{share.unit}）", share_words(share)
    yield "考核指標", "\n".join(_numbered(map(indicator_text, item.indicators)))
    for number, method in enumerate(item.methods, start=1):
        yield f"考核方式 {number}", _method_words(method)
        yield f"月份 {number}", say_months(method.months)
    yield "成績統計區間", _interval(item)
    yield "備註", item.note


def _numbered(texts: Iterable[str]) -> Iterator[str]:
    return (f"{number}. {text}" for number, text in enumerate(texts, start=1))


def _method_words(method: Method) -> str:
    unit = f"［{method.unit}］" if method.unit else ""
    stages = "、".join(f"{s.first}–{s.last}月{s.label}" for s in method.stages)
    kinds = "、".join(method.kinds)
    return unit + "｜".join(filter(None, [method_text(method), kinds, stages]))


def _interval(item: Item) -> str:
    if not (item.scored_from and item.scored_until):
        return ""
    (year, month), (last_year, last_month) = item.scored_from, item.scored_until
    return f"{year}年{month}月至{last_year}年{last_month}月"
