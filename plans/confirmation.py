"""What the confirm page shows: source lines, found pieces and flags, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe

from .documents.html import Screen, block_html
from .documents.model import Block, Document, NumberingStyle, Point, tables
from .documents.outline import with_marks
from .documents.revisions import revision_text
from .documents.tally import Tally, tally
from .importing import CHOICES, Choice, draft_document
from .models import Draft
from .readers.reading import Flag, Piece, PieceKind, Reading, Severity

# A draft has a title and a year: what the text lacks was typed by the person.
ANSWERED = frozenset({"no-title", "no-year"})
# More flags of one kind than this are folded into one line.
FOLDED_FROM = 4
# A browser takes long over thousands of lists: above so many pieces, only the
# opened one offers its own.
MOST_OPEN_PIECES = 300
NOT_EDITABLE = Screen(lambda key: "")


# What a person may decide about a piece, in their words; see importing.CHOICES.
LEVEL_WORDS = (
    ("level-1", "第1層　壹、"),
    ("level-2", "第2層　一、"),
    ("level-3", "第3層　（一）"),
    ("level-4", "第4層　1、"),
    ("level-5", "第5層　（1）"),
    ("level-6", "第6層　甲、"),
    ("level-7", "第7層　（甲）"),
    ("level-8", "第8層　·"),
)
PARAGRAPH_WORDS = ("paragraph", "內文（不編號）")
ANNEX_WORDS = ("annex", "附件標題")
DROP_WORDS = ("drop", "不匯入")
BELOW = "-below"
DROP_BELOW_WORDS = ("drop-below", "不匯入，連同下層")
RESTORE_BELOW_WORDS = ("-below", "恢復判讀結果，連同下層")
ACCEPT_WORDS = ("accept", "確認無誤")

Decisions = tuple[tuple[str, str], ...]


def decisions_for(kind: PieceKind) -> Decisions:
    """What may be decided about a piece found as ``kind``: values and words.

    A value that ends in BELOW is meant for the piece and all that stands under it.
    """
    if kind is PieceKind.TABLE:
        return (ACCEPT_WORDS, DROP_WORDS)
    if kind is PieceKind.PARAGRAPH:
        return (ACCEPT_WORDS, *LEVEL_WORDS, ANNEX_WORDS, DROP_WORDS)
    below = (DROP_WORDS, DROP_BELOW_WORDS, RESTORE_BELOW_WORDS)
    if kind is PieceKind.ANNEX:
        return (ACCEPT_WORDS, *below)
    return (ACCEPT_WORDS, *LEVEL_WORDS, PARAGRAPH_WORDS, ANNEX_WORDS, *below)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source; ``key`` names the piece it became part of, if any."""

    number: int
    text: str
    key: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class FoundPiece:
    """A piece as it will be imported, after the decision made about it."""

    piece: Piece
    choice: str
    kind: PieceKind
    level: int
    mark: str
    table_html: str
    flags: tuple[Flag, ...]
    is_open: bool

    @property
    def dropped(self) -> bool:
        return self.choice == "drop"

    @property
    def folds_flags(self) -> bool:
        return len(self.flags) >= FOLDED_FROM

    @property
    def decisions(self) -> Decisions:
        return decisions_for(self.piece.kind)

    @property
    def as_found(self) -> str:
        """How the piece was read, in a word."""
        piece = self.piece
        if piece.kind is PieceKind.POINT:
            return piece.mark or "項次"
        words = {"paragraph": "內文", "table": "表格", "annex": "附件"}
        return words[piece.kind.value]


@dataclass(frozen=True, slots=True)
class FlagGroup:
    """Flags of one grade and one kind; ``open`` counts those without a decision."""

    flags: tuple[Flag, ...]
    open: int

    @property
    def folded(self) -> bool:
        return len(self.flags) >= FOLDED_FROM

    @property
    def first(self) -> Flag:
        return self.flags[0]


