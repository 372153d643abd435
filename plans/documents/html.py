"""The paper as HTML: the same markup for the PDF, the preview and the edit page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import compress
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .balance import balanced
from .model import Annex, Block, Document, Point, Table
from .outline import point_numbers, resolve, with_marks
from .printed import Cuts, PrintedTable, Setting
from .revisions import revision_parts
from .widths import hang

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates" / "documents"
STYLE = ROOT / "static" / "documents" / "paper.css"
TITLE_ID = "title"
LONGEST_HEADING = 40
_OWN_ID = re.compile(r"[bcrv]\d+|title")


@dataclass(frozen=True, slots=True)
class Screen:
    """What the edit page adds to the paper: links, and one form in place.

    ``edit_url`` gives the address that opens the block or row with an id, or ""
    for one that may not be edited.  ``open_form`` is finished, trusted HTML that
    stands in place of ``open_id``.
    """

    edit_url: Callable[[str], str]
    open_id: str = ""
    open_form: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One block among its siblings, ready to be printed.

    ``depth`` counts the points around it; ``heading`` is the HTML heading level of
    a point that heads something, 0 for one that is a line of text.  ``hang`` is
    the width of the mark, for text without one that of the point around it;
    ``begins_sheet`` asks for a new page with the title of the annex.
    """

    block: Block
    mark: str
    depth: int
    heading: int
    hang: int
    children: tuple[Entry, ...] = ()
    begins_sheet: bool = False

    @property
    def kind(self) -> str:
        return type(self.block).__name__.lower()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document being printed: what its templates ask for."""

    document: Document
    screen: Screen | None = None
    paged: bool = False
    cuts: Cuts | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """``text`` with its cross references named."""
        return resolve(text, self.numbers)

    def body(self) -> tuple[Entry, ...]:
        return self._entries(self.document.children)

    def annex_body(self, annex: Annex) -> tuple[Entry, ...]:
        """The blocks of an annex; a form that it holds several times, such as one
        for each 課室, begins a page each time, under the title of the annex."""
        entries = self._entries(annex.children, heading=3)
        if not self.paged:
            return entries
        tables = [block for block in annex.children if isinstance(block, Table)]
        again = {id(table) for table in tables[1:] if _form(table) == _form(tables[0])}
        return tuple(
            replace(entry, begins_sheet=id(entry.block) in again) for entry in entries
        )

    def revisions(self) -> list[list[str]]:
        """Date, act and 文號 of each line, less what no line of the history has."""
        lines = [revision_parts(line) for line in self.document.revisions]
        used = [any(parts) for parts in zip(*lines, strict=True)]
        return [list(compress(parts, used)) for parts in lines]

    def title_lines(self, title: str, most: float) -> list[str]:
        """The lines of ``title``; on paper none is longer than ``most`` ems."""
        typed = title.splitlines()
        if not self.paged:
            return typed
        office = self.document.office
        return [
            part
            for line in typed
            for part in balanced(line, most, len(office) * line.startswith(office))
        ]

    def page_title(self) -> str:
        """What the file is called; an annex printed alone lends its own title."""
        titles = (self.document.title, *map(self.annex_title, self.document.annexes))
        return next((one_line(title) for title in titles if title), "")

    def annex_title(self, annex: Annex) -> str:
        return "　".join(filter(None, (annex.label, self.text(annex.title))))

    def link(self, key: str) -> str:
        return self.screen.edit_url(key) if self.screen and key else ""

    def swaps(self, key: str) -> bool:
        """Whether the part is edited in place; kept annexes have pages of their own."""
        return bool(_OWN_ID.fullmatch(key))

    def opened(self, key: str) -> Markup | None:
        """The form that stands in place of the block or row ``key``, if any."""
        if self.screen and key and self.screen.open_id == key:
            return Markup(self.screen.open_form)  # noqa: S704 - rendered by the caller
        return None

    def table(self, table: Table) -> PrintedTable:
        """``table`` with its cells cut where pages begin or a form is open."""
        open_id = self.screen.open_id if self.screen else ""
        setting = Setting(self.document, self.paged, self.cuts, self.numbers, open_id)
        return setting.printed(table)

    def _entries(
        self,
        blocks: tuple[Block, ...],
        depth: int = 0,
        heading: int = 2,
        around: int = 0,
    ) -> tuple[Entry, ...]:
        return tuple(
            self._entry(block, mark, depth, heading, around)
            for mark, block in with_marks(blocks, self.document.style)
        )

    def _entry(
        self, block: Block, mark: str, depth: int, heading: int, around: int
    ) -> Entry:
        if not isinstance(block, Point):
            return Entry(block, "", depth, 0, around)
        level = heading if is_heading(block, depth) else 0
        width = hang(mark)
        deeper = min(heading + bool(level), 6)
        children = self._entries(block.children, depth + 1, deeper, width)
        return Entry(block, mark, depth, level, width, children)


def is_heading(point: Point, depth: int) -> bool:
    """A chapter, or a short line with something under it."""
    leads = bool(point.children or point.body)
    return depth == 0 or (leads and 0 < len(point.heading) <= LONGEST_HEADING)


def body_html(document: Document, screen: Screen | None = None) -> str:
    """``<article class="paper" id="paper">`` with the whole paper in it."""
    return _render("body.jinja", _sheet(document, screen))


def block_html(document: Document, block_id: str, screen: Screen | None = None) -> str:
    """The part that is swapped when the block ``block_id`` changes.

    That is ``#b12-own`` of a point or annex, a paragraph, a whole table (also for
    the id of one of its rows), or the title block.  Raises KeyError for an id
    that the document does not hold.
    """
    sheet = _sheet(document, screen)
    if block_id == TITLE_ID:
        return _render("front.jinja", sheet)
    for annex in document.annexes:
        if annex.id == block_id:
            return _render("annex_own.jinja", sheet, annex=annex)
    return _render("own.jinja", sheet, entry=_find(sheet, block_id))


def paper_html(
    document: Document, cuts: Cuts | None = None, extra_style: str = ""
) -> str:
    """A page that stands alone, its style inside: what the PDF is made from.

    ``cuts`` names, by table id, the ids of rows that begin a page; None says that
    this is not known yet.
    """
    style = STYLE.read_text("utf-8") + extra_style
    sheet = replace(_sheet(document), paged=True, cuts=cuts)
    page = _render(
        "paper.jinja",
        sheet,
        style=Markup(style),  # noqa: S704 - our own style sheets
    )
    # Old files hold characters twice coded (便 as U+F965): Kai faces have the other.
    return unicodedata.normalize("NFC", page)


def _form(table: Table) -> list[str]:
    """The column names of ``table``, however they are spaced."""
    return ["".join((c.group + c.name).split()) for c in table.columns]


def one_line(title: str) -> str:
    """A title typed over several lines, as one."""
    return "".join(title.split("\n"))


def _find(sheet: Sheet, block_id: str) -> Entry:
    bodies = [sheet.body(), *map(sheet.annex_body, sheet.document.annexes)]
    for entry in (found for entries in bodies for found in _walk(entries)):
        block = entry.block
        rows = block.rows if isinstance(block, Table) else ()
        if block_id in {block.id, *(row.id for row in rows)}:
            return entry
    raise KeyError(block_id)


def _walk(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _walk(entry.children)


def _sheet(document: Document, screen: Screen | None = None) -> Sheet:
    return Sheet(document, screen, numbers=point_numbers(document))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _render(template: str, sheet: Sheet, **context: object) -> str:
    return (
        _environment()
        .get_template(template)
        .render(sheet=sheet, document=sheet.document, **context)
    )
