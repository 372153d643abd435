"""Lines of plain text → numbered points, paragraphs and annexes, still flat."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from plans.documents.model import Table
from plans.documents.numbering import BRACKET_STEM, BULLET, FORMAL, Mark, read_mark

from .lines import SourceLine, Wrap, join, runs_on, squeeze_glyphs
from .other_marks import begins_item, circled_number, is_note
from .reading import Flag, Piece, PieceKind, Severity

_MARKDOWN = re.compile(r"^(?:#{1,6}\s+|>\s+)|\*\*")
_DASH = re.compile(r"^[-*–—－+]\s*(?=\S)")
_ANNEX = re.compile(
    r"(?P<label>(?:附件|附錄|附表|附圖)\s*(?:[0-9０-９]{1,3}(?:-\d+)?|[一二三四五六七八九十]{1,3})?)"
    r"(?:[\s　]*[:：、.．][\s　]*|[\s　]+|(?=[「《【（(])|$)(?P<title>.*)"
)
_JOINED_ITEM = re.compile(
    r"(?P<head>[^，。；]{2,24}?)[\s　]+(?P<item>(?:一、|[(（]一[)）]).+)"
)
LONGEST_ANNEX_TITLE = 60


@dataclass(slots=True)
class Draft:
    """A piece while its lines are still being added."""

    kind: PieceKind
    first_line: int
    last_line: int
    level: int = 0
    mark: str = ""
    number: int = 0
    label: str = ""
    heading: str = ""
    body: list[str] = field(default_factory=list)
    table: Table | None = None
    last_text: str = ""

    def finished(self, key: str) -> Piece:
        """The piece as it is handed out."""
        return Piece(
            key,
            self.kind,
            self.level,
            self.mark,
            self.number,
            self.label,
            squeeze_glyphs(self.heading),
            "\n".join(squeeze_glyphs(text) for text in self.body),
            self.table,
            self.first_line,
            self.last_line,
        )


class Outline:
    """Collects drafts line by line; ``wrap`` tells how the source wraps them."""

    def __init__(self, wrap: Wrap) -> None:
        self.wrap = wrap
        self.drafts: list[Draft] = []
        self.flags: list[tuple[Flag, Draft]] = []
        self._last: dict[int, int] = {}
        self._level = 0
        self._circled_level = 0

    def add(self, line: SourceLine) -> None:
        """Take one line of plain text."""
        text = without_list_dash(line.bare)
        if self._is_table_note(line, text):
            return
        found = read_mark(text) or self._circled(text)
        annex = read_annex(text) if found is None else None
        if annex:
            self._open(PieceKind.ANNEX, line, label=annex[0], heading=annex[1])
        elif found and not self._is_in_sentence(found, text):
            self._point(line, found, text)
        elif text != line.bare and line.bare[0] in "-*–—－+":
            self._bullet(line, text)
        else:
            self._text(line, text)

    def add_table(self, table: Table, first_line: int, last_line: int) -> Draft:
        """Take a table that stands at this place of the text."""
        draft = Draft(PieceKind.TABLE, first_line, last_line, table=table)
        self.drafts.append(draft)
        return draft

    def pop_caption(self) -> str:
        """Take back a short last line that is the title of the table below it."""
        draft = self.drafts[-1] if self.drafts else None
        if draft is None:
            return ""
        if draft.kind is PieceKind.PARAGRAPH and is_caption(draft.heading):
            self.drafts.pop()
            return draft.heading
        if draft.kind is PieceKind.POINT and draft.body and is_caption(draft.body[-1]):
            return draft.body.pop()
        return ""

    def _open(self, kind: PieceKind, line: SourceLine, **values: object) -> Draft:
        draft = Draft(kind, line.number, line.number, **values)  # type: ignore[arg-type]
        draft.last_text = line.bare
        self.drafts.append(draft)
        return draft

    def _point(self, line: SourceLine, found: Mark, text: str) -> None:
        heading = text[found.length :].strip()
        mark = text[: found.length].strip()
        joined = _JOINED_ITEM.fullmatch(heading) if found.level == FORMAL else None
        draft = self._open(
            PieceKind.POINT,
            line,
            level=found.level,
            mark=mark,
            number=found.number,
            heading=joined["head"] if joined else heading,
        )
        if not circled_number(mark):
            self._level, self._circled_level = found.level, 0
        self._last = {k: v for k, v in self._last.items() if k < found.level}
        self._last[found.level] = found.number
        item = read_mark(joined["item"]) if joined else None
        if joined and item:
            message = f"「{mark}{joined['head']}」與下一層項目在同一行，已分成兩項。"
            self.flags.append((Flag("joined-heading", message, line.number), draft))
            self._point(line, item, joined["item"])

    def _circled(self, text: str) -> Mark | None:
        """①, ② count one level below the point they stand under."""
        number = circled_number(text)
        if not number or not self._level:
            return None
        self._circled_level = self._circled_level or min(self._level + 1, BRACKET_STEM)
        return Mark(self._circled_level, number, 1)

    def _is_table_note(self, line: SourceLine, text: str) -> bool:
        """Take 「備註：」 directly below a table, and the list that it announces."""
        draft = self.drafts[-1] if self.drafts else None
        if draft is None or draft.table is None or line.gap > 1:
            return False
        note = draft.table.note
        above = note.rpartition("\n")[2]
        goes_on = bool(note) and (
            _follows_in_note(read_mark(above), read_mark(text), above)
            or (not read_mark(text) and runs_on(draft.last_text, text, self.wrap))
        )
        if not goes_on and not is_note(text):
            return False
        glue = "" if not note else "\n" if begins_item(text) else None
        joined = join(note, text) if glue is None else note + glue + text
        draft.table = replace(draft.table, note=joined)
        draft.last_text, draft.last_line = text, line.number
        return True

    def _bullet(self, line: SourceLine, text: str) -> None:
        self._open(
            PieceKind.POINT, line, level=BULLET, mark="·", number=1, heading=text
        )

    def _is_in_sentence(self, found: Mark, text: str) -> bool:
        """「三、四月」 at the start of a wrapped line is no item."""
        draft = self.drafts[-1] if self.drafts else None
        if draft is None or draft.kind is PieceKind.TABLE or found.level == FORMAL:
            return False
        last = self._last.get(found.level, 0)
        if found.number in {1, last, last + 1} or found.level == BULLET:
            return False
        full = self.wrap.fills(draft.last_text)
        return (full or draft.last_text.endswith(("，", "、"))) and runs_on(
            draft.last_text, text, self.wrap
        )

    def _text(self, line: SourceLine, text: str) -> None:
        draft = self.drafts[-1] if self.drafts else None
        if draft and draft.kind is PieceKind.ANNEX and not draft.heading:
            draft.heading, draft.last_line = text, line.number
            return
        if draft is None or draft.kind in {PieceKind.TABLE, PieceKind.ANNEX}:
            self._open(PieceKind.PARAGRAPH, line, heading=text)
            return
        goes_on = not begins_item(text) and runs_on(draft.last_text, text, self.wrap)
        if draft.body and goes_on:
            draft.body[-1] = join(draft.body[-1], text)
        elif goes_on or (draft.kind is PieceKind.POINT and not draft.heading):
            draft.heading = join(draft.heading, text)
        elif draft.kind is PieceKind.POINT:
            draft.body.append(text)
        else:
            self._open(PieceKind.PARAGRAPH, line, heading=text)
            return
        draft.last_text, draft.last_line = text, line.number


def _follows_in_note(above: Mark | None, found: Mark | None, text: str) -> bool:
    """「備註：」 is followed by 1., and 1. by 2."""
    if found is None:
        return False
    if above is None:
        return found.number == 1 and text.endswith(("：", ":"))
    return (found.level, found.number) == (above.level, above.number + 1)


def without_list_dash(text: str) -> str:
    """「- 一、」 and 「**壹、**」 of web copies without their decoration."""
    plain = _MARKDOWN.sub("", text).strip()
    dash = _DASH.match(plain)
    if dash and (read_mark(plain[dash.end() :]) or plain[1:2] == " "):
        return plain[dash.end() :]
    return plain


def read_annex(text: str) -> tuple[str, str] | None:
    """Label and title of a line like 「附件1 …管制表」, or None."""
    found = _ANNEX.fullmatch(text)
    if not found or len(found["title"]) > LONGEST_ANNEX_TITLE:
        return None
    if text.endswith(("。", "；", "，", "：")) or found["title"].startswith(
        ("所", "之")
    ):
        return None
    return re.sub(r"\s+", "", found["label"]), found["title"].strip()


def is_caption(text: str) -> bool:
    """Whether a line may be the title of the table that follows it."""
    short = len(text) <= 50 and not text.endswith(("。", "；", "，", "：", ":"))
    return short and (
        text.endswith(("表", "一覽", "彙整", ")", "）"))
        or text.startswith(("表", "附表"))
    )


def numbering_flags(drafts: list[Draft]) -> list[tuple[Flag, Draft]]:
    """Numbers that stand twice, jump or begin anew, and levels left out."""
    flags: list[tuple[Flag, Draft]] = []
    path: list[Draft] = []
    last: dict[int, int] = {}
    for draft in drafts:
        if draft.kind is PieceKind.ANNEX:
            path, last = [], {}
        if draft.kind is not PieceKind.POINT:
            continue
        last = {k: v for k, v in last.items() if k <= draft.level}
        path = [point for point in path if point.level < draft.level]
        flag = _number_flag(draft, last.get(draft.level, 0))
        if flag:
            flags.append((flag, draft))
        elif (
            draft.level not in last
            and path
            and draft.level < BULLET
            and draft.level > path[-1].level + 1
        ):
            flags.append((_level_flag(draft), draft))
        last[draft.level] = draft.number
        path.append(draft)
    return flags


_DOUBLED = re.compile(r"([\u3400-\u9fff]{2,4})\1")


def doubled_flags(drafts: list[Draft]) -> list[tuple[Flag, Draft]]:
    """「依據依據」: words that a slip of the keyboard wrote twice at a text's start."""
    return [
        (
            Flag(
                "doubled-words",
                f"「{found[0]}」疑似重複繕打，請確認。",
                draft.first_line,
            ),
            draft,
        )
        for draft in drafts
        if (found := _DOUBLED.match(draft.heading))
    ]


def _number_flag(draft: Draft, last: int) -> Flag | None:
    if draft.level == BULLET or draft.number == last + 1:
        return None
    if draft.number == last:
        return Flag(
            "double-number",
            f"「{draft.mark}」重複出現；匯入後會重新編號，請確認。",
            draft.first_line,
        )
    if draft.number > last:
        return Flag(
            "skipped-number",
            f"「{draft.mark}」之前缺少編號，可能漏了內容或編號有誤。",
            draft.first_line,
        )
    return Flag(
        "number-restarts",
        f"「{draft.mark}」的編號不連續；匯入後會重新編號，請確認層次。",
        draft.first_line,
    )


def _level_flag(draft: Draft) -> Flag:
    message = f"「{draft.mark}」與上一層之間跳過了層次。"
    return Flag("skipped-level", message, draft.first_line, severity=Severity.INFO)
