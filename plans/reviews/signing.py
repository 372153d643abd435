"""What is proposed for the line that an approval adds to the history block."""

from __future__ import annotations

from datetime import date

from ..approving import Signed
from ..documents.model import RevisionLine
from ..documents.revisions import revision_text
from ..models import Plan, Revision

VERBS = ("訂定", "修正", "修訂", "核定", "核備", "備查", "函頒")
WORDS_AFTER = ("核定", "核准", "核備", "備查", "函頒")


def proposed(plan: Plan, today: date) -> dict[str, object]:
    """The values to begin with: 訂定 for a plan without history, then 第n次修正.

    The verb and the count go on as the last line of the history has them.
    """
    lines = list(plan.revisions.all())
    if not lines:
        return {"on": today, "verb": VERBS[0], "ordinal": None}
    highest = max(line.ordinal for line in lines)
    counted = highest or len(lines) == 1
    return {
        "on": today,
        "verb": _next_verb(lines),
        "ordinal": highest + 1 if counted else None,
        "approval": lines[-1].approval,
    }


def line_preview(plan: Plan, signed: Signed) -> str:
    """The line as it will be printed, in the way the lines before it are."""
    last = plan.revisions.order_by("-position", "-pk").first()
    return revision_text(
        RevisionLine(
            signed.on.year - 1911,
            signed.on.month,
            signed.on.day,
            ordinal=signed.ordinal,
            verb=signed.verb,
            number=signed.reference,
            approval=signed.approval,
            dotted=last.dotted if last else False,
        )
    )


def _next_verb(lines: list[Revision]) -> str:
    last = lines[-1].verb
    return last if last in {"修正", "修訂"} else "修正"
