"""Who takes which step, by name, and how a person who acted is named."""

from __future__ import annotations

from collections.abc import Sequence

from offices.models import Member, MemberRole, Office, User

from ..models import ChainStep, SubmissionStep
from ..models.review import REVIEWING


def reviewers_by_step(
    office: Office, steps: Sequence[ChainStep | SubmissionStep]
) -> list[list[str]]:
    """For each step the names of those who hold its role in their own right.

    One query for all steps.
    """
    rows = MemberRole.objects.filter(
        role__in=REVIEWING,
        member__office=office,
        member__is_active=True,
        member__user__is_active=True,
    ).select_related("member__user")
    held = [(row.role, row.member.unit_id, str(row.member.user)) for row in rows]
    return [
        sorted(
            name
            for role, unit, name in held
            if role == step.role and step.unit_id in {None, unit}
        )
        for step in steps
    ]


def who(by: User | None, acting_for: Member | None) -> str:
    """吳沛芩, or 吳沛芩（代理 周品堃）; "" where nobody is known."""
    if by is None:
        return ""
    return f"{by}（代理 {acting_for.user}）" if acting_for else str(by)
