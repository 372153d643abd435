"""Two documents in, the difference out."""

from __future__ import annotations

from ..model import Document
from .editing import edits
from .model import Difference, Place
from .sides import Sides
from .telling import Teller


def compare(old: Document, new: Document) -> Difference:
    """What makes ``new`` of ``old``; nodes are told by their ids, texts by words.

    Where the ids have nothing in common (have_common_ids), pair the documents first.
    Moved is what has another parent or has passed a sibling, and not what others
    were put before.  A point that only names another number, its own or in a cross
    reference, is renumbered and not changed.
    """
    sides = Sides(old, new)
    return Difference(tuple(Teller(sides).changes()), edits(sides))


def places(old: Document, new: Document, difference: Difference) -> tuple[Place, ...]:
    """Every node of both documents, unchanged ones included, for one page.

    原文 are the places that are in_old with each part's ``old``; 修正後 those that are
    in_new with ``new``; 對照 all of them in pieces; 定稿 is 修正後 without marks.
    """
    return tuple(Teller(Sides(old, new)).places(difference))
