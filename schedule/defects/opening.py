"""研考 opens a defect, words it better, and names the units that mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from offices import roc
from offices.audit.models import Act
from offices.audit.recording import differences
from offices.models import Member, Unit
from plans.cycle import Actor, NotNow, locked
from plans.models import Plan

from ..models import Defect, DefectKind, DefectTarget, Item
from .rounds import EntryKind
from .telling import add_entry, tell_trail, tell_unit


@dataclass(frozen=True, slots=True)
class Wording:
    """What a defect says; ``source`` names the check and who checked."""

    kind: str
    title: str
    text: str
    source: str
    found_on: date
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A unit that is to mend it, until when, and who there."""

    unit: Unit
    due_on: date
    owner: Member | None = None


class StaleDefect(Exception):
    """Somebody saved the defect in between; ``current`` is what stands there now."""

    def __init__(self, current: Defect) -> None:
        super().__init__("這一案剛才已由別人修改。")
        self.current = current


@transaction.atomic
def open_defect(
    plan: Plan, wording: Wording, named: Sequence[Named], *, by: Actor
) -> Defect:
    """Put a new defect under control with each unit, which is given notice.

    One that says the very same is not made twice: a double click gives the first.
    """
    plan = locked(plan)
    same = plan.defects.filter(created_by=by.user, **_fields(wording)).first()
    if same is not None:
        return same
    last = plan.defects.aggregate(last=Max("number"))["last"] or 0
    defect = Defect(plan=plan, number=last + 1, created_by=by.user, **_fields(wording))
    defect._history_user = by.user  # type: ignore[attr-defined]
    defect.save()
    for one in named:
        _name(defect, one, by)
    details = _told(wording) | {"課室": "、".join(_words(one) for one in named)}
    tell_trail(Act.DEFECT_OPENED, defect, by, **details)
    return defect


@transaction.atomic
def change_defect(
    defect: Defect,
    *,
    version: int,
    wording: Wording,
    named: Sequence[Named],
    dropped: Sequence[DefectTarget] = (),
    by: Actor,
) -> Defect:
    """Word it anew, name more units, let go those that never answered.

    ``named`` may hold units that are named already: their owner is set; due days
    change by change_due() alone.  Raises StaleDefect, and NotNow where a unit of
    ``dropped`` has answered meanwhile.
    """
    rows = Defect.objects.select_for_update(of=("self",))
    current = rows.select_related("plan__office", "item").get(pk=defect.pk)
    if current.version != version:
        raise StaleDefect(current)
    told = differences(_told(_wording_of(current)), _told(wording))
    told |= _set_units(current, named, dropped, by)
    if not told:
        return current
    for name, value in _fields(wording).items():
        setattr(current, name, value)
    current.version += 1
    current._history_user = by.user  # type: ignore[attr-defined]
    current.save()
    tell_trail(Act.DEFECT_CHANGED, current, by, **told)
    return current


def is_untouched(target: DefectTarget) -> bool:
    """Whether nothing was said since the unit was named, so that it may be let go."""
    return target.version <= 1


def _set_units(
    defect: Defect,
    named: Sequence[Named],
    dropped: Sequence[DefectTarget],
    by: Actor,
) -> dict[str, str]:
    """What was changed, for the trail."""
    # All rows of the defect in one order, so that two changes never wait in a circle.
    locked_rows = DefectTarget.objects.select_for_update(of=("self",)).order_by("pk")
    targets = {target.unit_id: target for target in locked_rows.filter(defect=defect)}
    told: dict[str, list[str]] = {}
    for target in dropped:
        current = targets.pop(target.unit_id)
        if not is_untouched(current):
            raise NotNow(f"{target.unit}已經有辦理紀錄，不能移除；沒有存入。")
        told.setdefault("移除課室", []).append(str(target.unit))
        current.delete()
    for one in named:
        known = targets.get(one.unit.pk)
        if known is None:
            _name(defect, one, by)
            told.setdefault("新增課室", []).append(_words(one))
        elif known.owner != one.owner:
            known.owner = one.owner
            known.save(update_fields=["owner"])
            told.setdefault("承辦人", []).append(_words(one))
    return {name: "、".join(words) for name, words in told.items()}


def _name(defect: Defect, one: Named, by: Actor) -> None:
    target = DefectTarget.objects.create(
        defect=defect, unit=one.unit, owner=one.owner, due_on=one.due_on
    )
    add_entry(target, EntryKind.OPENED, by, due_on=one.due_on)
    kind = DefectKind(defect.kind).label
    text = f"{one.unit}有一件{kind}列管：{defect.title}，期限 {roc.numeric(one.due_on)}"
    tell_unit(target, by, text)


def _fields(wording: Wording) -> dict[str, object]:
    # asdict() would copy the item.
    return {name: getattr(wording, name) for name in Wording.__slots__}


def _wording_of(defect: Defect) -> Wording:
    return Wording(*(getattr(defect, name) for name in Wording.__slots__))


def _told(wording: Wording) -> dict[str, str]:
    return {
        "類別": DefectKind(wording.kind).label,
        "名稱": wording.title,
        "內容": wording.text,
        "查核來源": wording.source,
        "查核日期": roc.numeric(wording.found_on),
        "管制項目": str(wording.item or ""),
    }


def _words(one: Named) -> str:
    owner = f"／{one.owner.user}" if one.owner else ""
    return f"{one.unit}（{roc.numeric(one.due_on)}{owner}）"
