"""The rows of one item on a worksheet: a block for each of its methods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

from ..model import Item, Method
from .cells import item_texts, method_texts
from .layout import COLUMNS, EDITED, FIRST_MONTH, JOINED_DOWN, PRINTED, Head, place
from .memo import RowMemo, chunks, write_row
from .months import MonthCell, written_months
from .pen import Pen
from .style import CENTRED, HIGHEST, height_of, shared_heights

_WIDTHS = {column.name: column.width for column in COLUMNS}
_VISIBLE = (*PRINTED, *EDITED)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item on the sheet of ``unit``; ``key`` tells it again on other sheets."""

    item: Item
    unit: str
    number: int
    key: str
    labels: Mapping[str, str]

    @property
    def methods(self) -> list[tuple[int, Method]]:
        """The methods that the sheet shows, with their places among all."""
        every = enumerate(self.item.methods)
        return [(n, m) for n, m in every if m.unit in {"", self.unit}]


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows of one method: several where one would be higher than Excel draws."""

    top: int
    rows: int
    height: float

    @property
    def bottom(self) -> int:
        return self.top + self.rows - 1


def put_item(pen: Pen, shown: ShownItem, top: int) -> int:
    """Write the item from row ``top`` on; returns the row below it."""
    texts = {str(Head.NUMBER): str(shown.number)}
    texts |= {str(k): v for k, v in item_texts(shown.item, shown.labels).items()}
    methods = shown.methods or [(-1, Method())]
    needed = [_height(method) for _, method in methods]
    whole = max(height_of(text, _WIDTHS[head]) for head, text in texts.items())
    row = top
    for (number, method), height in zip(
        methods, shared_heights(needed, whole), strict=True
    ):
        block = _Block(row, ceil(height / HIGHEST), height)
        _put_blank(pen, block)
        _put_method(pen, block, method)
        _put_memo(pen, block, shown, number)
        row = block.bottom + 1
    for head, text in texts.items():
        pen.put_under(head, top, place(Head(head)), text)
    for head in JOINED_DOWN:
        pen.merge(top, place(head), row - 1, place(head))
    return row


def _height(method: Method) -> float:
    texts = method_texts(method)
    heights = [height_of(text, _WIDTHS[head]) for head, text in texts.items()]
    months = written_months(method)
    width = _WIDTHS["1月"]
    return max(*heights, *(height_of(cell.text, width * cell.span) for cell in months))


def _put_blank(pen: Pen, block: _Block) -> None:
    for row in range(block.top, block.bottom + 1):
        pen.set_height(row, block.height / block.rows)
        for column, head in enumerate(_VISIBLE, start=1):
            pen.put_under(head.name, row, column)


def _put_method(pen: Pen, block: _Block, method: Method) -> None:
    for head, text in method_texts(method).items():
        column = place(head)
        pen.put_under(head, block.top, column, text)
        pen.merge(block.top, column, block.bottom, column)
    for column, cell in enumerate(written_months(method), start=FIRST_MONTH):
        if cell.span:
            _put_month(pen, block, column, cell)
    for column, cell in enumerate(written_months(method), start=FIRST_MONTH):
        pen.paint(block.top, column, cell.fill)


def _put_month(pen: Pen, block: _Block, column: int, cell: MonthCell) -> None:
    pen.put(block.top, column, cell.text, alignment=CENTRED)
    pen.merge(block.top, column, block.bottom, column + cell.span - 1)


def _put_memo(pen: Pen, block: _Block, shown: ShownItem, number: int) -> None:
    """The keys of the row, and what it remembers; -1 for a row that shows no method."""
    item = shown.item
    method = item.methods[number] if number >= 0 else None
    visible = dict(shown.methods)
    others = [(n, m) for n, m in enumerate(item.methods) if n not in visible]
    memo = RowMemo(replace(item, methods=()), method, max(number, 0), tuple(others))
    key = (method.id or f"#{number}") if method else ""
    texts = (shown.key, key, *chunks(write_row(memo)))
    for column, text in enumerate(texts, start=place(Head.ITEM_KEY)):
        pen.hide(block.top, column, text)
