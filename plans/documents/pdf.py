"""The official PDF: tagged, fonts inside, nothing fetched from disk or network."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from .html import paper_html
from .model import Block, Document, Point, Row, Table, tables
from .pages import Page, cuts_needed, fuller
from .printed import Cuts, page_slices

# How many passes there may be after the two that every cut table needs.
MOST_MORE = 2
# Up to so many pages a person looks at each foot; beyond, sound cuts are enough, as
# every further pass costs as much as the first.
MOST_FILLED_PAGES = 20
SYSTEM_PACKAGES = "libpangoft2-1.0-0 libharfbuzz-subset0 fonts-cns11643-kai"
_UNSUPPORTED = re.compile(r'unsupported by fonts: "(.*)" \(', re.DOTALL)


class PdfUnavailable(Exception):
    """This machine lacks a library; the text says, in Chinese, how to mend it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished PDF; ``missing`` are characters that no font of the machine has."""

    pdf: bytes
    pages: int
    missing: frozenset[str]


def render(document: Document) -> Paper:
    """Lay the document out and write it as PDF/UA-1.

    Where a joined cell crosses a page, a second pass closes it at the foot and
    opens it again.  Raises PdfUnavailable.
    """
    document = with_row_ids(document)
    with _missing_glyphs() as missing, _unhurried_collector():
        laid_out = _lay_out_in_passes(document)
        missing.clear()
        pdf = laid_out.write_pdf(pdf_variant="pdf/ua-1")
    return Paper(pdf, len(laid_out.pages), frozenset("".join(missing)))


def _lay_out_in_passes(document: Document) -> Any:
    """Lay out once; where that tore a cell, again with the cell closed and reopened,
    and once more where pages can then be filled better."""
    laid_out = _lay_out(document, None)
    apart = _pages(laid_out)
    cuts: Cuts = cuts_needed(document, None, apart)
    if not cuts and not _is_provisional(document):
        return laid_out
    laid_out = _lay_out(document, cuts)
    needed = cuts_needed(document, cuts, _pages(laid_out))
    wanted: Cuts = needed
    if len(laid_out.pages) <= MOST_FILLED_PAGES:
        wanted = fuller(document, needed, apart, _pages(laid_out))
    best = laid_out if needed == cuts else None
    for _ in range(MOST_MORE):
        if _same(wanted, cuts):
            break
        cuts, laid_out = wanted, _lay_out(document, wanted)
        wanted = cuts_needed(document, cuts, _pages(laid_out))
        if wanted == cuts and (not best or len(laid_out.pages) <= len(best.pages)):
            best = laid_out
    return best or laid_out


def _same(one: Cuts, other: Cuts) -> bool:
    return all(
        set(one.get(key, ())) == set(other.get(key, ())) for key in {*one, *other}
    )


def _is_provisional(document: Document) -> bool:
    pieces = (page_slices(table, document, None) for table in tables(document))
    return any(one.follows for slices in pieces for one in slices)


def with_row_ids(document: Document) -> Document:
    """The same paper with an id on every table and row, which the cuts need."""
    count = iter(range(1, 1_000_000))

    def blocks(children: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(block(child) for child in children)

    def block(child: Block) -> Block:
        if isinstance(child, Point):
            return replace(child, children=blocks(child.children))
        if isinstance(child, Table):
            return replace(
                child,
                id=child.id or f"table-{next(count)}",
                rows=tuple(row(one) for one in child.rows),
            )
        return child

    def row(one: Row) -> Row:
        return one if one.id else replace(one, id=f"row-{next(count)}")

    return replace(
        document,
        children=blocks(document.children),
        annexes=tuple(
            replace(annex, children=blocks(annex.children))
            for annex in document.annexes
        ),
    )


def _lay_out(document: Document, cuts: Cuts | None) -> Any:
    weasyprint = _weasyprint()
    from .fonts import paper_faces  # noqa: PLC0415 - asks fontconfig

    return weasyprint.HTML(
        string=paper_html(document, cuts, extra_style=paper_faces()),
        url_fetcher=url_fetcher(),
    ).render(
        font_config=_font_configuration(),
        presentational_hints=True,
        pdf_variant="pdf/ua-1",
    )


def url_fetcher() -> Any:
    """Gives what stands in the page itself (data:), and neither disk nor network."""
    return _weasyprint().URLFetcher(allowed_protocols={"data"})


def _pages(laid_out: Any) -> list[Page]:
    return [
        {key: (top, bottom) for key, (_, top, _, bottom) in page.anchors.items()}
        for page in laid_out.pages
    ]


@cache
def _weasyprint() -> Any:
    """WeasyPrint, imported late: a machine without Pango still serves pages."""
    try:
        import weasyprint  # noqa: PLC0415
    except OSError as error:
        raise PdfUnavailable(
            "這台主機缺少產生 PDF 的系統程式庫，請系統管理者執行："
            f"sudo apt-get install -y {SYSTEM_PACKAGES}"
        ) from error
    return weasyprint


@cache
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    return FontConfiguration()


@contextmanager
def _missing_glyphs() -> Iterator[set[str]]:
    """Collect the characters that WeasyPrint says no font has."""
    handler = _Missing()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield handler.texts
    finally:
        logger.removeHandler(handler)


class _Missing(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        found = _UNSUPPORTED.search(record.getMessage())
        if found:
            self.texts.add(found[1])


@contextmanager
def _unhurried_collector() -> Iterator[None]:
    """Layout makes millions of objects that live to the end: looking for garbage
    among them again and again costs a quarter of the time of a long plan."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
        gc.collect()
