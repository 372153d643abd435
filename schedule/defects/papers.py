"""The quarterly report as a paper of the plan: "defects-114q3", or ".open" after it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from plans.documents.canonical import digest
from plans.documents.model import Document
from plans.models import Plan
from plans.paper_sources import Kind, PaperSource

from ..models import DefectEntry, DefectKind, DefectTarget
from .quarters import Quarter, quarters_of
from .report import EVERYBODY, Case, Names, Part, report
from .rounds import Entry, EntryKind

_PART = re.compile(r"defects-([1-9]\d{0,2}q[1-4])(\.open)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report: of which quarter; ``is_open`` is the public edition."""

    quarter: Quarter
    is_open: bool = False

    @classmethod
    def parse(cls, name: str) -> Asked | None:
        """From "defects-114q3.open"; None for what names no report."""
        found = _PART.fullmatch(name)
        quarter = Quarter.parse(found[1]) if found else None
        return cls(quarter, bool(found[2])) if found and quarter else None

    @property
    def name(self) -> str:
        """As an Export names it; parse() reads it back."""
        return f"defects-{self.quarter.name}{'.open' if self.is_open else ''}"


@dataclass(frozen=True)
class ReportSource(PaperSource):
    """It depends on the defects and the day, and on no edition of the plan."""

    asked: Asked

    @property
    def edition(self) -> int:
        return 0

    @cached_property
    def stamp(self) -> str:
        return digest(self._composed)[:16]

    @property
    def names_people(self) -> bool:  # type: ignore[override]
        return not self.asked.is_open

    @property
    def words(self) -> str:
        edition = "（公開版）" if self.asked.is_open else ""
        return f"{self.asked.quarter}查核缺失追蹤表{edition}"

    @property
    def back_url(self) -> str:
        query = {"quarter": self.asked.quarter.name}
        if self.asked.is_open:
            query["edition"] = "open"
        return reverse("schedule:defect_report", args=[self.plan.pk], query=query)

    @cached_property
    def _composed(self) -> Document:
        return report_of(self.plan, self.asked)

    def document(self) -> Document:
        return self._composed


def report_of(plan: Plan, asked: Asked) -> Document:
    """Four queries at most, whatever the number of defects."""
    office = plan.office
    names = EVERYBODY
    if asked.is_open:
        known = office.members.order_by().values_list("user__full_name", flat=True)
        names = Names.without(set(known))
    today = timezone.localdate()
    return report(office.name, cases_of(plan), asked.quarter, today, names)


def cases_of(plan: Plan) -> list[Case]:
    """All defects of the plan with their rounds; three queries."""
    rounds: dict[int, list[Entry]] = defaultdict(list)
    entries = DefectEntry.objects.filter(target__defect__plan=plan)
    for row in entries.select_related("by", "target__defect"):
        rounds[row.target_id].append(entry_of(row, row.target.defect.found_on))
    parts: dict[int, list[Part]] = defaultdict(list)
    targets = DefectTarget.objects.filter(defect__plan=plan)
    for target in targets.select_related("unit", "owner__user"):
        owner = str(target.owner.user) if target.owner else ""
        part = Part(str(target.unit), tuple(rounds[target.pk]), owner)
        parts[target.defect_id].append(part)
    return [
        Case(
            one.number,
            DefectKind(one.kind).label,
            one.title,
            one.text,
            one.source,
            one.found_on,
            tuple(parts[one.pk]),
        )
        for one in plan.defects.all()
    ]


def entry_of(row: DefectEntry, found_on: date) -> Entry:
    """As a plain value.  A defect counts from the day it was found, not typed in."""
    kind = EntryKind(row.kind)
    day = timezone.localdate(row.at)
    return Entry(
        kind,
        min(found_on, day) if kind is EntryKind.OPENED else day,
        row.text,
        str(row.by or ""),
        row.percent,
        row.wants_release,
        row.due_on,
    )


def _source(plan: Plan, part: str) -> PaperSource | None:
    """None for a quarter that is still to come."""
    asked = Asked.parse(part)
    known = quarters_of(plan.year, timezone.localdate())
    if asked is None or asked.quarter not in known:
        return None
    return ReportSource(plan, part, asked)


DEFECT_REPORTS = Kind(lambda part: Asked.parse(part) is not None, _source)
