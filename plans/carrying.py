"""沿用去年: last year's plan becomes this year's draft, and both know of each other."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from offices.audit.models import Act
from offices.audit.recording import record
from offices.models import Office, User

from .annexes import kept_url
from .apply import BATCH, apply_with_ids
from .carriers import carriers
from .compose import compose
from .documents.mentions import Finder
from .documents.model import Document
from .editing import lock_plan
from .freezing import document_of
from .models import Approval, Carried, Plan


class AlreadyCarried(Exception):
    """The same plan was carried over for that year before; ``plan`` is what it became."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"這份計畫已經沿用為 {plan.year} 年度的「{plan}」。")
        self.plan = plan


@transaction.atomic
def carry_over(
    source: Plan,
    *,
    office: Office,
    year: int,
    title: str,
    by: User | None,
    version: Approval | None = None,
    again: bool = False,
) -> Plan:
    """A new draft with everything of ``source`` but its history lines and their 文號.

    The text is that of ``version``, or the one that stands now.  What is kept beside
    it (the control table) is copied as it stands.  The number of queries grows with
    the depth of the tree, not with its size.  Raises AlreadyCarried unless ``again``;
    freezing.Altered; apply.UnfitDocumentError.
    """
    lock_plan(source)
    standing = source.carried_to.filter(year=year, office=office).first()
    if standing is not None and not again:
        raise AlreadyCarried(standing)
    document = document_of(version) if version else compose(source)
    plan, ids = apply_with_ids(
        _without_past(source, document), office=office, year=year, title=title, by=by
    )
    Plan.objects.filter(pk=plan.pk).update(source=source)
    plan.source = source
    for carrier in carriers():
        ids |= carrier.carry(source, plan, ids, by=by)
    Carried.objects.bulk_create(
        (Carried(plan=plan, key=new, source_key=old) for old, new in ids.items()),
        batch_size=BATCH,
    )
    details = {"來源": str(source), "內容": str(version or "目前內容")}
    record(Act.PLAN_CARRIED, by=by, office=office, target=plan, details=details)
    return plan


def title_for(title: str, old: int, new: int) -> str:
    """The title as it is offered for the new year: every year in it so many later."""
    offered = title
    for one in reversed(Finder(old, new).mentions(title)):
        if one.offer is not None:
            offered = offered[: one.start] + one.offer + offered[one.end :]
    return offered


def _without_past(source: Plan, document: Document) -> Document:
    """Without the history, and without the annexes that their keepers copy."""
    own = tuple(a for a in document.annexes if kept_url(source, a.id) is None)
    return replace(document, annexes=own, revisions=())
