"""The book of a round: its sheet, its assessors and every score, read at once.

A closed round is read from what was frozen when it closed, so that later changes of
the plan, of units and of grades change no result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from plans.models import Plan

from ..assessment.grades import Scale, Step
from ..assessment.rules import Rules, rules_from
from ..assessment.sheet import Entry, Sheet, Subject, from_json, sheet_of, to_json
from ..assessment.standing import Marks, UnitStanding, standings
from ..compose import timetable_of
from ..models import Round, Score
from ..timetable.model import Timetable


@dataclass(frozen=True, slots=True)
class Judge:
    """An assessor; ``units`` are names, None for all."""

    pk: int
    name: str
    member: int
    units: frozenset[str] | None

    def scores(self, entry: Entry) -> bool:
        return self.units is None or entry.unit in self.units


@dataclass(frozen=True, slots=True)
class Given:
    """A score as it stands; version 0 where nothing was saved yet."""

    value: Decimal | None = None
    comment: str = ""
    version: int = 0


NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Book:
    """Everything a page about the round needs; ``given`` by (judge, cell)."""

    round: Round
    rules: Rules
    sheet: Sheet
    scale: Scale | None
    judges: tuple[Judge, ...]
    given: Mapping[tuple[int, str], Given]

    def marks_of(self, judge: Judge) -> Marks:
        """What one assessor gave."""
        return {
            cell: one.value
            for (pk, cell), one in self.given.items()
            if pk == judge.pk and one.value is not None
        }

    def common_marks(self) -> Marks:
        """The mean of everyone's scores, of cells that all their assessors scored."""
        if self.round.frozen:
            return {
                cell: Fraction(text)
                for cell, text in self.round.frozen["marks"].items()
            }
        found: dict[str, Fraction] = {}
        for cell, judges in self._judges_by_cell().items():
            values = [self.given.get((pk, cell), NOTHING).value for pk in judges]
            given = [Fraction(value) for value in values if value is not None]
            if given and len(given) == len(values):
                found[cell] = sum(given, Fraction(0)) / len(given)
        return found

    def standings(self) -> tuple[UnitStanding, ...]:
        return standings(self.rules, self.sheet, self.common_marks(), self.scale)

    def progress(self, judge: Judge) -> tuple[int, int]:
        """How many scores the assessor gave, and how many are theirs to give."""
        mine = {
            cell.key
            for entry in self.sheet
            if judge.scores(entry) and not entry.is_bonus
            for cell in entry.cells
        }
        return len(mine & self.marks_of(judge).keys()), len(mine)

    def _judges_by_cell(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for entry in self.sheet:
            fitting = {judge.pk for judge in self.judges if judge.scores(entry)}
            for cell in entry.cells:
                found.setdefault(cell.key, set()).update(fitting)
        return found


def read_book(round_: Round) -> Book:
    """A constant number of queries, whatever the sheet's size."""
    frozen = round_.frozen
    rules = rules_from(round_.scheme, round_.settings)
    sheet = from_json(frozen["sheet"]) if frozen else live_sheet(round_.plan, rules)
    scale = _frozen_scale(frozen["scale"]) if frozen else _live_scale(round_)
    return Book(
        round_, rules, sheet, scale, tuple(_judges(round_)), dict(_given(round_))
    )


def live_sheet(plan: Plan, rules: Rules) -> Sheet:
    """The sheet as the plan's control table stands now."""
    timetable = timetable_of(plan)
    names = {sheet.unit for sheet in timetable.sheets}
    units = [
        (f"u{unit.pk}", unit.name)
        for unit in plan.office.units.all()
        if unit.name in names or not names
    ]
    return sheet_of(rules, units, _subjects(timetable))


def frozen_book(book: Book) -> dict[str, Any]:
    """What Round.frozen keeps: sheet, common marks and grades, as exact text."""
    marks = {cell: str(value) for cell, value in book.common_marks().items()}
    steps = book.scale.steps if book.scale else ()
    return {
        "sheet": to_json(book.sheet),
        "marks": marks,
        "scale": [[step.name, str(step.at_least)] for step in steps],
    }


def _subjects(timetable: Timetable) -> Iterable[Subject]:
    for sheet in timetable.sheets:
        for item in sheet.items:
            share = item.share_of(sheet.unit)
            indicators = tuple((n.id, n.text, n.weight) for n in item.indicators)
            yield Subject(
                item.id, share.id, item.name, sheet.unit, share.points, indicators
            )


def _live_scale(round_: Round) -> Scale | None:
    return round_.scale.scale() if round_.scale else None


def _frozen_scale(rows: list[list[str]]) -> Scale | None:
    steps = tuple(Step(name, Decimal(bound)) for name, bound in rows)
    return Scale(steps) if steps else None


def _judges(round_: Round) -> Iterable[Judge]:
    assessors = round_.assessors.select_related("member__user")
    for one in assessors.prefetch_related("units"):
        units = frozenset(unit.name for unit in one.units.all())
        limit = units if one.is_limited else None
        yield Judge(one.pk, str(one.member.user), one.member_id, limit)


def _given(round_: Round) -> Iterable[tuple[tuple[int, str], Given]]:
    rows = Score.objects.filter(assessor__round=round_)
    fields = ("assessor", "cell", "value", "comment", "version")
    for assessor, cell, *rest in rows.values_list(*fields):
        yield (assessor, cell), Given(*rest)
