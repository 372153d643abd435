"""How the annex is called, what its points come to, where it stands; and the kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from offices.models import Office
from plans.models import BlockKind, Plan

from .compose import schedule_of
from .models import MethodKind, Schedule


class StaleSchedule(Exception):
    """Someone saved the settings in between; ``current`` is what stands there now."""

    def __init__(self, current: Schedule) -> None:
        super().__init__("管制表的設定剛才已由別人修改。")
        self.current = current


@transaction.atomic
def save_schedule(plan: Plan, *, version: int, values: Mapping[str, Any]) -> Schedule:
    """Store label, title, total and place if still at ``version``; StaleSchedule else.

    Nothing happens where all is so already.
    """
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    current = schedule_of(locked)
    if all(getattr(current, name) == value for name, value in values.items()):
        return current
    if current.version != version:
        raise StaleSchedule(current)
    for name, value in values.items():
        setattr(current, name, value)
    current.version += 1
    current.save()
    locked.touch()
    return current


def places(plan: Plan) -> list[tuple[int, str]]:
    """Where the annex may stand: (how many of the plan's own precede it, in words)."""
    annexes = plan.blocks.filter(kind=BlockKind.ANNEX, parent=None)
    names = [
        " ".join(f"{label} {heading}".split())[:40]
        for label, heading in annexes.values_list("label", "heading")
    ]
    if not names:
        return [(0, "第 1 個附件（計畫沒有別的附件）")]
    behind = [
        (count, f"第 {count + 1} 個附件，在「{name or '未命名的附件'}」之後")
        for count, name in enumerate(names, start=1)
    ]
    return [(0, "第 1 個附件，最前面"), *behind]


def save_kinds(office: Office, names: Sequence[str]) -> None:
    """Make these the office's kinds, in this order; none means the usual ones.

    Rows of methods keep the words they have.
    """
    with office.locked():
        office.method_kinds.exclude(name__in=names).delete()
        for position, name in enumerate(names):
            MethodKind.objects.update_or_create(
                office=office, name=name, defaults={"position": position}
            )
