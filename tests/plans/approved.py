"""A plan with an approved version, and what becomes of it, for the tests of versions."""

from __future__ import annotations

from datetime import date

from plans.compose import compose
from plans.freezing import freeze
from plans.models import Approval, Plan, State


def approve_as_it_is(plan: Plan, **fields: object) -> Approval:
    """The plan of this moment frozen as its next version, without the way through
    the chain; the plan then stands as it does after an amendment began."""
    plan.refresh_from_db()
    frozen = freeze(compose(plan))
    approval = Approval.objects.create(
        plan=plan,
        number=plan.approvals.count() + 1,
        edition=plan.edition,
        content=frozen.content,
        digest=frozen.digest,
        **{"approved_on": date(2025, 1, 16), **fields},
    )
    Plan.objects.filter(pk=plan.pk).update(state=State.AMENDING)
    plan.refresh_from_db()
    return approval


def alter(approval: Approval) -> None:
    """Somebody who owns the database changes what was frozen."""
    content = approval.content.replace("計畫", "計劃")
    assert content != approval.content
    Approval.objects.filter(pk=approval.pk).update(content=content)


def text_of(response: object) -> str:
    """The page, its lines and blanks as one."""
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]
