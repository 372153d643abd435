"""Where pages begin inside a table, and how full they are: which cells to cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .flow import Slice, sliced
from .grid import spans
from .model import Document, RowKind, Table, tables, walk
from .printed import Cuts, page_slices

# One laid out page: the top and bottom of each thing on it by its id, in pixels.
Page = Mapping[str, tuple[float, float]]

PAPER = "paper"
# A page that ends with so much of its height empty is worth another pass.
EMPTY = 0.12
# What must stay free, in pixels: the rule at the foot, and rounding.
SPARE = 3.0


def cuts_needed(
    document: Document, cuts: Cuts | None, pages: Sequence[Page]
) -> dict[str, set[str]]:
    """The rows, by table, at which a page must begin, ``cuts`` included.

    That is where one began inside a cell, or because rows below are kept together:
    there the renderer drew the rules of what it then moved to the next page.
    """
    first = _first_pages(pages)
    needed = {key: set(ids) for key, ids in (cuts or {}).items()}
    for table in tables(document):
        slices = page_slices(table, document, cuts)
        page_of = [first.get(one.row.id, 0) for one in slices]
        begins = {n for n in range(1, len(slices)) if page_of[n] > page_of[n - 1]}
        forced = _rows_inside_a_cell(table, slices) | _kept_with_next(slices)
        if begins & forced:
            ids = {slices[index].row.id for index in begins & forced}
            needed[table.id] = needed.get(table.id, set()) | ids
    return needed


def fuller(
    document: Document, cuts: Cuts, apart: Sequence[Page], together: Sequence[Page]
) -> dict[str, set[str]]:
    """``cuts`` moved down where pages ended half empty.

    ``apart`` are the pages with every slice on its own, which tell how high each
    is; ``together`` those with the slices of a page put together, which shows how
    much of the page was left over.
    """
    heights = {key: end - top for page in apart for key, (top, end) in page.items()}
    return {
        table.id: _fuller(table, document, cuts, heights, together)
        for table in tables(document)
    }


def _fuller(
    table: Table,
    document: Document,
    cuts: Cuts,
    heights: Mapping[str, float],
    pages: Sequence[Page],
) -> set[str]:
    slices = page_slices(table, document, None)
    ids = [one.row.id for one in slices]
    inside = _rows_inside_a_cell(table, slices)
    kept = set(cuts.get(table.id, ()))
    begins = _begins(ids, pages)
    limits = [index for _, index in begins[1:]] + [len(ids)]
    gained = 0.0
    for (page, begin), limit in zip(begins, limits, strict=True):
        left = _left_over(document, pages, page, ids, begin)
        wanted = gained or left >= EMPTY * pages[page][PAPER][1]
        moved = _reach(begin, limit, left + gained if wanted else 0.0, slices, heights)
        gained = sum(heights[key] for key in ids[begin:moved])
        if moved > begin:
            kept.discard(ids[begin])
            kept |= {ids[moved]} if moved in inside else set()
    return kept


def _reach(
    begin: int,
    limit: int,
    room: float,
    slices: Sequence[Slice],
    heights: Mapping[str, float],
) -> int:
    """How far from ``begin`` the slices fit ``room``; a page may begin there."""
    reach = begin
    while reach < limit and heights[slices[reach].row.id] <= room:
        room -= heights[slices[reach].row.id]
        reach += 1
    while begin < reach < len(slices) and slices[reach].keeps:
        reach -= 1
    return reach


def _begins(ids: Sequence[str], pages: Sequence[Page]) -> list[tuple[int, int]]:
    """Each page with rows of the table, and which of ``ids`` stands on it first."""
    found = []
    seen: set[str] = set()
    for number, page in enumerate(pages):
        here = [n for n, key in enumerate(ids) if key in page and key not in seen]
        seen.update(ids[n] for n in here)
        if here:
            found.append((number, here[0]))
    return found


def _left_over(
    document: Document, pages: Sequence[Page], number: int, ids: Sequence[str], at: int
) -> float:
    """What the page before page ``number`` has left for the slices from ``at`` on."""
    if not number:
        return 0.0
    page, before = pages[number], pages[number - 1]
    rows = [before[key][1] for key in ids if key in before]
    if rows:
        return before[PAPER][1] - max(rows) - SPARE
    if _in_annex(document, ids[at]) or _runs_on(before, page):
        return 0.0
    heads = page[ids[at]][0] - page[PAPER][0]
    end = before[PAPER][1]
    bottoms = (bottom for _, bottom in before.values() if bottom < end)
    return end - max(bottoms, default=end) - heads


def _in_annex(document: Document, row_id: str) -> bool:
    """Whether the row stands in an annex, which always begins a page."""
    return any(
        row_id == row.id
        for annex in document.annexes
        for block in walk(annex.children)
        if isinstance(block, Table)
        for row in block.rows
    )


def _runs_on(before: Page, page: Page) -> bool:
    """Whether a text goes on from one page to the next, so that nothing is left."""
    return any(key.endswith("-own") and key in page for key in before)


def _first_pages(pages: Sequence[Page]) -> dict[str, int]:
    first: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for key in page:
            first.setdefault(key, number)
    return first


def _rows_inside_a_cell(table: Table, slices: Sequence[Slice]) -> set[int]:
    """Rows that are not the first of every cell they show."""
    reached = {
        area.row + down
        for row in spans(sliced(table, slices))
        for area in row
        for down in range(1, area.rowspan)
    }
    return reached | {index for index, one in enumerate(slices) if one.follows}


def _kept_with_next(slices: Sequence[Slice]) -> set[int]:
    """Rows below which no page may begin (see paper.css)."""
    heads = {RowKind.GROUP, RowKind.LEAD}
    return {
        index
        for index, (one, after) in enumerate(pairwise(slices))
        if after.keeps or after.row.kind is RowKind.TOTAL or one.row.kind in heads
    }
