"""Rows of a table as typed → rows as meant: aligned, and joined over page breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from plans.documents.numbering import read_mark

from .cell_text import is_unfinished, mark_level
from .lines import join

MOST_ALIGNED_COLUMNS = 8
FEWEST_FULL_ROWS = 2


class Mended(StrEnum):
    """What was done to a row: cells moved to their columns, a cut row joined."""

    MOVED = "moved-cells"
    JOINED = "joined-rows"


@dataclass(slots=True)
class Drawn:
    """A row while it is being put right; ``joined`` names cells of the row above.

    ``notes`` tell what was done to it, and on which source line.
    """

    texts: list[str]
    line: int
    page: bool = False
    joined: set[int] = field(default_factory=set)
    notes: list[tuple[Mended, int]] = field(default_factory=list)

    @property
    def filled(self) -> frozenset[int]:
        """Where the row has text."""
        return frozenset(i for i, text in enumerate(self.texts) if text)


class Profile:
    """What the cells of each column usually begin with, and their usual values."""

    def __init__(self, rows: Sequence[Drawn], size: int) -> None:
        full = [row for row in rows if len(row.filled) == size]
        self.is_known = (
            len(full) >= FEWEST_FULL_ROWS and 2 < size <= MOST_ALIGNED_COLUMNS
        )
        self.size = size
        self._levels = [
            Counter(mark_level(r.texts[c]) for r in full) for c in range(size)
        ]
        self._values = [Counter(r.texts[c] for r in full) for c in range(size)]

    def fit(self, text: str, column: int) -> float:
        """0 where nothing like ``text`` stands in the column, up to 3."""
        levels, values = self._levels[column], self._values[column]
        share = levels[mark_level(text)] / max(1, levels.total())
        return share + (2.0 if values[text] else 0.0)

    def aligned(self, texts: Sequence[str]) -> list[str] | None:
        """The texts moved to the columns they fit; None where they stand well."""
        filled = [i for i, text in enumerate(texts) if text]
        if not any(self._is_misplaced(texts[i], i) for i in filled):
            return None
        words = [texts[i] for i in filled]
        best = max(
            self._further_right(filled),
            key=lambda places: (self._score(words, places), -sum(places)),
        )
        if self._score(words, best) <= self._score(words, filled) + 0.5:
            return None
        moved = [""] * self.size
        for place, text in zip(best, words, strict=True):
            moved[place] = text
        return moved

    def _further_right(self, filled: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """The places where cells may stand that lost an empty cell before them."""
        for places in combinations(range(self.size), len(filled)):
            if all(new >= old for new, old in zip(places, filled, strict=True)):
                yield places

    def _is_misplaced(self, text: str, column: int) -> bool:
        elsewhere = (c for c in range(self.size) if c != column)
        return self.fit(text, column) == 0 and any(
            self.fit(text, c) > 0 and (mark_level(text) or self._values[c][text])
            for c in elsewhere
        )

    def _score(self, words: Sequence[str], places: Sequence[int]) -> float:
        fits = [self.fit(w, p) for w, p in zip(words, places, strict=True)]
        return sum(fits) - 2 * sum(fit == 0 for fit in fits)


def align(rows: list[Drawn], size: int) -> None:
    """Move cells back that stand too far left because an empty cell was lost."""
    profile = Profile(rows, size)
    if not profile.is_known:
        return
    for row in rows:
        moved = profile.aligned(row.texts)
        if moved is not None:
            row.texts = moved
            row.notes.append((Mended.MOVED, row.line))


class CutRows:
    """Joins what a page break cut: whole rows, first cells and the ends of lists."""

    def __init__(self, rows: Sequence[Drawn], size: int) -> None:
        self.rows = rows
        self.size = size
        self.kept: list[Drawn] = []
        self._usual = Counter(row.filled for row in rows if not row.page)
        self._listed = [self._is_listed(column) for column in range(size)]

    def _is_listed(self, column: int) -> bool:
        texts = [row.texts[column] for row in self.rows if row.texts[column]]
        listed = sum(any(read_mark(t) for t in text.split("\n")) for text in texts)
        return bool(texts) and listed >= 0.5 * len(texts)

    def joined(self) -> list[Drawn]:
        """The rows as meant; a joined row is gone, its text stands above."""
        for row in self.rows:
            if not (row.page and self.kept and self._goes_on(row)):
                if row.page and self.kept:
                    self._give_back(row)
                self._join_empty(row)
                self.kept.append(row)
        return self.kept

    def _owner(self, column: int) -> Drawn:
        """The row above whose cell is the one printed in this column."""
        for row in reversed(self.kept):
            if column not in row.joined:
                return row
        return self.kept[-1]

    def _breaks_into(self, row: Drawn, column: int) -> bool:
        """Whether the cell goes on in the sentence that the cell above breaks off."""
        text = row.texts[column]
        above = self._owner(column).texts[column]
        return bool(text) and not read_mark(text) and is_unfinished(above)

    def _goes_on(self, row: Drawn) -> bool:
        """Join the whole row to the one above, where it is the same row cut."""
        filled = sorted(row.filled)
        if not filled:
            return True
        breaks = [c for c in filled if self._breaks_into(row, c)]
        certain = [c for c in breaks if self._listed[c]]
        unusual = row.filled not in self._usual
        unmarked = all(not read_mark(row.texts[c].split("\n")[0]) for c in filled)
        if filled[0] == 0:
            whole = len(breaks) == len(filled) and 0 in certain
        elif certain or (unusual and len(breaks) == len(filled)):
            whole = unmarked and (unusual or len(breaks) == len(filled))
        else:
            whole = unusual and len(filled) == 1 and self._counts_on(row, filled[0])
        if whole:
            for column in filled:
                self._move_up(row, column, row.texts[column])
        return whole

    def _counts_on(self, row: Drawn, column: int) -> bool:
        found = read_mark(row.texts[column])
        if found is None or found.number == 1:
            return False
        above = (read_mark(t) for t in self._owner(column).texts[column].split("\n"))
        numbers = [m.number for m in above if m and m.level == found.level]
        return bool(numbers) and found.number == numbers[-1] + 1

    def _move_up(self, row: Drawn, column: int, text: str) -> None:
        owner = self._owner(column)
        first, *others = text.split("\n")
        above = owner.texts[column]
        if read_mark(first) or not above:
            owner.texts[column] = "\n".join(filter(None, [above, text]))
        else:
            head, feed, last = above.rpartition("\n")
            owner.texts[column] = "\n".join([head + feed + join(last, first), *others])
        owner.notes.append((Mended.JOINED, row.line))

    def _give_back(self, row: Drawn) -> None:
        """Give back to the row above what a new row begins with by mistake."""
        leading = True
        for column in range(self.size):
            if not row.texts[column]:
                continue
            cut = self._listed[column] and self._breaks_into(row, column)
            if cut and leading and len(row.filled) > 1:
                self._move_up(row, column, row.texts[column])
                row.texts[column] = ""
                row.joined.add(column)
                continue
            leading = False
            if cut:
                self._give_back_tail(row, column)

    def _give_back_tail(self, row: Drawn, column: int) -> None:
        """The lines down to where the list begins anew belong to the row above."""
        lines = row.texts[column].split("\n")
        for index, line in enumerate(lines[1:], 1):
            found = read_mark(line)
            if found and found.number == 1 and found.level == self._base(lines):
                self._move_up(row, column, "\n".join(lines[:index]))
                row.texts[column] = "\n".join(lines[index:])
                return

    @staticmethod
    def _base(lines: Sequence[str]) -> int:
        return min(m.level for m in map(read_mark, lines) if m)

    def _join_empty(self, row: Drawn) -> None:
        """Empty cells at the left of a row are one with the cells above."""
        if not self.kept or not row.filled:
            return
        for column in range(self.size):
            above = self._owner(column).texts[column]
            if row.texts[column] or not above or self._is_parallel(row, above):
                break
            row.joined.add(column)

    @staticmethod
    def _is_parallel(row: Drawn, above: str) -> bool:
        """Where the next cell numbers like the column itself, neither is its parent."""
        following = next(text for text in row.texts if text)
        return mark_level(above) != 0 and mark_level(above) == mark_level(following)


def join_grouped_columns(rows: Sequence[Drawn], columns: Sequence[int]) -> None:
    """Columns that are empty exactly where the first column is joined are joined too.

    ``columns`` are those that may be: an empty month says that nothing is planned.
    """
    groups = [0 in row.joined for row in rows]
    if sum(groups) < 2 or groups[0]:
        return
    for column in columns:
        if all(bool(r.texts[column]) != g for r, g in zip(rows, groups, strict=True)):
            for row, grouped in zip(rows, groups, strict=True):
                if grouped:
                    row.joined.add(column)
