"""What is printed of versions: one of them ("v12"), or a 修正對照表 ("v12-now.say")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from .amending import Asked, amendment_of, side_words, stamp_of
from .documents.model import Document
from .models import Approval, Plan
from .paper_sources import Kind, PaperSource
from .versions import LAST, NOW, document_named, side_of

_VERSION = re.compile(r"v[1-9]\d{0,17}")


@dataclass(frozen=True)
class VersionSource(PaperSource):
    """An approved version, from its frozen JSON: no later edition makes it old."""

    approval: Approval

    is_lasting = True
    is_of_versions = True

    @property
    def edition(self) -> int:
        return 0

    @property
    def words(self) -> str:
        return str(self.approval)

    @property
    def back_url(self) -> str:
        return self.approval.get_absolute_url()

    def document(self) -> Document | None:
        return document_named(self.plan, self.part)


@dataclass(frozen=True)
class AmendmentSource(PaperSource):
    """A 修正對照表; whoever changes a 說明 makes what was printed old."""

    asked: Asked

    is_of_versions = True

    @property
    def edition(self) -> int:
        return self.plan.edition if self.asked.is_with_draft else 0

    @cached_property
    def stamp(self) -> str:
        return stamp_of(self.plan, self.asked.pair)

    @cached_property
    def words(self) -> str:
        old, new = side_words(self.plan, self.asked.pair)
        return f"修正對照表（{old}→{new}）"

    @property
    def back_url(self) -> str:
        return reverse("plans:amendments", args=[self.plan.pk, self.asked.name])

    def document(self) -> Document | None:
        found = amendment_of(self.plan, self.asked)
        return found.document if found else None


def _names(part: str) -> bool:
    return bool(_VERSION.fullmatch(part)) or Asked.parse(part) is not None


def _source(plan: Plan, part: str) -> PaperSource | None:
    """One query for versions."""
    asked = Asked.parse(part)
    sides = [part] if asked is None else [asked.pair.old, asked.pair.new]
    if LAST in sides and plan.source_id is None:
        return None
    named = {side for side in sides if side not in {NOW, LAST}}
    keys = [int(side.removeprefix("v")) for side in named]
    approvals = list(plan.approvals.without_content().filter(pk__in=keys))
    if {side_of(one) for one in approvals} != named:
        return None
    if asked is None:
        return VersionSource(plan, part, approvals[0])
    return AmendmentSource(plan, part, asked)


VERSIONS = Kind(_names, _source)
