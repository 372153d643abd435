"""The units of an office by the names that a Timetable gives them."""

from __future__ import annotations

from collections.abc import Iterable

from offices.models import Office, Unit

LONGEST_UNIT = 40


def units_named(
    office: Office, names: Iterable[str], *, create: bool = False
) -> dict[str, Unit]:
    """The office's units by name; with ``create`` those it lacks are made."""
    units = {unit.name: unit for unit in office.units.all()}
    labels = {unit.label for unit in units.values()}
    last = max((unit.position for unit in units.values()), default=-1)
    for name in names:
        short = name[:LONGEST_UNIT]
        if create and short and short not in units:
            last, label = last + 1, _free_label(short, labels)
            labels.add(label)
            units[short] = Unit.objects.create(
                office=office, name=short, label=label, position=last
            )
        if short in units:
            units[name] = units[short]
    return units


def _free_label(name: str, taken: set[str]) -> str:
    """The first character of the name, or as many as tell it from the others."""
    for length in range(1, 5):
        if name[:length] not in taken:
            return name[:length]
    return next(
        label
        for number in range(2, 1000)
        if (label := f"{name[0]}{number}") not in taken
    )
