"""The numbers of a document's points, and the cross references that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from .model import Block, Document, NumberingStyle, Point
from .numbering import mark

REFERENCE = re.compile(r"\[\[([a-z]\w*)\]\]")
LOST_REFERENCE = "〔所指項目已刪除〕"


def with_marks(
    blocks: Iterable[Block], style: NumberingStyle
) -> Iterator[tuple[str, Block]]:
    """Pair each of these siblings with its mark; only points have one."""
    counts: dict[int, int] = {}
    for block in blocks:
        if isinstance(block, Point):
            counts[block.level] = counts.get(block.level, 0) + 1
            yield mark(block.level, counts[block.level], style), block
        else:
            yield "", block


def point_numbers(document: Document) -> dict[str, str]:
    """The full number of every point and annex by id: 肆、一、（二） or 附件1."""
    numbers: dict[str, str] = {}

    def collect(blocks: tuple[Block, ...], prefix: str) -> None:
        for sign, block in with_marks(blocks, document.style):
            if isinstance(block, Point):
                numbers[block.id] = (prefix + sign).rstrip("、.")
                collect(block.children, prefix + sign)

    collect(document.children, "")
    for annex in document.annexes:
        numbers[annex.id] = annex.label
        collect(annex.children, annex.label + " ")
    return numbers


def resolve(text: str, numbers: Mapping[str, str]) -> str:
    """Replace every [[id]] by the number it names now; a lost one is said so."""
    if "[[" not in text:
        return text
    return REFERENCE.sub(lambda m: numbers.get(m[1], LOST_REFERENCE), text)
