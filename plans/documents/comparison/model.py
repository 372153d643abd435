"""What a comparison of two Documents says: changes for people, edits for machines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HEAD_KEY = "title"


class NodeKind(StrEnum):
    """What kind of part of a document it is.

    HEAD is what stands before the text: title, cover, running head and settings.
    """

    HEAD = "head"
    REVISION = "revision"
    POINT = "point"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    COLUMN = "column"
    ROW = "row"
    ANNEX = "annex"

    @property
    def word(self) -> str:
        """點, 文字, 表格 and so on."""
        return _KIND_WORDS[self]


class Mark(StrEnum):
    """What became of a node; RENUMBERED is a number that others changed."""

    ADDED = "added"
    DELETED = "deleted"
    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"

    @property
    def word(self) -> str:
        """增, 刪, 改, 移 or 改號."""
        return _MARK_WORDS[self]


class Op(StrEnum):
    """Whose words they are: of both texts, of the new or of the old one."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


_KIND_WORDS = {
    NodeKind.HEAD: "首頁與設定",
    NodeKind.REVISION: "修訂紀錄",
    NodeKind.POINT: "點",
    NodeKind.PARAGRAPH: "文字",
    NodeKind.TABLE: "表格",
    NodeKind.COLUMN: "欄",
    NodeKind.ROW: "列",
    NodeKind.ANNEX: "附件",
}
_MARK_WORDS = {
    Mark.ADDED: "增",
    Mark.DELETED: "刪",
    Mark.CHANGED: "改",
    Mark.MOVED: "移",
    Mark.RENUMBERED: "改號",
}

# A node's identity: keys are unique among the nodes of one kind.
Ref = tuple[NodeKind, str]
# A field of a node by name, a cell of a row by its column.
Field = str | Ref


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; never empty.  A replacement is a DELETE before an INSERT."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text of a node: ``field`` is heading, body, text, title, note, name,
    label and so on, in a row the key of the column; ``label`` says it in Chinese.

    Texts are as printed: cross references are numbers, lists have their marks.
    """

    field: str
    label: str
    pieces: tuple[Piece, ...]

    @property
    def old(self) -> str:
        """原文"""
        return "".join(p.text for p in self.pieces if p.op is not Op.INSERT)

    @property
    def new(self) -> str:
        """修正後"""
        return "".join(p.text for p in self.pieces if p.op is not Op.DELETE)

    @property
    def is_changed(self) -> bool:
        return any(piece.op is not Op.EQUAL for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one node.

    ``key`` is the node's id (HEAD: "title"), or a made-up one where it has none.
    ``old_number`` and ``new_number`` are marks as printed (一、), of a row 「第3列」
    or its item number, of an annex its label; "" where there is none.
    ``parts`` are the texts that differ; all texts of an added or deleted node.
    ``path`` are the numbers of what it stands in, e.g. 「壹、一、（二）」, for a row or
    column followed by the title of its table: of the new text, for a deleted node
    of the old one.
    """

    key: str
    node: NodeKind
    marks: frozenset[Mark]
    old_number: str = ""
    new_number: str = ""
    parts: tuple[TextChange, ...] = ()
    path: str = ""

    @property
    def is_only_renumbered(self) -> bool:
        return self.marks == {Mark.RENUMBERED}


@dataclass(frozen=True, slots=True)
class Place:
    """One node where it stands in the new text, a deleted one where it stood.

    As Change, but ``parts`` are all its texts: unchanged ones are one EQUAL piece,
    empty ones are left out.  ``level`` is that of the mark (1–8; 0 has none), in the
    old text for a deleted node; ``depth`` counts the points around the node;
    ``parent`` is the key of the point, annex or table that it stands in.
    ``old_path`` is ``path`` in the old text.
    """

    key: str
    node: NodeKind
    level: int
    depth: int
    old_number: str
    new_number: str
    marks: frozenset[Mark]
    parts: tuple[TextChange, ...]
    path: str = ""
    old_path: str = ""
    parent: str = ""

    @property
    def in_old(self) -> bool:
        """Whether 原文 has it."""
        return Mark.ADDED not in self.marks

    @property
    def in_new(self) -> bool:
        """Whether 修正後 has it."""
        return Mark.DELETED not in self.marks


@dataclass(frozen=True, slots=True)
class Counts:
    """How many changes bear each mark; ``renumbered`` those that bear no other."""

    added: int = 0
    deleted: int = 0
    changed: int = 0
    moved: int = 0
    renumbered: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a node is put: in ``parent``, right after its sibling ``after``."""

    parent: Ref
    after: Ref | None


@dataclass(frozen=True, slots=True)
class Edit:
    """What makes one node of the old document one of the new.

    ``values`` are the fields that get another value (all fields of a new node);
    ``standing`` is given for a new or moved node.
    """

    ref: Ref
    values: tuple[tuple[Field, object], ...] = ()
    standing: Standing | None = None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two documents.

    ``changes`` are for people: in the order of the new text, what was deleted where
    it stood; the columns and rows of a whole table added or deleted are not listed
    one by one.  ``edits`` give the new document from the old one (see apply); they
    also hold what nobody can see on paper.
    """

    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]

    @property
    def counts(self) -> Counts:
        """增, 刪, 改, 移; and apart from them what has only got another number."""
        found = [change.marks for change in self.changes]
        return Counts(
            added=sum(Mark.ADDED in marks for marks in found),
            deleted=sum(Mark.DELETED in marks for marks in found),
            changed=sum(Mark.CHANGED in marks for marks in found),
            moved=sum(Mark.MOVED in marks for marks in found),
            renumbered=sum(change.is_only_renumbered for change in self.changes),
        )
