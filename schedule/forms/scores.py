"""Scores as a sheet sends them: three fields for each cell, read one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from plans.forms.typed_text import printable

from ..assessment.sheet import Cell
from ..scoring.book import Given
from ..scoring.scores import LONGEST_COMMENT, BadScore, Typed, read_score
from ..timetable.wording import plain_number


@dataclass(frozen=True, slots=True)
class Said:
    """What is told at a cell that was not stored, and what its fields keep.

    ``theirs`` is the score that stands there now, where someone saved in between.
    """

    words: str
    typed: str
    comment: str
    version: int
    theirs: str | None = None


class ScoresForm:
    """``typed`` are the cells that can be saved; ``said`` tells about the others.

    Cells that are not the assessor's are passed over: they have no field on the page.
    """

    def __init__(self, data: QueryDict, mine: Mapping[str, tuple[str, Cell]]) -> None:
        self.cells = [key for key in mine if key in data]
        self.typed: dict[str, Typed] = {}
        self._sent: dict[str, Said] = {}
        self._wrong: dict[str, str] = {}
        for key in self.cells:
            self._read(data, key, mine[key][1])

    def _read(self, data: QueryDict, key: str, cell: Cell) -> None:
        comment = " ".join(printable(str(data.get(f"{key}-comment", ""))).split())
        version = _version(str(data.get(f"{key}-version", "")))
        score = printable(str(data[key]))
        self._sent[key] = Said("", score[:40], comment, version)
        if len(comment) > LONGEST_COMMENT:
            self._wrong[key] = f"評語最多 {LONGEST_COMMENT} 個字。"
            return
        try:
            self.typed[key] = Typed(read_score(score, cell), comment, version)
        except BadScore as wrong:
            self._wrong[key] = str(wrong)

    def said(self, stale: Mapping[str, Given], refusal: str) -> dict[str, Said]:
        """What is to be told at the cells that were not stored."""
        found = {key: self._with(key, words) for key, words in self._wrong.items()}
        for key, theirs in stale.items():
            found[key] = self._clash(key, theirs)
        if refusal:
            found |= {key: self._with(key, refusal) for key in self.cells}
        return found

    def _with(self, key: str, words: str, version: int | None = None) -> Said:
        sent = self._sent[key]
        kept = sent.version if version is None else version
        return Said(words, sent.typed, sent.comment, kept)

    def _clash(self, key: str, theirs: Given) -> Said:
        stands = "" if theirs.value is None else plain_number(theirs.value)
        comment = f"，評語「{theirs.comment}」" if theirs.comment else ""
        sent = self._sent[key]
        words = (
            f"這一格剛才已另外存了「{stands or '空白'}」{comment}；"
            f"您填的「{sent.typed or '空白'}」還沒有存入，再存一次就以您的為準。"
        )
        return Said(words, sent.typed, sent.comment, theirs.version, stands)


def _version(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < 9
    return int(text) if is_number else 0
