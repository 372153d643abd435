"""A round's results as plain data for other programs."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from offices.audit.models import Act
from offices.audit.recording import record

from ..assessment.paper import as_decimal
from ..assessment.sheet import Cell
from ..assessment.standing import EntryStanding, Marks
from ..models import Round
from .book import read_book

Number = int | float | None


def listed(round_: Round) -> dict[str, Any]:
    """One round of a list."""
    return {
        "id": round_.pk,
        "name": round_.name,
        "plan": round_.plan_id,
        "office": round_.plan.office.code,
        "year": round_.plan.year,
        "stage": round_.get_stage_display(),
        "occasion": round_.get_occasion_display(),
        "scheme": round_.scheme,
        "closed": round_.is_closed,
    }


def report(round_: Round) -> dict[str, Any]:
    """Items with their scores, and units with ranks; None for what is still missing.

    Scores of several assessors are their mean.  Numbers are exact where decimals can
    tell them, else rounded to six places.
    """
    book = read_book(round_)
    marks = book.common_marks()
    found = book.standings()
    return {
        "id": round_.pk,
        "name": round_.name,
        "scheme": round_.scheme,
        "items": [
            _item(entry, marks, is_excluded=unit.is_excluded)
            for unit in found
            for entry in unit.entries
        ],
        "units": [
            {
                "unit": unit.unit,
                "score": None if unit.is_excluded else _number(unit.result.score),
                "of": _number(unit.result.of),
                "missing": unit.result.missing,
                "grade": unit.grade,
                "rank": unit.rank,
            }
            for unit in found
        ],
    }


def record_scores_export(round_: Round) -> None:
    """By the command: nobody is signed in there."""
    details = {"計畫": str(round_.plan), "格式": "JSON"}
    record(
        Act.SCORES_EXPORTED,
        by=None,
        office=round_.plan.office,
        target=round_,
        details=details,
    )


def _item(one: EntryStanding, marks: Marks, *, is_excluded: bool) -> dict[str, Any]:
    entry = one.entry
    # An item without points does not count: it has no score, not a score of zero.
    score = one.result.score if entry.cells and not is_excluded else None
    return {
        "name": entry.name,
        "unit": entry.unit,
        "points": _number(entry.points),
        "indicators": [_indicator(cell, marks) for cell in entry.cells],
        "score": _number(score),
        "missing": one.result.missing,
    }


def _indicator(cell: Cell, marks: Marks) -> dict[str, Any]:
    return {
        "name": cell.name,
        "weight": _number(cell.weight),
        "score": _number(marks.get(cell.key)),
    }


def _number(number: Decimal | Fraction | None) -> Number:
    if number is None:
        return None
    exact = as_decimal(Fraction(number))
    return int(exact) if exact == int(exact) else float(exact)
