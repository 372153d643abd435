"""The unit tells what it did."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from offices.audit.models import Act
from plans.cycle import Actor, NotNow

from ..models import DefectEntry, DefectTarget
from .rounds import EntryKind
from .telling import add_entry, held, tell_keepers, tell_trail


@dataclass(frozen=True, slots=True)
class Answer:
    """辦理情形; ``percent`` from 0 to 100, or None where it is not said."""

    text: str
    percent: int | None = None
    wants_release: bool = False


@transaction.atomic
def answer(target: DefectTarget, told: Answer, *, seen: int, by: Actor) -> DefectEntry:
    """Add the answer; where it asks for the release 研考 are given notice.

    While 研考 have not decided it may be followed by another, which may take the
    request back.  Raises NotNow where somebody was faster, or all is released.
    """
    current = held(target, seen)
    if current.is_released:
        raise NotNow("這一件已經解列，不能再填辦理情形；需要時請研考恢復列管。")
    made = add_entry(
        current,
        EntryKind.ANSWER,
        by,
        text=told.text,
        percent=told.percent,
        wants_release=told.wants_release,
    )
    asks = "請求解列" if told.wants_release else ""
    what = asks or "填報辦理情形"
    tell_keepers(current, by, f"{current.unit}{what}：{current.defect}")
    tell_trail(
        Act.DEFECT_ANSWERED,
        current.defect,
        by,
        課室=str(current.unit),
        辦理情形=told.text,
        完成="" if told.percent is None else f"{told.percent}%",
        解列=asks,
    )
    return made
