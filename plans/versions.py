"""What can be compared: versions of a plan, the plan as it stands, last year's plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .carriers import carriers
from .compose import compose
from .documents.model import Document
from .documents.renaming import with_ids
from .freezing import Altered, document_of
from .models import Approval, Plan

NOW = "now"
LAST = "last"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides of a comparison; each is "v12", the key of a version, "now", or "last",
    the plan of last year that this one was carried over from."""

    old: str
    new: str

    @classmethod
    def parse(cls, name: str) -> Pair:
        """From "v12-now".  Raises ValueError."""
        old, new = name.split("-")
        return cls(old, new)

    @property
    def name(self) -> str:
        return f"{self.old}-{self.new}"

    def ending_in(self, approval: Approval) -> Pair:
        """The same comparison once the draft is a version."""
        return replace(self, new=side_of(approval))


def side_of(approval: Approval) -> str:
    return f"v{approval.pk}"


def document_named(plan: Plan, side: str) -> Document | None:
    """The Document of a side; None for a version or source that the plan has not.

    Raises freezing.Altered for a version whose stored text was changed.
    """
    if side == NOW:
        return compose(plan)
    if side == LAST:
        return last_year(plan)
    key = side.removeprefix("v")
    if not (side.startswith("v") and key.isascii() and key.isdigit()):
        return None
    approval = plan.approvals.filter(pk=int(key)).first() if len(key) < 19 else None
    return document_of(approval) if approval else None


def last_year(plan: Plan) -> Document | None:
    """The plan's source, its parts called by the keys of what was made of them here.

    That is its last approved version, or its text now where none is intact; without
    its history, which is not this plan's.  None for a plan without a source.
    """
    if plan.source is None:
        return None
    ids = dict(plan.carried.values_list("source_key", "key"))
    document = with_ids(replace(_official(plan.source), revisions=()), ids)
    annexes = document.annexes
    for carrier in carriers():
        annexes = tuple(carrier.as_this_year(a, plan.source, plan) for a in annexes)
    return replace(document, annexes=annexes)


def _official(plan: Plan) -> Document:
    for approval in plan.approvals.all()[:1]:
        try:
            return document_of(approval)
        except Altered:
            break
    return compose(plan)
