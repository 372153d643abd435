"""The cells of a 修正對照表: what a changed part says in the old and the new text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..model import Line
from .model import Mark, NodeKind, Op, Place, TextChange
from .texts import JOINED, is_setting

DELETED = "（刪除）"
# Words, and whether they are underlined.
Run = tuple[str, bool]
NEW_LINE: Run = ("\n", False)
NOTHING: Run = ("（無）", False)


class Side(StrEnum):
    """A column of the table: 修正規定 or 現行規定."""

    NEW = "new"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Subject:
    """What one row of the table is about.

    ``below`` are the paragraphs of a point, or the columns and rows of a whole table
    that was added or deleted; ``lead`` is what the first cell of a table row says.
    """

    place: Place
    below: tuple[Place, ...] = ()
    lead: str = ""

    @property
    def is_reworded(self) -> bool:
        """Whether words are others than before."""
        every = (self.place, *self.below)
        return any(part.is_changed for one in every for part in wording(one))

    @property
    def is_changed(self) -> bool:
        """Whether the table has to speak of it; of a table row not for its number."""
        told = set(Mark) - {Mark.CHANGED}
        if self.place.node is NodeKind.ROW:
            told -= {Mark.RENUMBERED}
        marked = bool(self.place.marks & told)
        return marked or self.is_reworded or self.has_other_number

    @property
    def has_other_number(self) -> bool:
        """Whether a point has another number, and not only another way of writing it."""
        place = self.place
        caused = place.marks & {Mark.MOVED, Mark.RENUMBERED} or any(
            part.field == "level" for part in place.parts
        )
        return (
            place.node is NodeKind.POINT
            and place.old_number != place.new_number
            and bool(caused)
        )


def wording(place: Place) -> list[TextChange]:
    """The texts of a node without its settings."""
    return [part for part in place.parts if not is_setting(place.node, part.field)]


def side_lines(subject: Subject, side: Side) -> tuple[Line, ...]:
    """What a row says in one column; nothing beside what was added."""
    if side is Side.NEW and not subject.place.in_new:
        return (Line(DELETED),)
    if side is Side.OLD and not subject.place.in_old:
        return ()
    return tuple(as_lines(_RUNS.get(subject.place.node, _listed)(subject, side)))


def as_lines(runs: Iterable[Run]) -> Iterator[Line]:
    """Runs of words as Lines, one for each line of text that is not empty."""
    text = ""
    underlined: list[tuple[int, int]] = []
    for words, is_underlined in (*runs, NEW_LINE):
        for number, part in enumerate(words.split("\n")):
            if number:
                if text.strip():
                    yield Line(text, underlined=tuple(underlined))
                text, underlined = "", []
            if part and is_underlined:
                underlined.append((len(text), len(text) + len(part)))
            text += part


def _point(subject: Subject, side: Side) -> Iterator[Run]:
    """The whole number, heading, body and paragraphs."""
    place = subject.place
    yield _path(place, side), False
    is_alone = not (place.in_old and place.in_new)
    yield _number(place, side), is_alone or subject.has_other_number
    yield from _texts(place, side)
    for paragraph in subject.below:
        if _stands(paragraph, side):
            yield NEW_LINE
            yield from _texts(paragraph, side)


def _texts(place: Place, side: Side) -> Iterator[Run]:
    """The texts of a part below each other; those of an annex in one line."""
    between = ("　", False) if place.node is NodeKind.ANNEX else NEW_LINE
    for number, part in enumerate(wording(place)):
        if number:
            yield between
        yield from _part(part, side)


def _listed(subject: Subject, side: Side) -> Iterator[Run]:
    """What part it is, then what differs: 欄名：內容, each in a line of its own."""
    place = subject.place
    yield _headline(subject, side), False
    for part in wording(place):
        if part.is_changed and JOINED not in {part.old, part.new}:
            yield NEW_LINE
            yield f"{part.label}：", False
            yield from _part(part, side) or (NOTHING,)
    for row in subject.below:
        if row.node is NodeKind.ROW:
            yield NEW_LINE
            yield from _row(row, side)


def _row(row: Place, side: Side) -> Iterator[Run]:
    """A row of a whole table, in one line."""
    said = "；".join(
        f"{part.label}：{'、'.join(_of(part, side).splitlines())}"
        for part in wording(row)
        if _of(part, side) != JOINED
    )
    yield f"{_number(row, side)}：{said}", True


def _headline(subject: Subject, side: Side) -> str:
    place = subject.place
    if place.node is NodeKind.HEAD:
        return ""
    title = next((_of(p, side) for p in place.parts if p.field == "title"), "")
    name = f"「{title}」" if title else _number(place, side) or place.node.word
    lead = f"（{subject.lead}）" if subject.lead else ""
    return f"{_path(place, side)}{name}{lead}"


def _part(part: TextChange, side: Side) -> list[Run]:
    theirs = Op.INSERT if side is Side.NEW else Op.DELETE
    return [
        (piece.text, piece.op is theirs)
        for piece in part.pieces
        if piece.op in {Op.EQUAL, theirs}
    ]


def _of(part: TextChange, side: Side) -> str:
    return part.new if side is Side.NEW else part.old


def _number(place: Place, side: Side) -> str:
    return place.new_number if side is Side.NEW else place.old_number


def _path(place: Place, side: Side) -> str:
    return place.path if side is Side.NEW else place.old_path


def _stands(place: Place, side: Side) -> bool:
    return place.in_new if side is Side.NEW else place.in_old


def _paragraph(subject: Subject, side: Side) -> Iterator[Run]:
    return _texts(subject.place, side)


_RUNS: Mapping[NodeKind, Callable[[Subject, Side], Iterator[Run]]] = {
    NodeKind.POINT: _point,
    NodeKind.PARAGRAPH: _paragraph,
    NodeKind.ANNEX: _paragraph,
}


def remark(subject: Subject, unit: str) -> str:
    """The 說明 that follows from the marks; "" where only words have changed.

    ``unit`` is what the paper calls a point: 點, or 條 in a law.
    """
    place = subject.place
    what = f"本{unit if place.node is NodeKind.POINT else place.node.word}"
    if Mark.ADDED in place.marks:
        return f"{what}新增。"
    if Mark.DELETED in place.marks:
        return f"{what}刪除。"
    said = list(_renumbering(subject, unit))
    if said and not subject.is_reworded:
        said.append("內容未修正")
    elif not said and not subject.is_changed:
        said.append(f"{what}未修正")
    return "，".join(said) + "。" if said else ""


def _renumbering(subject: Subject, unit: str) -> Iterator[str]:
    place = subject.place
    if Mark.MOVED in place.marks:
        yield f"由現行規定{_whole_old(place)}移列"
    elif subject.has_other_number:
        yield f"{unit}次變更"
    elif Mark.RENUMBERED in place.marks:
        yield f"引用{unit}次變更"


def _whole_old(place: Place) -> str:
    return f"{place.old_path}{place.old_number}".rstrip("、. ")
