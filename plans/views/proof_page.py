"""The list of 送核前檢查: findings by part, kind and place, each with its address."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from offices.models import User

from ..documents.proofs.finding import CheckInfo, Finding, Grade, Part
from ..models import Plan
from ..proofing import Proof, catalogue, findings_of, mend_urls
from .returning import back_query
from .screen import edit_urls

# More than so many of one kind are folded into one line.
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One finding; ``alike`` counts the places that one key mends together with it.

    It is 0 on all lines but the first of their words.
    """

    finding: Finding
    url: str
    alike: int


@dataclass(frozen=True, slots=True)
class Kind:
    """All findings of one check in one part."""

    info: CheckInfo
    grade: Grade
    lines: tuple[Line, ...]

    @property
    def is_folded(self) -> bool:
        return len(self.lines) > MOST_SHOWN


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the plan, or a unit of its control table."""

    part: Part
    kinds: tuple[Kind, ...]

    @property
    def count(self) -> int:
        return sum(len(kind.lines) for kind in self.kinds)


class ProofPage:
    """The plan proved anew, and where each finding is mended by this person."""

    def __init__(self, plan: Plan, user: User, *, editable: bool) -> None:
        self.plan, self.user, self.editable = plan, user, editable
        self.checks = catalogue()

    @cached_property
    def proof(self) -> Proof:
        return findings_of(self.plan)

    @property
    def counts(self) -> list[tuple[Grade, int]]:
        return list(self.proof.counts.items())

    @cached_property
    def sections(self) -> list[Section]:
        """The parts in reading order, in each the gravest kinds first."""
        by_part: dict[Part, dict[str, list[Line]]] = defaultdict(dict)
        for line in self._lines():
            kinds = by_part[line.finding.part]
            kinds.setdefault(line.finding.check, []).append(line)
        return [
            Section(part, tuple(self._kinds(kinds))) for part, kinds in by_part.items()
        ]

    def _kinds(self, kinds: dict[str, list[Line]]) -> Iterator[Kind]:
        order = list(Grade)
        graded = [
            Kind(self.checks[code], lines[0].finding.grade, tuple(lines))
            for code, lines in kinds.items()
        ]
        yield from sorted(graded, key=lambda kind: order.index(kind.grade))

    def _lines(self) -> Iterator[Line]:
        alike = Counter(_words(one) for one in self.proof.findings if one.fix)
        urls = self._urls()
        told: set[tuple[str, str, str]] = set()
        for one in self.proof.findings:
            words = _words(one)
            count = 0 if words in told else alike[words]
            told.add(words)
            yield Line(one, urls(one), count)

    def _urls(self) -> _Addresses:
        return _Addresses(self)


class _Addresses:
    """Where findings are mended, with the way back to the list; without it for those
    who only read: they are led to the place in the paper."""

    def __init__(self, page: ProofPage) -> None:
        self.page = page
        self.kept = mend_urls(page.plan, page.user)
        self.own = edit_urls(page.plan, page.proof.document)

    def __call__(self, finding: Finding) -> str:
        place = finding.place
        kept = self.kept(finding)
        if kept is not None:
            return kept + back_query(finding.part)
        if not self.page.editable:
            anchor = "" if place == "title" else f"#{place}"
            return self.page.plan.get_absolute_url() + anchor
        if place.startswith("v"):
            url = reverse("plans:revision", args=[self.page.plan.pk, place[1:]])
        else:
            url = self.own(place)
        return url + back_query(finding.part) + _anchor(finding)


def _anchor(finding: Finding) -> str:
    """Where on the page: columns are set below their table, rows stand in it.

    The form of a block takes the cursor when its page opens, unless there is an anchor.
    """
    if finding.place.startswith("r"):
        return f"#{finding.place}"
    is_column = finding.field.startswith("c") and finding.place.startswith("b")
    return "#columns" if is_column else ""


def _words(finding: Finding) -> tuple[str, str, str]:
    fix = finding.fix
    return (finding.check, fix.old, fix.new) if fix else (finding.key, "", "")
