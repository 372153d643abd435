"""What a reader found in a text, before a person has confirmed any of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from plans.documents.model import Cover, NumberingStyle, RevisionLine, Table


class PieceKind(StrEnum):
    """What a piece of the source became."""

    POINT = "point"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    ANNEX = "annex"


class Severity(StrEnum):
    """WARNING wants a decision of the person; INFO tells what was done."""

    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something the person should look at: ``line`` is 1-based, ``key`` a piece's.

    ``line`` 0 and ``key`` "" mean the text as a whole.
    """

    code: str
    message: str
    line: int = 0
    key: str = ""
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the source, still flat; ``fold`` makes the tree.

    ``mark`` and ``number`` are what the source typed (「十一、」 and 11, or "" and 0).
    An annex holds its label (附件1) in ``label`` and its title in ``heading``; a
    table has ``table``.  Lines are 1-based lines of the source.
    """

    key: str
    kind: PieceKind
    level: int = 0
    mark: str = ""
    number: int = 0
    label: str = ""
    heading: str = ""
    body: str = ""
    table: Table | None = None
    first_line: int = 0
    last_line: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found; ``year`` is 0 where no ROC year is named."""

    title: str = ""
    office: str = ""
    year: int = 0
    pieces: tuple[Piece, ...] = ()
    flags: tuple[Flag, ...] = ()
    revisions: tuple[RevisionLine, ...] = ()
    cover: Cover | None = None
    running_head: str = ""
    style: NumberingStyle = field(default_factory=NumberingStyle)
