"""改正: putting the right word where a finding is, through the ordinary verbs."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from offices.models import User

from .carriers import Fix
from .documents.proofs.finding import Finding
from .editing import lock_plan
from .models import Plan
from .proofing import findings_of
from .rewriting import Gone, rewrite


@transaction.atomic
def mend(plan: Plan, key: str, *, everywhere: bool, by: User) -> int:
    """Put the right words for the wrong ones; how many times that was.

    ``key`` is a finding's; ``everywhere`` mends all findings of the same words.  What
    is found anew under the plan's lock is mended, so that nothing is overwritten that
    nobody has seen.  Raises Gone.
    """
    plan = lock_plan(plan)
    found = findings_of(plan).findings
    chosen = next((one for one in found if one.key == key and one.fix), None)
    if chosen is None:
        raise Gone
    same = [one for one in found if _is_like(one, chosen)] if everywhere else [chosen]
    by_place: dict[str, list[Fix]] = defaultdict(list)
    for one in same:
        if one.fix:
            by_place[one.place].append((one.field, one.fix))
    rewrite(plan, by_place, by=by)
    return len(same)


def _is_like(one: Finding, other: Finding) -> bool:
    fix, wanted = one.fix, other.fix
    if fix is None or wanted is None:
        return False
    return (one.check, fix.old, fix.new) == (other.check, wanted.old, wanted.new)
