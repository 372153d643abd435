"""Weights that are none: they stay in the indicator's text, and the cell is named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from plans.readers.reading import Flag, Severity

from ..from_tables import HUNDRED, item_flags
from ..model import Indicator, Item
from ..wording import indicator_text

_AT_THE_END = re.compile(r"[(（]([^()（）]*)[%％]\s*[)）]\s*[。；;]?\s*$")


def is_weight(text: str) -> bool:
    """Whether a text such as 「50」 or 「12.5%」 is a number from 0 to 100."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("%").strip()
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return False
    return number.is_finite() and 0 <= number <= HUNDRED


def weight_flags(text: str, address: str, row: int) -> Iterator[Flag]:
    """For each line of an indicators' cell that ends in a weight that is none."""
    for line in text.split("\n"):
        found = _AT_THE_END.search(line)
        if found and not is_weight(found[1]):
            yield bad_weight(f"{found[1].strip()}%", address, row)


def bad_weight(typed: str, address: str, row: int) -> Flag:
    message = (
        f"{address}的權重「{typed[:20]}」不是 0 到 100 之間的數，"
        "已留在考核指標的文字裡，請更正。"
    )
    return Flag("bad-weight", message, row)


def settled(indicator: Indicator) -> Indicator:
    """A weight below 0 or above 100 goes back into the text."""
    if indicator.weight is None or 0 <= indicator.weight <= HUNDRED:
        return indicator
    return replace(indicator, text=indicator_text(indicator), weight=None)


def located_item_flags(item: Item, address: str, row: int) -> list[Flag]:
    """What item_flags says of an item, with the cell of its indicators."""
    return [
        replace(flag, message=f"{flag.message}（{address}）", line=row)
        if flag.severity is Severity.WARNING
        else replace(flag, line=row)
        for flag in item_flags(item)
    ]
