"""The years, dates, 文號, rules and people in what a plan took over from last year."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from offices.models import Member, User

from .annexes import kept_url
from .carriers import Fix, Place, carriers
from .documents.mentions import Finder, Mention
from .documents.model import ColumnKind, Document, tables
from .documents.proofs.finding import CONTEXT, Replacement
from .documents.proofs.galley import Galley, Passage
from .models import Plan

OWNERS = "owners"
_FRONT = "title"


@dataclass(frozen=True, slots=True)
class Listed:
    """A mention at its place; ``is_open``: the person who asked may change it."""

    mention: Mention
    passage: Passage
    is_open: bool

    @property
    def before(self) -> str:
        start = self.mention.start
        return self.passage.text[max(0, start - CONTEXT) : start]

    @property
    def after(self) -> str:
        end = self.mention.end
        return self.passage.text[end : end + CONTEXT]

    @property
    def digest(self) -> str:
        """The same as long as the same words stand among the same words."""
        return digest_of(self.passage, self.mention)

    @property
    def key(self) -> str:
        """Tells the mention from all others of its plan."""
        start = str(self.mention.start)
        return _hashed(self.passage.place, self.digest, start)

    @property
    def fix(self) -> Fix | None:
        """What puts the offered words there."""
        met = self.mention
        if met.offer is None:
            return None
        text = self.passage.text
        return self.passage.field, Replacement(met.text, met.offer, text, met.start)

    def is_like(self, other: Listed) -> bool:
        """Whether both say the same words of the same kind."""
        return (self.mention.kind, self.mention.text) == (
            other.mention.kind,
            other.mention.text,
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """``waiting`` is what nobody has decided about; ``people`` says of each name
    whether it is a member's.  ``total`` counts the decided ones, too."""

    waiting: tuple[Listed, ...]
    total: int
    people: Mapping[str, str]

    def find(self, key: str) -> Listed | None:
        return next((one for one in self.waiting if one.key == key), None)


def digest_of(passage: Passage, mention: Mention) -> str:
    """Of the words, and those around them."""
    text, start, end = passage.text, mention.start, mention.end
    around = (text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])
    return _hashed(passage.field, mention.kind, mention.text, *around)


def listing_of(
    plan: Plan, document: Document, places: Sequence[Place], seen: Mapping[str, int]
) -> Listing:
    """Every mention in what was carried over, in reading order.

    ``seen`` are the versions of all parts.  Four queries.  Years of the plan's own
    year count as decided where somebody changed the text since.
    """
    return Lister(plan, document, places, seen).listing()


def kept_places(plan: Plan, user: User) -> tuple[Place, ...]:
    """What other apps keep for the plan, as they show it to this person."""
    return tuple(
        place for carrier in carriers() for place in carrier.places(plan, user)
    )


class Lister:
    """Holds what the list is made from; see listing_of()."""

    def __init__(
        self,
        plan: Plan,
        document: Document,
        places: Sequence[Place],
        seen: Mapping[str, int],
    ) -> None:
        self.plan, self.document, self.places, self.seen = plan, document, places, seen
        self.copied = dict(plan.carried.values_list("key", "version"))
        self.settled = set(plan.settled.values_list("place", "digest"))
        self.people = people_of(plan)
        self.finder = Finder(year_before(plan), plan.year, self.people)
        self.names = _fields_of_people(document)

    def listing(self) -> Listing:
        found = list(self.listed())
        waiting = tuple(one for one in found if not self.is_settled(one))
        return Listing(waiting, len(found), self.people)

    def listed(self) -> Iterator[Listed]:
        """Every mention, decided about or not."""
        for passage, is_open in self._passages():
            for mention in self.mentions_in(passage):
                yield Listed(mention, passage, is_open)

    def mentions_in(self, passage: Passage) -> tuple[Mention, ...]:
        is_people = passage.field in self.names
        return self.finder.mentions(passage.text, is_people=is_people)

    def _passages(self) -> Iterator[tuple[Passage, bool]]:
        """Those of carried parts and of the front, then those of other apps."""
        kept = {
            a.id for a in self.document.annexes if kept_url(self.plan, a.id) is not None
        }
        for passage in Galley(self.document, kept).passages:
            if passage.place in self.copied or passage.place == _FRONT:
                yield passage, True
        for place in self.places:
            if place.key in self.copied or place.version is None:
                yield from ((passage, place.is_open) for passage in place.passages)

    def is_settled(self, one: Listed) -> bool:
        place, years = one.passage.place, one.mention.years
        if years and max(years) >= self.plan.year and self._is_touched(place):
            return True
        return (place, one.digest) in self.settled

    def _is_touched(self, place: str) -> bool:
        """Whether somebody wrote there since; the front was, when the plan was made."""
        return place not in self.copied or self.seen[place] > self.copied[place]


def year_before(plan: Plan) -> int:
    """The year whose words the plan holds: that of its source, where that is known."""
    return plan.source.year if plan.source else plan.year - 1


def people_of(plan: Plan) -> dict[str, str]:
    """What is known of each name that is, or was, a member's.  One query."""
    people: dict[str, str] = {}
    members = Member.objects.filter(office=plan.office_id).select_related(
        "user", "unit"
    )
    for member in members.order_by("is_active", "pk"):
        is_here = member.is_active and member.user.is_active
        place = f"{member.unit or ''}{member.title}"
        here = f"現任成員{place and f'（{place}）'}"
        people[member.user.full_name] = here if is_here else "已不是現任成員"
    return people


def _fields_of_people(document: Document) -> frozenset[str]:
    """Columns whose cells are lists of names, and the owners of an item."""
    columns = (column for table in tables(document) for column in table.columns)
    people = (c.id for c in columns if c.kind is ColumnKind.PERSON)
    return frozenset(people) | {OWNERS}


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
