"""What a hidden cell remembers of its row, so that nothing unedited is lost.

A remembered value counts only where what we print of it still stands in the visible
cells: they are what people see and edit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..model import Indicator, Item, Method, RocMonth, Share, Stage, Timetable
from ..months import is_pattern

CHUNK = 30_000
MOST_DIGITS = 20
# What XML cannot hold, and what spreadsheet programs read as an escape.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|_(?=x)")
_MALFORMED = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
)


@dataclass(frozen=True, slots=True)
class RowMemo:
    """The item of a row without its methods, and the method that the row shows.

    ``place`` is the method's among all of the item; ``others`` are those that the
    sheet does not show, with their places.
    """

    item: Item
    method: Method | None = None
    place: int = 0
    others: tuple[tuple[int, Method], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """The plan whose table a file is: what tells it from others, and its name."""

    key: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class SheetMemo:
    """What a sheet remembers of the whole table, and the labels it was written with.

    ``held`` are the ids of all items when the file was written; None where an older
    version wrote it.
    """

    title: str = ""
    label: str = ""
    total: Decimal | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = Origin()
    held: frozenset[str] | None = None


def chunks(text: str) -> list[str]:
    """The text in pieces that fit a cell each."""
    return [text[i : i + CHUNK] for i in range(0, len(text), CHUNK)]


def write_row(memo: RowMemo) -> str:
    """The memo as text of printable characters."""
    item = memo.item
    return _dumps(
        {
            "name": item.name,
            "shares": [[s.unit, _number(s.points), s.owners] for s in item.shares],
            "points": _number(item.points),
            "indicators": [[i.text, _number(i.weight)] for i in item.indicators],
            "scored": [item.scored_from, item.scored_until],
            "note": item.note,
            "method": _packed(memo.method) if memo.method else None,
            "place": memo.place,
            "others": [[place, one.id, _packed(one)] for place, one in memo.others],
        }
    )


def read_row(text: str) -> RowMemo | None:
    """The memo that was written; None for anything else."""
    try:
        found = json.loads(text)
        return RowMemo(
            _item(found),
            _method(found["method"]) if found["method"] else None,
            int(found["place"]),
            tuple((int(p), _method(m, str(key))) for p, key, m in found["others"]),
        )
    except _MALFORMED:
        return None


def write_sheet(timetable: Timetable, labels: Mapping[str, str], origin: Origin) -> str:
    total = _number(timetable.total)
    used = {s.unit for item in timetable.items() for s in item.shares}
    known = {unit: label for unit, label in labels.items() if unit in used}
    held = [item.id for item in timetable.items() if item.id]
    frame = [timetable.title, timetable.label, total, known]
    return _dumps([*frame, origin.key, origin.name, held])


def read_sheet(text: str) -> SheetMemo:
    """The memo that was written; an empty one for anything else."""
    try:
        title, label, total, labels, *since = json.loads(text)
        return SheetMemo(
            str(title),
            str(label),
            _decimal(total),
            {str(unit): str(label) for unit, label in labels.items()},
            *_origin_and_held(*since),
        )
    except _MALFORMED:
        return SheetMemo()


def _origin_and_held(
    key: Any = "", name: Any = "", held: Any = None
) -> tuple[Origin, frozenset[str] | None]:
    origin = Origin(str(key), str(name))
    return origin, None if held is None else frozenset(_texts(held))


def _dumps(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _number(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _packed(method: Method) -> list[Any]:
    stages = [[s.first, s.last, s.label] for s in method.stages]
    return [
        method.text,
        method.mark,
        method.kinds,
        method.months,
        stages,
        method.examines,
        method.unit,
    ]


def _item(found: Mapping[str, Any]) -> Item:
    first, until = found["scored"]
    return Item(
        str(found["name"]),
        tuple(
            Share(str(unit), _decimal(points), _texts(owners))
            for unit, points, owners in found["shares"]
        ),
        _decimal(found["points"]),
        tuple(Indicator(str(t), _decimal(w)) for t, w in found["indicators"]),
        scored_from=_roc_month(first),
        scored_until=_roc_month(until),
        note=str(found["note"]),
    )


def _method(found: Sequence[Any], key: str = "") -> Method:
    text, mark, kinds, months, stages, examines, unit = found
    if not is_pattern(months):
        raise ValueError(months)
    return Method(
        str(text),
        str(mark),
        _texts(kinds),
        months,
        tuple(_stage(*stage) for stage in stages),
        tuple(int(number) for number in examines),
        str(unit),
        id=key,
    )


def _stage(first: Any, last: Any, label: Any) -> Stage:
    if not 1 <= int(first) <= int(last) <= 12:
        raise ValueError("no span of months")
    return Stage(int(first), int(last), str(label))


def _texts(found: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(one) for one in found)


def _decimal(found: Any) -> Decimal | None:
    if found is None:
        return None
    number = Decimal(str(found))
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        raise ValueError("no number that can be printed")
    return number


def _roc_month(found: Any) -> RocMonth:
    if not found:
        return None
    year, month = (int(number) for number in found)
    if not 1 <= month <= 12:
        raise ValueError("no month")
    return year, month
