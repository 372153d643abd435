"""The comparison of two Documents: by ids first, then by characters."""

from .amendment import Unchanged, amendment_table, scope_title
from .comparing import compare, places
from .editing import apply
from .model import (
    Change,
    Counts,
    Difference,
    Edit,
    Mark,
    NodeKind,
    Op,
    Piece,
    Place,
    Standing,
    TextChange,
)
from .pairing import Pair, Pairing, have_common_ids, pair

__all__ = [
    "Change",
    "Counts",
    "Difference",
    "Edit",
    "Mark",
    "NodeKind",
    "Op",
    "Pair",
    "Pairing",
    "Piece",
    "Place",
    "Standing",
    "TextChange",
    "Unchanged",
    "amendment_table",
    "apply",
    "compare",
    "have_common_ids",
    "pair",
    "places",
    "scope_title",
]
