"""Differences and pairings as plain data, for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from .model import Change, Difference
from .pairing import Pairing


def plain_difference(difference: Difference) -> dict[str, Any]:
    """{"counts": {…}, "changes": […]}, in the order of the new document.

    Names are those of Counts, Change, TextChange and Piece.
    """
    return {
        "counts": asdict(difference.counts),
        "changes": list(map(_change, difference.changes)),
    }


def plain_pairs(pairing: Pairing) -> list[dict[str, Any]]:
    """What was taken for one, each with its likeness from 0 to 1."""
    return [
        asdict(pair) | {"likeness": round(pair.likeness, 3)} for pair in pairing.pairs
    ]


def _change(change: Change) -> dict[str, Any]:
    return asdict(change) | {"marks": sorted(change.marks)}
