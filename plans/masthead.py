"""The verbs for what stands above a plan's text: its settings and revision lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from offices.audit.models import Act
from offices.audit.recording import record
from offices.models import User

from .compose import revision_line
from .cycle import NotNow
from .documents.revisions import revision_text
from .editing import lock_plan
from .exports import discard_exports
from .models import Plan, Revision


class StaleSettings(Exception):
    """Someone saved the settings in between; ``current`` is the plan as it is now."""

    def __init__(self, current: Plan) -> None:
        super().__init__("計畫設定剛才已由別人修改。")
        self.current = current


@transaction.atomic
def save_settings(
    plan: Plan, *, version: int, values: Mapping[str, Any], by: User
) -> Plan:
    """Store title, year, numbering style, cover … if still at ``version``.

    Raises StaleSettings.
    """
    current = lock_plan(plan)
    if all(getattr(current, name) == value for name, value in values.items()):
        return current
    if current.version != version:
        raise StaleSettings(current)
    for name, value in values.items():
        setattr(current, name, value)
    current.version += 1
    current._history_user = by  # type: ignore[attr-defined]  # read by simple-history
    current.save()
    current.touch()
    return current


@transaction.atomic
def create_plan(plan: Plan, *, by: User) -> None:
    """Save a new plan."""
    plan.created_by = by
    plan.save()
    record(Act.PLAN_CREATED, by=by, office=plan.office, target=plan)


@transaction.atomic
def delete_plan(plan: Plan, *, by: User | None) -> None:
    """Delete the plan for good, its PDF files included.

    Raises NotNow where it was submitted meanwhile, or has approved versions.
    """
    plan = lock_plan(plan)
    if plan.is_frozen or plan.approvals.exists():
        raise NotNow("計畫正在送核，或已有核定版本，不能刪除。")
    discard_exports(plan)
    Plan.objects.filter(pk=plan.pk).delete()  # plan keeps its key for the trail
    record(Act.PLAN_DELETED, by=by, office=plan.office, target=plan)


@transaction.atomic
def add_revision(plan: Plan, *, values: Mapping[str, Any]) -> Revision:
    """A new line at the end of the history block."""
    plan = lock_plan(plan)
    line = plan.revisions.create(position=plan.revisions.count(), **values)
    plan.touch()
    return line


class StaleRevision(Exception):
    """Someone changed the line in between; ``current`` is the line as it is now."""

    def __init__(self, current: Revision) -> None:
        super().__init__("這一行剛才已由別人修改。")
        self.current = current


@transaction.atomic
def save_revision(line: Revision, *, seen: str, values: Mapping[str, Any]) -> None:
    """Store the line if it still prints as ``seen``.

    Raises StaleRevision, and Revision.DoesNotExist where it was deleted.
    """
    plan = lock_plan(line.plan)
    current = plan.revisions.get(pk=line.pk)
    if revision_text(revision_line(current)) != seen:
        raise StaleRevision(current)
    for name, value in values.items():
        setattr(current, name, value)
    current.save()
    plan.touch()


@transaction.atomic
def move_revision(line: Revision, *, steps: int) -> None:
    """Trade places with the line ``steps`` above (negative) or below, if there is one.

    A line that was deleted meanwhile stays deleted.
    """
    plan = lock_plan(line.plan)
    lines = list(plan.revisions.all())
    if line not in lines:
        return
    here = lines.index(line)
    there = here + steps
    if 0 <= there < len(lines):
        lines[here], lines[there] = lines[there], lines[here]
    _number(lines)
    plan.touch()


@transaction.atomic
def delete_revision(line: Revision) -> None:
    plan = lock_plan(line.plan)
    line.delete()
    _number(list(plan.revisions.all()))
    plan.touch()


def _number(lines: list[Revision]) -> None:
    for position, line in enumerate(lines):
        line.position = position
    Revision.objects.bulk_update(lines, ["position"])
