"""沿用確認: the parts still to be confirmed by chapter, and the words that grew old."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from offices.models import User

from ..annexes import kept_url
from ..carried import standing_parts, versions_of
from ..carriers import Place
from ..compose import compose
from ..documents.headings import one_line
from ..documents.mentions import Kind
from ..documents.model import Document, Paragraph, Point, Row, Table
from ..documents.outline import resolve
from ..documents.proofs.finding import Part
from ..documents.proofs.galley import Galley, row_words
from ..mentioning import Listed, Listing, kept_places, listing_of
from ..models import Plan
from .screen import edit_urls

# More places of the same words than these are folded into one line.
MOST_SHOWN = 3
_NOTES = {
    Kind.REFERENCE: "去年的文號，請更新或確認仍然適用",
    Kind.RULE: "請確認名稱與內容仍然有效",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A part that nobody has confirmed: where it stands, and its first words."""

    key: str
    where: str
    words: str
    url: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter, an annex or a unit; ``lines`` are its parts still to be confirmed."""

    part: Part
    lines: tuple[Line, ...]
    total: int

    @property
    def is_open(self) -> bool:
        """Whether the person may confirm any of them."""
        return any(line.is_open for line in self.lines)

    @property
    def is_chapter(self) -> bool:
        return self.part.key.startswith("b")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the words, with the page that changes it."""

    listed: Listed
    url: str


@dataclass(frozen=True, slots=True)
class Words:
    """The same words wherever they stand, and what they may become."""

    kind: Kind
    text: str
    spots: tuple[Spot, ...]
    note: str = ""

    @property
    def key(self) -> str:
        """Short enough for an anchor."""
        told = f"{self.kind}\0{self.text}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    @property
    def offered(self) -> tuple[Spot, ...]:
        """Where the person may put what is offered."""
        found = (spot for spot in self.spots if spot.listed.mention.offer)
        return tuple(spot for spot in found if spot.listed.is_open)

    @property
    def offer(self) -> str:
        return next((s.listed.mention.offer or "" for s in self.offered), "")

    @property
    def open_spots(self) -> tuple[Spot, ...]:
        return tuple(spot for spot in self.spots if spot.listed.is_open)

    @property
    def is_folded(self) -> bool:
        return len(self.spots) > MOST_SHOWN


class CarriedPage:
    """A carried plan as this person sees it; a fixed number of queries."""

    def __init__(self, plan: Plan, user: User, *, editable: bool) -> None:
        self.plan, self.user, self.editable = plan, user, editable

    @cached_property
    def document(self) -> Document:
        return compose(self.plan)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return kept_places(self.plan, self.user)

    @cached_property
    def versions(self) -> Mapping[str, int]:
        return versions_of(self.plan)

    @cached_property
    def parts(self) -> Mapping[str, bool]:
        """Whether each part is confirmed, by key."""
        return standing_parts(self.plan, self.versions)

    @property
    def total(self) -> int:
        return len(self.parts)

    @property
    def confirmed(self) -> int:
        return sum(self.parts.values())

    @cached_property
    def galley(self) -> Galley:
        annexes = self.document.annexes
        kept = {a.id for a in annexes if kept_url(self.plan, a.id) is not None}
        return Galley(self.document, kept)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Those that hold anything carried over, in reading order."""
        by_part: dict[Part, list[Line]] = defaultdict(list)
        for part, line in self._lines():
            if line.key in self.parts:
                by_part[part].append(line)
        return tuple(
            Section(part, tuple(o for o in lines if not self.parts[o.key]), len(lines))
            for part, lines in by_part.items()
        )

    def section(self, key: str) -> Section | None:
        return next((one for one in self.sections if one.part.key == key), None)

    @cached_property
    def listing(self) -> Listing:
        return listing_of(self.plan, self.document, self.places, self.versions)

    @cached_property
    def kinds(self) -> tuple[tuple[Kind, tuple[Words, ...]], ...]:
        """Kinds of words that wait for a decision, each with the words of the kind."""
        by_words: dict[tuple[Kind, str], list[Spot]] = defaultdict(list)
        urls = self._urls()
        for listed in self.listing.waiting:
            met = listed.mention
            spot = Spot(listed, urls(listed.passage.place))
            by_words[met.kind, met.text].append(spot)
        groups: dict[Kind, list[Words]] = {kind: [] for kind in Kind}
        for (kind, text), spots in by_words.items():
            groups[kind].append(Words(kind, text, tuple(spots), self._note(kind, text)))
        return tuple((kind, tuple(some)) for kind, some in groups.items() if some)

    def words(self, key: str) -> Words | None:
        found = (one for _, some in self.kinds for one in some)
        return next((one for one in found if one.key == key), None)

    def _note(self, kind: Kind, text: str) -> str:
        """What helps to decide about words that nothing is offered for."""
        if kind is Kind.PERSON:
            return self.listing.people.get(text, "不是本機關的成員")
        return _NOTES.get(kind, "")

    def _lines(self) -> Iterator[tuple[Part, Line]]:
        """Every part in reading order; the annexes' own before what they hold."""
        urls = self._urls()
        annexes = {self.galley.annex_part(a): a for a in self.galley.annexes}
        for placed in self.galley.blocks:
            annex = annexes.pop(placed.part, None)
            if annex:
                yield placed.part, self._line(annex.id, annex.label, annex.title, urls)
            block = placed.block
            if isinstance(block, Table):
                words = block.title or f"表格（{len(block.rows)} 列）"
                yield placed.part, self._line(block.id, placed.where, words, urls)
                for number, row in enumerate(block.rows, 1):
                    where = row_words(f"{placed.where}的表格", number)
                    yield placed.part, self._line(row.id, where, _said(row), urls)
            else:
                yield placed.part, self._line(block.id, placed.where, _own(block), urls)
        for part, annex in annexes.items():
            yield part, self._line(annex.id, annex.label, annex.title, urls)
        for place in self.places:
            line = Line(place.key, place.where, "", place.url, place.is_open)
            yield place.part, line

    def _line(
        self, key: str, where: str, words: str, urls: Callable[[str], str]
    ) -> Line:
        said = one_line(resolve(words, self.galley.numbers))
        return Line(key, where, said, urls(key), self.editable)

    def _urls(self) -> Callable[[str], str]:
        """Where a part is changed; for those who only read, where it is read."""
        kept = {place.key: place.url for place in self.places}
        own = edit_urls(self.plan, self.document)

        def url(key: str) -> str:
            if key in kept:
                return kept[key]
            if not self.editable:
                anchor = "" if key == "title" else f"#{key}"
                return self.plan.get_absolute_url() + anchor
            return f"{own(key)}#{key}"

        return url


def _own(block: Point | Paragraph) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return f"{block.heading} {block.body}"


def _said(row: Row) -> str:
    return " ".join(line.text for cell in row.cells for line in cell.lines)
