"""研考 judges what a unit tells: release, return, an opinion, another due day, reopen."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from offices import roc
from offices.audit.models import Act
from offices.audit.recording import differences
from plans.cycle import Actor, NotNow

from ..models import DefectEntry, DefectTarget
from .rounds import EntryKind
from .telling import add_entry, held, tell_trail, tell_unit

RELEASED_ALREADY = "這一件已經解列；需要時請先恢復列管。"


@transaction.atomic
def release(target: DefectTarget, *, opinion: str, seen: int, by: Actor) -> DefectEntry:
    """同意解列: the unit is done with it.  Raises NotNow where it does not ask."""
    current = _asking(target, seen)
    made = add_entry(current, EntryKind.RELEASED, by, text=opinion)
    tell_unit(current, by, f"已同意解列：{current.defect}（{current.unit}）")
    _trail(Act.DEFECT_RELEASED, current, by, 審查意見=opinion)
    return made


@transaction.atomic
def send_back(
    target: DefectTarget, *, opinion: str, seen: int, by: Actor
) -> DefectEntry:
    """退回: it goes on, for the reason told.  Raises NotNow where it does not ask."""
    current = _asking(target, seen)
    made = add_entry(current, EntryKind.RETURNED, by, text=opinion)
    text = f"解列請求已退回：{current.defect}（{current.unit}）：{opinion}"
    tell_unit(current, by, text, urgent=True)
    _trail(Act.DEFECT_RETURNED, current, by, 審查意見=opinion, 結果="退回")
    return made


@transaction.atomic
def remark(target: DefectTarget, *, opinion: str, seen: int, by: Actor) -> DefectEntry:
    """審查意見 on a defect that goes on.  Raises NotNow where it waits or is over."""
    current = held(target, seen)
    if current.is_released:
        raise NotNow(RELEASED_ALREADY)
    if current.is_asked:
        raise NotNow("課室正在請求解列，請選擇同意解列或退回。")
    made = add_entry(current, EntryKind.REMARK, by, text=opinion)
    text = f"審查意見：{current.defect}（{current.unit}）：{opinion}"
    tell_unit(current, by, text)
    _trail(Act.DEFECT_RETURNED, current, by, 審查意見=opinion, 結果="持續列管")
    return made


@transaction.atomic
def change_due(
    target: DefectTarget, *, due_on: date, reason: str, seen: int, by: Actor
) -> DefectEntry:
    """Another due day, with the reason.  Raises NotNow once it is released."""
    current = held(target, seen)
    if current.is_released:
        raise NotNow(RELEASED_ALREADY)
    before = {"期限": roc.numeric(current.due_on)}
    made = add_entry(current, EntryKind.DUE, by, text=reason, due_on=due_on)
    moved = differences(before, {"期限": roc.numeric(due_on)})
    words = f"期限改為 {roc.numeric(due_on)}：{current.defect}（{current.unit}）"
    tell_unit(current, by, words)
    _trail(Act.DEFECT_CHANGED, current, by, 原因=reason, **moved)
    return made


@transaction.atomic
def reopen(
    target: DefectTarget, *, due_on: date, reason: str, seen: int, by: Actor
) -> DefectEntry:
    """恢復列管, until a new due day.  Raises NotNow where it was never released."""
    current = held(target, seen)
    if not current.is_released:
        raise NotNow("這一件還在列管中，不必恢復。")
    made = add_entry(current, EntryKind.REOPENED, by, text=reason, due_on=due_on)
    text = f"恢復列管：{current.defect}（{current.unit}），期限 {roc.numeric(due_on)}"
    tell_unit(current, by, text, urgent=True)
    _trail(Act.DEFECT_REOPENED, current, by, 原因=reason, 期限=roc.numeric(due_on))
    return made


def _asking(target: DefectTarget, seen: int) -> DefectTarget:
    current = held(target, seen)
    if not current.is_asked:
        raise NotNow("這一件沒有在請求解列，沒有可以審查的。")
    return current


def _trail(act: Act, target: DefectTarget, by: Actor, **details: str) -> None:
    tell_trail(act, target.defect, by, 課室=str(target.unit), **details)
