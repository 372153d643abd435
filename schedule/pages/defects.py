"""The list of a plan's defects, and one defect with the rounds of each unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from offices.models import Unit, User
from plans.models import Plan

from ..defects.permissions import concerning, keeps_defects, may_answer
from ..defects.rounds import STATE_SIGNS, STATE_WORDS, State
from ..forms.defect_rounds import AnswerForm, DueForm, OpinionForm
from ..models import Defect, DefectEntry, DefectTarget

_Form = TypeVar("_Form", bound=forms.Form)


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's part of a defect in the list."""

    target: DefectTarget
    is_overdue: bool

    def fits(self, wanted: Mapping[str, Any]) -> bool:
        """Whether all of the filters let it through."""
        target = self.target
        return (
            wanted.get("unit") in {None, str(target.unit_id)}
            and wanted.get("state") in {None, target.state}
            and wanted.get("kind") in {None, target.defect.kind}
            and (self.is_overdue or not wanted.get("overdue"))
        )


@dataclass(frozen=True, slots=True)
class Count:
    """How many parts there are of a state, or overdue ones, and how to see only them."""

    word: str
    sign: str
    query: str
    number: int


def lines_of(plan: Plan, day: date) -> list[Line]:
    """Every unit's part of every defect, with the day of its last entry; one query."""
    last = DefectEntry.objects.filter(target=OuterRef("pk")).order_by("-at", "-pk")
    targets = (
        DefectTarget.objects.filter(defect__plan=plan)
        .select_related("defect", "unit", "owner__user")
        .annotate(last_at=Subquery(last.values("at")[:1]))
        .order_by("defect__number", "unit__position", "unit")
    )
    return [Line(target, target.is_overdue(day)) for target in targets]


def units_in(lines: Iterable[Line]) -> list[Unit]:
    """The units that answer for something, in the order of the office."""
    units = {line.target.unit for line in lines}
    return sorted(units, key=lambda unit: (unit.position, unit.pk))


def counts_of(lines: Sequence[Line]) -> list[Count]:
    """By state, and the overdue ones last."""
    found = [
        Count(
            STATE_WORDS[state],
            STATE_SIGNS[state],
            f"state={state.value}",
            sum(line.target.state == state for line in lines),
        )
        for state in State
    ]
    overdue = sum(line.is_overdue for line in lines)
    return [*found, Count("逾期未解列", "▲", "overdue=on", overdue)]


def overdue_for(user: User, day: date) -> QuerySet[DefectTarget]:
    """What is overdue and the person has to see to, in all offices; one query."""
    targets = DefectTarget.objects.overdue_on(day).filter(concerning(user))
    whole = targets.select_related("defect__plan", "unit")
    return whole.order_by("due_on", "defect__plan", "defect__number", "unit")


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed about one unit's part and could not be taken: ``name`` is the
    form's."""

    target: int
    name: str
    form: forms.Form
    problem: str = ""


@dataclass(frozen=True)
class Round:
    """One unit's part on the page: its entries, and the forms that the person may use."""

    target: DefectTarget
    entries: tuple[DefectEntry, ...]
    is_overdue: bool
    days_late: int
    answer: AnswerForm | None
    opinion: OpinionForm | None
    due: DueForm | None
    problem: str
    opened: str
    typed: str

    @property
    def opens_answer(self) -> bool:
        """Whether the form stands open: for the unit, as long as it is its turn."""
        its_turn = self.opinion is None and not self.target.is_asked
        return self.opened == "answer" or (its_turn and not self.opened)

    @property
    def opens_opinion(self) -> bool:
        """Whether the form stands open: for 研考, while the unit asks for the release."""
        return self.opened == "opinion" or (self.target.is_asked and not self.opened)


@dataclass(frozen=True, slots=True)
class DefectPage:
    """One defect as the person sees it today."""

    defect: Defect
    user: User
    day: date
    refused: Refused | None = None

    @property
    def keeps(self) -> bool:
        return keeps_defects(self.user, self.defect.plan)

    def rounds(self) -> list[Round]:
        """Two queries, however many units and entries."""
        entries = DefectEntry.objects.select_related("by", "acting_for__user")
        targets = self.defect.targets.select_related("unit", "owner__user")
        whole = targets.prefetch_related(Prefetch("entries", entries))
        return [self._round(target) for target in whole]

    def _round(self, target: DefectTarget) -> Round:
        target.defect = self.defect
        refused = self.refused
        mine = refused if refused and refused.target == target.pk else None
        late = target.is_overdue(self.day)
        shown: dict[str, Any] = {
            "answer": self._answer(target, mine),
            "opinion": self._opinion(target, mine),
            "due": self._due(target, mine),
        }
        return Round(
            target,
            tuple(target.entries.all()),
            late,
            (self.day - target.due_on).days if late else 0,
            **shown,
            problem=mine.problem if mine else "",
            opened=mine.name if mine else "",
            typed=_typed(mine) if mine and not shown[mine.name] else "",
        )

    def _answer(self, target: DefectTarget, mine: Refused | None) -> AnswerForm | None:
        office = self.defect.plan.office_id
        if target.is_released or not may_answer(self.user, target, office):
            return None
        start = {"wants_release": target.is_asked}
        form = AnswerForm(auto_id=f"t{target.pk}-answer-%s", initial=start)
        return _with_version(form, target, mine, "answer")

    def _opinion(
        self, target: DefectTarget, mine: Refused | None
    ) -> OpinionForm | None:
        if target.is_released or not self.keeps:
            return None
        form = OpinionForm(auto_id=f"t{target.pk}-opinion-%s")
        return _with_version(form, target, mine, "opinion")

    def _due(self, target: DefectTarget, mine: Refused | None) -> DueForm | None:
        if not self.keeps:
            return None
        form = DueForm(auto_id=f"t{target.pk}-due-%s", target=target)
        return _with_version(form, target, mine, "due")


def _typed(mine: Refused) -> str:
    """For a form that the page no longer offers, as the part was released meanwhile."""
    return str(mine.form.data.get("text", mine.form.data.get("reason", "")))


def _with_version(
    form: _Form, target: DefectTarget, mine: Refused | None, name: str
) -> _Form:
    """The form as it was typed, if it is the refused one, for the version of now."""
    if mine and mine.name == name and isinstance(mine.form, type(form)):
        form = mine.form
        form.data = {**dict(form.data.items()), "version": str(target.version)}
    form.initial["version"] = target.version
    return form
