"""沿用確認: which parts of a carried plan somebody has looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from offices.models import User

from .carriers import carriers
from .models import Block, Plan, Row


def versions_of(plan: Plan) -> dict[str, int]:
    """The versions of all parts that may be confirmed, by key: blocks, rows, and what
    other apps keep.  Two queries, and one of each carrier."""
    blocks = Block.objects.filter(plan=plan).order_by()
    rows = Row.objects.filter(table__plan=plan).order_by()
    versions = {f"b{pk}": seen for pk, seen in blocks.values_list("pk", "version")}
    versions |= {f"r{pk}": seen for pk, seen in rows.values_list("pk", "version")}
    for carrier in carriers():
        versions |= carrier.versions(plan)
    return versions


def standing_parts(plan: Plan, versions: Mapping[str, int]) -> dict[str, bool]:
    """Whether each carried part that was not deleted is confirmed, by key.

    Whoever changed its text or cells has confirmed it; moving it is no change.  One
    query.
    """
    carried = plan.carried.values_list("key", "version", "confirmed_at")
    return {
        key: versions[key] > version or confirmed_at is not None
        for key, version, confirmed_at in carried
        if key in versions
    }


def count_waiting(plan: Plan) -> int:
    """How many parts nobody has confirmed; no query for a plan without a source."""
    if plan.source_id is None:
        return 0
    confirmed = standing_parts(plan, versions_of(plan)).values()
    return sum(not one for one in confirmed)


@transaction.atomic
def confirm(plan: Plan, keys: Collection[str], *, by: User) -> int:
    """Say that these parts are right as they stand; how many were not confirmed yet."""
    waiting = plan.carried.filter(key__in=keys, confirmed_at=None)
    return waiting.update(confirmed_at=timezone.now(), confirmed_by=by)
