"""The units (課室) of an office: their order, and when one may go."""

from __future__ import annotations

from django.db.models import ProtectedError

from .audit.models import Act
from .audit.recording import differences, record
from .models import Office, Unit, User


class UnitInUse(Exception):
    """People or their work still belong to the unit; ``message`` says what to do."""

    def __init__(self, unit: Unit, what: str) -> None:
        self.message = f"「{unit.name}」還有 {what}，再刪除。"
        super().__init__(self.message)


def add_unit(unit: Unit, *, by: User | None) -> None:
    """Save a new unit at the end of its office's list."""
    with unit.office.locked():
        unit.position = unit.office.units.count()
        unit.save()
        details = {"簡稱": unit.label}
        record(Act.UNIT_ADDED, by=by, office=unit.office, target=unit, details=details)


def rename_unit(unit: Unit, *, by: User | None) -> None:
    """Save the name and label that ``unit`` has by now."""
    with unit.office.locked():
        before = Unit.objects.get(pk=unit.pk)
        details = differences(_described(before), _described(unit))
        if not details:
            return
        unit.save(update_fields=["name", "label"])
        record(
            Act.UNIT_CHANGED, by=by, office=unit.office, target=unit, details=details
        )


def _described(unit: Unit) -> dict[str, str]:
    return {"課室名稱": unit.name, "簡稱": unit.label}


def move_unit(unit: Unit, *, up: bool, by: User | None) -> None:
    """One place up or down; at the end of the list nothing happens."""
    with unit.office.locked():
        units = list(unit.office.units.all())
        here = units.index(unit)
        there = here - 1 if up else here + 1
        if 0 <= there < len(units):
            units[here], units[there] = units[there], units[here]
        renumber(units)
        order = {"順序": "、".join(one.name for one in units)}
        record(Act.UNIT_MOVED, by=by, office=unit.office, target=unit, details=order)


def delete_unit(unit: Unit, *, by: User | None) -> None:
    """Raises UnitInUse while people belong to it, or work that other apps protect."""
    with unit.office.locked():
        members = unit.members.count()
        if members:
            what = f"{members} 位成員（含已停用的），請先把他們改到別的課室"
            raise UnitInUse(unit, what)
        office: Office = unit.office
        try:
            Unit.objects.filter(pk=unit.pk).delete()  # unit keeps its key for the trail
        except ProtectedError as error:
            raise UnitInUse(unit, _work_left(error)) from error
        renumber(list(office.units.all()))
        record(Act.UNIT_DELETED, by=by, office=office, target=unit)


def _work_left(error: ProtectedError) -> str:
    """What keeps the unit; offices know nothing of it but how many there are."""
    count = len(set(error.protected_objects))
    return f"{count} 個管制項目（含最近刪除的），請先把它們改到別的課室"


def renumber(units: list[Unit]) -> None:
    """Positions 0, 1, 2 … in the order given."""
    for position, unit in enumerate(units):
        if unit.position != position:
            unit.position = position
            unit.save(update_fields=["position"])
