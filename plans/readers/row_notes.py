"""What was done to the rows of a table, told once for each table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from .reading import Flag, Severity
from .table_rows import Drawn, Mended

_WORDS = {
    Mended.MOVED: (
        "表格第 {} 行的欄位錯開，已依內容移回原欄，請確認。",
        Severity.WARNING,
    ),
    Mended.JOINED: (
        "表格第 {} 行起是跨頁而斷開的內容，已接回上一列。",
        Severity.INFO,
    ),
}


def row_notes(rows: Sequence[Drawn]) -> Iterator[Flag]:
    """One flag for each kind of mend, with the source lines it was done on."""
    for mended, (words, severity) in _WORDS.items():
        lines = sorted(
            {line for row in rows for done, line in row.notes if done is mended}
        )
        if lines:
            yield Flag(
                mended.value, words.format(_spans(lines)), lines[0], severity=severity
            )


def _spans(lines: Sequence[int]) -> str:
    """3、4、5、9 as 「3～5、9」."""
    runs = [
        [line for _, line in run]
        for _, run in groupby(enumerate(lines), lambda pair: pair[1] - pair[0])
    ]
    return "、".join(f"{r[0]}～{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in runs)
