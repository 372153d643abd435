"""Which cell of an earlier round is which of this one, though its keys may differ."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..assessment.sheet import Sheet
from ..models import Round
from .book import Book, read_book


def earlier_marks(book: Book) -> Mapping[str, Fraction]:
    """The marks of the earlier round, closed ones alone, by the cells of this one.

    The same cell, or the one of the same unit, item and indicator by name: that is
    how last year's plan is compared, whose rows are others.
    """
    before = book.round.earlier
    if before is None or not before.is_closed:
        return {}
    return carried_marks(book.sheet, book_of(before))


def carried_marks(sheet: Sheet, before: Book) -> Mapping[str, Fraction]:
    """The marks of ``before`` by the cells of ``sheet``."""
    marks = before.common_marks()
    by_name = {
        names: Fraction(marks[cell])
        for names, cell in _named(before.sheet)
        if cell in marks
    }
    found: dict[str, Fraction] = {}
    for names, cell in _named(sheet):
        if cell in marks:
            found[cell] = Fraction(marks[cell])
        elif names in by_name:
            found[cell] = by_name[names]
    return found


def book_of(round_: Round) -> Book:
    """The book of a round that came along with another one."""
    return read_book(
        Round.objects.select_related("plan__office", "scale").get(pk=round_.pk)
    )


def _named(sheet: Sheet) -> list[tuple[tuple[str, str, str], str]]:
    return [
        ((entry.unit, entry.name, cell.name), cell.key)
        for entry in sheet
        for cell in entry.cells
    ]
