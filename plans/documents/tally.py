"""How much a document holds: what a person compares with the paper in hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .model import Block, Document, Point, logical_rows, tables


@dataclass(frozen=True, slots=True)
class Tally:
    """``points`` counts numbered points by depth in the tree (1 chapters);
    ``rows`` holds the rows a person counts in every table, in reading order."""

    points: dict[int, int]
    rows: tuple[int, ...]
    revisions: int
    annexes: int

    @property
    def chapters(self) -> int:
        return self.points.get(1, 0)

    @property
    def all_points(self) -> int:
        return sum(self.points.values())

    @property
    def all_rows(self) -> int:
        return sum(self.rows)


def tally(document: Document) -> Tally:
    """Count ``document``; an annex is a depth of its own, its points stand below."""
    points: Counter[int] = Counter()
    _count(document.children, 1, points)
    for annex in document.annexes:
        _count(annex.children, 2, points)
    return Tally(
        points=dict(sorted(points.items())),
        rows=tuple(logical_rows(table) for table in tables(document)),
        revisions=len(document.revisions),
        annexes=len(document.annexes),
    )


def _count(blocks: tuple[Block, ...], depth: int, points: Counter[int]) -> None:
    for block in blocks:
        if isinstance(block, Point):
            points[depth] += 1
            _count(block.children, depth + 1, points)
