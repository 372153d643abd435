"""All checks over one Document: findings(document), in reading order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from ..model import Document, Table
from . import annexes, basis, grids, structure, texts, words, years
from .finding import Finding
from .galley import Galley, Passage

TextCheck = Callable[[Passage, int], Iterator[Finding]]
Check = Callable[[Galley], Iterator[Finding]]

# Each looks at one text by itself, and at the plan's year.
TEXT_CHECKS: tuple[TextCheck, ...] = (
    words.LAW,
    words.USAGE,
    words.TAI,
    years.year_behind,
    years.no_such_day,
    years.date_order,
    texts.doubled,
    texts.quotes,
)
CHECKS: tuple[Check, ...] = (
    years.title_year,
    years.period,
    basis.basis_number,
    basis.stale_basis,
    structure.revision_order,
    structure.revision_number,
    structure.empty_point,
    structure.empty_table,
    structure.mixed_marks,
    structure.same_heading,
    structure.closing_last,
    structure.typed_mark,
    texts.lost_reference,
    annexes.annex_missing,
    annexes.annex_label,
    grids.empty_cells,
    grids.total_rows,
    grids.weights,
)


def findings(document: Document, kept: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything found, in reading order; time grows with the length of the text.

    ``kept`` are the ids of annexes that whoever keeps them proves.
    """
    galley = Galley(document, kept)
    found = list(text_findings(galley.passages, document.year))
    for whole in CHECKS:
        found += whole(galley)
    order = _order(galley)
    found.sort(key=lambda one: order.get(one.place, 0))
    return tuple(found)


def text_findings(passages: Iterable[Passage], year: int) -> Iterator[Finding]:
    """What the checks of single texts find in ``passages`` of a plan of ``year``."""
    for passage in passages:
        for check in TEXT_CHECKS if passage.text else ():
            yield from check(passage, year)


def _order(galley: Galley) -> dict[str, int]:
    """The places in reading order; the settings and the history come first."""
    places: dict[str, int] = {}

    def add(place: str) -> None:
        places.setdefault(place, len(places) + 1)

    for placed in galley.blocks:
        add(placed.part.key)
        add(placed.block.id)
        if isinstance(placed.block, Table):
            for row in placed.block.rows:
                add(row.id)
    for annex in galley.annexes:
        add(annex.id)
    return places
