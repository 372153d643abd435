"""What a row is for: a total, the name of a group, a lead row or data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from plans.documents.model import RowKind
from plans.documents.numbering import read_mark

from .table_rows import Drawn

_TOTAL = re.compile(r"(?:小\s*計|合\s*計|總\s*計|總\s*分|總\s*和)")


def row_kind(rows: Sequence[Drawn], index: int, size: int) -> RowKind:
    row = rows[index]
    filled = sorted(row.filled)
    if not filled:
        return RowKind.DATA
    if _TOTAL.match(row.texts[filled[0]]) and len(row.texts[filled[0]]) <= 12:
        row.joined.clear()
        return RowKind.TOTAL
    if filled == [0] and size >= 3 and _has_groups(rows):
        return RowKind.GROUP
    if index == 0 and len(rows) > 2 and not read_mark(row.texts[0]):
        firsts = [r.texts[0] for r in rows[1:] if r.texts[0]]
        if len(firsts) > 1 and all(read_mark(text) for text in firsts):
            return RowKind.LEAD
    return RowKind.DATA


def _has_groups(rows: Sequence[Drawn]) -> bool:
    """Rows that only name a group: the first one does, or several do, never two in a row."""
    alone = [row.filled == {0} for row in rows]
    apart = not any(a and b for a, b in pairwise(alone)) and not alone[-1]
    return apart and len(rows) > 2 and (alone[0] or sum(alone) > 1)
