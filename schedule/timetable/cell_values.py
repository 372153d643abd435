"""Cells as they stand on paper → typed lines, indicators, and the months of a row."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from plans.documents.cells import MarkedLines
from plans.documents.model import Cell, DigitMark, Line, NumberingStyle
from plans.documents.numbering import DIGIT

from .model import Indicator, Stage
from .months import MONTHS, State
from .wording import closed_up, read_indicator

# How these tables mark their lists: 1. and 2-1.
STYLE = NumberingStyle(digit_mark=DigitMark.DOT)
_KEY_SIGNS = "★☆"
_KEY = frozenset({*_KEY_SIGNS, "重點", "重點考核", "考核", "2"})
_PLANNED = frozenset("Vv✓✔√●○◎■□◆*Xx※1") | {"預定"}
_NOTHING = frozenset({"", "無", "-", "–", "—", "─", "/", "0"})


def typed_lines(marked: MarkedLines) -> list[str]:
    """The lines of a cell with their marks, as a person types them."""
    return [
        f"{sign} {line.text}" if line.level == DIGIT else f"{sign}{line.text}"
        for sign, line in marked
    ]


def read_indicators(
    marked: MarkedLines, weights: Sequence[Decimal | None] = ()
) -> list[Indicator]:
    """The indicators of a cell; ``weights`` are those of a column of their own.

    Lists inside an indicator stay in its text, with their marks.
    """
    is_one_each = len(weights) == len(marked)
    groups = [[text] for _, text in _apart(marked)] if is_one_each else _groups(marked)
    found = [_indicator(group) for group in groups]
    if len(weights) != len(found):
        return found
    pairs = zip(found, weights, strict=True)
    return [one if w is None else replace(one, weight=w) for one, w in pairs]


def _apart(marked: MarkedLines) -> list[tuple[bool, str]]:
    """Whether a line is part of a list in a list, and its text, then with its mark."""
    top = min((line.level for _, line in marked if line.level), default=0)
    return [
        (line.level > top, sign + line.text if line.level > top else line.text)
        for sign, line in marked
    ]


def _groups(marked: MarkedLines) -> list[list[str]]:
    """The lines of each indicator; a line without mark goes on until a weight ends it."""
    groups: list[list[str]] = []
    for (is_inner, text), (_, line) in zip(_apart(marked), marked, strict=True):
        goes_on = not line.level and groups and not any(map(_weight, groups[-1]))
        if groups and (is_inner or goes_on):
            groups[-1].append(text)
        else:
            groups.append([text])
    return groups


def _weight(text: str) -> Decimal | None:
    return read_indicator(text).weight


def _indicator(group: Sequence[str]) -> Indicator:
    """One weight of the lines is the indicator's; several that begin later stay text."""
    weighted = [i for i, text in enumerate(group) if _weight(text) is not None]
    own = weighted[0] if len(weighted) == 1 or 0 in weighted else -1
    texts = [
        read_indicator(text).text if i == own else closed_up(text)
        for i, text in enumerate(group)
    ]
    return Indicator("\n".join(texts), _weight(group[own]) if own >= 0 else None)


def read_month_cells(
    cells: Mapping[int, Cell], *, fills_are_typed: bool
) -> tuple[str, tuple[Stage, ...]]:
    """The pattern that month cells themselves hold, and the labels written in them.

    Shaded cells count where ``fills_are_typed``; a cell holds for all that it spans.
    """
    states = dict.fromkeys(MONTHS, State.EMPTY)
    stages: list[Stage] = []
    for month, cell in cells.items():
        word = closed_up(" ".join(map(_word, cell.lines)))
        state, label = _said(word)
        if not word and cell.shaded and fills_are_typed:
            state = State.PLANNED
        last = min(month + cell.span - 1, 12)
        for covered in range(month, last + 1):
            states[covered] = max(states[covered], state)
        if label:
            stages.append(Stage(month, last, label))
    return "".join(str(int(state)) for state in states.values()), tuple(stages)


def _word(line: Line) -> str:
    """A sign that stands alone, ● above all, was taken for the mark of a list."""
    return line.text or ("●" if line.level else "")


def _said(word: str) -> tuple[State, str]:
    """What a word in a month says, and the label that it is if it is no sign."""
    sign = unicodedata.normalize("NFKC", word)
    if sign in _NOTHING:
        return State.EMPTY, ""
    if sign in _KEY or sign in _PLANNED:
        return State.KEY if sign in _KEY else State.PLANNED, ""
    is_key = word[0] in _KEY_SIGNS
    return State.KEY if is_key else State.PLANNED, word.lstrip(_KEY_SIGNS).strip()