class Confirmation:
    """One draft, read anew: its source, and what the plan will be."""

    def __init__(self, draft: Draft, reading: Reading, opened: str = "") -> None:
        self.draft = draft
        self.opened = opened
        self.reading = reading
        self.document = draft_document(draft, reading)

    @cached_property
    def tally(self) -> Tally:
        return tally(self.document)

    @property
    def other_office(self) -> str:
        """The office named in the text, where it is not the one that imports."""
        named = self.reading.office
        return "" if named == self.draft.office.name else named

    @property
    def revisions(self) -> list[str]:
        return [revision_text(line) for line in self.document.revisions]

    @cached_property
    def lines(self) -> list[SourceLine]:
        keys = {
            number: piece.key
            for piece in self.reading.pieces
            for number in range(piece.first_line, piece.last_line + 1)
        }
        flagged = {flag.line for flag in self.reading.flags}
        return [
            SourceLine(number, text, keys.get(number, ""), number in flagged)
            for number, text in enumerate(self.draft.source.split("\n"), start=1)
        ]

    @cached_property
    def pieces(self) -> list[FoundPiece]:
        marks = dict(_marks(self.document))
        printed = dict(_tables(self.document))
        return [self._found(piece, marks, printed) for piece in self.reading.pieces]

    def _found(
        self, piece: Piece, marks: dict[str, str], printed: dict[str, SafeString]
    ) -> FoundPiece:
        made: Choice = self.draft.choices.get(piece.key, {})
        name = next((n for n, choice in CHOICES.items() if choice == made), "")
        return FoundPiece(
            piece,
            name,
            PieceKind(made.get("kind", piece.kind)),
            made.get("level", piece.level),
            marks.get(piece.key, ""),
            printed.get(piece.key, ""),
            self._flags_of.get(piece.key, ()),
            len(self.reading.pieces) <= MOST_OPEN_PIECES or piece.key == self.opened,
        )

    @cached_property
    def _flags_of(self) -> dict[str, tuple[Flag, ...]]:
        flags: dict[str, tuple[Flag, ...]] = {}
        for flag in self.reading.flags:
            flags[flag.key] = (*flags.get(flag.key, ()), flag)
        return flags

    def is_settled(self, flag: Flag) -> bool:
        """Whether a decision was made about the flagged piece."""
        return flag.key in self.draft.choices

    @property
    def warnings(self) -> list[FlagGroup]:
        return self._groups(Severity.WARNING)

    @property
    def notices(self) -> list[FlagGroup]:
        return self._groups(Severity.INFO)

    @property
    def open_warnings(self) -> int:
        return sum(group.open for group in self.warnings)

    def _groups(self, severity: Severity) -> list[FlagGroup]:
        by_code: dict[str, list[Flag]] = {}
        for flag in self.reading.flags:
            if flag.severity is severity and flag.code not in ANSWERED:
                by_code.setdefault(flag.code, []).append(flag)
        return [
            FlagGroup(tuple(flags), sum(not self.is_settled(flag) for flag in flags))
            for flags in by_code.values()
        ]


def _marks(document: Document) -> Iterator[tuple[str, str]]:
    """The mark that will be printed before each point, by key."""

    yield from _point_marks(document.children, document.style)
    for annex in document.annexes:
        yield annex.id, annex.label
        yield from _point_marks(annex.children, document.style)


def _point_marks(
    blocks: tuple[Block, ...], style: NumberingStyle
) -> Iterator[tuple[str, str]]:
    for mark, block in with_marks(blocks, style):
        if isinstance(block, Point):
            yield block.id, mark
            yield from _point_marks(block.children, style)


def _tables(document: Document) -> Iterator[tuple[str, SafeString]]:
    """Every table as it will be printed, by key."""
    for table in tables(document):
        alone = Document("", 0, "", (table,), style=document.style)
        # block_html escapes whatever was typed.
        yield table.id, mark_safe(block_html(alone, table.id, NOT_EDITABLE))  # noqa: S308
